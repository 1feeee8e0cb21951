"""Files on their way to the district: how many wait, how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.words import syncing
from counter_app.words.language import Words

if TYPE_CHECKING:
    from counter_app.services.delivering import FileProgress
    from counter_app.store.blobs import Tally

_FILES = Words(
    {
        "waits": "{n} tệp chờ, {size}",
        "faults": "{n} tệp chờ, {size}; {faults} tệp chưa gửi được: {why}",
        "sends": "Đang gửi tệp: còn {n} tệp, {size}[, khoảng {left}]",
        "short": "Gửi tệp: {n}",
    }
)


def waiting(tally: Tally) -> str:
    """How many files the district lacks; "" where it lacks none."""
    return _FILES.say("waits", n=tally.files, size=syncing.size(tally.bytes)) if tally.files else ""


def told(tally: Tally, why: str) -> str:
    """The same with what stands in the way, a sentence, where files have a fault."""
    if not tally.faults:
        return waiting(tally)
    return _FILES.say("faults", n=tally.files, size=syncing.size(tally.bytes), faults=tally.faults, why=why)


def sending(now: FileProgress) -> tuple[str, str, str]:
    """The lamp while pieces of files go."""
    left = syncing.left(now.left) if now.left else None
    size = syncing.size(now.tally.bytes)
    said = _FILES.say("sends", n=now.tally.files, size=size, left=left)
    return said, _FILES.say("short", n=now.tally.files), "soon"
