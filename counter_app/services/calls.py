"""Whom to call today, by hamlet: results to collect, papers missing, promises broken; and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.hamlets import Hamlet
from counter_app.domain.names import clean_line
from counter_app.domain.names import fold as folded
from counter_app.domain.zone import VIETNAM
from counter_app.services import boards
from counter_app.services.acting import Act, acting
from counter_app.services.boards import Group, Item
from counter_app.services.entry import LONGEST_NOTE
from counter_app.services.glance import Call, Glance
from counter_app.services.office import Office, Session

MOST: Final = 10_000  # dossiers of each reason to call: a month of a large ward; some 2 KB of memory each
_AGAIN: Final = timedelta(minutes=1)  # the same call so soon after is the same call, sent twice
# Who has waited longest for what costs him least comes first.
REASONS: Final = (Group.READY, Group.LATE, Group.SUPPLEMENT, Group.PAYMENT)


class Outcome(StrEnum):
    """What came of a call, in the order of the keys 1 to 5."""

    COMING = "coming"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    TOLD = "told"  # a relative or the head of the hamlet passes it on
    AGAIN = "again"  # asked to be called again


@dataclass(frozen=True)
class ToCall:
    """Somebody to call. `why` is the board's section; `since` when the reason to call began."""

    item: Item
    glance: Glance
    why: Group
    since: datetime | None
    called: Call | None  # the last one since then


@dataclass(frozen=True)
class Round:
    """The calls of one hamlet; `name` as it was typed first; None, and no `key`, where none is named."""

    key: str
    name: str | None
    calls: tuple[ToCall, ...]


@dataclass(frozen=True)
class CallList:
    """`is_whole` unless some were not folded yet; `left` of the `total` are beyond what a list holds."""

    rounds: tuple[Round, ...]
    total: int
    left: int
    is_whole: bool


def call_list(office: Office, now: datetime, fold: int | None = None, most: int = MOST) -> CallList:
    """All who are to be called, by hamlet, as one view of the store has them: nobody twice, nobody left out.

    With `fold`, so many dossiers at most are folded for it. Beyond `most` of a reason, those whose date is
    the latest are left.
    """
    sections = boards.board(office, now, REASONS, most, fold)
    by_group = {section.group: section for section in sections}
    found: list[ToCall] = []
    listed = 0
    for why in REASONS:
        listed += len(by_group[why].items)
        found += [_to_call(item, item.glance, why) for item in by_group[why].items if item.glance]
    total = sum(by_group[why].total for why in REASONS)
    return CallList(_rounds(found, now), total, total - listed, len(found) == listed)


def record(
    office: Office,
    session: Session,
    code: str,
    outcome: str,
    *,
    on: date | None = None,
    to: str = "",
    note: str = "",
    at: datetime | None = None,
) -> None:
    """What came of a call, as a fact. `on` is the day that was agreed, `to` who passes word on.

    The same call recorded again within a minute, as a retry does, writes nothing. Raises
    BadInput("not-one-of"), BadInput("day-gone") for a day before today, BadInput("too-long").
    """
    if not outcome:
        raise BadInput("empty", field="outcome")
    if outcome not in set(Outcome):
        raise BadInput("not-one-of", field="outcome", value=outcome, choices=", ".join(Outcome))
    given = {"to": clean_line(to), "note": clean_line(note)}
    for name, text in given.items():
        if len(text) > LONGEST_NOTE:
            raise BadInput("too-long", field=name, value=text, limit=LONGEST_NOTE)
    with acting(office, session, code, "called", at) as act:
        if on is not None and on < act.at.astimezone(VIETNAM).date():
            raise BadInput("day-gone", field="on", value=on.isoformat())
        party = act.dossier.party()
        said = {"outcome": outcome, "on": on.isoformat() if on else "", **given}
        if outcome != Outcome.TOLD:
            said["phone"] = str(party.get("phone") or "")
        if not _just_recorded(act, said):
            act.write("called", **said)


def remind(office: Office, session: Session, code: str, to: str, said: str) -> None:
    """Whoever holds the dossier was told to hurry, and what he answered."""
    whom, words = clean_line(to), clean_line(said)
    for name, text in (("to", whom), ("text", words)):
        if not text:
            raise BadInput("empty", field=name)
        if len(text) > LONGEST_NOTE:
            raise BadInput("too-long", field=name, value=text, limit=LONGEST_NOTE)
    with acting(office, session, code, "noted") as act:
        act.write("noted", text=words, to=whom)


def _just_recorded(act: Act, said: Mapping[str, Any]) -> bool:
    calls = [entry for entry in act.dossier.entries if entry.name == "called" and entry.counts]
    if not calls or calls[-1].payload is None or act.at - calls[-1].happened_at > _AGAIN:
        return False
    last = {name: value for name, value in calls[-1].payload.items() if name != "at"}
    return last == {name: value for name, value in said.items() if value}


def _to_call(item: Item, glance: Glance, why: Group) -> ToCall:
    since = glance.since
    if why is Group.LATE and item.line.due:
        since = datetime.fromisoformat(item.line.due)
    called = glance.called
    if called is not None and since is not None and called.at < since:
        called = None  # that was about something else
    return ToCall(item, glance, why, since, called)


def _rounds(found: list[ToCall], now: datetime) -> tuple[Round, ...]:
    today = now.astimezone(VIETNAM).date()
    rounds: dict[str, tuple[Hamlet | None, list[ToCall]]] = {}
    for one in found:
        hamlet = one.glance.hamlet
        rounds.setdefault(hamlet.key if hamlet else "", (hamlet, []))[1].append(one)
    ordered = sorted(rounds, key=lambda key: (not key, _counted(key)))
    found_rounds = []
    for key in ordered:
        hamlet, calls = rounds[key]
        calls.sort(key=lambda one: _rank(one, today))
        found_rounds.append(Round(key, hamlet.name if hamlet else None, tuple(calls)))
    return tuple(found_rounds)


def _rank(one: ToCall, today: date) -> tuple[int, int]:
    """Those still to be called first, then those called today, then those who have said when they come."""
    called = one.called
    if called is None:
        done = 0
    elif str(called.payload.get("on", "")) > today.isoformat():
        done = 2
    else:
        done = int(called.at.astimezone(VIETNAM).date() == today)
    return done, REASONS.index(one.why)


def _counted(key: str) -> list[tuple[int, int, str]]:
    """So that thôn 2 stands before thôn 10."""
    return [(0, int(w), "") if w.isdecimal() else (1, 0, w) for w in folded(key).split()]
