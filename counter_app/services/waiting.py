"""What cannot rest yet: dossiers that wait for the district, or for a person, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from counter_app.domain import hlc, kinds
from counter_app.domain.dossier import Dossier
from counter_app.domain.events import Absent, Header
from counter_app.services import lookup, refusals
from counter_app.services.enrolled import THEIRS, district_in, tips_in
from counter_app.services.lookup import Line
from counter_app.services.office import Office, commune_in
from counter_app.services.refusals import By, Refusal
from counter_app.store import log, search, unsettled
from counter_app.store.ledger import Shelf
from counter_app.store.log import ASIDE, LogRow
from counter_app.store.unsettled import Sort
from counter_app.sync.agreed import reach

MOST: Final = 100  # rows of a section
_LOOKED_AT: Final = 4_000  # events of a branch that are read for them
_KINDS: Final = 4  # acts that a row names


class Why(StrEnum):
    """The sections, those that a person must answer first."""

    CONFLICT = "conflict"
    REFUSED = "refused"
    HELD = "held"
    UPDATE = "update"
    ASIDE = "aside"
    WAITS = "waits"


_SORTS: Final = {Why.CONFLICT: Sort.CONFLICT, Why.HELD: Sort.HELD, Why.UPDATE: Sort.UPDATE}


@dataclass(frozen=True)
class Item:
    """A dossier, or what belongs to none: the commune's own acts, a run that came here and proved nothing.

    `kinds` are those of the `events` events that it is about, `since` the time of the first of them, by its
    machine's clock. `reason` is that of a refusal, or "stranger" and "revoked" of what is set aside.
    """

    why: Why
    dossier: bytes | None
    line: Line | None = None
    events: int = 0
    kinds: tuple[str, ...] = ()
    different: int = 0
    """How many kinds there are; `kinds` are the first of them."""
    since: datetime | None = None
    machine: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()
    """On which the sides of a conflict disagree."""
    others: tuple[str, ...] = ()
    """The codes of other dossiers, where that is all that it is in conflict with."""


@dataclass(frozen=True)
class Section:
    """`total` counts all; `items` are the first of them, the oldest first."""

    why: Why
    total: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Tally:
    """Dossiers that are held, that a later program is needed for, or in conflict; runs that were refused;
    events that are set aside."""

    held: int
    refused: int
    aside: int
    needs_update: int
    conflicts: int

    def to_json(self) -> dict[str, Any]:
        """What `sync` prints beside its counts."""
        named = ("held", "refused", "aside", "needs_update")
        return {name: getattr(self, name) for name in named}


@dataclass
class _Seen:
    """The events of one dossier, as far as they were looked at."""

    events: int = 0
    kinds: dict[str, None] = field(default_factory=dict)
    first: int | None = None
    machines: dict[str, None] = field(default_factory=dict)

    def add(self, header: Header, machine: str) -> None:
        self.events += 1
        self.kinds.setdefault(header.kind)
        self.first = header.hlc if self.first is None else min(self.first, header.hlc)
        if machine:
            self.machines.setdefault(machine)

    @property
    def since(self) -> datetime | None:
        return hlc.moment(self.first) if self.first is not None else None


def tally(office: Office) -> Tally:
    with office.reading() as (connection, where):
        aside = sum(
            max(0, log.head(connection, branch).seq - after)
            for row in where.logs.values()
            for branch, after in _aside(row, where).items()
        )
        return Tally(
            unsettled.count(connection, Sort.HELD),
            len(refusals.standing(connection)),
            aside,
            unsettled.count(connection, Sort.UPDATE),
            unsettled.count(connection, Sort.CONFLICT),
        )


def sections(office: Office, most: int = MOST) -> list[Section]:
    """All that cannot rest, of each reason the `most` that have waited longest; empty sections too."""
    with office.reading() as (connection, where):
        reading = _Reading(office, connection, where, most)
        return [reading.of(why) for why in Why]


class _Reading:
    """One look at the store."""

    def __init__(self, office: Office, connection: Any, where: log.Map, most: int) -> None:
        self.office, self.connection, self.where, self.most = office, connection, where, most
        self.communes = {row.commune for row in where.logs.values()}
        self.refusals = refusals.standing(connection)

    def of(self, why: Why) -> Section:
        if why in _SORTS:
            return self._folded(why, _SORTS[why])
        if why is Why.ASIDE:
            return self._aside()
        return self._refused() if why is Why.REFUSED else self._waits()

    def _folded(self, why: Why, sort: Sort) -> Section:
        items = [
            self._told(why, lookup.lines([row])[0])
            for row in unsettled.first(self.connection, sort, self.most)
        ]
        total = unsettled.count(self.connection, sort)
        if why is Why.UPDATE and (item := self._unknown_of_commune()) is not None:
            items, total = [item, *items], total + 1
        return Section(why, total, tuple(items))

    def _told(self, why: Why, line: Line) -> Item:
        """A dossier that the fold itself tells of."""
        self.office.breathe()
        folded = lookup.folded(self.connection, line.dossier, self.where)
        machines = {row.log: row.machine for row in self.where.logs.values()}
        about = _about(why, folded)
        seen = _Seen()
        for header in about:
            seen.add(header, machines.get(header.log, ""))
        conflicts = folded.conflicts if why is Why.CONFLICT else ()
        fields = tuple(conflict.field for conflict in conflicts)
        elsewhere = all(conflict.others for conflict in conflicts)
        others = dict.fromkeys(code for conflict in conflicts for code in conflict.others if elsewhere)
        return replace(_item(why, line.dossier, line, seen), fields=fields, others=tuple(others))

    def _unknown_of_commune(self) -> Item | None:
        seen = _Seen()
        for event in commune_in(self.connection, self.where).arranged.events:
            if event.absent is not Absent.ASIDE and event.header.kind not in kinds.KINDS:
                seen.add(event.header, "")
        return _item(Why.UPDATE, None, None, seen) if seen.events else None

    def _waits(self) -> Section:
        if district_in(self.connection) is None:
            return Section(Why.WAITS, 0, ())
        stopped = {one.log for one in self.refusals if one.by is By.DISTRICT}
        places = {
            branch: after
            for branch, after in self._lacking().items()
            if self.where.log_of(branch).log not in stopped
        }
        return self._beyond(Why.WAITS, places)

    def _refused(self) -> Section:
        lacking = self._lacking()
        total = 0
        items: list[Item] = []
        for one in self.refusals:
            if one.by is By.HERE:
                found = Section(Why.REFUSED, 1, (self._refused_here(one),))
            else:
                places = {b: s for b, s in lacking.items() if self.where.log_of(b).log == one.log}
                found = self._beyond(Why.REFUSED, places, one.why)
            total += found.total
            items += found.items
        return Section(Why.REFUSED, total, tuple(items[: self.most]))

    def _refused_here(self, one: Refusal) -> Item:
        known = self.where.find(one.log)
        machine = known.machine if known is not None else one.log.hex()
        return Item(Why.REFUSED, None, since=one.since, machine=machine, reason=one.why)

    def _aside(self) -> Section:
        total = 0
        items: list[Item] = []
        for row in self.where.logs.values():
            places = _aside(row, self.where)
            if not places:
                continue
            found = self._beyond(Why.ASIDE, places, "stranger" if row.trust == ASIDE else "revoked")
            total += found.total
            items += found.items
        return Section(Why.ASIDE, total, tuple(items[: self.most]))

    def _lacking(self) -> dict[int, int]:
        """After which place of each branch the district has nothing yet, where there is more."""
        far = reach(Shelf(self.connection, self.where), tips_in(self.connection, THEIRS).tips)
        return {branch: far.get(branch, 0) for branch in self.where.branches}

    def _beyond(self, why: Why, places: dict[int, int], reason: str = "") -> Section:
        """The dossiers of the events after these places of branches; the commune's own are one item."""
        found: dict[bytes, _Seen] = {}
        whole = True
        for branch, after in places.items():
            machine, read = self.where.log_of(branch).machine, 0
            for event in unsettled.events_after(self.connection, branch, after, _LOOKED_AT):
                read += 1
                found.setdefault(event.dossier, _Seen()).add(event.header, machine)
            whole = whole and read < _LOOKED_AT
        of_commune = self.communes & found.keys()
        total = len(found) if whole else unsettled.dossiers_after(self.connection, places)
        total -= max(0, len(of_commune) - 1)
        own_acts = _together(found.pop(id_) for id_ in of_commune)
        oldest = sorted(found.items(), key=lambda pair: (pair[1].first or 0, pair[0]))[: self.most]
        items = [_item(why, id_, self._line(id_), seen) for id_, seen in oldest]
        if own_acts.events:
            items.append(_item(why, None, None, own_acts))
        return Section(why, total, tuple(replace(item, reason=reason) for item in items))

    def _line(self, dossier: bytes) -> Line | None:
        row = search.line(self.connection, dossier)
        return lookup.lines([row])[0] if row is not None else None


def _about(why: Why, folded: Dossier) -> Sequence[Header]:
    """The events that a section's row of this dossier is about."""
    entries = folded.entries
    if why is Why.UPDATE:
        return [entry.event.header for entry in entries if entry.unknown]
    if why is Why.CONFLICT:
        sides = {side.event for conflict in folded.conflicts for side in conflict.sides}
        return [entry.event.header for entry in entries if entry.ref in sides]
    return [entry.event.header for entry in entries if entry.absent is not Absent.ASIDE]


def _aside(row: LogRow, where: log.Map) -> dict[int, int]:
    """After which place of its branches the log is set aside; nothing where it counts whole."""
    limits = {one: 0 if row.trust == ASIDE else one.until for one in where.branches_of(row.id)}
    return {one.id: max(after, one.from_seq - 1) for one, after in limits.items() if after is not None}


def _item(why: Why, dossier: bytes | None, line: Line | None, seen: _Seen) -> Item:
    named = tuple(seen.kinds)[:_KINDS]
    return Item(why, dossier, line, seen.events, named, len(seen.kinds), seen.since, ", ".join(seen.machines))


def _together(parts: Iterable[_Seen]) -> _Seen:
    whole = _Seen()
    for part in parts:
        whole.events += part.events
        whole.kinds |= part.kinds
        whole.machines |= part.machines
        if part.first is not None:
            whole.first = part.first if whole.first is None else min(whole.first, part.first)
    return whole
