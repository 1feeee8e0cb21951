"""Communes that became a part of this one, as the district's events say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from counter_app.domain.events import Event
from counter_app.domain.order import Arranged

NAMING: Final = frozenset({"agency_named", "joined", "merged"})
"""The kinds that say what the commune is called and where it belongs."""


class Merged(NamedTuple):
    """`ids` of the communes that were; `over`: the hashes of events that name this one no more."""

    ids: frozenset[bytes] = frozenset()
    over: frozenset[bytes] = frozenset()


def of(events: Iterable[Event]) -> Merged:
    ids, over = set[bytes](), set[bytes]()
    for event in events:
        if event.header.kind != "merged" or event.payload is None:
            continue
        try:
            ids.update(bytes.fromhex(id_) for id_ in event.payload["communes"])
            over.update(bytes.fromhex(hash_) for hash_ in event.payload["over"])
        except (KeyError, TypeError, ValueError):
            continue
    return Merged(frozenset(ids), frozenset(over))


def outdated(arranged: Arranged) -> frozenset[bytes]:
    """The hashes of events that name the commune as it was: what `over` lists, and what a machine wrote that
    had not heard of a merging yet, which the district could not list."""
    merged = [place for place, event in enumerate(arranged.events) if of([event]).ids]
    return of(arranged.events).over | {
        event.hash
        for place, event in enumerate(arranged.events)
        if event.header.kind in NAMING - {"merged"}
        and not all(arranged.reaches(place, other) for other in merged)
    }
