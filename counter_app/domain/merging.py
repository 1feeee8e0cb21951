"""Communes that became a part of this one, as the district's events say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from counter_app.domain.events import Event


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
