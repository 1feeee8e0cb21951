"""A pile before it changes hands: what each dossier would say, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, CounterError, NotAllowed, RuleBroken
from counter_app.domain.hops import Hop, last_hop
from counter_app.domain.lifecycle import RUNNING
from counter_app.domain.names import clean_line
from counter_app.domain.names import fold as folded
from counter_app.domain.promise import step_end
from counter_app.services import lookup
from counter_app.services.acting import allow
from counter_app.services.holders import Holders
from counter_app.services.lookup import Line, Scan
from counter_app.services.office import Office, calendar_in
from counter_app.services.passing import Passing, holder_of, next_step, step_of, taker, within_of
from counter_app.store import log, search


class Doubt(StrEnum):
    """What does not forbid a hand-over, and is told before it."""

    ELSEWHERE = "elsewhere"
    """Somebody else holds it."""
    NOT_TAKEN = "not_taken"
    """It was handed to somebody who has not taken it over."""
    OTHERS_STEP = "others_step"
    """Its next step is somebody else's."""
    UNANNOUNCED = "unannounced"
    """Nobody handed it to who takes it over."""
    TAKEN = "taken"
    """It was taken over already: nothing is written of it."""


@dataclass(frozen=True)
class Candidate:
    """`holder` has it now, "" the counter; `to` would have it. `step` with its end `due` begins with that.
    `whose` is whom the doubt is about; `obstacle` is why the pile would be refused with it."""

    line: Line
    holder: str
    to: str
    step: str = ""
    due: datetime | None = None
    hop: Hop | None = None
    doubt: Doubt | None = None
    whose: str = ""
    next_holder: str = ""
    obstacle: CounterError | None = None


def to_give(
    office: Office, dossiers: Iterable[bytes], how: Passing, now: datetime, me: str = ""
) -> list[Candidate]:
    """What `pass_on` would say of each; `me` is the officer, who may hold it himself."""
    with office.reading() as (connection, where):
        holders = Holders(connection, where)
        how = replace(how, to=holders.spelled(clean_line(how.to)))
        return [_to_give(connection, where, dossier, how, now, me, holders) for dossier in dossiers]


def to_take(office: Office, dossiers: Iterable[bytes], to: str, me: str) -> list[Candidate]:
    """What `take_over` would say of each."""
    with office.reading() as (connection, where):
        holders = Holders(connection, where)
        return [_to_take(connection, where, dossier, clean_line(to), me, holders) for dossier in dossiers]


def named(office: Office, asked: str) -> Scan:
    """What was scanned or typed for a pile: a receipt, a code, an id, or a name that only one dossier has."""
    found = lookup.scan(office, asked)
    if found.lines or found.kind != "unknown":
        return found
    with office.reading() as (connection, _):
        lines = lookup.lines(lookup.bearing(connection, asked))
    lines = lines or lookup.find(office, asked, 2)
    return Scan("dossier", asked, lines=tuple(lines)) if len(lines) == 1 else found


def _to_give(
    connection: Any, where: log.Map, id_: bytes, how: Passing, now: datetime, me: str, holders: Holders
) -> Candidate:
    dossier, line = _read(connection, where, id_)
    to, holder, hop = how.to, holder_of(dossier), last_hop(dossier)
    following = next_step(connection, dossier)
    obstacle = _forbids(dossier, "passed_on")
    if obstacle is None and to and holders.same(to, holder):
        obstacle = NotAllowed("already-with", holder=holder)
    step, due = "", None
    try:
        step, limit = step_of(connection, dossier, to, clean_line(how.step), within_of(how.within))
        if limit is not None and dossier.state in RUNNING:
            due = step_end(limit, now, calendar_in(connection, where), dossier.due)
    except BadInput as bad:
        obstacle = obstacle or bad
    doubt, whose = None, ""
    if hop is not None and hop.waits and not holders.same(to, hop.took):
        doubt, whose = Doubt.NOT_TAKEN, hop.took
    elif holder and holder not in (me, to, clean_line(how.frm)):
        doubt, whose = Doubt.ELSEWHERE, holder
    elif to and following is not None and not how.step and folded(following.holder) != folded(to):
        doubt, whose = Doubt.OTHERS_STEP, following.holder
    return Candidate(
        line, holder, to, step, due, hop, doubt, whose, following.holder if following else "", obstacle
    )


def _to_take(connection: Any, where: log.Map, id_: bytes, to: str, me: str, holders: Holders) -> Candidate:
    dossier, line = _read(connection, where, id_)
    hop = last_hop(dossier)
    who = taker(holders, hop, to or (hop.took if hop else "") or me)
    doubt, whose = None, ""
    if hop is not None and hop.took == who and hop.taken is not None:
        doubt, whose = Doubt.TAKEN, who
    elif hop is None or hop.took != who:
        doubt, whose = Doubt.UNANNOUNCED, hop.took if hop else ""
    step, due = (hop.note, hop.due) if hop is not None and hop.took == who else ("", None)
    return Candidate(
        line, holder_of(dossier), who, step, due, hop, doubt, whose, "", _forbids(dossier, "taken_over")
    )


def _read(connection: Any, where: log.Map, id_: bytes) -> tuple[Dossier, Line]:
    (line,) = lookup.lines([search.line(connection, id_)])
    return lookup.folded(connection, id_, where), line


def _forbids(dossier: Dossier, kind: str) -> CounterError | None:
    try:
        allow(dossier, kind)
    except RuleBroken as error:
        return error
    return None
