"""The board's rows of whom to call: by hamlet, how to reach each, and what came of the last call."""

from __future__ import annotations

from datetime import datetime

from counter_app.desk.widgets.board_rows import BoardRow, Heading, waited
from counter_app.desk.widgets.call_acts import CALL, OUTCOMES
from counter_app.desk.widgets.dossier_rows import dossier_rows
from counter_app.desk.widgets.speech import translate
from counter_app.desk.widgets.standing import Days
from counter_app.desk.widgets.story_act import said
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.zone import VIETNAM
from counter_app.services.calls import CallList, Outcome, Round
from counter_app.services.glance import Call
from counter_app.words import dates

_WORDS = dict(OUTCOMES)


def call_rows(found: CallList, now: datetime, calendar: WorkCalendar) -> list[Heading | BoardRow]:
    """A heading for each hamlet, and under it those to be called. Reckoned where it was read.

    The key that records a call stands at the first heading: it is the same for all.
    """
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    rows: list[Heading | BoardRow] = []
    for one in found.rounds:
        rows.append(_heading(one, "" if rows else CALL.key))
        lines = dossier_rows([call.item.line for call in one.calls], now, calendar)
        for call, line in zip(one.calls, lines, strict=True):
            if call.glance.since is not None:
                line = waited(call.why, call.glance.since, line, days)
            holder = call.glance.reach or translate("Calls", "không có số gọi")
            last = called_words(call.called, now)
            spoken = ", ".join((line.spoken, holder, last))
            rows.append(BoardRow(line, holder, last, spoken))
    return rows


def called_words(call: Call | None, now: datetime) -> str:
    """`Sẽ đến 22/4`, `10:20 Không nghe máy`; the day where it was another."""
    if call is None:
        return translate("Calls", "chưa gọi")
    outcome, on = str(call.payload.get("outcome", "")), str(call.payload.get("on", ""))
    words = said(_WORDS[Outcome(outcome)]) if outcome in set(Outcome) else outcome
    if on and outcome in (Outcome.COMING, Outcome.AGAIN):
        day = dates.short_day(datetime.fromisoformat(on).date())
        coming = translate("Calls", "sẽ đến {day}") if outcome == Outcome.COMING else ""
        return (coming or translate("Calls", "gọi lại {day}")).format(day=day)
    at, today = call.at.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    when = f"{at.hour}:{at.minute:02}" if at.date() == today else dates.short_day(at.date())
    return f"{when} {words[:1].lower()}{words[1:]}"


def _heading(one: Round, key: str) -> Heading:
    name = one.name or translate("Calls", "Không rõ thôn")
    name = name[:1].upper() + name[1:]
    verb = translate("Calls", "{n} người cần gọi").format(n=len(one.calls))
    return Heading("hamlet", name, verb, "", f"{name}: {verb}", key)
