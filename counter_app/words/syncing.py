"""How safe the dossiers are, in one line, and in the few words that a narrow window has room for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from counter_app.services.safety import Standing
from counter_app.words.language import Words

_LONG_WAIT: Final = timedelta(days=1)
_LAMP = Words(
    {
        "safe": "An toàn trên máy chủ: {safe}/{all}",
        "waits": "An toàn trên máy chủ: {safe}/{all}; {n} hồ sơ chờ, cũ nhất {age}",
        "soon": "An toàn trên máy chủ: {safe}/{all}; còn việc khác chờ gửi, cũ nhất {age}",
        "short": "Máy chủ: {safe}/{all}",
    }
)
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


def age(waited: timedelta) -> str:
    """In whole minutes, from an hour on in hours, from two days on in days."""
    if waited >= timedelta(days=2):
        return _AGES.say("days", n=waited.days)
    if waited >= timedelta(hours=1):
        return _AGES.say("hours", n=waited // timedelta(hours=1))
    return _AGES.say("minutes", n=waited // timedelta(minutes=1))
