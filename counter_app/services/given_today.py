"""The piles that an officer handed on at this machine today, as the store's events tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from counter_app.domain.zone import VIETNAM
from counter_app.services.lookup import folded
from counter_app.services.office import Office, Session, to_ms
from counter_app.store import lately, log

MOST: Final = 20  # piles that one still chooses from


@dataclass(frozen=True)
class GivenPile:
    """What of a pile was not taken back, in its order; `to` has it, `at` it was handed on."""

    batch: bytes
    to: str
    at: datetime
    dossiers: tuple[bytes, ...]


def piles_given(office: Office, session: Session) -> list[GivenPile]:
    """The last one first."""
    actor = session.signature
    midnight = datetime.combine(office.now().astimezone(VIETNAM).date(), time(), VIETNAM)
    piles: dict[str, list[tuple[int, bytes, str, datetime]]] = {}
    with office.reading() as (connection, where):
        here = {row.log for row in where.logs.values() if row.trust == log.OWN}
        for dossier in lately.dossiers_with(connection, ["passed_on"], to_ms(midnight)):
            office.breathe()
            for entry in folded(connection, dossier, where).entries:
                head, said = entry.event.header, entry.payload or {}
                mine = head.log in here and head.actor == actor and entry.happened_at >= midnight
                if entry.name == "passed_on" and entry.counts and mine and said.get("batch"):
                    told = (head.hlc, dossier, str(said["to"]), entry.happened_at)
                    piles.setdefault(str(said["batch"]), []).append(told)
    made = [
        (acts[-1][0], GivenPile(bytes.fromhex(batch), acts[0][2], acts[0][3], tuple(a[1] for a in acts)))
        for batch, acts in ((batch, sorted(acts)) for batch, acts in piles.items())
    ]
    return [pile for _, pile in sorted(made, key=lambda one: one[0], reverse=True)][:MOST]
