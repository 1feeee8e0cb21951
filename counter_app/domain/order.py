"""The causal order of one dossier's events: the same for the same events, whatever road brought them.

Again and again, of the events whose seen ones (and earlier ones of the same log) have all been placed, the
smallest by (hlc, log, seq, hash) is placed; if none is free, the smallest of all that are left.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from counter_app.domain.events import MOST_SEEN, Absent, Event, Ref


@dataclass(frozen=True)
class Arranged:
    """Events in order; `behind[i]` has bit j set where event i reaches event j by the edges."""

    events: tuple[Event, ...]
    behind: tuple[int, ...]
    missing: tuple[Ref, ...]  # seen, but not here or not matching: they make no edge until they do

    def reaches(self, later: int, earlier: int) -> bool:
        return bool(self.behind[later] >> earlier & 1)

    def concurrent(self, one: int, other: int) -> bool:
        """Whether neither act knew of the other."""
        return one != other and not self.reaches(one, other) and not self.reaches(other, one)

    def heads(self) -> list[int]:
        """The events that no other event has seen."""
        reached = 0
        for bits in self.behind:
            reached |= bits
        return [i for i in range(len(self.events)) if not reached >> i & 1]


def arrange(events: Iterable[Event]) -> Arranged:
    """Places the events of one dossier; duplicates (same hash) are one."""
    pool = sorted({event.hash: event for event in events}.values(), key=lambda event: event.order_key)
    before, missing = _edges(pool)
    order = _place(before)
    position = {index: place for place, index in enumerate(order)}
    earlier = [[position[index] for index in before[original]] for original in order]
    return Arranged(tuple(pool[index] for index in order), tuple(_closure(earlier)), tuple(sorted(missing)))


def heads_for(arranged: Arranged, author: bytes, path: tuple[object, ...] = ()) -> tuple[Ref, ...]:
    """`seen` of the next event that `author`'s log writes: the heads, his own previous event left out.

    Of more than 16 heads the 16 last in the order are named, those of logs that are set aside given up first;
    what is left out counts as not seen, which can only show a conflict too many, never hide one.
    """
    heads = [arranged.events[i] for i in arranged.heads()]
    foreign = [e for e in heads if not (e.header.log == author and path[: len(e.path)] == e.path)]
    foreign.sort(key=lambda event: event.absent is not Absent.ASIDE)
    return tuple(sorted(event.ref for event in foreign[-MOST_SEEN:]))


def _edges(pool: Sequence[Event]) -> tuple[list[set[int]], set[Ref]]:
    by_ref: dict[Ref, list[int]] = defaultdict(list)
    by_log: dict[bytes, list[int]] = defaultdict(list)
    for index, event in enumerate(pool):
        by_ref[event.ref].append(index)
        by_log[event.header.log].append(index)
    for log in by_log.values():
        log.sort(key=lambda index: -pool[index].header.seq)
    falling = {name: [-pool[index].header.seq for index in log] for name, log in by_log.items()}
    before: list[set[int]] = [set() for _ in pool]
    missing: set[Ref] = set()
    for index, event in enumerate(pool):
        for ref in event.header.seen:
            found = by_ref.get(ref)
            before[index].update(found or ())
            if not found:
                missing.add(ref)
        log = by_log[event.header.log]
        earlier = islice(log, bisect_right(falling[event.header.log], -event.header.seq), None)
        before[index].update(islice((i for i in earlier if event.follows_in_log(pool[i])), 1))
        before[index].discard(index)
    return before, missing


def _place(before: Sequence[set[int]]) -> list[int]:
    # The pool is sorted by order key, so the smallest index is the smallest event.
    waiting = [len(earlier) for earlier in before]
    after: list[list[int]] = [[] for _ in before]
    for index, earlier in enumerate(before):
        for other in earlier:
            after[other].append(index)
    free = [index for index, count in enumerate(waiting) if count == 0]
    heapq.heapify(free)
    placed = [False] * len(before)
    order: list[int] = []
    while len(order) < len(before):
        index = heapq.heappop(free) if free else placed.index(False)
        if placed[index]:
            continue
        placed[index] = True
        order.append(index)
        for other in after[index]:
            waiting[other] -= 1
            if waiting[other] == 0 and not placed[other]:
                heapq.heappush(free, other)
    return order


def _closure(earlier: Sequence[Sequence[int]]) -> list[int]:
    behind = [0] * len(earlier)
    changed = True
    while changed:  # one pass and a check, unless forged events see each other in a ring
        changed = False
        for index, others in enumerate(earlier):
            bits = behind[index]
            for other in others:
                bits |= behind[other] | 1 << other
            if bits != behind[index]:
                behind[index] = bits
                changed = True
    return behind
