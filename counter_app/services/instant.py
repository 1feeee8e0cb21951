"""Gives a result at once: received, paid, finished and returned as one act, all on the disk or nothing.

Certified copies and the civil status that is done while the citizen waits are most of a commune's day
(chứng thực, NĐ 23/2015/NĐ-CP; bản sao trích lục hộ tịch).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from counter_app.domain import at_once, certification, fold
from counter_app.domain.certification import RegisterNumber
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.lifecycle import State
from counter_app.domain.procedures import Procedure
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts, reception
from counter_app.services.instant_entry import InstantForm
from counter_app.services.lookup import folded, id_text
from counter_app.services.office import Office, Session
from counter_app.store import log, numbers, own, search
from counter_app.store.writer import Writer


@dataclass(frozen=True)
class Given:
    """What was given to whom, as it stands on the disk. Amounts in đồng."""

    dossier: bytes
    code: str
    at: datetime
    name: str
    procedure: str
    what: str
    pages: int | None
    copies: int | None
    cases: int | None
    register: RegisterNumber | None
    fee: int | None
    paid: int
    taken_back: bool = False
    warnings: tuple[dict[str, Any], ...] = ()
    again: bool = False  # the same entry, delivered once more: the first answer


def give_at_once(
    office: Office,
    session: Session,
    form: InstantForm,
    *,
    paper: str = "",
    draw: Callable[[], int] | None = None,
) -> Given:
    """Receives, takes the fee, finishes and returns, with the number in the certification register.

    `paper` names the receipt's paper where one is wished. On the disk at return; a retry under the same id
    gives the first answer. Raises BadInput("not-at-once" | "register-number-used"), what `reception.receive`
    raises, and NotAllowed("received-otherwise") for the id of a dossier that was received in another way.
    """
    officer = session.require(Right.RECEIVE)
    entry = form.entry
    at_once.require_fit(entry.procedure)
    with office.writing() as (pen, now):
        if entry.id is not None:
            drafts.forget(pen.connection, entry.id, drafts.AT_ONCE)
        if entry.id is not None and (before := reception.told_before(pen, entry.id)) is not None:
            answer = _first_answer(pen, entry.id)
            reception.require_same(before, entry)
            return answer
        now = now.astimezone(VIETNAM)
        year = (entry.received_at or now).astimezone(VIETNAM).year
        number = _number(pen, form, year)
        received, series = reception.enter(pen, now, entry, officer, draw or reception.five_digits)
        dossier, at = received.dossier, received.received_at.isoformat()
        pen.append("finished", dossier, {**_finished(form, number), "at": at}, officer)
        to = entry.submitter or entry.applicant
        pen.append("returned", dossier, {**_taken_by(to.name, to.id_number), "at": at}, officer)
        if paper:
            printed = {"form": "receipt", "copy": 1, "paper": paper, "at": now.isoformat()}
            pen.append("printed", dossier, printed, officer)
        if number is not None and (book := number.book):
            numbers.keep_certified(pen.connection, pen.log, year, book, number)
        given = _given(fold.fold(dossier, pen.events_of(dossier)))
        written = pen.log, pen.seq
    warnings = reception.marked(office, received, written, series).warnings
    return replace(given, warnings=warnings)


def take_back(office: Office, session: Session, dossier: bytes, reason: str) -> Given:
    """The act was entered by mistake: every event of it is marked so, and its numbers stay explained by it.

    Only the officer who did it, on this machine, minutes after (at_once.REGRET). Raises
    BadInput("empty") without a reason, and what `at_once.require_regrettable` raises.
    """
    officer = session.require(Right.RECEIVE)
    if not reason.strip():
        raise BadInput("empty", field="reason")
    with office.writing() as (pen, now):
        stands = _standing(pen, dossier)
        at_once.require_regrettable(stands, pen.log, officer, now)
        payload = {
            "set": {"state": State.VOIDED.value},
            "events": [str(entry.ref) for entry in stands.entries],
            "reason": reason.strip(),
            "at": now.astimezone(VIETNAM).isoformat(),
        }
        pen.append("voided", dossier, payload, officer)
        for number in stands.register_numbers:
            if (book := number.book) and stands.received_at:
                numbers.take_back_certified(
                    pen.connection, pen.log, stands.received_at.astimezone(VIETNAM).year, book, number
                )
        return _given(_standing(pen, dossier))


def proposed(office: Office, procedure: Procedure, volume: str = "") -> RegisterNumber | None:
    """The number that the next act would get now; it is drawn only when that act is written.

    None for a procedure that stands in no certification register. `volume` as it was typed, or "" for the
    present one. Raises BadInput("volume-unreadable").
    """
    book = certification.book_of(procedure)
    if book is None:
        return None
    year = office.now().astimezone(VIETNAM).year
    asked = certification.read_volume(volume, year, book) if volume else ""
    with office.reading() as (connection, where):
        mine = where.log_of(own.keys(connection).branch).log
        return numbers.next_certified(connection, mine, year, book, asked)


def given_on(office: Office, day: date) -> list[Given]:
    """What this machine gave at once on a day, taken back or not, the newest first: the closing's list."""
    with office.reading() as (connection, where):
        mine = {row.log for row in where.logs.values() if row.trust == log.OWN}
        stands = (
            folded(connection, bytes(row.dossier), where) for row in search.received_on(connection, day)
        )
        given = [(_place_in(one, mine), _given(one)) for one in stands if at_once.was_given(one)]
    # Several of one second stand in the order in which they were written, as in the register.
    given.sort(key=lambda one: (one[1].at, one[0]), reverse=True)
    return [one for place, one in given if place]


def _place_in(dossier: Dossier, logs: set[bytes]) -> int:
    """Of its reception in one of these logs; 0 where it was written elsewhere."""
    headers = (entry.event.header for entry in dossier.entries if entry.name == "received")
    return max((header.seq for header in headers if header.log in logs), default=0)


def _number(pen: Writer, form: InstantForm, year: int) -> RegisterNumber | None:
    """The line in the register: the officer's own where the paper book is the master, else the next one."""
    book = certification.book_of(form.entry.procedure)
    if book is None:
        return None
    next_one = numbers.next_certified(pen.connection, pen.log, year, book, form.volume)
    if form.number is None:
        return next_one
    typed = RegisterNumber(next_one.volume, form.number)
    there = search.by_exact_code(pen.connection, typed.key)
    if there:
        raise BadInput(
            "register-number-used",
            field="register.number",
            number=typed.number,
            volume=typed.volume,
            code=there[0].code,
            next=next_one.number,
        )
    return typed


def _finished(form: InstantForm, number: RegisterNumber | None) -> Mapping[str, Any]:
    fields = {
        "result": form.entry.procedure.result,
        "what": form.what,
        "pages": form.pages,
        "copies": form.copies,
        "cases": form.cases,
        "volume": number.volume if number else None,
        "entry": number.number if number else None,
    }
    return {"at_once": True, **{name: value for name, value in fields.items() if value not in (None, "")}}


def _taken_by(name: str, id_number: str | None) -> Mapping[str, str]:
    return {"to": name, **({"id_number": id_number} if id_number else {})}


def _standing(pen: Writer, dossier: bytes) -> Dossier:
    events = pen.events_of(dossier)
    if not events:
        raise NotFound("no-such-dossier", code=id_text(dossier))
    return fold.fold(dossier, events)


def _first_answer(pen: Writer, dossier: bytes) -> Given:
    stands = _standing(pen, dossier)
    if not at_once.was_given(stands):
        raise NotAllowed("received-otherwise", code=stands.code)
    return replace(_given(stands), again=True)


def _given(dossier: Dossier) -> Given:
    said = next((e.payload for e in dossier.entries if e.name == "finished" and e.payload), {})
    reception_ = dossier.reception or {}
    return Given(
        dossier=dossier.id,
        code=dossier.code,
        at=dossier.received_at or datetime.fromisoformat(said["at"]),
        name=dossier.values.get("applicant.name", ""),
        procedure=dossier.values.get("procedure", {}).get("name", ""),
        what=said.get("what", ""),
        pages=said.get("pages"),
        copies=said.get("copies"),
        cases=said.get("cases"),
        register=next(iter(dossier.register_numbers), None),
        fee=dossier.owed,
        paid=dossier.paid,
        taken_back=dossier.state is State.VOIDED,
        warnings=tuple(reception_.get("warnings", ())),
    )
