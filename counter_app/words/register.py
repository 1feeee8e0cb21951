"""The register in words: who brought what, when it was promised and given back, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import ENDED, State
from counter_app.domain.zone import VIETNAM
from counter_app.paper.register import RegisterFacts, Row
from counter_app.services.register import Line, Span
from counter_app.words import dates
from counter_app.words.language import Words, capital, on_paper
from counter_app.words.receipt import office_words, place_words
from counter_app.words.states import RETURN_BY, STATES

_WORDS = Words(
    {
        "extended": "hẹn lại {day}",
        "twice": "nhận lần nữa; xem số trước",
        "disputed": "ghi khác nhau",
        "erased": "đã xóa nội dung theo {act}",
        "total": "Tổng số",
    }
)


@on_paper
def register_facts(span: Span, now: datetime) -> RegisterFacts:
    """What stands over the register's table."""
    return RegisterFacts(
        authority=span.agency_name.upper(),
        office=office_words(span.settings),
        place=place_words(span.agency_name),
        hotline=span.settings.hotline,
        first=span.first,
        last=span.last,
        dated=now.astimezone(VIETNAM),
        total=_WORDS.say("total"),
    )


@on_paper
def register_row(line: Line) -> Row:
    """The dossier's line; what one reception entered by itself is said of that one."""
    dossier = line.dossier
    volume, number = line.place
    erased = dossier.erased is not None
    said = {} if erased else line.entry.payload or {}
    party = dossier.party()
    return Row(
        volume=volume,
        number=str(number) if number else "",
        code=str(said.get("code", dossier.code)),
        procedure=dossier.values.get("procedure", {}).get("name", ""),
        sets=0 if erased else dossier.values.get("sets", 1),
        name=party.get("name", ""),
        reach="; ".join(part for part in (party.get("address", ""), party.get("phone", "")) if part),
        solving=str(said.get("decided_by") or line.agency_name),
        received=_day(dossier.received_at),
        due=_day(dossier.first_due),
        returned=_returned(dossier),
        return_by="" if erased else capital(RETURN_BY.say(dossier.values.get("return_by", "counter"))),
        note="; ".join(_notes(line)),
    )


def _notes(line: Line) -> list[str]:
    dossier = line.dossier
    notes = []
    if dossier.erased is not None and dossier.erased.payload:
        notes.append(_WORDS.say("erased", act=dossier.erased.payload["act"]))
    if not line.is_first:
        notes.append(_WORDS.say("twice"))
    if dossier.state in ENDED - {State.RETURNED} or dossier.state is State.WAITING_SUPPLEMENT:
        notes.append(STATES.say(dossier.state))
    if dossier.due and dossier.due != dossier.first_due:
        notes.append(_WORDS.say("extended", day=dates.day(dossier.due.astimezone(VIETNAM).date())))
    if dossier.conflicts:
        notes.append(_WORDS.say("disputed"))
    return notes


def _returned(dossier: Dossier) -> date | None:
    given = [one for one in dossier.entries if one.name == "returned" and one.counts]
    return _day(given[-1].happened_at) if given else None


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(VIETNAM).date() if moment else None
