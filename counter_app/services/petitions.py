"""Petitions at the counter (phản ánh, kiến nghị): entered, asked about, refused, answered, published."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from counter_app.domain import books
from counter_app.domain.book_kinds import SETTLED
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.events import Absent
from counter_app.domain.names import clean_line
from counter_app.domain.petition_limits import Act, deadline, moved
from counter_app.domain.petitions import (
    PREFIX,
    PRINTED_KIND,
    RECEIVED_KIND,
    Petition,
    check_published,
    check_step,
    fold_petition,
    mark_of,
    named,
    number_of,
    sharing,
)
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts
from counter_app.services.entry import Fields, id_in
from counter_app.services.feedback_rules import limits
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session, calendar_in
from counter_app.services.petition_entry import (
    LONGEST_CONTENT,
    LONGEST_SUBJECT,
    needed,
    read_petition,
    require_same,
    stamp,
)
from counter_app.store import log, numbers
from counter_app.store.writer import Writer

LONGEST_REASON: Final = 1000  # letters
_CHOICES: Final = 5  # names that a sentence tells


def receive(office: Office, session: Session, fields: Fields, draft: bytes = b"") -> Petition:
    """As `enter`, for whoever need not know whether it was here before."""
    return enter(office, session, fields, draft)[0]


def enter(office: Office, session: Session, fields: Fields, draft: bytes = b"") -> tuple[Petition, bool]:
    """Enters a petition under the next number, with the days by which each act is due.

    Of `fields`: source, subject, content; a sender only where he gave his name; about (procedure, officer,
    dossier); received_at where it came before now; id, a UUID that its giver drew for it.
    `draft` is the id of what was kept of it while it was typed. One id and one draft make one petition,
    however often they are given; true says that it stood here before. Raises BadInput,
    BadInput("told-otherwise") for one that says something else, NotPermitted, ClockWrong.
    """
    officer = session.require(Right.RECEIVE)
    with office.writing() as (pen, now):
        payload = read_petition(fields, now)
        given = id_in(fields)
        # Hashed: of some UUIDs (RFC 9562, version 1) the last bytes are the machine's alone.
        drawn = hashlib.sha256(given).digest() if given else draft
        page = books.petition_page(pen.commune, drawn[-books.DRAWN :] or os.urandom(books.DRAWN))
        shelves = _shelves(pen.map) if drawn else []
        for here in (shelf + page[books.SHELF :] for shelf in shelves):
            if written := pen.events_of(here):
                drafts.forget(pen.connection, draft, drafts.PETITION)
                stands = fold_petition(here, written)
                require_same(stands, payload)
                return stands, True
        at = datetime.fromisoformat(payload["received_at"])
        calendar, rule = calendar_in(pen.connection, pen.map), office.settings.petition_rule
        due = {act: deadline(limits(), act, at, calendar, rule) for act in Act if act is not Act.PUBLISH}
        payload["limits"] = {act.value: found.to_fields() for act, found in due.items() if found}
        if (answer := due[Act.ANSWER]) is not None:
            payload["due"] = answer.due.isoformat()
        payload["number"] = _number(pen, at.year)
        drafts.forget(pen.connection, draft, drafts.PETITION)
        pen.append(RECEIVED_KIND, page, payload, officer)
        return fold_petition(page, pen.events_of(page)), False


def listing(office: Office) -> list[Petition]:
    """Every petition that is known here, the last received first; those that are held before all."""
    with office.reading() as (connection, where):
        return _all(connection, where)


def find(office: Office, number: str) -> Petition:
    """The petition of that number, whose number ends with it, or of that id or a clear beginning of it.

    Wherever a `number` is asked for here, it may be any of these. Raises NotFound("no-such-petition"),
    NotAllowed("petition-of-several"), which names what to choose from.
    """
    with office.reading() as (connection, where):
        return find_in(connection, where, number)


def is_named(office: Office, text: str) -> bool:
    """Whether a text is a petition's number, known here or not, or the id of one of this commune."""
    wanted = clean_line(text)
    if wanted.upper().startswith(PREFIX):
        return True
    with suppress(ValueError), office.reading() as (_, where):
        return UUID(wanted).bytes[: books.SHELF] in _shelves(where)
    return False


def read(office: Office, page: bytes) -> Petition:
    """The petition with that id."""
    with office.reading() as (connection, where):
        return fold_petition(page, log.dossier_events(connection, page, where))


def draft_of(petition: bytes, act: str) -> bytes:
    """The id of what is kept of an act on the petition while it is typed: each has its own."""
    return hashlib.sha256(petition + act.encode()).digest()[:16]


def assign(
    office: Office, session: Session, number: str, to: str, at: datetime | None = None, draft: bytes = b""
) -> Petition:
    """Says who looks into it.

    `draft` is what was kept of an act while it was typed (`draft_of`). These acts raise BadInput, NotFound,
    NotAllowed("petition-forbids" | "petition-held"), NotPermitted.
    """
    return _act(
        office, session, number, "petition_assigned", {"to": needed(to, "to", LONGEST_SUBJECT)}, at, draft
    )


def ask(
    office: Office,
    session: Session,
    number: str,
    needs: list[str],
    at: datetime | None = None,
    draft: bytes = b"",
) -> Petition:
    """Asks the sender to say more."""
    asked = [needed(need, "needs", LONGEST_REASON) for need in needs]
    if not asked:
        raise BadInput("empty", field="needs")
    return _act(office, session, number, "petition_asked", {"needs": asked}, at, draft)


def supply(
    office: Office, session: Session, number: str, text: str, at: datetime | None = None, draft: bytes = b""
) -> Petition:
    """What was asked for came; the answer is due as many working days later as the sender was waited for."""
    said = {"text": needed(text, "text", LONGEST_CONTENT)}
    return _act(office, session, number, "petition_supplied", said, at, draft)


def refuse(
    office: Office, session: Session, number: str, reason: str, at: datetime | None = None, draft: bytes = b""
) -> Petition:
    """The office does not take it up, and says why."""
    said = {"reason": needed(reason, "reason", LONGEST_REASON)}
    return _act(office, session, number, "petition_refused", said, at, draft)


def answer(
    office: Office,
    session: Session,
    number: str,
    text: str,
    by: str = "",
    at: datetime | None = None,
    draft: bytes = b"",
) -> Petition:
    """The answer that was given, and by whom (the officer who acts, where nobody is named)."""
    name = session.officer.name if session.officer is not None else ""
    said = {
        "text": needed(text, "answer", LONGEST_CONTENT),
        "by": needed(by or name, "answered_by", LONGEST_SUBJECT),
    }
    return _act(office, session, number, "petition_answered", {"answer": said}, at, draft)


def publish(
    office: Office,
    session: Session,
    number: str,
    where: str,
    on: date | None = None,
    at: datetime | None = None,
    draft: bytes = b"",
) -> Petition:
    """Where the answer was published, and on which day (that of the act, where none is named).

    Raises BadInput("published-before-answer") too.
    """
    latest = (at or office.now()).astimezone(VIETNAM).date()
    day = on or latest
    if day > latest:
        raise BadInput("in-the-future", field="on", value=day.isoformat())
    said = {"where": needed(where, "where", LONGEST_SUBJECT), "on": day.isoformat()}
    return _act(office, session, number, "petition_published", {"published": said}, at, draft)


def void(office: Office, session: Session, number: str, reason: str, draft: bytes = b"") -> Petition:
    """It was entered by mistake; its number stays, and is explained."""
    said = {"reason": needed(reason, "reason", LONGEST_REASON)}
    return _act(office, session, number, "petition_voided", said, None, draft)


def settle(office: Office, session: Session, number: str, keep: str) -> Petition:
    """Settles all that the act `keep` (its name, or a beginning) is a side of, in its favour.

    Raises NotFound("no-such-event"), NotAllowed("nothing-to-resolve").
    """
    officer = session.require(Right.SETTLE)
    with office.writing() as (pen, now):
        petition = find_in(pen.connection, pen.map, number)
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
        payload = {"set": values, "keep": [str(ref)], "over": over, "at": stamp(now)}
        pen.append("petition_settled", petition.id, payload, officer)
        return fold_petition(petition.id, pen.events_of(petition.id))


def _act(
    office: Office,
    session: Session,
    number: str,
    kind: str,
    said: dict[str, Any],
    at: datetime | None,
    draft: bytes,
) -> Petition:
    officer = session.require(Right.HANDLE)
    with _acting(office, number, kind, at) as (pen, petition, when):
        payload = {**said, "at": stamp(when)}
        calendar = calendar_in(pen.connection, pen.map)
        if kind == "petition_answered":
            rule = office.settings.petition_rule
            if (found := deadline(limits(), Act.PUBLISH, when, calendar, rule)) is not None:
                payload["publish_by"] = found.due.isoformat()
        if kind == "petition_published":
            check_published(petition, date.fromisoformat(said["published"]["on"]))
        if kind == "petition_supplied" and petition.due is not None:
            asked = next(e.happened_at for e in reversed(petition.entries) if e.name == "petition_asked")
            payload["due"] = moved(petition.due, asked, when, calendar).isoformat()
        drafts.forget(pen.connection, draft, drafts.PETITION_ACT)
        pen.append(kind, petition.id, payload, officer)
        petition = fold_petition(petition.id, pen.events_of(petition.id))
    return petition


@contextmanager
def _acting(
    office: Office, number: str, kind: str, at: datetime | None
) -> Iterator[tuple[Writer, Petition, datetime]]:
    """One act: what forbids it is found first, one commit ends it."""
    with office.writing() as (pen, now):
        petition = find_in(pen.connection, pen.map, number)
        check_step(kind, petition)
        when = at or now
        if when.tzinfo is None:
            raise BadInput("time-without-zone", field="at", value=when.isoformat())
        if when > now:
            raise BadInput("in-the-future", field="at", value=when.isoformat())
        last = max(
            (e.happened_at for e in petition.entries if e.counts and e.name != PRINTED_KIND), default=when
        )
        if when < last.replace(microsecond=0) and at is not None:
            raise BadInput("before-last-act", field="at", value=when.isoformat(), last=stamp(last))
        yield pen, petition, when


def find_in(connection: Any, where: log.Map, number: str) -> Petition:
    """As `find`, inside an act."""
    wanted = clean_line(number)
    with suppress(ValueError):
        page = UUID(wanted).bytes
        if page[: books.SHELF] in _shelves(where):
            one = fold_petition(page, log.dossier_events(connection, page, where))
            if _is_heard(one):
                return one
    found = named(_all(connection, where), wanted)
    if not found:
        raise NotFound("no-such-petition", number=wanted)
    if len(found) > 1:
        raise NotAllowed("petition-of-several", number=wanted, n=len(found), choices=_choices(found))
    return found[0]


def _choices(found: list[Petition]) -> str:
    """What tells them apart: the number, where no other of them bears it, else the id."""
    twice = sharing(found)
    names = [id_text(one.id) if one.id in twice or not one.number else one.number for one in found]
    return ", ".join(names[:_CHOICES]) + ("…" if len(names) > _CHOICES else "")


def _shelves(where: log.Map) -> list[bytes]:
    return [
        books.petition_shelf(id_)
        for id_ in sorted({row.commune for row in where.logs.values() if row.trust != log.ASIDE})
    ]


def _all(connection: Any, where: log.Map) -> list[Petition]:
    pages = [page for shelf in _shelves(where) for page in log.begun_with(connection, shelf)]
    found = [fold_petition(page, log.dossier_events(connection, page, where)) for page in pages]
    found = [one for one in found if _is_heard(one)]
    return sorted(found, key=lambda one: (one.received_at is not None, one.received_at, one.id), reverse=True)


def _is_heard(one: Petition) -> bool:
    return any(entry.absent is not Absent.ASIDE for entry in one.entries)


def _number(pen: Writer, year: int) -> str:
    mark = mark_of(pen.log, [row.log for row in pen.map.logs.values()])
    known = {one.number for one in _all(pen.connection, pen.map)}
    while True:  # a copy of this store may have gone on under the same log
        number = number_of(mark, year, numbers.next_petition(pen.connection, pen.log, year))
        if number not in known:
            return number
