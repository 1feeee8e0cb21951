"""Bank references that several dossiers bear, in one commune or in two: the district has the events of all.

Who bears one is read from the events in their order, from where the last look ended; what of it counts, and
who is asked, the fold and `shared_references` say, as they do at a counter.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from counter_app.district import journal, lines
from counter_app.district.ledger import CommuneLedger
from counter_app.district.purposes import Place
from counter_app.district.tables import communes, events
from counter_app.domain import fold
from counter_app.domain.dossier import Dossier
from counter_app.domain.payments import reference_key
from counter_app.domain.shared_references import borne, disputed

_NAMED: Final = b'"reference"'
_AT_ONCE: Final = 20_000  # places of a commune's events that are looked through in one statement


@dataclass(frozen=True)
class Shared:
    """A dossier whose officer alone told of a transfer that another dossier bears too.

    `disputes` is how many references its own commune is asked about, `here` the codes of the others there,
    `elsewhere` communes and codes of others elsewhere.
    """

    place: Place
    commune: str
    code: str
    disputes: int
    here: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]


class References:
    """What was read of references so far, of all communes or of some."""

    def __init__(self) -> None:
        self._bearing: dict[str, set[Place]] = defaultdict(set)
        self._read: dict[int, int] = {}

    def read_on(self, connection: Connection, most: int | None = None, of: int | None = None) -> bool:
        """Reads what came since, `of` one commune or of all, of events `most` at the most; whether
        nothing is left to read."""
        rows = connection.execute(select(communes.c.commune, communes.c.position))
        ends = {row.commune: row.position for row in rows}
        for gone in [n for n, read in self._read.items() if read > ends.get(n, -1)]:
            self._forget(gone)  # a part of another by now, or the database was put back
        for commune, end in sorted(ends.items()):
            if of not in (None, commune):
                continue
            while (read := self._read.get(commune, 0)) < end:
                if most is not None and most <= 0:
                    return False
                until = min(end, read + (_AT_ONCE if most is None else min(most, _AT_ONCE)))
                self._take(connection, commune, read, until)
                self._read[commune] = until
                most = None if most is None else most - (until - read)
        return True

    def shared(self, connection: Connection) -> Iterator[Shared]:
        """Who is asked now about what was read, commune by commune."""
        codes = dict(lines.numbers(connection))
        ledgers: dict[int, CommuneLedger] = {}

        def folded(place: Place) -> Dossier:
            commune, dossier = place
            if commune not in ledgers:
                ledgers[commune] = CommuneLedger(connection, commune)
            return fold.fold(dossier, journal.events_of(ledgers[commune], dossier))

        for place, dossier, others in sorted(asked(self._bearing, folded), key=lambda one: one[0]):
            commune, all_others = place[0], {other for those in others.values() for other in those}
            yield Shared(
                place,
                codes.get(commune, ""),
                dossier.code,
                sum(any(other[0] == commune for other, _ in those) for those in others.values()),
                tuple(sorted({code for other, code in all_others if other[0] == commune})),
                tuple(sorted({(codes.get(n, ""), code) for (n, _), code in all_others if n != commune})),
            )

    def disputes(self, connection: Connection, commune: int) -> dict[bytes, int]:
        """How many references the commune is asked about, by its dossiers, as its counters count it."""
        found = self.shared(connection)
        return {one.place[1]: one.disputes for one in found if one.place[0] == commune and one.disputes}

    def _take(self, connection: Connection, commune: int, after: int, until: int) -> None:
        rows = connection.execute(
            select(events.c.dossier, events.c.payload).where(
                events.c.commune == commune,
                events.c.position > after,
                events.c.position <= until,
                _names_one(connection),
            )
        )
        for row in rows:
            said: Any = json.loads(row.payload)
            if isinstance(said, dict) and isinstance(said.get("reference"), str) and said["reference"]:
                self._bearing[reference_key(said["reference"])].add((commune, bytes(row.dossier)))

    def _forget(self, commune: int) -> None:
        del self._read[commune]
        for places in self._bearing.values():
            places.difference_update([place for place in places if place[0] == commune])


Bearer = tuple[Place, str]
"""A dossier and its code."""


def asked(
    bearing: Mapping[str, Collection[Place]], folded: Callable[[Place], Dossier]
) -> Iterator[tuple[Place, Dossier, dict[str, list[Bearer]]]]:
    """Each dossier that is asked about references, and who bears each of them too."""
    several = {key: places for key, places in bearing.items() if len(places) > 1}
    known = {place: folded(place) for places in several.values() for place in places}
    bears = {place: borne(dossier) for place, dossier in known.items()}
    for place, dossier in known.items():
        others = {
            key: [(one, known[one].code) for one in several[key] if one != place and key in bears[one]]
            for key in bears[place] & several.keys()
        }
        in_doubt = {key: those for key, those in others.items() if those and _asks(dossier, key)}
        if in_doubt:
            yield place, dossier, in_doubt


def _asks(dossier: Dossier, key: str) -> bool:
    return len(disputed(dossier, {key: [""]}).conflicts) > len(dossier.conflicts)


def _names_one(connection: Connection) -> ColumnElement[bool]:
    """Events whose payload names a reference; what they are of is seen once they are read."""
    is_sqlite = connection.dialect.name == "sqlite"
    find = func.instr if is_sqlite else func.pg_catalog.position
    return find(events.c.payload, _NAMED) > 0
