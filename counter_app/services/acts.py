"""Acts on a dossier after its reception: one act, one event, refused where the state forbids it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from counter_app.domain import clock, lifecycle
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.lifecycle import PAUSED, StopCause
from counter_app.domain.names import clean_line
from counter_app.domain.payments import require_amount
from counter_app.domain.promise import Promise, typed_promise
from counter_app.services import reception
from counter_app.services.acting import Act, acting, needed
from counter_app.services.holders import Holders
from counter_app.services.office import Office, Session
from counter_app.store import numbers


def process(
    office: Office, session: Session, code: str, step: str, holder: str = "", at: datetime | None = None
) -> None:
    """The dossier is being worked on: a step, and who holds it."""
    with acting(office, session, code, "step_taken", at) as act:
        who = Holders(act.pen.connection, act.pen.map).spelled(clean_line(holder))
        act.write("step_taken", step=needed(step, "step"), holder=who)


def ask_supplement(
    office: Office,
    session: Session,
    code: str,
    needs: list[str],
    reason: str = "",
    at: datetime | None = None,
) -> bool:
    """Asks once for all missing papers; True where it was asked before (it then counts as late, QĐ 766)."""
    wanted = [text for need in needs if (text := clean_line(need))]
    if not wanted:
        raise BadInput("empty", field="need")
    with acting(office, session, code, "supplement_requested", at) as act:
        again = act.dossier.supplements > 0
        act.write("supplement_requested", needs=wanted, reason=clean_line(reason))
    return again


def resubmit(office: Office, session: Session, code: str, at: datetime | None = None) -> None:
    """The missing papers came: the clock goes on with what was left, or anew where the procedure says so.

    One that was asked for them before it was accepted is complete now, as if it were accepted.
    """
    with acting(office, session, code, "resubmitted", at) as act:
        act.write("resubmitted", **act.clock_goes_on(), **_complete(act))


def charge(office: Office, session: Session, code: str, amount: int, at: datetime | None = None) -> None:
    """The citizen has to pay this amount, in đồng, before the work goes on: the clock stands still."""
    require_amount(amount)
    with acting(office, session, code, "payment_requested", at) as act:
        act.write("payment_requested", amount=amount)


def accept(office: Office, session: Session, code: str, at: datetime | None = None) -> datetime | None:
    """A registered dossier is complete: its clock starts now, by the limit that it was registered under.

    Gives the appointment; None where none was named for a procedure without limit.
    """
    with acting(office, session, code, "accepted", at) as act:
        said = act.dossier.values.get("promise") or {}
        dated: dict[str, Any] = {}
        if "unit" in said:
            said = clock.begun(said, act.at, act.calendar)
            dated = {"due": said["due"], "promise": said}
        act.write("accepted", received_at=act.at.isoformat(), **dated, **_place(act))
        return datetime.fromisoformat(said["due"]) if "due" in said else act.dossier.due


def _complete(act: Act) -> dict[str, Any]:
    """Since when a dossier is complete that was only registered, and its line in the register."""
    if not any(entry.name == "registered" for entry in act.dossier.entries):
        return {}
    begun = {} if act.dossier.taken_in else {"received_at": act.at.isoformat()}
    return {**begun, **_place(act)}


def _place(act: Act) -> dict[str, Any]:
    """The register's volume and number for a dossier that came from above without them."""
    if act.dossier.place[1]:
        return {}
    log, year = act.pen.log, act.at.year
    return {
        "volume": reception.volume_of(log, year),
        "number": numbers.next_in_volume(act.pen.connection, log, year),
    }


def extend(
    office: Office, session: Session, code: str, until: date, reason: str, at: datetime | None = None
) -> bool:
    """A new appointment beside an apology; True where the date had passed, so that the apology came late.

    It is to be sent before the date (NĐ 61/2018; NĐ 118/2025 keeps the paper). The first
    appointment stays on record, and lateness is measured by it. Raises NotAllowed("extended-enough") beyond
    the commune's setting: what NĐ 118 allows is not known, NĐ 61 allowed one.
    """
    with acting(office, session, code, "extended", at) as act:
        return extended(act, until, reason, office.settings.max_extensions)


def extended(act: Act, until: date, reason: str, most: int) -> bool:
    """The same as an act that is under way."""
    if (given := act.dossier.extensions) >= most:
        raise NotAllowed("extended-enough", code=act.dossier.code, n=given, most=most)
    new = _typed(act, until, reason)
    before = act.dossier.due
    if before and new.due <= before:
        raise BadInput("not-later", field="until", value=until.isoformat(), due=before.isoformat())
    late = clock.past_due(act.dossier, act.at)
    promise = clock.extended(act.dossier, new.to_fields())
    act.write("extended", until=new.due.isoformat(), reason=new.reason, promise=promise, late=late or None)
    return late


def _typed(act: Act, day: date, reason: str) -> Promise:
    return typed_promise(day, act.now, act.calendar, needed(reason, "reason"))


def refuse(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with acting(office, session, code, "refused", at) as act:
        act.write("refused", reason=needed(reason, "reason"))


def withdraw(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with acting(office, session, code, "withdrawn", at) as act:
        act.write("withdrawn", reason=needed(reason, "reason"))


def stop(
    office: Office,
    session: Session,
    code: str,
    reason: str,
    at: datetime | None = None,
    cause: StopCause | None = None,
) -> None:
    """The work ends without a result; without a `cause`, that which the state tells.

    Raises NotAllowed("nothing-unanswered") where the citizen owes no answer.
    """
    with acting(office, session, code, "stopped", at) as act:
        why = cause or lifecycle.cause_of_stop(act.dossier.state)
        if why is StopCause.UNANSWERED and act.dossier.state not in PAUSED:
            raise NotAllowed("nothing-unanswered", code=act.dossier.code)
        act.write("stopped", reason=needed(reason, "reason"), cause=why.value)


def finish(
    office: Office,
    session: Session,
    code: str,
    result: str = "",
    at: datetime | None = None,
    *,
    negative: bool = False,
    reason: str = "",
) -> None:
    """The result is ready to be collected.

    A `negative` one refuses what was asked for after examination, with its `reason`: a
    written result, national status 9; a refusal to take the dossier in is 3.
    """
    with acting(office, session, code, "finished", at) as act:
        why = needed(reason, "reason") if negative else clean_line(reason)
        act.write("finished", result=clean_line(result), negative=negative or None, reason=why)


def collection_failed(
    office: Office, session: Session, code: str, reason: str, at: datetime | None = None
) -> None:
    """The result was brought, or called for, and could not be handed over; it waits on."""
    with acting(office, session, code, "collection_failed", at) as act:
        act.write("collection_failed", reason=needed(reason, "reason"))


def hand_back(
    office: Office,
    session: Session,
    code: str,
    to: str,
    id_number: str = "",
    authority: str = "",
    at: datetime | None = None,
) -> list[Warning]:
    """The result is in the hands of `to`, whatever he showed; gives what is odd about his number."""
    who = Collector.read(to, id_number, authority)
    with acting(office, session, code, "returned", at) as act:
        act.write("returned", **who.fields())
    return list(who.warnings)
