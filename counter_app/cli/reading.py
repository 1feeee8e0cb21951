"""Commands that only read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from counter_app.cli import lines
from counter_app.cli.context import Context, put
from counter_app.domain.zone import VIETNAM
from counter_app.services import accesses, accounts, lookup, safety
from counter_app.services.accesses import Why
from counter_app.services.lookup import Line
from counter_app.words.language import Words

_NOTES = Words(
    {"two": "Mã này có ở {n} hồ sơ khác nhau; xem kỹ tên và ngày nhận, rồi gọi hồ sơ bằng id thay cho mã."}
)
_EVERYTHING = 10_000_000


def show(context: Context) -> int:
    office = context.office
    found = lookup.show(office, context.asked.code)
    machines, known = lookup.machines(office), office.commune()
    note = _NOTES.say("two", n=len(found)) if len(found) > 1 else ""
    context.looks_at([folded.id for folded in found], Why.SHOW)
    safe = safety.states(office, [folded.id for folded in found])
    for folded in found:
        line = lines.dossier(lookup.line_of(office, folded.id), folded, machines, known, note)
        put(line | safe[folded.id].to_json())
    return 0


def find(context: Context) -> int:
    asked = context.asked
    if asked.all:
        found = lookup.newest(context.office, _EVERYTHING)
    else:
        found = lookup.find(context.office, asked.text, asked.limit)
    context.looks_at([line.dossier for line in found], Why.FIND)
    _put_lines(context, found)
    return 0


def _put_lines(context: Context, found: Sequence[Line]) -> None:
    safe = safety.states(context.office, [line.dossier for line in found])
    for line in found:
        put(line.to_json() | safe[line.dossier].to_json())


def due(context: Context) -> int:
    """Each line says how many counting days are left, and which warning that is."""
    asked, office = context.asked, context.office
    found = lookup.due(office, asked.on, overdue=asked.overdue, soon=asked.soon)
    context.looks_at([line.dossier for line in found], Why.FIND)
    safe = safety.states(office, [line.dossier for line in found])
    calendar, today = office.calendar(), office.now().astimezone(VIETNAM).date()
    for line in found:
        left = lookup.days_left(calendar, today, datetime.fromisoformat(line.due).date())
        warned = {"days_left": left, "warning": lookup.step_of(left)}
        put(line.to_json() | warned | safe[line.dossier].to_json())
    return 0


def scan(context: Context) -> int:
    """2 for a receipt that is forged or of an unknown device: a script must not take it for good."""
    found = lookup.scan(context.office, context.asked.text)
    context.looks_at([line.dossier for line in found.lines], Why.SCAN)
    put(lines.scan(found))
    return 2 if found.signature in ("unknown_device", "forged") else 0


def looked(context: Context) -> int:
    """Who looked at which dossier on this machine, the last look first."""
    asked, office = context.asked, context.office
    today = office.now().astimezone(VIETNAM).date()
    first, last = asked.since or today, asked.until or asked.since or today
    for one in accesses.listing(
        office, context.session(), first, last, code=asked.code, officer=asked.by or None
    ):
        line = {"at": one.at.isoformat(), "officer": one.officer, "dossier": lookup.id_text(one.dossier)}
        put({**line, "code": one.code, "why": one.why})
    return 0


def officers(context: Context) -> int:
    for officer in accounts.officers(context.office):
        put(officer_line(officer.id, officer.name, officer.role.value, bool(officer.pin), officer.active))
    return 0


def officer_line(id_: str, name: str, role: str, pin: bool, active: bool) -> dict[str, object]:
    return {"id": id_, "name": name, "role": role, "pin": pin, "active": active}
