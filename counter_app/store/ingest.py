"""Takes in runs of other logs, and decides anew whom to trust."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.domain.runs import Run
from counter_app.store.ledger import StoreLedger
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer
from counter_app.sync.taking import Taken, take


def ingest(writer: Writer, runs: Iterable[Run]) -> Taken:
    """Takes the runs in, in their order. A run that proves nothing is refused; the others go on."""
    ledger = StoreLedger(writer)
    taken = take(ledger, runs)
    writer.reload()
    if ledger.trust_moved:  # as with few exchanges: the commune is folded for it
        settle_trust(writer)
    return taken
