"""Giving results out: several dossiers to one collector, all or none; a part now and the rest later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import STEPS
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Method, Payment
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import begin, find_one
from counter_app.services.money import ended
from counter_app.services.office import Office, Session
from counter_app.store.writer import Writer

CAN_FINISH: Final = STEPS["finished"][0]


def hand_over(
    office: Office,
    session: Session,
    named: Sequence[str],
    who: Collector,
    *,
    finish: bool = False,
    asks_paper: bool = False,
    at: datetime | None = None,
) -> list[Warning]:
    """The results of these dossiers, by code or id, are in the hands of `who`: all of them, or none.

    `finish` first marks those finished that are not; `asks_paper` refuses one who is neither an owner nor
    shows a paper: BadInput("empty", field="authority"). Gives what is odd about the number of his paper.
    """
    officer = session.require(Right.HAND_BACK)
    with office.writing() as (pen, now):
        for dossier in _each(pen, named):
            _check_right(dossier, who, asks_paper)
            if finish and dossier.state in CAN_FINISH:
                begin(pen, dossier, "finished", now, officer, at).write("finished")
                (dossier,) = _each(pen, [dossier.id.hex()])
            act = begin(pen, dossier, "returned", now, officer, at)
            act.write("returned", **who.fields(dossier.party() if len(named) > 1 else None))
    return list(who.warnings)


def hand_partly(
    office: Office,
    session: Session,
    code: str,
    who: Collector,
    given: Sequence[str],
    left: Sequence[str],
    *,
    asks_paper: bool = False,
    at: datetime | None = None,
) -> list[Warning]:
    """A part of the results is in the hands of `who`, the rest waits here: the dossier stays finished.

    The same part to the same person, right after, is the same act delivered once more: nothing is written.
    """
    things = {"given": _listed(given, "given"), "left": _listed(left, "left")}
    officer = session.require(Right.HAND_BACK)
    with office.writing() as (pen, now):
        (dossier,) = _each(pen, [code])
        _check_right(dossier, who, asks_paper)
        act = begin(pen, dossier, "returned_partly", now, officer, at)
        said = {**things, **who.fields()}
        if not _just_handed(dossier, said):
            act.write("returned_partly", **said)
    return list(who.warnings)


def pay_all(office: Office, session: Session, named: Sequence[str]) -> list[Warning]:
    """What is still owed for these dossiers is paid in cash, in one. Gives what is to be looked at again."""
    officer = session.require(Right.TAKE_PAYMENT)
    with office.writing() as (pen, now):
        for dossier in _each(pen, named):
            if dossier.unpaid:
                begin(pen, dossier, "paid", now, officer).pay(Payment(dossier.unpaid))
        return ended(pen, now.astimezone(VIETNAM).date(), Method.CASH)


def _each(pen: Writer, named: Sequence[str]) -> Iterator[Dossier]:
    """The dossiers of these codes or ids, each once."""
    done: set[bytes] = set()
    for code in named:
        dossier = find_one(pen.connection, pen.map, code)
        if dossier.id not in done:
            done.add(dossier.id)
            yield dossier


def _check_right(dossier: Dossier, who: Collector, asks_paper: bool) -> None:
    if dossier.held:
        if not who.id_number:  # whose it is nobody can say here: his own paper is all that tells
            raise BadInput("empty", field="id_number")
    elif asks_paper and not who.is_of(dossier.party()).owns and not who.authority:
        raise BadInput("empty", field="authority")


def _just_handed(dossier: Dossier, said: Mapping[str, Any]) -> bool:
    acts = [entry for entry in dossier.entries if entry.counts]
    if not acts or acts[-1].name != "returned_partly" or acts[-1].payload is None:
        return False
    about = ("at", "on_receipt")  # when, and what it was written on
    last = {name: value for name, value in acts[-1].payload.items() if name not in about}
    return last == {name: value for name, value in said.items() if value not in (None, "", [])}


def _listed(things: Sequence[str], field: str) -> list[str]:
    given = [text for thing in things if (text := clean_line(thing))]
    if not given:
        raise BadInput("empty", field=field)
    return given
