"""Dossier codes: every regime's can be read, and ours never collide though drawn offline.

A code is `<agency>-<date>-<tail>`. Offices number by the regime in force when they printed it:

    TT 01/2018/TT-VPCP, article 19         000.17.22.H56-210531-0001
    QĐ 20/2020/QĐ-TTg, the order reversed  H40.18.25-261122-1001
    TT 03/2025/TT-VPCP, article 13         H55.242-261122-1001
    the same, national systems (AAXXXX)    H55.242-261122-AB0001
    seen in use                            G09.20-20260609-0092637

Ours are of the third form; their tails differ in length by kind, so no two kinds can meet:

    4  S + 3 digits       slot S = 1..8
    6  9x + 4 digits      slot 90..99
    7  S + 6 digits       slot 1..8 after number 999, counting on
    8  9x + 6 digits      slot 90..99 after number 9999, counting on
    9  0 + 5 drawn + 3    no slot for that date
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from counter_app.domain.errors import BadInput, RuleBroken

_AGENCY = r"\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,3}"
_IS_AGENCY = re.compile(_AGENCY, re.ASCII | re.IGNORECASE)
_IS_CODE = re.compile(rf"({_AGENCY})-(\d{{6}}|\d{{8}})-([A-Z0-9]{{4,12}})", re.ASCII | re.IGNORECASE)
_IS_PROCEDURE = re.compile(r"(\d\.\d{6})(?:\.\S+)?", re.ASCII)

_UNIX = date(1970, 1, 1)
_DRAWN = 100_000  # five drawn digits
_DRAWS_BEFORE_GIVING_UP = 1000

TailShape = Literal["slot", "overflow", "unenrolled"]
_SHAPES: tuple[tuple[re.Pattern[str], TailShape], ...] = (
    (re.compile(r"[1-8]\d{3}|9\d{5}", re.ASCII), "slot"),
    (re.compile(r"[1-8]\d{6}|9\d{7}", re.ASCII), "overflow"),
    (re.compile(r"0\d{8}", re.ASCII), "unenrolled"),
)


@dataclass(frozen=True)
class DossierCode:  # mã hồ sơ
    """A code as it was received (`text`); two codes are equal when their `key`s are.

    `agency` and `tail` are in capitals; `day` is None where the digits are no date.
    """

    text: str = field(compare=False)
    agency: str = field(compare=False)
    day: date | None = field(compare=False)
    tail: str = field(compare=False)
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.text.upper())

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Lease:
    """The district's word that one machine alone numbers with `slot` for the code dates `first` to `last`."""

    slot: int
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.slot not in range(1, 9) and self.slot not in range(90, 100):
            raise BadInput("no-such-slot", field="slot", value=self.slot)
        if self.last < self.first:
            raise BadInput("ends-before-it-begins", field="last", value=self.last.isoformat())

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Series:
    """How far one run of numbers of one log and date has come: `last` is the highest number drawn."""

    day: date
    prefix: str
    width: int
    last: int

    @property
    def tail(self) -> str:
        return f"{self.prefix}{self.last:0{self.width}d}"

    @property
    def full(self) -> bool:
        return len(str(self.last + 1)) > self.width

    def next(self) -> Series:
        return Series(self.day, self.prefix, self.width, self.last + 1)

    def tails(self) -> list[str]:
        """Those of all numbers so far; the first ones were shorter where the run has counted on."""
        short = 4 if len(self.prefix) == 2 else 3
        return [
            f"{self.prefix}{number:0{self.width if number >= 10**short else short}d}"
            for number in range(1, self.last + 1)
        ]


def parse_code(text: str, field: str = "code") -> DossierCode:
    """Read a code of any regime; raises BadInput("not-a-code")."""
    found = _IS_CODE.fullmatch(text.strip())
    if not found:
        raise BadInput("not-a-code", field=field, value=text)
    agency, digits, tail = found.groups()
    return DossierCode(found[0], agency.upper(), _day(digits), tail.upper())


def looks_like_code(text: str) -> bool:
    return _IS_CODE.fullmatch(text.strip()) is not None


def check_agency(text: str, field: str = "agency") -> str:
    """The agency's code in capitals; raises BadInput("not-an-agency")."""
    found = _IS_AGENCY.fullmatch(text.strip())
    if not found:
        raise BadInput("not-an-agency", field=field, value=text)
    return found[0].upper()


def dossier_named(code: DossierCode) -> bytes:
    """The id of the dossier that another system gave this code: the same wherever and whenever it comes down.

    A UUID of version 7 (RFC 9562) with the code's day, and 74 bits of SHA-256 of the code in capitals.
    """
    day = max(code.day or _UNIX, _UNIX)
    ms = (day - _UNIX) // timedelta(milliseconds=1)
    raw = bytearray(ms.to_bytes(6, "big") + hashlib.sha256(b"mc/given/1\0" + code.key.encode()).digest()[:10])
    raw[6], raw[8] = 0x70 | raw[6] & 0x0F, 0x80 | raw[8] & 0x3F
    return bytes(raw)


def proposed_agency(text: str) -> str:
    """What was probably meant: `h55242`, `H55 242`, `h55-242` as `H55.242`; anything else in capitals.

    The code of a dossier stands for the agency that gave it: an old receipt is at hand where its own code
    is not.
    """
    if looks_like_code(text):
        return parse_code(text).agency
    parts = re.findall(r"[A-Z]?\d+", text.upper(), re.ASCII)
    if len(parts) == 1 and (run := re.fullmatch(r"([A-Z]\d{2})(\d{2,3})", parts[0], re.ASCII)):
        parts = [run[1], run[2]]
    meant = ".".join(parts)
    return meant if _IS_AGENCY.fullmatch(meant) else text.strip().upper()


def procedure_key(code: str, field: str = "procedure") -> str:
    """What names a procedure in `1.001193`, `1.012753.H19` or `1.001193.000.00.00.H56`: its first 8 letters.

    Raises BadInput("not-a-procedure-code").
    """
    found = _IS_PROCEDURE.fullmatch(code.strip())
    if not found:
        raise BadInput("not-a-procedure-code", field=field, value=code)
    return found[1]


def tail_shape(tail: str) -> TailShape | None:
    """Which kind of ours a tail has the shape of; None for every other office's."""
    return next((shape for pattern, shape in _SHAPES if pattern.fullmatch(tail)), None)


def next_code(
    agency: str,
    day: date,
    *,
    series: Series | None,
    lease: Lease | None,
    log_opened: date,
    draw: Callable[[], int],
    taken: Callable[[str], bool],
) -> tuple[DossierCode, Series]:
    """The next code of this log for a paper dated `day`, and the series to keep with it.

    `series` is what the last call for this log and `day` returned, None at first. `lease` is None for a
    machine that is not enrolled or was restored. `draw` gives a number from 0 to 99999 by chance;
    `taken` tells whether this store knows a code (asked in capitals). A date outside the lease or
    before `log_opened` takes a drawn tail, since the slot may be, or have been, another machine's then.

    Raises BadInput for an agency or a year (not 2000–2099) that a code cannot hold, and
    RuleBroken("no-numbers-left").
    """
    agency = check_agency(agency)
    if not 2000 <= day.year <= 2099:
        raise BadInput("year-out-of-range", field="day", value=day.isoformat())
    before = series if series and series.day == day else None

    def code(run: Series) -> DossierCode:
        return DossierCode(f"{agency}-{day:%y%m%d}-{run.tail}", agency, day, run.tail)

    if lease and lease.covers(day) and day >= log_opened:
        run = _after_in_slot(before, day, lease.slot)
        while taken(code(run).key):
            run = _after_in_slot(run, day, lease.slot)
        return code(run), run

    if before and before.prefix.startswith("0") and not before.full and not taken(code(before.next()).key):
        return code(before.next()), before.next()
    # Where a number of this draw is already known, another machine drew the same: leave the whole run to it.
    for _ in range(_DRAWS_BEFORE_GIVING_UP):
        run = Series(day, f"0{_five_digits(draw())}", 3, 1)
        if not (before and before.prefix == run.prefix) and not taken(code(run).key):
            return code(run), run
    raise RuleBroken("no-numbers-left", day=day.isoformat())


def _after_in_slot(before: Series | None, day: date, slot: int) -> Series:
    prefix, width = str(slot), 3 if slot < 10 else 4
    if before is None or before.prefix != prefix:
        return Series(day, prefix, width, 1)
    if not before.full:
        return before.next()
    if before.width == 6:
        raise RuleBroken("no-numbers-left", day=day.isoformat())
    return Series(day, prefix, 6, before.last + 1)


def _five_digits(drawn: int) -> str:
    if not 0 <= drawn < _DRAWN:
        raise ValueError("a draw has five digits")
    return f"{drawn:05d}"


def _day(digits: str) -> date | None:
    year, month, day = (f"20{digits}" if len(digits) == 6 else digits)[:4], digits[-4:-2], digits[-2:]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
