"""Receives a dossier: promises the date, draws the code, commits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from counter_app.domain import clock, leases
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.codes import DossierCode, Series, next_code, parse_code
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput, Surroundings
from counter_app.domain.limits import Resubmission
from counter_app.domain.payments import Method
from counter_app.domain.procedures import Procedure
from counter_app.domain.promise import Promise, promise, typed_promise
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.services import drafts, marks, print_journal
from counter_app.services.entry import Form
from counter_app.services.money import ended
from counter_app.services.office import Office, Session, new_dossier_id, standing_in, to_ms
from counter_app.store import numbers, own
from counter_app.store.writer import Writer

KEYED_IN_LATER: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Received:
    """What the receipt says: the dossier is on the disk under this code and date."""

    dossier: bytes
    code: str
    received_at: datetime
    due: datetime | None  # None: registered, its clock has not begun
    warnings: tuple[dict[str, Any], ...]
    again: bool = False  # the same entry, delivered once more: the first answer


def promise_for(form: Form, received_at: datetime, calendar: WorkCalendar) -> Promise:
    """The return date that the receipt will bear, with its reasoning."""
    if form.procedure.limit is None:
        assert form.due_day is not None
        return typed_promise(form.due_day, received_at, calendar, form.due_reason)
    verification = form.verification and form.procedure.limit.verification is not None
    return promise(form.procedure.limit, received_at, calendar, verification=verification)


def receive(
    office: Office,
    session: Session,
    form: Form,
    *,
    paper: str = "",
    journal: bool = False,
    draw: Callable[[], int] | None = None,
) -> Received:
    """Commits the dossier and, where `paper` names one, that its receipt is printed; on the disk at return.

    One that is only registered gets its receipt when it is accepted.
    With `journal` the print journal keeps the receipt until its paper is taken; without a `paper` it is held.
    Raises NotPermitted, ClockWrong, BadInput("slip-used" | "told-otherwise"),
    NotAllowed("posting-not-begun" | "posting-over"), and what stops the disk.
    """
    officer = session.require(Right.RECEIVE)
    with office.writing() as (pen, now):
        if form.id is not None:
            drafts.forget(pen.connection, form.id)
        if form.id is not None and (before := told_before(pen, form.id)) is not None:
            require_same(before, form)
            return _answer(form.id, before)
        received, series = enter(pen, now, form, officer, draw or five_digits)
        if paper and not form.registered:
            pen.append("printed", received.dossier, {"form": "receipt", "copy": 1, "paper": paper}, officer)
        if journal and not form.registered:
            keep = print_journal.begin if paper else print_journal.hold
            keep(pen.connection, received.dossier)
        written = pen.log, pen.seq
    return marked(office, received, written, series)


def enter(
    pen: Writer, now: datetime, form: Form, officer: str, draw: Callable[[], int]
) -> tuple[Received, Series | None]:
    """Writes the reception, and the payment where there is one, into the act under way; not yet on the disk.

    The series is what `marked` is to note after the commit. Raises BadInput("slip-used"),
    NotAllowed("posting-not-begun" | "posting-over").
    """
    received_at = (form.received_at or now).astimezone(VIETNAM).replace(microsecond=0)
    standing = standing_in(pen.connection, pen.map)
    known = standing.commune
    if posting := known.postings.get(own.speaker(pen.connection)):
        posting.require(received_at.date())
    reckoned = promise_for(form, received_at, standing.calendar)
    code, series = _code(pen, form, known, received_at, draw)
    warnings = [*form.warnings, *_slip_warnings(form.slip, known)]
    waits = _waits(form, reckoned)
    if reckoned.unknown_years and not form.calendar_confirmed and not waits:
        warnings.append({"code": "calendar-missing", "years": list(reckoned.unknown_years)})
    dossier = form.id or new_dossier_id(to_ms(now))
    late = now - received_at > KEYED_IN_LATER
    payload = {
        **entered(form, known.agency, code.text, received_at, reckoned),
        "volume": volume_of(pen.log, received_at.year),
        "number": numbers.next_in_volume(pen.connection, pen.log, received_at.year),
    }
    optional = {
        "slip": form.slip,
        "late_reason": form.late_reason,
        "entered_at": now.isoformat() if late else "",
        "warnings": warnings,
        "calendar_confirmed": form.calendar_confirmed and bool(reckoned.unknown_years),
        "clock_set": pen.notes.offset is not None,
    }
    payload |= {name: value for name, value in optional.items() if value}
    pen.append("registered" if form.registered else "received", dossier, payload, officer)
    if form.paid and form.fee.amount:
        pen.append("paid", dossier, {"amount": form.fee.amount, "at": received_at.isoformat()}, officer)
        warnings += [{"code": w.code, **w.facts} for w in ended(pen, received_at.date(), Method.CASH)]
    due = None if waits else reckoned.due
    return Received(dossier, code.text, received_at, due, tuple(warnings)), series


def entered(form: Form, agency: str, code: str, received_at: datetime, reckoned: Promise) -> dict[str, Any]:
    """What a reception says of the form, whoever takes it in, under a code that was drawn or given."""
    waits = _waits(form, reckoned)
    payload: dict[str, Any] = {
        "code": code,
        "agency": agency,
        "procedure": _pinned(form.procedure),
        "applicant": form.applicant.to_fields(),
        "channel": form.channel,
        "received_at": received_at.isoformat(),
        "sets": form.sets,
        "components": [{"name": c.name, "kind": c.kind.value, "count": c.count} for c in form.components],
        "fee": {
            **({"amount": form.fee.amount} if form.fee.amount is not None else {}),
            **({"rule": form.fee.rule} if form.fee.rule else {}),
            **({"exemption": form.fee.exempt} if form.fee.exempt else {}),
            **({"proof": form.fee.proof.fields()} if form.fee.proof else {}),
        },
        "return_by": form.return_by,
        **({} if waits else {"due": reckoned.due.isoformat()}),
        "promise": clock.limit_alone(reckoned.to_fields()) if waits else reckoned.to_fields(),
    }
    optional = {
        "submitter": form.submitter.to_fields() if form.submitter else None,
        "note": form.note,
        "codes": list(form.codes),
    }
    return payload | {name: value for name, value in optional.items() if value}


def volume_of(log: bytes, year: int) -> str:
    """What a machine's register of a year is called."""
    return f"{year}-{log.hex()[:4].upper()}"


def _waits(form: Form, reckoned: Promise) -> bool:
    """A day that the officer named stands; what a limit gives is reckoned when the clock begins."""
    return form.registered and reckoned.limit is not None


def marked(office: Office, received: Received, written: tuple[bytes, int], series: Series | None) -> Received:
    """After the commit: the number drawn is noted in its second place; what fails there is a warning."""
    if series is None:
        return received
    try:
        marks.add(office.places, *written, series)
    except Surroundings as fault:
        # The dossier stands: to raise here would have it entered a second time.
        warning = {"code": "number-not-marked", "why": fault.why}
        return replace(received, warnings=(*received.warnings, warning))
    return received


def five_digits() -> int:
    return secrets.randbelow(100_000)


def told_before(pen: Writer, dossier: bytes) -> Mapping[str, Any] | None:
    """The payload of this dossier's reception, or None where it was not received."""
    for event in pen.events_of(dossier):
        if event.header.kind in ("received", "registered") and event.payload is not None:
            return event.payload
    return None


def _answer(dossier: bytes, payload: Mapping[str, Any]) -> Received:
    return Received(
        dossier,
        payload["code"],
        datetime.fromisoformat(payload["received_at"]),
        datetime.fromisoformat(payload["due"]) if "due" in payload else None,
        tuple(payload.get("warnings", ())),
        again=True,
    )


def require_same(before: Mapping[str, Any], form: Form) -> None:
    """Raises BadInput("told-otherwise") where a reception's payload tells of somebody or something else."""
    told = {
        "applicant": form.applicant.to_fields(),
        "submitter": form.submitter.to_fields() if form.submitter else None,
        "channel": form.channel,
        "sets": form.sets,
        "return_by": form.return_by,
        "note": form.note or None,
    }
    procedure = before["procedure"]["code"]
    if procedure != form.procedure.code or any(before.get(name) != said for name, said in told.items()):
        raise BadInput("told-otherwise", field="id", code=before["code"])


def _code(
    pen: Writer, form: Form, known: Commune, received_at: datetime, draw: Callable[[], int]
) -> tuple[DossierCode, Series | None]:
    if form.slip:
        if numbers.code_taken(pen.connection, form.slip):
            raise BadInput("slip-used", field="slip", value=form.slip)
        return parse_code(form.slip), None
    day = received_at.astimezone(VIETNAM).date()
    leased = () if known.code_disputed else known.leases.get(pen.log, ())
    code, series = next_code(
        known.agency,
        day,
        series=numbers.series_of(pen.connection, day),
        lease=leases.covering(leased, day),
        log_opened=known.opened_on(pen.log) or day,
        draw=draw,
        taken=lambda text: numbers.code_taken(pen.connection, text) or text in known.slips,
    )
    numbers.keep_series(pen.connection, series)
    return code, series


def _slip_warnings(slip: str, known: Commune) -> list[dict[str, Any]]:
    """A citizen holds this number: it is received whatever is known of it, and what is odd is told."""
    if not slip:
        return []
    printed = known.slips.get(slip.upper())
    if printed is None:
        return [{"code": "slip-unknown"}]
    return [{"code": "slip-declared-unused", "reason": printed.unused}] if printed.unused else []


def _pinned(procedure: Procedure) -> dict[str, str]:
    named = {
        "code": procedure.code,
        "name": procedure.name,
        "version": procedure.version,
        "field": procedure.field,
        "result": procedure.result,
        "resubmission": "" if procedure.resubmission is Resubmission.RESUME else procedure.resubmission.value,
    }
    return {name: value for name, value in named.items() if value}
