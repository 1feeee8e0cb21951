"""How safe the dossiers are, how far an exchange is, what came of it: each in one line of the foot."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from counter_app.domain.errors import CounterError
from counter_app.domain.zone import VIETNAM
from counter_app.services.course import Progress
from counter_app.services.pausing import Pause
from counter_app.services.safety import Standing
from counter_app.services.syncing import Synced
from counter_app.words.errors import sentence
from counter_app.words.language import SOURCE, Words, spoken

_LONG_WAIT: Final = timedelta(days=1)
_LAMP = Words(
    {
        "safe": "An toàn trên máy chủ: {safe}/{all}",
        "waits": "An toàn trên máy chủ: {safe}/{all}; {n} hồ sơ chờ, cũ nhất {age}",
        "soon": "An toàn trên máy chủ: {safe}/{all}; còn việc khác chờ gửi, cũ nhất {age}",
        "short": "Máy chủ: {safe}/{all}",
        "next": "{words}; đồng bộ lúc {time}",
        "paused": "Tạm dừng đồng bộ[ đến {time}][; {n} hồ sơ chờ]",
        "paused-short": "Tạm dừng[ đến {time}]",
        "paused-told": "Đã tạm dừng; đồng bộ tiếp: {key}",
    }
)
_COURSE = Words(
    {
        "sends": "Đang đồng bộ: {done}/{all} hồ sơ[, còn {size}][, khoảng {left}]",
        "receives": "Đang đồng bộ: đã nhận {n} việc, máy chủ còn gửi tiếp",
        "rest": "Đang đồng bộ[: còn {size}][, khoảng {left}]",
        "short": "Đồng bộ: {done}/{all}",
        "short-rest": "Đang đồng bộ",
    }
)
_CAME = Words(
    {
        "both": "Đã gửi {sent} việc, nhận {received}",
        "nothing": "Đã đồng bộ: máy này và máy chủ có như nhau",
    }
)
_UNSENT = Words(
    {
        "dossiers": "Còn {n} hồ sơ chưa gửi lên máy chủ, vẫn nguyên ở máy này.",
        "rest": "Còn việc chưa gửi lên máy chủ, vẫn nguyên ở máy này.",
    }
)
_SIZES = Words({"kb": "{n} KB", "mb": "{size} MB", "gb": "{size} GB"})
_SECONDS = Words({"few": "vài giây", "seconds": "{n} giây"})
_SOON: Final = timedelta(seconds=5)
_AGES = Words({"minutes": "{n} phút", "hours": "{n} giờ", "days": "{n} ngày"})


def lamp(standing: Standing, now: datetime) -> tuple[str, str, str]:
    """The line, its short form, and the state that colours it: in_time, soon, or late after a day."""
    facts = {"safe": standing.dossiers - standing.waiting, "all": standing.dossiers}
    short = _LAMP.say("short", **facts)
    if standing.oldest is None:
        return _LAMP.say("safe", **facts), short, "in_time"
    waited = max(timedelta(0), now - standing.oldest)
    words = "waits" if standing.waiting else "soon"
    said = _LAMP.say(words, **facts, n=standing.waiting, age=age(waited))
    return said, short, "late" if waited >= _LONG_WAIT else "soon"


def waits_until(words: str, at: datetime) -> str:
    """The lamp's line where the next exchange comes only at that time."""
    return _LAMP.say("next", words=words, time=f"{at.astimezone(VIETNAM):%H:%M}")


def paused(pause: Pause, standing: Standing) -> tuple[str, str, str]:
    """The lamp while nothing is exchanged."""
    until = f"{pause.until.astimezone(VIETNAM):%H:%M}" if pause.until else None
    said = _LAMP.say("paused", time=until, n=standing.waiting or None)
    return said, _LAMP.say("paused-short", time=until), "paused"


def pause_told(key: str) -> str:
    """That somebody has paused, and the key that goes on; the lamp says until when."""
    return _LAMP.say("paused-told", key=key)


def course(now: Progress) -> tuple[str, str, str]:
    """The lamp while an exchange follows the other."""
    facts = {"size": size(now.size) if now.size else None, "left": left(now.left) if now.left else None}
    if now.sent < now.all:
        counts = {"done": now.sent, "all": now.all}
        return _COURSE.say("sends", **counts, **facts), _COURSE.say("short", **counts), "soon"
    short = _COURSE.say("short-rest")
    if now.more:
        return _COURSE.say("receives", n=now.received), short, "soon"
    return _COURSE.say("rest", **facts), short, "soon"


def outcome(done: Synced) -> str:
    """What a synchronisation that somebody asked for has done."""
    if not (done.sent or done.received):
        return _CAME.say("nothing")
    return _CAME.say("both", sent=done.sent, received=done.received)


def unsent(standing: Standing, fault: CounterError | None = None) -> str:
    """What whoever closes the window is told, and why it could not be sent."""
    words = _UNSENT.say("dossiers" if standing.waiting else "rest", n=standing.waiting)
    return f"{sentence(fault)} {words}" if fault else words


def size(count: int) -> str:
    """Bytes in whole KB, from a thousand of them on in MB, and so in GB."""
    if count < 1_000_000:
        return _SIZES.say("kb", n=max(1, round(count / 1000)))
    unit, of = ("mb", 1e6) if count < 1_000_000_000 else ("gb", 1e9)
    told = f"{count / of:.1f}"
    return _SIZES.say(unit, size=told.replace(".", ",") if spoken() == SOURCE else told)


def left(span: timedelta) -> str:
    """A time that is guessed: in steps of ten seconds, from a minute and a half on in minutes."""
    if span >= timedelta(seconds=90):
        return age(span + timedelta(seconds=30))
    if span <= _SOON:
        return _SECONDS.say("few")
    return _SECONDS.say("seconds", n=max(10, round(span.total_seconds() / 10) * 10))


def age(waited: timedelta) -> str:
    """In whole minutes, from an hour on in hours, from two days on in days."""
    if waited >= timedelta(days=2):
        return _AGES.say("days", n=waited.days)
    if waited >= timedelta(hours=1):
        return _AGES.say("hours", n=waited // timedelta(hours=1))
    return _AGES.say("minutes", n=waited // timedelta(minutes=1))
