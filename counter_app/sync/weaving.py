"""Format 3 of a batch: the columns of its runs, so that the reader opens each of them at once.

    woven     = the length of each of the following; then these, in this order

    runs      count; for each: its log, first seq, count of events
    after     for no sort, then for each, how many of `dossiers` stand behind it; the same of `sort`
    dossiers  0 for one that was not met yet, else how many were met since, and itself: behind the sort of the
              event before (none at first), sort by sort, and of one in the order of the events
    sort      the place among the sorts: likewise behind that of the dossier's last event (none at first)
    actor*    0 for that of the dossier's last event, else one more than the place among the actors
    middle*   of the seconds of the hlc less those of the event before, signed: the second byte
    far*      the seconds of the first event, less which 0 is left of them; what is above that byte: signed
    millis*   the ms of the hlc's second less those of the event before (0 at first), modulo 1000: upper byte
    counters* the lower 16 bits of the hlc
    seen      for each event: how many it names; then for each of those: log, seq
    states    for each event: 0 payload, 1 payload with a key of its own, 2 erased, 3 not carried; 4 and 5 are
              0 and 1 where the payload is no text
    lengths*  for each in state 4 or 5: bytes of its payload
    salted    for each run, for each of its dossiers in the order of first naming: 0 no salt, 1 a salt, 2 the
              salt that this log last gave for it in this batch
    born      for each dossier met: signed, the first 6 bytes of its id (UUIDv7: ms) less ms of the event
    shape, shapes, ways, places: shapes.py, of the texts (telling.py) of those in state 0 or 1*

    logs      8 bytes each: every log that is named, in the order of its first naming
    ends      the signatures at the runs' ends, 64 bytes each
    ids       for each dossier met: the other 10 bytes
    marks     for each named event: 8 bytes
    proofs    for each event in state 1 or 5 its key, in 2 and 3 its proof: 32 bytes
    salts     16 bytes each
    near*     of the seconds (see `middle`): the lowest byte
    fine*     of `millis`: the lower byte

    digits    shapes.py

    sorts     count; for each: kind (counted), version, 1 for a fact: in the order of their first event
    actors    count; each counted
    words     shapes.py
    raw*      the payloads of those in state 4 or 5

The events of columns with * are ordered by their sort, of one sort by that of their dossier's last event
(none first), then as they are. Numbers are those of columns.py; log, actor and sort are places in their
tables. What a header holds beyond that (its format, log, seq) follows from its run.

The four groups are of four kinds of bytes: zstd measures each for itself where a block ends with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Final, TypeVar

from counter_app.domain.events import Absent, Header
from counter_app.domain.runs import Packed, Run
from counter_app.sync import shapes
from counter_app.sync.columns import Column
from counter_app.sync.marks import is_line
from counter_app.sync.shapes import Kept
from counter_app.sync.telling import Known, told

T = TypeVar("T")
GROUPS: Final = (
    (
        *("runs", "after", "dossiers", "sort", "actor", "middle", "far", "millis", "counters", "seen"),
        *("states", "lengths", "salted", "born", "shape", "shapes", "ways", "places"),
    ),
    ("logs", "ends", "ids", "marks", "proofs", "salts", "near", "fine"),
    ("digits",),
    ("sorts", "actors", "words", "raw"),
)
NAMES: Final = tuple(chain.from_iterable(GROUPS))
KEPT: Final = Kept._fields
STATES: Final = ("", "", Absent.ERASED.value, Absent.NOT_CARRIED.value)
PAYLOAD, KEYED = 0, 1
RAW: Final = 4  # added to either
NO_SALT, SALTED, SAME_SALT = 0, 1, 2


class _Places(dict[T, int]):
    """Things in the order of their first naming."""

    def of(self, thing: T) -> int:
        return self.setdefault(thing, len(self))


def woven(runs: Sequence[Run]) -> list[bytes]:
    """The four groups; every event is proven, by a payload or by its proof."""
    cols = {name: Column() for name in NAMES}
    logs = _Places[bytes]()
    cols["runs"].number(len(runs))
    headers: list[Header] = []
    for run in runs:
        cols["runs"].numbers((logs.of(run.log), run.first, len(run.events)))
        cols["ends"].raw(run.signature)
        headers += run.headers or [Header.from_bytes(packed.header) for packed in run.events]
    order, dossiers = _walk(headers, cols)
    _clocks(headers, order, cols)
    cols["seen"].numbers([len(head.seen) for head in headers])
    for ref in chain.from_iterable(head.seen for head in headers):
        cols["seen"].numbers((logs.of(ref.log), ref.seq))
        cols["marks"].raw(ref.mark)
    _payloads([packed for run in runs for packed in run.events], headers, dossiers, order, cols)
    _salts(runs, headers, cols)
    cols["logs"].raw(b"".join(logs))
    data = {name: column.data() for name, column in cols.items()}
    groups = [b"".join(data[name] for name in group) for group in GROUPS]
    sizes = Column()
    sizes.numbers([len(data[name]) for name in NAMES])
    return [sizes.data() + groups[0], *groups[1:]]


def ordered(sort: Sequence[int], last: Sequence[int], sorts: int) -> list[int]:
    """The events as those columns have them; by their sort, and that of their dossier's last event."""
    keys = [now * (sorts + 1) + before for now, before in zip(sort, last, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _walk(headers: Sequence[Header], cols: dict[str, Column]) -> tuple[list[int], list[int]]:
    """Writes who did what to which dossier; gives that order of events, and each one's dossier."""
    sorts, actors = _Places[tuple[str, int, bool]](), _Places[str]()
    sort = [sorts.of((head.kind, head.version, head.fact)) + 1 for head in headers]
    behind_sort: list[list[int]] = [[] for _ in range(len(sorts) + 1)]
    behind_last: list[list[int]] = [[] for _ in range(len(sorts) + 1)]
    met = _Places[bytes]()
    lasts: list[tuple[int, str]] = []  # of each dossier met: its last event's sort, and actor
    dossiers, last, who = [], [], []
    before = 0
    for head, now in zip(headers, sort, strict=True):
        place = met.of(head.dossier)
        if place == len(lasts):
            behind_sort[before].append(0)
            lasts.append((0, ""))
            cols["born"].signed(int.from_bytes(head.dossier[:6], "big") - (head.hlc >> 16))
            cols["ids"].raw(head.dossier[6:])
        else:
            behind_sort[before].append(len(met) - place)
        was, by = lasts[place]
        behind_last[was].append(now - 1)
        dossiers.append(place)
        last.append(was)
        actor = actors.of(head.actor) + 1
        who.append(0 if was and by == head.actor else actor)
        lasts[place] = now, head.actor
        before = now
    for behind, name in ((behind_sort, "dossiers"), (behind_last, "sort")):
        cols["after"].numbers(list(map(len, behind)))
        cols[name].numbers(list(chain.from_iterable(behind)))
    order = ordered(sort, last, len(sorts))
    cols["actor"].numbers([who[event] for event in order])
    cols["sorts"].number(len(sorts))
    for kind, version, fact in sorts:
        cols["sorts"].counted(kind.encode())
        cols["sorts"].numbers((version, fact))
    cols["actors"].number(len(actors))
    for person in actors:
        cols["actors"].counted(person.encode())
    return order, dossiers


def _clocks(headers: Sequence[Header], order: Sequence[int], cols: dict[str, Column]) -> None:
    told_ = [divmod(head.hlc >> 16, 1000) for head in headers]
    begin = told_[0][0] if told_ else 0
    steps = [(now[0] - was[0], (now[1] - was[1]) % 1000) for was, now in pairwise([(begin, 0), *told_])]
    steps = [steps[event] for event in order]
    cols["near"].raw(bytes([second & 0xFF for second, _ in steps]))
    cols["middle"].raw(bytes([second >> 8 & 0xFF for second, _ in steps]))
    cols["far"].number(begin)
    cols["far"].signeds([second >> 16 for second, _ in steps])
    cols["millis"].raw(bytes([ms >> 8 for _, ms in steps]))
    cols["fine"].raw(bytes([ms & 0xFF for _, ms in steps]))
    cols["counters"].numbers([headers[event].hlc & 0xFFFF for event in order])


def _payloads(
    events: Sequence[Packed],
    headers: Sequence[Header],
    dossiers: Sequence[int],
    order: Sequence[int],
    cols: dict[str, Column],
) -> None:
    texts: dict[int, bytes] = {}
    known: Known = {}
    states = []
    for event, packed in enumerate(events):
        if packed.payload is None:
            assert packed.proof is not None, "an event without payload travels with what stands for it"
            states.append(STATES.index(packed.absent, 2))
            cols["proofs"].raw(packed.proof)
            continue
        state = PAYLOAD if packed.key is None else KEYED
        cols["proofs"].raw(packed.key or b"")
        if is_line(packed.payload):
            texts[event] = told(packed.payload, headers[event].hlc >> 16, dossiers[event], known)
        else:
            state += RAW
        states.append(state)
    cols["states"].numbers(states)
    for payload in (events[event].payload for event in order if states[event] >= RAW):
        assert payload is not None
        cols["lengths"].number(len(payload))
        cols["raw"].raw(payload)
    shapes.put([texts[event] for event in order if event in texts], Kept(*(cols[name] for name in KEPT)))


def _salts(runs: Iterable[Run], headers: Sequence[Header], cols: dict[str, Column]) -> None:
    given: dict[tuple[bytes, bytes], bytes] = {}
    said = []
    at = 0
    for run in runs:
        end = at + len(run.events)
        for dossier in dict.fromkeys([head.dossier for head in headers[at:end]]):
            salt = run.salts.get(dossier)
            if salt is None:
                said.append(NO_SALT)
            elif given.get((run.log, dossier)) == salt:
                said.append(SAME_SALT)
            else:
                said.append(SALTED)
                cols["salts"].raw(salt)
                given[run.log, dossier] = salt
        at = end
    cols["salted"].numbers(said)
