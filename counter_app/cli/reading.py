"""Commands that only read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from counter_app.cli import lines
from counter_app.cli.context import Context, put
from counter_app.domain.zone import VIETNAM
from counter_app.services import accounts, lookup, safety
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
    safe = safety.states(office, [folded.id for folded in found])
    for folded in found:
        line = lines.dossier(lookup.line_of(office, folded.id), folded, machines, known, note)
        put(line | {"sync": safe[folded.id]})
    return 0


def find(context: Context) -> int:
    asked = context.asked
    if asked.all:
        found = lookup.newest(context.office, _EVERYTHING)
    else:
        found = lookup.find(context.office, asked.text, asked.limit)
    _put_lines(context, found)
    return 0


def _put_lines(context: Context, found: Sequence[Line]) -> None:
    safe = safety.states(context.office, [line.dossier for line in found])
    for line in found:
        put(line.to_json() | {"sync": safe[line.dossier]})


def due(context: Context) -> int:
    """Each line says how many counting days are left, and which warning that is."""
    asked, office = context.asked, context.office
    found = lookup.due(office, asked.on, overdue=asked.overdue, soon=asked.soon)
    safe = safety.states(office, [line.dossier for line in found])
    calendar, today = office.calendar(), office.now().astimezone(VIETNAM).date()
    for line in found:
        left = lookup.days_left(calendar, today, datetime.fromisoformat(line.due).date())
        warned = {"days_left": left, "warning": lookup.step_of(left)}
        put(line.to_json() | warned | {"sync": safe[line.dossier]})
    return 0


def scan(context: Context) -> int:
    """2 for a receipt that is forged or of an unknown device: a script must not take it for good."""
    found = lookup.scan(context.office, context.asked.text)
    put(lines.scan(found))
    return 2 if found.signature in ("unknown_device", "forged") else 0


def officers(context: Context) -> int:
    for officer in accounts.officers(context.office):
        put(officer_line(officer.id, officer.name, officer.role.value, bool(officer.pin), officer.active))
    return 0


def officer_line(id_: str, name: str, role: str, pin: bool, active: bool) -> dict[str, object]:
    return {"id": id_, "name": name, "role": role, "pin": pin, "active": active}
