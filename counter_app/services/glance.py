"""What a list says of a dossier beside its line: who holds it, how to reach whom, since when it stands so.

A line lies ready in the store; this is folded from the events, which takes a hundred times as long. It is
kept as long as the dossier's fingerprint stays: a list that is read each minute folds what has changed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

from counter_app.domain import remains
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.events import Header
from counter_app.domain.hamlets import Hamlet, hamlet_of
from counter_app.domain.hops import Hop, last_hop
from counter_app.domain.lifecycle import State
from counter_app.services import lookup
from counter_app.store import log

MOST_KEPT: Final = 12_000  # dossiers, of some 1.3 KB each; more than a list that is read each minute
# The act that led to a state in which no date runs.
_LED_TO: Final = {
    State.REGISTERED: "registered",
    State.WAITING_SUPPLEMENT: "supplement_requested",
    State.WAITING_PAYMENT: "payment_requested",
    State.FINISHED: "finished",
}
_HOLDS: Final = frozenset({"received", "registered", "accepted", "resubmitted", "finished"})
_PRINTS: Final = frozenset({"printed", "spoiled"})


@dataclass(frozen=True)
class Call:
    """A call on record: what came of it, and when."""

    at: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Glance:
    """`since` is when the dossier came to wait; None where its date runs. `worked` heads the act
    of who worked on it last.

    `given` is when the result, or a part of it, was handed out last; `printed` whether the receipt came out
    well; `unpaid` đồng are still owed.
    """

    holder: str
    worked: Header | None
    phone: str
    contact_via: str
    hamlet: Hamlet | None
    needs: tuple[str, ...]
    since: datetime | None
    called: Call | None
    given: datetime | None
    printed: bool
    unpaid: int
    hop: Hop | None = None
    """The hand-over that brought it to where it is, where one is told of."""

    @property
    def reach(self) -> str:
        """The number to call, else who would pass word on."""
        return self.phone or self.contact_via


_Kept = dict[tuple[bytes, bytes], Glance]
_KEPT: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()  # of each open store
_KEEPING = threading.Lock()  # lists are read on several threads


def known(connection: Any, row: Any) -> Glance | None:
    """What was read of the row's dossier before, if it is still so."""
    return _kept(connection).get((bytes(row.dossier), bytes(row.print)))


def glance(connection: Any, row: Any, where: log.Map) -> Glance:
    """The same, folded where it has to be; `row` is a line of the store."""
    found = known(connection, row)
    if found is None:
        found = _read(lookup.folded(connection, bytes(row.dossier), where))
        kept = _kept(connection)
        with _KEEPING:
            if len(kept) >= MOST_KEPT:
                del kept[next(iter(kept))]
            kept[bytes(row.dossier), bytes(row.print)] = found
    return found


def forget(connection: Any) -> None:
    """Lets go of all that was read of the store, as after a start."""
    _KEPT.pop(connection.engine, None)


def _kept(connection: Any) -> _Kept:
    return _KEPT.setdefault(connection.engine, {})


def _read(dossier: Dossier) -> Glance:
    party = dossier.party()
    counted = [entry for entry in dossier.entries if entry.counts]
    led = _last(counted, {_LED_TO.get(dossier.state, "")})
    worked, called = _last(counted, _HOLDS), _last(counted, {"called"})
    papers = [e for e in counted if e.name in _PRINTS and (e.payload or {}).get("form") == "receipt"]
    call = None
    if called is not None and called.payload is not None:
        call = Call(called.happened_at, called.payload)
    return Glance(
        str(dossier.values.get("holder") or ""),
        worked.event.header if worked else None,
        str(party.get("phone") or ""),
        str(party.get("contact_via") or ""),
        hamlet_of(str(party.get("address") or "")),
        tuple(str(need) for need in dossier.values.get("needs", ())),
        led.happened_at if led else None,
        call,
        remains.given_out(dossier),
        bool(papers) and papers[-1].name == "printed",
        dossier.unpaid,
        last_hop(dossier),
    )


def _last(entries: list[Entry], names: frozenset[str] | set[str]) -> Entry | None:
    return next((entry for entry in reversed(entries) if entry.name in names), None)
