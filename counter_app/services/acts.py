"""Acts on a dossier after its reception: one act, one event, refused where the state forbids it."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain import hlc
from counter_app.domain.citizen import Warning
from counter_app.domain.collecting import Collector
from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line
from counter_app.domain.promise import Promise, resumed, typed_promise
from counter_app.services.acting import Act, acting, needed
from counter_app.services.office import Office, Session


def process(
    office: Office, session: Session, code: str, step: str, holder: str = "", at: datetime | None = None
) -> None:
    """The dossier is being worked on: a step, and who holds it."""
    with acting(office, session, code, "step_taken", at) as act:
        act.write("step_taken", step=needed(step, "step"), holder=clean_line(holder))


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
    """The missing papers came: the clock resumes with the days that were left."""
    with acting(office, session, code, "resubmitted", at) as act:
        asked = [e for e in act.dossier.entries if e.name == "supplement_requested" and e.payload]
        due, new = act.dossier.due, None
        if asked and due:
            said = (asked[-1].payload or {}).get("at")
            since = datetime.fromisoformat(said) if said else hlc.moment(asked[-1].event.header.hlc)
            new = resumed(due, since, act.at, act.calendar)
        act.write("resubmitted", due=new.isoformat() if new else None)


def extend(
    office: Office, session: Session, code: str, until: date, reason: str, at: datetime | None = None
) -> None:
    """A new appointment; the first one stays on record, and lateness is measured by it."""
    with acting(office, session, code, "extended", at) as act:
        new = _typed(act, until, reason)
        if act.dossier.due and new.due <= act.dossier.due:
            raise BadInput(
                "not-later", field="until", value=until.isoformat(), due=act.dossier.due.isoformat()
            )
        act.write("extended", until=new.due.isoformat(), reason=new.reason, promise=new.to_fields())


def _typed(act: Act, day: date, reason: str) -> Promise:
    return typed_promise(day, act.now, act.calendar, needed(reason, "reason"))


def refuse(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with acting(office, session, code, "refused", at) as act:
        act.write("refused", reason=needed(reason, "reason"))


def withdraw(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with acting(office, session, code, "withdrawn", at) as act:
        act.write("withdrawn", reason=needed(reason, "reason"))


def stop(office: Office, session: Session, code: str, reason: str, at: datetime | None = None) -> None:
    with acting(office, session, code, "stopped", at) as act:
        act.write("stopped", reason=needed(reason, "reason"))


def finish(office: Office, session: Session, code: str, result: str = "", at: datetime | None = None) -> None:
    """The result is ready to be collected."""
    with acting(office, session, code, "finished", at) as act:
        act.write("finished", result=clean_line(result))


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
