"""Which machine numbers with which slot on which code dates, as the district's events say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from counter_app.domain.codes import Lease
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Event


def of(events: Iterable[Event], gone: Collection[bytes] = ()) -> Mapping[bytes, tuple[Lease, ...]]:
    """The leases of each log, in their order; those of the communes `gone` ended with these."""
    found: dict[bytes, tuple[Lease, ...]] = {}
    for event in events:
        if event.header.kind != "leased" or event.payload is None or event.header.dossier in gone:
            continue
        try:
            log = bytes.fromhex(event.payload["log"])
            first, last = (date.fromisoformat(event.payload[name]) for name in ("first", "last"))
            lease = Lease(event.payload["slot"], first, last)
        except (BadInput, KeyError, TypeError, ValueError):
            continue
        found[log] = (*found.get(log, ()), lease)
    return found


def covering(leases: Iterable[Lease], day: date) -> Lease | None:
    """The lease that a code of this date may use."""
    return next((lease for lease in leases if lease.covers(day)), None)
