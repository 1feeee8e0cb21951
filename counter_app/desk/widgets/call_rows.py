"""The board's rows of whom to call: by hamlet, how to reach each, and what came of the last call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

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

SHOWN: Final = 600  # dossiers; the window lays out all rows of a list at once
_WORDS = dict(OUTCOMES)


@dataclass(frozen=True)
class CallsShown:
    """The rows, and the line over them, which says how many more there are and where they are seen."""

    rows: list[Heading | BoardRow]
    says: str


def call_rows(
    found: CallList, now: datetime, calendar: WorkCalendar, hamlet: str | None = None, most: int = SHOWN
) -> CallsShown:
    """A heading for each hamlet, or for the one of that key, and under it those to be called.

    Reckoned where it was read. Of a list that is not whole, no heading tells a number. The key that records
    a call stands at the first heading: it is the same for all.
    """
    days = Days(now.astimezone(VIETNAM).date(), calendar)
    rounds = [one for one in found.rounds if hamlet in (None, one.key)]
    rows: list[Heading | BoardRow] = []
    room = most
    for one in rounds:
        if not room:
            break
        calls = one.calls[:room]
        room -= len(calls)
        heading = _heading(one, len(one.calls) - len(calls)) if found.is_whole else _name_only(one)
        rows.append(heading if rows else replace(heading, key=CALL.key))
        lines = dossier_rows([call.item.line for call in calls], now, calendar)
        for call, line in zip(calls, lines, strict=True):
            if call.glance.since is not None:
                line = waited(call.why, call.glance.since, line, days)
            holder = call.glance.reach or translate("Calls", "không có số gọi")
            last = called_words(call.called, now)
            spoken = ", ".join((line.spoken, holder, last))
            rows.append(BoardRow(line, holder, last, spoken))
    if not found.is_whole:
        return CallsShown(rows, "")
    shown = most - room
    listed = sum(len(one.calls) for one in rounds)
    headings = sum(isinstance(row, Heading) for row in rows)
    if beyond := sum(len(one.calls) for one in rounds[headings:]):
        rows.append(_beyond(beyond))
    return CallsShown(rows, _says(found, listed, shown, one_hamlet=hamlet is not None))


def hamlet_name(one: Round) -> str:
    name = one.name or translate("Calls", "Không rõ thôn")
    return name[:1].upper() + name[1:]


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


def _says(found: CallList, listed: int, shown: int, *, one_hamlet: bool) -> str:
    if not listed:
        return ""
    n = listed if one_hamlet else found.total
    if shown < n and one_hamlet:
        words = translate("Calls", "Thôn này cần gọi {n} hồ sơ, đang hiện {shown}; bản in có đủ.")
    elif one_hamlet:
        words = translate("Calls", "Thôn này cần gọi {n} hồ sơ.")
    elif shown < n:
        words = translate("Calls", "Cần gọi {n} hồ sơ, đang hiện {shown}. Chọn thôn hoặc in ra để xem đủ.")
    else:
        words = translate("Calls", "Cần gọi {n} hồ sơ.")
    words = words.format(n=n, shown=shown)
    if found.left:
        left = translate("Calls", "Còn {n} hồ sơ hẹn muộn nhất chưa xếp được vào thôn.")
        words = f"{words} {left.format(n=found.left)}"
    return words


def _heading(one: Round, left: int) -> Heading:
    """`left` of the hamlet have no row."""
    name, verb = hamlet_name(one), translate("Calls", "{n} hồ sơ cần gọi").format(n=len(one.calls))
    more = translate("Board", "còn {n} hồ sơ nữa").format(n=left) if left else ""
    return Heading("hamlet", name, verb, more, f"{name}: {verb}")


def _name_only(one: Round) -> Heading:
    name = hamlet_name(one)
    return Heading("hamlet", name, "", "", name)


def _beyond(n: int) -> Heading:
    name = translate("Calls", "Còn {n} hồ sơ ở các thôn khác").format(n=n)
    verb = translate("Calls", "chọn thôn ở trên để xem")
    return Heading("hamlet", name, verb, "", f"{name}: {verb}")
