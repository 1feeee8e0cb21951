"""Formats 1 and 2 of a batch: the columns of its runs, value by value. Written still for who reads no other.

    columns = each of the following, in this order, after its length

    logs      count; 8 bytes each: every log that is named below, in the order of its first naming
    runs      count; for each run: its log, first seq, count of events
    ends      the signatures at the runs' ends, 64 bytes each
    sorts     count; for each: kind (counted), version, 1 for a fact: in the order of their first event
    sort      for each event of all runs, in their order: the place among the sorts
    actors    count; each counted
    actor     for each event: the place among the actors
    times     for each event: signed, seconds of its hlc less those of the event before (0 at first)
    millis    for each event: what its hlc has besides, in ms
    counters  for each event: the lower 16 bits of its hlc
    dossiers  for each event: 0 for one that was not met yet, else how many were met since, and itself
    born      for each dossier met: signed, the first 6 bytes of its id (UUIDv7: ms) less ms of the event
    ids       for each dossier met: the other 10 bytes
    seen      for each event: how many it names; for each: log, seq
    marks     for each named one: 8 bytes
    states    for each event: 0 payload, 1 payload with a key of its own, 2 erased, 3 not carried;
              4 and 5 are 0 and 1 where the payload cannot stand as a line
    proofs    for each event in state 1 or 5 its key, in 2 and 3 its proof: 32 bytes
    lengths   for each event in state 4 or 5: bytes of its payload
    payloads  sort by sort, and in the order of the events within one: lines (marks.py), or bytes as they are
    salted    for each run, for each of its dossiers in the order of first naming: 0 no salt, 1 a salt,
              2 the salt that this log last gave for it in this batch
    salts     16 bytes each

Format 1, which is still read, had the times in ms and no millis, all payloads as bytes with their lengths.
Numbers are those of columns.py; log, actor and sort are places in their tables. What a header holds beyond
that (its format, log, seq) follows from its run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from counter_app.crypto.signing import SIGNATURE_BYTES
from counter_app.domain.events import SALT, Absent, Header, Ref
from counter_app.domain.runs import Packed, Run
from counter_app.sync.columns import Column, Cursor
from counter_app.sync.limits import LARGEST, MOST_EVENTS, MOST_RUNS
from counter_app.sync.marks import END, is_line, marked, plain

T = TypeVar("T")
FIRST: Final = 1  # the format before
_COLUMNS: Final = 21
_MARK, _ID, _PROOF, _LOG = 8, 10, 32, 8
_STATES: Final = ("", "", Absent.ERASED.value, Absent.NOT_CARRIED.value)
_PAYLOAD, _KEYED = 0, 1
_RAW: Final = 4  # added to either
_NO_SALT, _SALT, _SAME_SALT = 0, 1, 2


class _Places(dict[T, int]):
    """Things in the order of their first naming."""

    def of(self, thing: T) -> int:
        return self.setdefault(thing, len(self))


def columns(runs: Sequence[Run]) -> bytes:
    """What a batch holds before it is compressed; every event is proven, by a payload or by its proof."""
    cols = [Column() for _ in range(_COLUMNS)]
    (logs, heads, ends, sorts, sort, actors, actor, times, millis, counters, dossiers) = cols[:11]
    (born, ids, seen, marks, states, proofs, lengths, payloads, salted, salts) = cols[11:]
    named, kinds, people = _Places[bytes](), _Places[tuple[str, int, bool]](), _Places[str]()
    met: dict[bytes, int] = {}
    given: dict[tuple[bytes, bytes], bytes] = {}
    by_sort: list[list[bytes]] = []
    before = 0
    heads.number(len(runs))
    for run in runs:
        heads.number(named.of(run.log))
        heads.number(run.first)
        heads.number(len(run.events))
        ends.raw(run.signature)
        headers = run.headers or [Header.from_bytes(packed.header) for packed in run.events]
        for packed, header in zip(run.events, headers, strict=True):
            place = kinds.of((header.kind, header.version, header.fact))
            if place == len(by_sort):
                by_sort.append([])
            sort.number(place)
            actor.number(people.of(header.actor))
            ms = header.hlc >> 16
            second, rest = divmod(ms, 1000)
            times.signed(second - before)
            before = second
            millis.number(rest)
            counters.number(header.hlc & 0xFFFF)
            if header.dossier in met:
                dossiers.number(len(met) - met[header.dossier])
            else:
                dossiers.number(0)
                met[header.dossier] = len(met)
                born.signed(int.from_bytes(header.dossier[:6], "big") - ms)
                ids.raw(header.dossier[6:])
            seen.number(len(header.seen))
            for ref in header.seen:
                seen.number(named.of(ref.log))
                seen.number(ref.seq)
                marks.raw(ref.mark)
            line = packed.payload is None or is_line(packed.payload)
            _state(packed, line, states, proofs)
            if packed.payload is not None and line:
                by_sort[place] += (marked(packed.payload, ms), END)
            elif packed.payload is not None:
                lengths.number(len(packed.payload))
                by_sort[place].append(packed.payload)
        for dossier in dict.fromkeys(header.dossier for header in headers):
            salt = run.salts.get(dossier)
            if salt is None:
                salted.number(_NO_SALT)
            elif given.get((run.log, dossier)) == salt:
                salted.number(_SAME_SALT)
            else:
                salted.number(_SALT)
                salts.raw(salt)
                given[run.log, dossier] = salt
    logs.number(len(named))
    for log in named:
        logs.raw(log)
    sorts.number(len(kinds))
    for kind, version, fact in kinds:
        sorts.counted(kind.encode())
        sorts.number(version)
        sorts.number(fact)
    actors.number(len(people))
    for person in people:
        actors.counted(person.encode())
    payloads.raw(b"".join(data for one in by_sort for data in one))
    whole = Column()
    for column in cols:
        whole.counted(column.data())
    return whole.data()


def _state(packed: Packed, line: bool, states: Column, proofs: Column) -> None:
    if packed.payload is None:
        assert packed.proof is not None, "an event without payload travels with what stands for it"
        states.number(_STATES.index(packed.absent, 2))
        proofs.raw(packed.proof)
        return
    states.number((_PAYLOAD if packed.key is None else _KEYED) + (0 if line else _RAW))
    if packed.key is not None:
        proofs.raw(packed.key)


def runs_in(data: bytes, form: int) -> list[Run]:
    """The runs; raises ValueError, LookupError, OverflowError, BadInput for what nobody packed."""
    whole = Cursor(data)
    cols = [Cursor(whole.counted()) for _ in range(_COLUMNS - (form == FIRST))]
    whole.end()
    if form == FIRST:
        cols.insert(8, Cursor(b""))
    (logs, heads, ends, sorts, sort, actors, actor, times, millis, counters, dossiers) = cols[:11]
    (born, ids, seen, marks, states, proofs, lengths, payloads, salted, salts) = cols[11:]
    named = [logs.raw(_LOG) for _ in range(logs.number())]
    kinds = [(_text(sorts), sorts.number(), _bit(sorts)) for _ in range(sorts.number())]
    people = [_normal(_text(actors)) for _ in range(actors.number())]
    met: list[bytes] = []
    given: dict[tuple[bytes, bytes], bytes] = {}
    count = heads.number()
    if count > MOST_RUNS:
        raise ValueError("too many runs")
    firsts = [(named[heads.number()], heads.number(), heads.number()) for _ in range(count)]
    count = sum(length for _, _, length in firsts)
    if count > MOST_EVENTS:
        raise ValueError("too many events")
    places, told = sort.numbers(count), states.numbers(count)
    clocks = _times(times, millis, count, form)
    payload_of = _payloads(places, told, clocks, lengths, payloads, form)
    who, ticks = actor.numbers(count), counters.numbers(count)
    at = 0
    runs = []
    for log, first, length in firsts:
        packed, here, headers = [], dict[bytes, None](), []
        for seq in range(first, first + length):
            ms = clocks[at]
            dossier = _dossier(ms, dossiers, met, born, ids)
            here.setdefault(dossier)
            refs = tuple(
                Ref(named[seen.number()], seen.number(), marks.raw(_MARK)) for _ in range(seen.number())
            )
            kind, version, fact = kinds[places[at]]
            hlc = ms << 16 | _sixteen(ticks[at])
            header = Header(log, seq, hlc, dossier, fact, kind, version, people[who[at]], refs)
            headers.append(header)
            packed.append(_packed(header.to_bytes(), told[at] % _RAW, payload_of[at], proofs))
            at += 1
        known = dict(_salts(log, here, given, salted, salts))
        runs.append(Run(log, first, tuple(packed), known, ends.raw(SIGNATURE_BYTES), tuple(headers)))
    for column in cols:
        column.end()
    return runs


def _times(times: Cursor, millis: Cursor, count: int, form: int) -> list[int]:
    """Each event's ms since 1970."""
    found, before = [], 0
    for _ in range(count):
        before += times.signed()
        found.append(before)
    if form == FIRST:
        return found
    rests = millis.numbers(count)
    if max(rests, default=0) > 999:
        raise ValueError("more than a second")
    return [second * 1000 + rest for second, rest in zip(found, rests, strict=True)]


def _payloads(
    places: Sequence[int],
    told: Sequence[int],
    clocks: Sequence[int],
    lengths: Cursor,
    payloads: Cursor,
    form: int,
) -> Sequence[bytes | None]:
    """Each event's payload, from where they lie sort by sort."""
    raw = (_PAYLOAD, _KEYED) if form == FIRST else (_PAYLOAD + _RAW, _KEYED + _RAW)
    if max(told, default=0) > (len(_STATES) - 1 if form == FIRST else max(raw)):
        raise ValueError("no such state")
    sizes = [lengths.number() if state in raw else None for state in told]
    found: list[bytes | None] = [None] * len(places)
    room = LARGEST
    for event in sorted(range(len(places)), key=places.__getitem__):
        size = sizes[event]
        if size is not None:
            found[event] = payloads.raw(size)
        elif told[event] in (_PAYLOAD, _KEYED):
            found[event] = line = plain(payloads.line(END), clocks[event])
            room -= len(line)
            if room < 0:
                raise ValueError("more than a batch may grow to")
    return found


def _dossier(ms: int, dossiers: Cursor, met: list[bytes], born: Cursor, ids: Cursor) -> bytes:
    back = dossiers.number()
    if back:
        if back > len(met):
            raise ValueError("a dossier that was not met")
        return met[-back]
    met.append((ms + born.signed()).to_bytes(6, "big") + ids.raw(_ID))
    return met[-1]


def _packed(header: bytes, state: int, payload: bytes | None, proofs: Cursor) -> Packed:
    if state == _PAYLOAD:
        return Packed(header, payload)
    held = proofs.raw(_PROOF)
    if state == _KEYED:
        return Packed(header, payload, key=held)
    return Packed(header, None, proof=held, absent=_STATES[state])


def _salts(
    log: bytes,
    dossiers: dict[bytes, None],
    given: dict[tuple[bytes, bytes], bytes],
    salted: Cursor,
    salts: Cursor,
) -> Iterator[tuple[bytes, bytes]]:
    for dossier in dossiers:
        how = salted.number()
        if how == _SALT:
            given[log, dossier] = salts.raw(SALT)
        if how in (_SALT, _SAME_SALT):
            yield dossier, given[log, dossier]
        elif how != _NO_SALT:
            raise ValueError("no such word of salts")


def _text(column: Cursor) -> str:
    return column.counted().decode()


def _normal(actor: str) -> str:
    if not unicodedata.is_normalized("NFC", actor):
        raise ValueError("an actor that no header can name")
    return actor


def _bit(column: Cursor) -> bool:
    value = column.number()
    if value > 1:
        raise ValueError("neither yes nor no")
    return bool(value)


def _sixteen(value: int) -> int:
    if value > 0xFFFF:
        raise ValueError("more than 16 bits")
    return value
