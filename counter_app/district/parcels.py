"""Bundles that somebody carries to the district, sealed to its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from counter_app.district import journal
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import aliases
from counter_app.domain.errors import CannotRead, Refused
from counter_app.domain.events import log_name
from counter_app.sync import bundle
from counter_app.sync.taking import take


def take_in(connection: Connection, who: Identity, source: Path) -> dict[str, Any]:
    """Takes what the bundle proves into the commune of its sender, each event once.

    Raises CannotRead("file-missing"), Refused("bundle-…") for one that is damaged, for others, or from a
    machine that no commune here knows.
    """
    try:
        file = source.open("rb")
    except OSError as error:
        raise CannotRead("file-missing", path=source) from error
    with file:
        label, runs = bundle.read(file, who.sealing)
        home = connection.execute(select(aliases.c.commune).where(aliases.c.id == label.commune)).scalar()
        if home is None or log_name(label.sender) != label.log:
            raise Refused("bundle-from-stranger")
        ledger = CommuneLedger(connection, home)
        ledger.lock()
        if not ledger.knows(label.sender):
            raise Refused("bundle-from-stranger")
        taken = take(ledger, runs)
        journal.settle_trust(ledger)
        ledger.finish()
    return {
        "received": taken.new,
        "known": taken.known,
        "forks": taken.forks,
        "refused": [{"log": name, "why": why} for name, _, why in taken.refused],
    }
