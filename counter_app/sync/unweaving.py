"""Reads what weaving.py wrote: column by column, each in few calls, and nothing else than that."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.domain.events import SALT, Header, Ref
from counter_app.domain.runs import Packed, Run
from counter_app.sync import shapes
from counter_app.sync.columns import Cursor
from counter_app.sync.limits import LARGEST, MOST_EVENTS, MOST_RUNS
from counter_app.sync.shapes import Held
from counter_app.sync.telling import heard
from counter_app.sync.weaving import KEPT, KEYED, NAMES, NO_SALT, PAYLOAD, RAW, SALTED, STATES, ordered

_MARK, _ID, _PROOF, _LOG = 8, 10, 32, 8
_Cols = Mapping[str, Cursor]
_Sort = tuple[str, int, bool]


class _Walk(NamedTuple):
    """Each event's dossier (its place among those met), sort (1 and up), and the sort of its dossier's last
    event (0 for none); where each dossier is met first.
    """

    dossier: list[int]
    sort: list[int]
    last: list[int]
    first: list[int]


def runs_in(data: bytes) -> list[Run]:
    """The runs; raises ValueError, LookupError, OverflowError, BadInput for what nobody wove."""
    whole = Cursor(data)
    sizes = whole.numbers(len(NAMES))
    cols = {name: Cursor(whole.raw(size)) for name, size in zip(NAMES, sizes, strict=True)}
    whole.end()
    logs = cols["logs"].pieces(_LOG, sizes[NAMES.index("logs")] // _LOG)
    heads = cols["runs"]
    count = heads.number()
    if count > MOST_RUNS:
        raise ValueError("too many runs")
    firsts = [(logs[heads.number()], heads.number(), heads.number()) for _ in range(count)]
    ends = cols["ends"].pieces(SIGNATURE_BYTES, count)
    count = sum(length for _, _, length in firsts)
    if count > MOST_EVENTS:
        raise ValueError("too many events")
    kinds = [_sort(cols["sorts"]) for _ in range(cols["sorts"].number())]
    walk = _walk(cols, count, len(kinds))
    order = ordered(walk.sort, walk.last, len(kinds))
    again = sorted(range(count), key=order.__getitem__)
    clocks = _clocks(cols, count, again)
    ticks = _most(cols["counters"].numbers(count), 0xFFFF)
    ids = _ids(cols, walk, clocks)
    states = _most(cols["states"].numbers(count), KEYED + RAW)
    payloads = _payloads(cols, order, states, clocks, walk.dossier)
    dossiers = [ids[place] for place in walk.dossier]
    headers = zip(
        [ms << 16 | ticks[place] for ms, place in zip(clocks, again, strict=True)],
        dossiers,
        [kinds[place - 1] for place in walk.sort],
        _actors(cols, walk, again),
        _seen(cols, count, logs),
        strict=True,
    )
    told = zip(states, payloads, strict=True)
    found = []
    for (log, first, length), end, salts in zip(firsts, ends, _salts(cols, firsts, dossiers), strict=True):
        mine = [
            Header(log, seq, hlc, dossier, fact, kind, version, actor, seen)
            for seq, (hlc, dossier, (kind, version, fact), actor, seen) in zip(
                range(first, first + length), headers, strict=False
            )
        ]
        packed = [
            Packed(head.to_bytes(), payload)
            if state in (PAYLOAD, PAYLOAD + RAW)
            else _held(head, state % RAW, payload, cols["proofs"].raw(_PROOF))
            for head, (state, payload) in zip(mine, told, strict=False)
        ]
        found.append(Run(log, first, tuple(packed), salts, end, tuple(mine)))
    for column in cols.values():
        column.end()
    return found


def _walk(cols: _Cols, count: int, sorts: int) -> _Walk:
    backs = _behind(cols["after"], cols["dossiers"], sorts, count)
    nexts = _behind(cols["after"], cols["sort"], sorts, count)
    done = _Walk([], [], [], [])
    lasts: list[int] = []  # of each dossier met
    before = 0
    for event in range(count):
        back = next(backs[before], -1)
        if back:
            place = len(lasts) - back
            if not 0 <= place < len(lasts):
                raise ValueError("a dossier that was not met")
        else:
            place = len(lasts)
            lasts.append(0)
            done.first.append(event)
        was = lasts[place]
        before = lasts[place] = next(nexts[was], sorts) + 1
        if before > sorts:
            raise ValueError("no such sort")
        done.dossier.append(place)
        done.sort.append(before)
        done.last.append(was)
    return done


def _behind(after: Cursor, column: Cursor, sorts: int, count: int) -> list[Iterator[int]]:
    """What stands behind no sort, and behind each."""
    sizes = after.numbers(sorts + 1)
    if sum(sizes) != count:
        raise ValueError("not one for each event")
    return [iter(column.numbers(size)) for size in sizes]


def _clocks(cols: _Cols, count: int, again: Sequence[int]) -> list[int]:
    """Each event's ms since 1970."""
    near, middle, millis, fine = (cols[name].raw(count) for name in ("near", "middle", "millis", "fine"))
    begin = cols["far"].number()
    far = cols["far"].signeds(count)
    steps = [far[n] << 16 | middle[n] << 8 | near[n] for n in again]
    seconds = accumulate(steps, initial=begin)
    next(seconds)
    rests = accumulate(_most([millis[n] << 8 | fine[n] for n in again], 999))
    return [second * 1000 + rest % 1000 for second, rest in zip(seconds, rests, strict=True)]


def _ids(cols: _Cols, walk: _Walk, clocks: Sequence[int]) -> list[bytes]:
    count = len(walk.first)
    told = zip(walk.first, cols["born"].signeds(count), cols["ids"].pieces(_ID, count), strict=True)
    return [(clocks[event] + born).to_bytes(6, "big") + rest for event, born, rest in told]


def _payloads(
    cols: _Cols,
    order: Sequence[int],
    states: Sequence[int],
    clocks: Sequence[int],
    dossiers: Sequence[int],
) -> list[bytes | None]:
    texts = [event for event in order if states[event] in (PAYLOAD, KEYED)]
    raw = [event for event in order if states[event] >= RAW]
    shaped = shapes.get(len(texts), Held(*(cols[name] for name in KEPT)), LARGEST)
    found: list[bytes | None] = [None] * len(order)
    for event, text in zip(texts, heard(shaped, texts, clocks, dossiers, LARGEST), strict=True):
        found[event] = text
    for event, size in zip(raw, cols["lengths"].numbers(len(raw)), strict=True):
        found[event] = cols["raw"].raw(size)
    return found


def _actors(cols: _Cols, walk: _Walk, again: Sequence[int]) -> list[str]:
    people = [_actor(cols["actors"]) for _ in range(cols["actors"].number())]
    told = cols["actor"].numbers(len(again))
    lasts: list[str | None] = [None] * len(walk.first)
    found = []
    for place, dossier in zip(again, walk.dossier, strict=True):
        number = told[place]
        actor = people[number - 1] if number else lasts[dossier]
        if actor is None or (number and actor == lasts[dossier]):
            raise ValueError("done by nobody, or by the same in another form")
        lasts[dossier] = actor
        found.append(actor)
    return found


def _seen(cols: _Cols, count: int, logs: Sequence[bytes]) -> list[tuple[Ref, ...]]:
    seen, marks = cols["seen"], cols["marks"]

    def refs(size: int) -> tuple[Ref, ...]:
        return tuple([Ref(logs[seen.number()], seen.number(), marks.raw(_MARK)) for _ in range(size)])

    return [refs(size) if size else () for size in seen.numbers(count)]


def _salts(
    cols: _Cols, firsts: Sequence[tuple[bytes, int, int]], dossiers: Sequence[bytes]
) -> list[dict[bytes, bytes]]:
    """Those of each run."""
    named, at = [], 0
    for _, _, length in firsts:
        named.append(dict.fromkeys(dossiers[at : at + length]))
        at += length
    said = iter(_most(cols["salted"].numbers(sum(map(len, named))), 2))
    given: dict[tuple[bytes, bytes], bytes] = {}
    found = []
    for (log, _, _), here in zip(firsts, named, strict=True):
        salts = {}
        for dossier, how in zip(here, said, strict=False):
            if how == SALTED:
                given[log, dossier] = cols["salts"].raw(SALT)
            if how != NO_SALT:
                salts[dossier] = given[log, dossier]
        found.append(salts)
    return found


def _held(head: Header, state: int, payload: bytes | None, held: bytes) -> Packed:
    if state == KEYED:
        return Packed(head.to_bytes(), payload, key=held)
    return Packed(head.to_bytes(), None, proof=held, absent=STATES[state])


def _sort(column: Cursor) -> _Sort:
    kind, version, fact = column.counted().decode(), column.number(), column.number()
    if fact > 1:
        raise ValueError("neither yes nor no")
    return kind, version, bool(fact)


def _actor(column: Cursor) -> str:
    actor = column.counted().decode()
    if not unicodedata.is_normalized("NFC", actor):
        raise ValueError("an actor that no header can name")
    return actor


def _most(numbers: Sequence[int], most: int) -> Sequence[int]:
    if max(numbers, default=0) > most:
        raise ValueError("more than there can be")
    return numbers
