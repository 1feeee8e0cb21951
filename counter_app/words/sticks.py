"""What was copied to a stick, what waits, and what came home: a sentence each."""

from __future__ import annotations

from typing import Final

from counter_app.domain.zone import VIETNAM
from counter_app.services.stick_down import Brought
from counter_app.services.stick_up import Copied
from counter_app.services.sticks import Set
from counter_app.words.errors import reason
from counter_app.words.language import Words
from counter_app.words.syncing import size

_OUT = Words(
    {
        "waits": "{n} việc[ và {files} tệp quét] máy chủ chưa có.",
        "nothing": "Máy chủ đã có mọi việc của máy này; chép ra để nhận về tin mới.",
        "copies": "Đang chép: phần {parts}, {size}; còn {n} việc[ và {files} tệp quét].",
        "copied": "Đã chép ra {parts} phần, {size}; chưa an toàn cho tới khi nhận về xác nhận.",
        "full": "USB hết chỗ: còn {files} tệp quét; chép tiếp sau khi máy chủ xác nhận phần này.",
        "since": "Đã chép ra USB lúc {at} ({parts} phần, {size}), chưa được máy chủ xác nhận.",
    }
)
_HOME = Words(
    {
        "takes": "Đang nhận: phần {parts}, {n} việc mới.",
        "took": "Máy chủ đã xác nhận {n} việc[ và {files} tệp quét]; nhận về {received} việc mới.",
        "nothing": "Trả lời này đã nhận rồi, không có gì mới.",
        "old": "Trả lời này cũ hơn lần máy chủ trả lời gần nhất nên không xác nhận thêm gì.",
        "refused": "Máy chủ chưa nhận {n} phần việc; hãy chép ra USB lần nữa.",
    }
)
_AT: Final = "%H:%M %d/%m/%Y"


def waits(events: int, files: int) -> str:
    return _OUT.say("waits", n=events, files=files or None) if events or files else _OUT.say("nothing")


def copying(so_far: Copied) -> str:
    facts = {"parts": so_far.parts, "size": size(so_far.stick_bytes), "files": so_far.files_left or None}
    return _OUT.say("copies", n=so_far.left, **facts)


def copied(done: Copied) -> str:
    if done.files_left:
        return _OUT.say("full", files=done.files_left)
    return _OUT.say("copied", parts=done.parts, size=size(done.stick_bytes))


def on_stick(waiting: Set | None) -> str:
    """That something was copied and is not confirmed; "" where nothing was."""
    if waiting is None:
        return ""
    at = waiting.at.astimezone(VIETNAM).strftime(_AT)
    return _OUT.say("since", at=at, parts=len(waiting.parts), size=size(waiting.size))


def taking(so_far: Brought) -> str:
    return _HOME.say("takes", parts=so_far.parts, n=so_far.received)


def taken(done: Brought) -> str:
    if done.revoked:
        return reason("device-revoked")
    if done.refused:
        return _HOME.say("refused", n=len(done.refused))
    if done.old:
        return _HOME.say("old")
    if not (done.acknowledged or done.files or done.received):
        return _HOME.say("nothing")
    return _HOME.say("took", n=done.acknowledged, files=done.files or None, received=done.received)
