"""Payloads as texts, in which what is known without them stands as one byte.

A canonical payload (RFC 8785) holds no byte below 0x20, so these stand for text:

    01 … 04  as in marks.py
    06       the name that the dossier's applicant has in the last text before this one, in the order of the
             batch's events, whose shape (shapes.py) holds `"applicant":{`; 07 his identity number there: of
             each the first that stands behind that
    08       the year of birth that the payload's first identity number of 12 digits states; 09 the sex
             (domain/citizen.py)
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Final

from counter_app.domain.citizen import FEMALE, MALE
from counter_app.sync.marks import due_again, marked, moment
from counter_app.sync.shapes import HOLE, Shaped

Known = dict[Hashable, tuple[bytes, bytes]]
"""What the last text said of a dossier's applicant: name and number, empty where it did not."""
_APPLICANT: Final = b'"applicant":{'
_NAME, _NUMBER, _YEAR, _SEX = b"\x06", b"\x07", b"\x08", b"\x09"
_NAME_AT: Final = re.compile(rb'"name":"([^"\\\x00-\x1f]+)"')
_NUMBER_AT: Final = re.compile(rb'"id_number":"([0-9]+)"')
_BORN_AT: Final = re.compile(rb'"id_number":"[0-9]{3}([0-9])([0-9]{2})[0-9]{6}"')
_BIRTH_SAID, _SEX_SAID = b'"birth_date":"%b', b'"sex":"%b"'
_CONTROL: Final = re.compile(rb"[\x00-\x1f]")
_FORMED: Final = re.compile(rb"[\x01-\x03\x05]")
_DUE, _BORN, _DOSSIER, _APPLIES = 1, 2, 4, 8
_ASKS: Final = {
    **dict.fromkeys((HOLE, b"\x01", b"\x02", b"\x03"), 0),
    b"\x04": _DUE,
    **dict.fromkeys((_YEAR, _SEX), _BORN),
    **dict.fromkeys((_NAME, _NUMBER), _DOSSIER),
}


def told(payload: bytes, ms: int, dossier: Hashable, known: Known) -> bytes:
    """The payload with marks; `ms` since 1970 by the event's clock."""
    at = payload.find(_APPLICANT)
    if at >= 0:
        known[dossier] = _applicant(payload, at)
        if born := _born(payload):
            year, sex = born
            payload = payload.replace(_BIRTH_SAID % year, _BIRTH_SAID % _YEAR, 1)
            payload = payload.replace(_SEX_SAID % sex, _SEX_SAID % _SEX, 1)
    elif dossier in known:
        for text, mark in zip(known[dossier], (_NAME, _NUMBER), strict=True):
            if text:
                payload = payload.replace(b'"%b"' % text, b'"%b"' % mark)
    return marked(payload, ms)


def heard(
    shaped: Shaped, events: Sequence[int], clocks: Sequence[int], dossiers: Sequence[int], room: int
) -> list[bytes]:
    """The payloads of the events whose texts these are; raises ValueError, LookupError for a mark without
    meaning, and where they come to more than `room`.
    """
    plans = list(map(_Plan, shaped.shapes, shaped.values))
    found: list[bytes] = []
    at = 0
    for place, group in groupby(shaped.shape):
        end = at + len(list(group))
        texts = plans[place].texts([clocks[event] for event in events[at:end]])
        room = _left(room, sum(map(len, texts)))
        found += texts
        at = end
    if any(plan.asks & _DOSSIER for plan in plans):
        _settle(found, [plans[place].asks for place in shaped.shape], events, dossiers, room)
    return found


class _Plan:
    """How a shape is made into texts."""

    def __init__(self, shape: bytes, values: Iterable[Iterator[bytes]]) -> None:
        marks = _CONTROL.findall(shape)
        self.asks = _APPLIES if _APPLICANT in shape else 0
        for mark in set(marks):
            self.asks |= _ASKS[mark]
        self._mould = _FORMED.sub(b"%b", shape.replace(b"%", b"%%"))
        rest = iter(values)
        marks = [mark for mark in marks if _FORMED.match(mark)]
        self._columns = [next(rest) if mark == HOLE else mark[0] - 1 for mark in marks]
        self._timed = any(mark != HOLE for mark in marks)

    def texts(self, clocks: Sequence[int]) -> list[bytes]:
        """The next ones, of events of these times."""
        if not self._columns:
            texts = [self._mould % ()] * len(clocks)
        else:
            said = list(zip(*map(moment, clocks), strict=True)) if self._timed else []
            columns = [said[one] if isinstance(one, int) else one for one in self._columns]
            rows = islice(zip(*columns, strict=False), len(clocks))
            texts = list(map(self._mould.__mod__, rows))
        if self.asks & _DUE:
            texts = list(map(due_again, texts))
        if self.asks & _BORN:
            texts = list(map(_born_again, texts))
        return texts


def _settle(
    found: list[bytes], asks: Sequence[int], events: Sequence[int], dossiers: Sequence[int], room: int
) -> None:
    """Puts in what the same dossier said before, in the order of the events."""
    known: Known = {}
    for event, at in sorted(
        (events[at], at) for at, asked in enumerate(asks) if asked & (_DOSSIER | _APPLIES)
    ):
        if asks[at] & _DOSSIER:
            text = found[at]
            name, number = known.get(dossiers[event], (b"", b""))
            if (not name and _NAME in text) or (not number and _NUMBER in text):
                raise ValueError("a mark that means nothing")
            room = _left(room, text.count(_NAME) * len(name) + text.count(_NUMBER) * len(number))
            found[at] = text.replace(_NAME, name).replace(_NUMBER, number)
        if asks[at] & _APPLIES:
            known[dossiers[event]] = _applicant(found[at], found[at].find(_APPLICANT))


def _left(room: int, size: int) -> int:
    if size > room:
        raise ValueError("more than a batch may grow to")
    return room - size


def _applicant(text: bytes, at: int) -> tuple[bytes, bytes]:
    name, number = _NAME_AT.search(text, at), _NUMBER_AT.search(text, at)
    return name[1] if name else b"", number[1] if number else b""


def _born_again(text: bytes) -> bytes:
    said = _born(text)
    if said is None:
        raise ValueError("a mark that means nothing")
    return text.replace(_YEAR, said[0]).replace(_SEX, said[1])


def _born(text: bytes) -> tuple[bytes, bytes] | None:
    said = _BORN_AT.search(text)
    if said is None:
        return None
    century, sex = divmod(int(said[1]), 2)
    return b"%d%b" % (19 + century, said[2]), (FEMALE if sex else MALE).encode()
