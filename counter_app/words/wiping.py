"""What a wipe takes, what is safe, what waits; and what is left when it is done."""

from __future__ import annotations

from pathlib import Path

from counter_app.services.wiping import Outlook, Wiped
from counter_app.words.language import Words

_BEFORE = Words(
    {
        "goes": "Mất hẳn ở máy này: {n} hồ sơ, các bản nháp và chìa khóa mở kho.",
        "safe": "An toàn trên máy chủ {name}: {n}/{all} hồ sơ; các máy khác không bị động tới.",
        "waits": "{n} hồ sơ[ và {files} tệp quét] còn chờ gửi: máy gửi hết trước khi xóa; gửi chưa hết thì "
        "không xóa gì.",
        "files": "{files} tệp quét còn chờ gửi: máy gửi hết trước khi xóa; gửi chưa hết thì không xóa gì.",
        "rest": "Còn việc chờ gửi: máy gửi hết trước khi xóa; gửi chưa hết thì không xóa gì.",
    }
)
_DONE = Words(
    {
        "delivered": "Máy chủ {name} đã nhận đủ mọi hồ sơ của máy này.",
        "sealing": "Đang niêm phong và đọc lại: {percent} %…",
        "sealed": "Những gì máy chủ chưa có[, với {files} tệp quét,] đã niêm phong vào tệp {path}; hãy mang "
        "tệp ấy đến nơi quản lý máy chủ, trước khi tệp được nhận thì đừng xóa nó.",
        "empty": "Không còn hồ sơ nào, không còn chìa khóa nào ở máy này.",
        "confirmed": "Máy chủ đã ghi nhận việc xóa.",
        "unconfirmed": "Máy chủ chưa biết việc xóa; hãy báo nơi quản lý máy chủ.",
    }
)


def goes(now: Outlook) -> str:
    return _BEFORE.say("goes", n=now.dossiers)


def safe(now: Outlook) -> str:
    return _BEFORE.say("safe", n=now.dossiers - now.waiting, all=str(now.dossiers), name=now.district)


def waits(now: Outlook) -> str:
    """ "" where the server has all."""
    if now.waiting:
        return _BEFORE.say("waits", n=now.waiting, files=now.files or None)
    if now.files:
        return _BEFORE.say("files", files=now.files)
    return _BEFORE.say("rest") if now.unsent else ""


def sealing(part: float) -> str:
    """How far the sealing is, from 0 to 1."""
    return _DONE.say("sealing", percent=round(part * 100))


def kept(done: Wiped, district: str, sealed: Path | None) -> str:
    """Where what this machine held is now."""
    if done.delivered or sealed is None:
        return _DONE.say("delivered", name=district)
    return _DONE.say("sealed", path=sealed, files=done.files or None)


def empty() -> str:
    return _DONE.say("empty")


def known(done: Wiped) -> str:
    """Whether the server knows that it is done."""
    return _DONE.say("confirmed" if done.confirmed else "unconfirmed")
