"""Payloads as lines: what an event's time already says stands in them as one byte.

A canonical payload (RFC 8785) holds no byte below 0x20, so a line feed ends it, and others stand for text:

    01   the moment of the event's clock, to the second, as in "2026-11-22T08:15:00+07:00"
    02   its date, as in "2026-11-22"; 03 the same as in "261122"
    04   the moment that the payload's first "due" states, wherever it says it again
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from counter_app.domain.zone import VIETNAM

END: Final = b"\n"
_MOMENT, _DATE, _SHORT, _DUE = b"\x01", b"\x02", b"\x03", b"\x04"
_CONTROL: Final = re.compile(rb"[\x00-\x1f]")
_DUE_AT: Final = b'"due":"'
_MOMENT_BYTES: Final = 25
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY_S: Final = 24 * 60 * 60
_ZONE_S: Final = VIETNAM.utcoffset(None).seconds
_CLOCK: Final = [b"T%02d:%02d" % divmod(minute, 60) for minute in range(24 * 60)]
_SECOND: Final = [b":%02d+07:00" % second for second in range(60)]


def is_line(payload: bytes) -> bool:
    """Whether the payload can travel so; what nobody could read need not be canonical."""
    return _CONTROL.search(payload) is None


def marked(payload: bytes, ms: int) -> bytes:
    """The payload with marks; `ms` since 1970 by the event's clock."""
    at = _due_place(payload)
    if at > 0:
        rest = at + _MOMENT_BYTES
        quote = rest + 1  # stays: by it the reader finds the moment
        payload = payload[:quote] + payload[quote:].replace(payload[at:rest], _DUE)
    whole, date_, short = moment(ms)
    return payload.replace(whole, _MOMENT).replace(date_, _DATE).replace(short, _SHORT)


def plain(line: bytes, ms: int) -> bytes:
    """What `marked` was given; raises ValueError, OverflowError for a mark that means nothing."""
    if _CONTROL.search(line) is None:
        return line
    whole, date_, short = moment(ms)
    line = line.replace(_MOMENT, whole).replace(_DATE, date_).replace(_SHORT, short)
    line = due_again(line) if _DUE in line else line
    if _CONTROL.search(line):
        raise ValueError("a mark that means nothing")
    return line


def due_again(line: bytes) -> bytes:
    """The line with what a mark of its moment of return stands for; raises ValueError where it has none."""
    at = _due_place(line)
    rest = at + _MOMENT_BYTES
    line = line[:rest] + line[rest:].replace(_DUE, line[at:rest])
    if not at or _DUE in line:
        raise ValueError("a mark that means nothing")
    return line


def _due_place(payload: bytes) -> int:
    """Where the first stated moment of return begins; 0 where there is none."""
    found = payload.find(_DUE_AT)
    at = found + len(_DUE_AT)
    return at if found >= 0 and payload[at + _MOMENT_BYTES : at + _MOMENT_BYTES + 1] == b'"' else 0


def moment(ms: int) -> tuple[bytes, bytes, bytes]:
    """The moment, its date, the same short; raises ValueError, OverflowError outside of all calendars."""
    day, second = divmod(ms // 1000 + _ZONE_S, _DAY_S)
    date_, short = _day(day)
    return date_ + _CLOCK[second // 60] + _SECOND[second % 60], date_, short


@lru_cache(maxsize=1024)
def _day(day: int) -> tuple[bytes, bytes]:
    text = date.fromordinal(_EPOCH + day).isoformat().encode()
    return text, text[2:4] + text[5:7] + text[8:10]
