"""The pad of pre-numbered slips: drawn and kept before it is printed, keyed in later, every number explained.

A slip is received with its number as `slip`, the true time as `received_at` and why it comes late
(`entry.read_form`). Slips are events of the commune, so its other machines know them too.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from counter_app.domain import leases
from counter_app.domain.codes import Series, next_code, parse_code
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.names import clean_line
from counter_app.domain.rights import Right
from counter_app.domain.slips import Slip
from counter_app.domain.zone import VIETNAM
from counter_app.paper.slips import PadFacts, slips_pdf
from counter_app.services import lookup, marks
from counter_app.services.office import Office, Session, commune_in
from counter_app.store import numbers, own

MOST: Final = 200  # slips of one pad: its event stays far below what an event can hold
OPEN, USED, UNUSED, UNKNOWN = "open", "used", "unused", "unknown"


@dataclass(frozen=True)
class Found:
    """What a number on paper means here; `state` is one of the four words above.

    `unknown` may be a slip of another machine whose bundle has not come yet: it can be received all the same.
    `dossier` is the id of the one that bears it.
    """

    code: str
    state: str
    slip: Slip | None = None
    dossier: bytes | None = None


@dataclass(frozen=True)
class Pad:
    """Numbers that are given out for ever, and the paper that they are to stand on."""

    codes: tuple[str, ...]
    pdf: bytes


def print_pad(
    office: Office,
    session: Session,
    count: int,
    *,
    paper: str,
    draw: Callable[[], int] | None = None,
) -> Pad:
    """Draws `count` numbers under today's date and keeps them; only then there is a paper.

    A pad is never printed again: what jammed is declared unused, and a new one drawn. Raises
    BadInput("out-of-range" | "not-one-of"), NotPermitted, ClockWrong, and what stops the disk.
    """
    officer = session.require(Right.PRINT)
    if not 1 <= count <= MOST:
        raise BadInput("out-of-range", field="count", value=count, least=1, most=MOST)
    if paper not in ("a5", "a4"):
        raise BadInput("not-one-of", field="paper", value=paper, choices="a5, a4")
    draw = draw or (lambda: secrets.randbelow(100_000))
    with office.writing() as (pen, now):
        known = commune_in(pen.connection, pen.map)
        day = now.astimezone(VIETNAM).date()
        codes: list[str] = []
        series: Series | None = numbers.series_of(pen.connection, day)
        for _ in range(count):
            code, series = next_code(
                known.agency,
                day,
                series=series,
                lease=None,
                log_opened=day,
                draw=draw,
                taken=lambda text: numbers.code_taken(pen.connection, text) or text in known.slips,
            )
            codes.append(code.text)
        assert series is not None
        numbers.keep_series(pen.connection, series)
        payload = {"codes": codes, "at": now.astimezone(VIETNAM).isoformat()}
        pen.append("slips_printed", pen.commune, payload, officer)
        written = pen.log, pen.seq
    marks.add(office.places, *written, series)
    facts = PadFacts(
        authority=known.name.upper(),
        office=office.settings.office or "Bộ phận Một cửa",
        codes=codes,
        made_at=now.astimezone(VIETNAM),
        hotline=office.settings.hotline,
    )
    return Pad(tuple(codes), slips_pdf(facts, paper=paper))


def find(office: Office, text: str) -> Found:
    """What the number on a slip means; raises BadInput("not-a-code")."""
    code = parse_code(text, "slip")
    with office.reading() as (connection, where):
        return _found(connection, commune_in(connection, where), code.key, code.text)


def scanned(office: Office, scan: lookup.Scan) -> lookup.Scan:
    """What a code means that no dossier bears: a slip that waits to be keyed in, else still that code."""
    with suppress(BadInput):
        if find(office, scan.text).state == OPEN:
            return replace(scan, kind="slip")
    return scan


def listed(office: Office, *states: str) -> list[Found]:
    """The slips that the commune printed, oldest first; only those of the named states where any is named."""
    with office.reading() as (connection, where):
        known = commune_in(connection, where)
        found = [_found(connection, known, key, slip.code) for key, slip in known.slips.items()]
    return [one for one in found if not states or one.state in states]


def declare_unused(office: Office, session: Session, codes: Iterable[str], reason: str) -> list[str]:
    """Records why these numbers will not be used; all of them or none. Those declared before are passed by.

    Raises NotFound("no-such-slip"), NotAllowed("slip-in-use"), BadInput("empty" | "not-a-code").
    """
    officer = session.require(Right.RECEIVE)
    why = clean_line(reason)
    if not why:
        raise BadInput("empty", field="reason")
    wanted = [parse_code(text, "slip") for text in codes]
    done = []
    with office.writing(guard_clock=False) as (pen, _):
        known = commune_in(pen.connection, pen.map)
        for code in {code.key: code for code in wanted}.values():
            found = _found(pen.connection, known, code.key, code.text)
            if found.state == UNKNOWN:
                raise NotFound("no-such-slip", code=code.text)
            if found.state == USED:
                raise NotAllowed("slip-in-use", code=code.text)
            if found.state == OPEN:
                pen.append("number_unused", pen.commune, {"code": found.code, "reason": why}, officer)
                done.append(found.code)
    return done


def reconcile(office: Office, day: date) -> dict[str, Any]:
    """The numbers that this machine gave out under a date, against what became of each of them.

    `missing` are numbers that stand on no dossier and on no slip: each must be looked for. A number bears the
    code that the commune had when it was given.
    """
    with office.reading() as (connection, where):
        known = commune_in(connection, where)
        mine = where.log_of(own.keys(connection).branch).log
        states: dict[str, Found] = {}
        for run in _runs(office, connection, day):
            agencies = _agencies(known, office.origin, mine, run)
            agency = agencies[0]
            for tail in run.tails():
                tried = {one: f"{one}-{day:%y%m%d}-{tail}" for one in agencies}
                found = {one: _found(connection, known, code.upper(), code) for one, code in tried.items()}
                agency = next((one for one in agencies if found[one].state != UNKNOWN), agency)
                states[tried[agency]] = found[agency]
    return {
        "day": day.isoformat(),
        "given": len(states),
        "received": _count(states.values(), USED),
        "slips_open": _count(states.values(), OPEN),
        "slips_unused": _count(states.values(), UNUSED),
        "missing": [code for code, found in states.items() if found.state == UNKNOWN],
    }


def _runs(office: Office, connection: Any, day: date) -> Iterable[Series]:
    """All that this machine has begun under the date: another one where it was given another slot."""
    begun = {
        mark.prefix: Series(day, mark.prefix, mark.width, mark.last)
        for mark in marks.all_of(office.places)
        if mark.day == day.isoformat()
    }
    run = numbers.series_of(connection, day)
    return ({**begun, run.prefix: run} if run is not None else begun).values()


def _agencies(known: Commune, origin: bytes, log: bytes, run: Series) -> tuple[str, ...]:
    """Those under which the run may have been given out: under the code of the commune that goes on another
    machine has the slot, unless the district leased it to this one."""
    *before, now = known.called(origin)
    lease = leases.covering(known.leases.get(log, ()), run.day)
    ours = run.prefix.startswith("0") or (lease is not None and str(lease.slot) == run.prefix)
    return (*before, *([now] if ours or not before else []))


def _count(found: Iterable[Found], state: str) -> int:
    return len([one for one in found if one.state == state])


def _found(connection: Any, known: Commune, key: str, text: str) -> Found:
    slip = known.slips.get(key)
    lines: Sequence[lookup.Line] = lookup.bearing(connection, key)
    if lines:
        return Found(slip.code if slip else text, USED, slip, bytes(lines[0].dossier))
    if slip is None:
        return Found(text, UNKNOWN)
    return Found(slip.code, UNUSED if slip.unused else OPEN, slip)
