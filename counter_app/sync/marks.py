"""Payloads as lines: what an event's time already says stands in them as one byte.

A canonical payload (RFC 8785) holds no byte below 0x20, so a line feed ends it, and others stand for text:

    01   the moment of the event's clock, to the second, as in "2026-11-22T08:15:00+07:00"
    02   its date, as in "2026-11-22"; 03 the same as in "261122"
    04   the moment that the payload's first "due" states, wherever it says it again
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from counter_app.domain.zone import VIETNAM

END: Final = b"\n"
_MOMENT, _DATE, _SHORT, _DUE = b"\x01", b"\x02", b"\x03", b"\x04"
_CONTROL: Final = re.compile(rb"[\x00-\x1f]")
_DUE_AT: Final = b'"due":"'
_MOMENT_BYTES: Final = 25


def is_line(payload: bytes) -> bool:
    """Whether the payload can travel so; what nobody could read need not be canonical."""
    return _CONTROL.search(payload) is None


def marked(payload: bytes, ms: int) -> bytes:
    """The payload with marks; `ms` since 1970 by the event's clock."""
    at = _due_place(payload)
    if at > 0:
        rest = at + _MOMENT_BYTES
        payload = payload[:rest] + payload[rest:].replace(payload[at:rest], _DUE)
    said = _said(ms)
    if said is None:
        return payload
    moment, date, short = said
    return payload.replace(moment, _MOMENT).replace(date, _DATE).replace(short, _SHORT)


def plain(line: bytes, ms: int) -> bytes:
    """What `marked` was given; raises ValueError for a mark that means nothing."""
    if _CONTROL.search(line) is None:
        return line
    said = _said(ms)
    if said is not None:
        moment, date, short = said
        line = line.replace(_MOMENT, moment).replace(_DATE, date).replace(_SHORT, short)
    if _DUE in line and (at := _due_place(line)):
        rest = at + _MOMENT_BYTES
        line = line[:rest] + line[rest:].replace(_DUE, line[at:rest])
    if _CONTROL.search(line) is not None:
        raise ValueError("a mark that means nothing")
    return line


def _due_place(payload: bytes) -> int:
    """Where the first stated moment of return begins; 0 where there is none."""
    found = payload.find(_DUE_AT)
    at = found + len(_DUE_AT)
    return at if found >= 0 and payload[at + _MOMENT_BYTES : at + _MOMENT_BYTES + 1] == b'"' else 0


def _said(ms: int) -> tuple[bytes, bytes, bytes] | None:
    try:
        moment = datetime.fromtimestamp(ms // 1000, VIETNAM).isoformat().encode()
    except (ValueError, OverflowError, OSError):
        return None
    date = moment[:10]
    return moment, date, date[2:4] + date[5:7] + date[8:10]
