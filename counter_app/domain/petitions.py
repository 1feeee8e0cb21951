"""A petition (phản ánh, kiến nghị): its number, where it stands, and the fold of its events.

NĐ 20/2008/NĐ-CP (amended by NĐ 48/2013 and 92/2017): an office takes petitions about its procedures by paper,
phone, e-mail or the national portal, enters each in a book, answers and publishes the answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from counter_app.domain import book_kinds, erasing, kinds
from counter_app.domain.entry import Entry
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.events import Absent, Event, Ref
from counter_app.domain.fold import fold
from counter_app.domain.kinds import Payload
from counter_app.domain.order import Arranged
from counter_app.domain.petition_limits import Act
from counter_app.domain.registers import Conflict, Registers, Side
from counter_app.domain.zone import VIETNAM

RECEIVED_KIND: Final = "petition_received"
PRINTED_KIND: Final = "petition_printed"
PREFIX: Final = "PAKN-"
"""What every petition's number begins with (phản ánh, kiến nghị)."""


class Source(StrEnum):  # nguồn phản ánh, kiến nghị
    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    PORTAL = "portal"


class Stage(StrEnum):
    """Where a petition stands."""

    RECEIVED = book_kinds.RECEIVED
    ASKED = book_kinds.ASKED
    """The sender was asked to say more."""
    REFUSED = book_kinds.REFUSED
    ANSWERED = book_kinds.ANSWERED
    PUBLISHED = book_kinds.PUBLISHED
    VOIDED = book_kinds.VOIDED


SHORTEST_ID: Final = 8
"""Hex digits of an id that name a petition; fewer could be a number that was mistyped."""
WAITING: Final = frozenset({Stage.RECEIVED, Stage.ASKED})
"""An answer is owed."""

# kind of event -> the stages that it may follow
STEPS: Final[Mapping[str, frozenset[Stage]]] = {
    "petition_assigned": WAITING,
    "petition_asked": frozenset({Stage.RECEIVED}),
    "petition_supplied": frozenset({Stage.ASKED}),
    "petition_refused": WAITING,
    "petition_answered": WAITING,
    "petition_published": frozenset({Stage.ANSWERED}),
    "petition_voided": frozenset(Stage) - {Stage.VOIDED},
    "petition_settled": frozenset(Stage),
    erasing.KIND: frozenset(Stage) - WAITING,
}

# Acts along this line never disagree: whoever is further on knows more.
_PROGRESS: Final = (Stage.RECEIVED.value, Stage.ANSWERED.value, Stage.PUBLISHED.value)
_FORWARD: Final = frozenset(
    {RECEIVED_KIND, "petition_supplied", "petition_answered", "petition_published"},
)


def check_step(kind: str, petition: Petition) -> None:
    """Raises NotAllowed("petition-forbids") where the petition's stage does not allow the act,
    NotAllowed("petition-erased"), and NotAllowed("petition-held") where its reception is not here yet."""
    if petition.erased is not None:
        raise NotAllowed("petition-erased", number=petition.number)
    if petition.reception is None:
        raise NotAllowed("petition-held")
    if petition.stage not in STEPS[kind]:
        raise NotAllowed("petition-forbids", number=petition.number, done=kind, stage=petition.stage.value)


def check_published(petition: Petition, day: date) -> None:
    """Raises BadInput("published-before-answer") for a day on which there was no answer yet."""
    answered = petition.answered_at
    if answered is not None and day < (given := answered.astimezone(VIETNAM).date()):
        raise BadInput("published-before-answer", field="on", value=day.isoformat(), last=given.isoformat())


def mark_of(log: bytes, others: Collection[bytes]) -> str:
    """What a machine's petitions are told apart by: the beginning of its log's name.

    Four hex digits, and more where another machine that is known begins so too.
    """
    own = log.hex().upper()
    near = [other.hex().upper() for other in others if other != log]
    length = next(n for n in range(4, len(own) + 1) if not any(other.startswith(own[:n]) for other in near))
    return own[:length]


def number_of(mark: str, year: int, place: int) -> str:
    """`PAKN-9F3C-2026-12`: the machine's twelfth petition of the year."""
    return f"{PREFIX}{mark}-{year}-{place}"


def place_in(number: str, year: int) -> int:
    """The running number at the end of a petition's number of that year; 0 for what is none."""
    head, _, last = number.rpartition("-")
    return int(last) if head.endswith(f"-{year}") and last.isascii() and last.isdigit() else 0


@dataclass(frozen=True)
class Petition:  # phản ánh, kiến nghị
    """What is known of one petition; `values` are the shown registers by name."""

    id: bytes
    entries: tuple[Entry, ...]
    values: Mapping[str, Any]
    conflicts: tuple[Conflict, ...]
    arranged: Arranged

    @property
    def _first(self) -> Entry | None:
        return next((e for e in self.entries if e.name == RECEIVED_KIND and e.payload is not None), None)

    @property
    def reception(self) -> Payload | None:
        """As it was entered; None where it is not here, or its content is gone."""
        first = self._first
        return first.payload if first is not None else None

    @property
    def held(self) -> bool:
        """Whether acts are here whose reception is not."""
        return not any(e.name == RECEIVED_KIND and e.absent is not Absent.ASIDE for e in self.entries)

    @cached_property
    def erased(self) -> Entry | None:
        """The tombstone, where its content was erased (erasing.py)."""
        return next((e for e in self.entries if e.name == erasing.KIND and e.payload is not None), None)

    @property
    def left(self) -> Payload:
        """What its tombstone says of it; nothing where it was not erased."""
        return (self.erased.payload if self.erased else None) or {}

    @property
    def number(self) -> str:
        return next(iter(self.numbers), "")

    @property
    def source(self) -> str:
        """How it came; "" where nobody knows any more."""
        return str((self.reception or {}).get("source") or self.left.get("channel", ""))

    @property
    def numbers(self) -> tuple[str, ...]:
        """All that it was given: two machines that entered it at once gave one each."""
        told = (e.payload for e in self.entries if e.name == RECEIVED_KIND and e.payload is not None)
        numbers = (str(payload["number"]) for payload in told)
        return tuple(dict.fromkeys([*numbers, *self.left.get("codes", ())]))

    @property
    def subject(self) -> str:
        return str((self.reception or {}).get("subject", ""))

    @cached_property
    def stage(self) -> Stage:
        return Stage(self.values.get("state", Stage.RECEIVED.value))

    @property
    def received_at(self) -> datetime | None:
        return _moment((self.reception or self.left).get("received_at"))

    @property
    def due(self) -> datetime | None:
        """By when it is to be answered."""
        return _moment(self.values.get("due"))

    def due_for(self, act: str) -> datetime | None:
        """By when one may refuse or ask, as it was reckoned when the petition came."""
        limits = (self.reception or {}).get("limits", {}).get(act)
        return _moment(limits.get("due")) if isinstance(limits, Mapping) else None

    @property
    def publish_by(self) -> datetime | None:
        """By when the answer is to be published, once there is one."""
        found = self._last("petition_answered")
        return _moment((found.payload or {}).get("publish_by")) if found else None

    @property
    def next_due(self) -> datetime | None:
        """The day that the office owes something by: its answer, then its publication; None where nothing."""
        if self.stage in WAITING:
            return self.due
        return self.publish_by if self.stage is Stage.ANSWERED else None

    @property
    def answered_at(self) -> datetime | None:
        found = self._last("petition_answered")
        return found.happened_at if found else None

    @property
    def ended_at(self) -> datetime | None:
        """When it was answered, or refused with a reason; None while that is owed."""
        found = self._last("petition_refused" if self.stage is Stage.REFUSED else "petition_answered")
        return found.happened_at if found else None

    @property
    def answer(self) -> str:
        return str(self.values.get("answer", {}).get("text", ""))

    def _last(self, kind: str) -> Entry | None:
        return next((e for e in reversed(self.entries) if e.name == kind and e.counts), None)

    def entry(self, ref: Ref) -> Entry | None:
        return next((entry for entry in self.entries if entry.ref == ref), None)

    def fingerprint(self) -> list[Any]:
        """What two machines compare, as plain values."""
        return [
            [[str(e.ref), e.absent.value, str(e.mistaken) if e.mistaken else None] for e in self.entries],
            dict(self.values),
            [[c.field, [str(s.event) for s in c.sides], str(c.shown)] for c in self.conflicts],
        ]


def fold_petition(page: bytes, events: Iterable[Event]) -> Petition:
    """The petition that these events make; any order, duplicates allowed."""
    story = fold(page, events)
    registers = Registers(story.arranged)
    for place, entry in enumerate(story.entries):
        if entry.kind is None or entry.payload is None:
            continue
        if entry.name in kinds.OF_BOOK:
            registers.write(place, entry.kind.writes(entry.payload))
        elif entry.name == erasing.KIND and entry.payload.get("state") in set(Stage):
            registers.write(place, {"state": entry.payload["state"]})
    values, conflicts = registers.settle(lambda name, sides: _agree(story.arranged, name, sides))
    return Petition(page, story.entries, values, conflicts, story.arranged)


def _agree(arranged: Arranged, name: str, sides: list[Side]) -> Side | None:
    if name != "state" or any(
        side.value not in _PROGRESS or arranged.events[side.place].header.kind not in _FORWARD
        for side in sides
    ):
        return None
    return max(sides, key=lambda side: (_PROGRESS.index(side.value), side.place))


def named(known: Collection[Petition], name: str) -> list[Petition]:
    """Those that a name may mean: a number, else the end of one, else an id or its beginning.

    An id is hex, with dashes or without.
    """
    wanted = name.upper()
    digits = wanted.replace("-", "")

    def by_id(one: Petition) -> bool:
        return len(digits) >= SHORTEST_ID and one.id.hex().upper().startswith(digits)

    ways = (
        lambda one: wanted in one.numbers,
        lambda one: any(number.endswith(f"-{wanted}") for number in one.numbers),
        by_id,
    )
    return next((found for way in ways if (found := [one for one in known if way(one)])), [])


def sharing(known: Collection[Petition]) -> dict[bytes, list[bytes]]:
    """Of each petition whose number another bears too, the ids of those others.

    Two copies of one store that both go on give one number twice.
    """
    bearing: dict[str, list[bytes]] = {}
    for one in known:
        for number in one.numbers:
            bearing.setdefault(number, []).append(one.id)
    found = {}
    for one in known:
        others = {id_ for number in one.numbers for id_ in bearing[number]} - {one.id}
        if others:
            found[one.id] = sorted(others)
    return found


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def missed(petition: Petition, today: date) -> frozenset[Act]:
    """The limits of QĐ 766/QĐ-TTg (5.x) that the office has missed: by an act after its day, or by none
    though that day is over.

    Waiting for the sender is nobody's delay: from a request on, the answer's day stands still until he has
    said more. After a request a refusal is due with the answer.
    """
    if petition.stage is Stage.VOIDED:
        return frozenset()
    talk = [e for e in petition.entries if e.counts and e.name in ("petition_asked", "petition_supplied")]
    asked = [entry.happened_at for entry in talk if entry.name == "petition_asked"]
    is_waiting = petition.stage is not Stage.RECEIVED and bool(talk) and talk[-1].name == "petition_asked"
    until = _day(asked[-1] if is_waiting else petition.ended_at) or today
    refused = petition.stage is Stage.REFUSED
    ends = (petition.due_for(Act.REFUSE) if refused and not asked else None) or petition.due
    owed = {
        Act.ASK: (_day(petition.due_for(Act.ASK)), _day(asked[0]) if asked else None),
        Act.REFUSE if refused else Act.ANSWER: (_day(ends), until),
        Act.PUBLISH: (_day(petition.publish_by), _published(petition) or today),
    }
    return frozenset(act for act, (due, done) in owed.items() if due and done and done > due)


def _published(petition: Petition) -> date | None:
    on = petition.values.get("published", {}).get("on")
    return date.fromisoformat(on) if petition.stage is Stage.PUBLISHED and isinstance(on, str) else None


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(VIETNAM).date() if moment else None
