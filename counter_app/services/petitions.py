"""Petitions at the counter (phản ánh, kiến nghị): entered, asked about, refused, answered, published."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from counter_app.domain import books
from counter_app.domain.book_kinds import SETTLED
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.names import clean_line
from counter_app.domain.people import Party
from counter_app.domain.petition_limits import Act, deadline, moved
from counter_app.domain.petitions import (
    RECEIVED_KIND,
    Petition,
    Source,
    check_step,
    fold_petition,
    mark_of,
    number_of,
)
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts
from counter_app.services.entry import OLDEST, Fields, moment_in, one_of_in, text_in
from counter_app.services.feedback_rules import limits
from counter_app.services.office import Office, Session, calendar_in
from counter_app.store import log, numbers
from counter_app.store.writer import Writer

LONGEST_SUBJECT: Final = 300  # letters
LONGEST_CONTENT: Final = 4000
LONGEST_REASON: Final = 1000
_KNOWN: Final = ("source", "subject", "content", "sender", "about", "received_at")
_ABOUT: Final = ("procedure", "officer", "dossier")


def receive(office: Office, session: Session, fields: Fields, draft: bytes = b"") -> Petition:
    """Enters a petition under the next number, with the days by which each act is due.

    Of `fields`: source, subject, content; a sender only where he gave his name; about (procedure, officer,
    dossier); received_at where it came before now.
    `draft` is the id of what was kept of it while it was typed: one draft makes one petition, however often
    it is given. Raises BadInput, NotPermitted, ClockWrong.
    """
    officer = session.require(Right.RECEIVE)
    with office.writing() as (pen, now):
        page = books.petition_page(pen.commune, draft[-books.DRAWN :] or os.urandom(books.DRAWN))
        if draft and (written := pen.events_of(page)):
            drafts.forget(pen.connection, draft, drafts.PETITION)
            return fold_petition(page, written)
        payload = _read(fields, now)
        at = datetime.fromisoformat(payload["received_at"])
        calendar, rule = calendar_in(pen.connection, pen.map), office.settings.petition_rule
        due = {act: deadline(limits(), act, at, calendar, rule) for act in Act if act is not Act.PUBLISH}
        payload["limits"] = {act.value: found.to_fields() for act, found in due.items() if found}
        if (answer := due[Act.ANSWER]) is not None:
            payload["due"] = answer.due.isoformat()
        payload["number"] = _number(pen, at.year)
        drafts.forget(pen.connection, draft, drafts.PETITION)
        pen.append(RECEIVED_KIND, page, payload, officer)
        return fold_petition(page, pen.events_of(page))


def listing(office: Office) -> list[Petition]:
    """Every petition that is known here, the last received first; those that are held before all."""
    with office.reading() as (connection, where):
        return _all(connection, where)


def find(office: Office, number: str) -> Petition:
    """The petition of that number, or whose number ends with it; raises NotFound("no-such-petition"),
    NotAllowed("petition-of-several") where two bear it."""
    with office.reading() as (connection, where):
        return _find(connection, where, number)


def read(office: Office, page: bytes) -> Petition:
    """The petition with that id."""
    with office.reading() as (connection, where):
        return fold_petition(page, log.dossier_events(connection, page, where))


def assign(office: Office, session: Session, number: str, to: str, at: datetime | None = None) -> Petition:
    """Says who looks into it.

    These acts raise BadInput, NotFound, NotAllowed("petition-forbids" | "petition-held"), NotPermitted.
    """
    return _act(office, session, number, "petition_assigned", {"to": _needed(to, "to", LONGEST_SUBJECT)}, at)


def ask(
    office: Office, session: Session, number: str, needs: list[str], at: datetime | None = None
) -> Petition:
    """Asks the sender to say more."""
    asked = [_needed(need, "needs", LONGEST_REASON) for need in needs]
    if not asked:
        raise BadInput("empty", field="needs")
    return _act(office, session, number, "petition_asked", {"needs": asked}, at)


def supply(office: Office, session: Session, number: str, text: str, at: datetime | None = None) -> Petition:
    """What was asked for came; the answer is due as many working days later as the sender was waited for."""
    said = {"text": _needed(text, "text", LONGEST_CONTENT)}
    return _act(office, session, number, "petition_supplied", said, at)


def refuse(
    office: Office, session: Session, number: str, reason: str, at: datetime | None = None
) -> Petition:
    """The office does not take it up, and says why."""
    said = {"reason": _needed(reason, "reason", LONGEST_REASON)}
    return _act(office, session, number, "petition_refused", said, at)


def answer(
    office: Office, session: Session, number: str, text: str, by: str = "", at: datetime | None = None
) -> Petition:
    """The answer that was given, and by whom (the officer who acts, where nobody is named)."""
    name = session.officer.name if session.officer is not None else ""
    said = {
        "text": _needed(text, "answer", LONGEST_CONTENT),
        "by": _needed(by or name, "answered_by", LONGEST_SUBJECT),
    }
    return _act(office, session, number, "petition_answered", {"answer": said}, at)


def publish(
    office: Office,
    session: Session,
    number: str,
    where: str,
    on: date | None = None,
    at: datetime | None = None,
) -> Petition:
    """Where the answer was published, and on which day (today, where none is named)."""
    day = on or office.now().astimezone(VIETNAM).date()
    if day > office.now().astimezone(VIETNAM).date():
        raise BadInput("in-the-future", field="on", value=day.isoformat())
    said = {"where": _needed(where, "where", LONGEST_SUBJECT), "on": day.isoformat()}
    return _act(office, session, number, "petition_published", {"published": said}, at)


def void(office: Office, session: Session, number: str, reason: str) -> Petition:
    """It was entered by mistake; its number stays, and is explained."""
    said = {"reason": _needed(reason, "reason", LONGEST_REASON)}
    return _act(office, session, number, "petition_voided", said, None)


def settle(office: Office, session: Session, number: str, keep: str) -> Petition:
    """Settles all that the act `keep` (its name, or a beginning) is a side of, in its favour.

    Raises NotFound("no-such-event"), NotAllowed("nothing-to-resolve").
    """
    officer = session.require(Right.SETTLE)
    with office.writing() as (pen, now):
        petition = _find(pen.connection, pen.map, number)
        sides = [(c.field, s) for c in petition.conflicts for s in c.sides]
        named = dict.fromkeys(side.event for _, side in sides if str(side.event).startswith(keep.lower()))
        if not keep or len(named) != 1:
            if keep and any(str(entry.ref).startswith(keep.lower()) for entry in petition.entries):
                raise NotAllowed("nothing-to-resolve", code=petition.number, event=keep)
            raise NotFound("no-such-event", event=keep)
        (ref,) = named
        fields = {field for field, side in sides if side.event == ref}
        values = {field: side.value for field, side in sides if side.event == ref and field in SETTLED}
        over = sorted({str(side.event) for field, side in sides if field in fields and side.event != ref})
        payload = {"set": values, "keep": [str(ref)], "over": over, "at": _stamp(now)}
        pen.append("petition_settled", petition.id, payload, officer)
        return fold_petition(petition.id, pen.events_of(petition.id))


def _act(
    office: Office, session: Session, number: str, kind: str, said: dict[str, Any], at: datetime | None
) -> Petition:
    officer = session.require(Right.HANDLE)
    with _acting(office, number, kind, at) as (pen, petition, when):
        payload = {**said, "at": _stamp(when)}
        calendar = calendar_in(pen.connection, pen.map)
        if kind == "petition_answered":
            rule = office.settings.petition_rule
            if (found := deadline(limits(), Act.PUBLISH, when, calendar, rule)) is not None:
                payload["publish_by"] = found.due.isoformat()
        if kind == "petition_supplied" and petition.due is not None:
            asked = next(e.happened_at for e in reversed(petition.entries) if e.name == "petition_asked")
            payload["due"] = moved(petition.due, asked, when, calendar).isoformat()
        pen.append(kind, petition.id, payload, officer)
        petition = fold_petition(petition.id, pen.events_of(petition.id))
    return petition


@contextmanager
def _acting(
    office: Office, number: str, kind: str, at: datetime | None
) -> Iterator[tuple[Writer, Petition, datetime]]:
    """One act: what forbids it is found first, one commit ends it."""
    with office.writing() as (pen, now):
        petition = _find(pen.connection, pen.map, number)
        check_step(kind, petition)
        when = at or now
        if when.tzinfo is None:
            raise BadInput("time-without-zone", field="at", value=when.isoformat())
        if when > now:
            raise BadInput("in-the-future", field="at", value=when.isoformat())
        last = max((e.happened_at for e in petition.entries if e.counts), default=when)
        if when < last.replace(microsecond=0) and at is not None:
            raise BadInput("before-last-act", field="at", value=when.isoformat(), last=_stamp(last))
        yield pen, petition, when


def _stamp(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).replace(microsecond=0).isoformat()


def _all(connection: Any, where: log.Map) -> list[Petition]:
    ids = {row.commune for row in where.logs.values() if row.trust != log.ASIDE}
    pages = [page for id_ in sorted(ids) for page in log.begun_with(connection, books.petition_shelf(id_))]
    found = [fold_petition(page, log.dossier_events(connection, page, where)) for page in pages]
    found = [one for one in found if any(entry.absent.value != "aside" for entry in one.entries)]
    return sorted(found, key=lambda one: (one.received_at is not None, one.received_at, one.id), reverse=True)


def _find(connection: Any, where: log.Map, number: str) -> Petition:
    wanted = clean_line(number).upper()
    known = [one for one in _all(connection, where) if one.number]
    found = [one for one in known if one.number == wanted]
    if not found and wanted:
        found = [one for one in known if one.number.endswith(f"-{wanted}")]
    if not found:
        raise NotFound("no-such-petition", number=wanted)
    if len(found) > 1:
        raise NotAllowed("petition-of-several", number=wanted, n=len(found))
    return found[0]


def _number(pen: Writer, year: int) -> str:
    mark = mark_of(pen.log, [row.log for row in pen.map.logs.values()])
    known = {one.number for one in _all(pen.connection, pen.map)}
    while True:  # a copy of this store may have gone on under the same log
        number = number_of(mark, year, numbers.next_petition(pen.connection, pen.log, year))
        if number not in known:
            return number


def _read(fields: Fields, now: datetime) -> dict[str, Any]:
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="petition")
    for name in fields:
        if name not in _KNOWN:
            raise BadInput("unknown-field", field=str(name))
    at = moment_in(fields, "received_at")
    if at is not None and at > now:
        raise BadInput("in-the-future", field="received_at", value=fields["received_at"])
    if at is not None and at < now - OLDEST:
        raise BadInput("too-long-ago", field="received_at", value=fields["received_at"])
    payload: dict[str, Any] = {
        "source": one_of_in(fields, "source", tuple(Source)),
        "subject": _needed(text_in(fields, "subject", LONGEST_SUBJECT), "subject", LONGEST_SUBJECT),
        "content": _needed(text_in(fields, "content", LONGEST_CONTENT), "content", LONGEST_CONTENT),
        "received_at": _stamp(at or now),
    }
    if at is not None:
        payload["entered_at"] = _stamp(now)
    if fields.get("sender") not in (None, {}):
        payload["sender"] = Party.from_fields(fields["sender"], "sender", today=now.date()).to_fields()
    if about := _about(fields.get("about")):
        payload["about"] = about
    return payload


def _about(given: Any) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadInput("not-an-object", field="about")
    for name in given:
        if name not in _ABOUT:
            raise BadInput("unknown-field", field=f"about.{name}")
    return {name: text for name in _ABOUT if (text := text_in(given, name, LONGEST_SUBJECT, "about"))}


def _needed(text: str, field: str, most: int) -> str:
    value = clean_line(text)
    if not value:
        raise BadInput("empty", field=field)
    if len(value) > most:
        raise BadInput("too-long", field=field, value=value, limit=most)
    return value
