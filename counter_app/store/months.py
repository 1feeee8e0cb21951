"""A month's receptions by procedure and state, counted by an index that holds no more than that."""

from __future__ import annotations

from typing import NamedTuple

from counter_app.store.database import Connection
from counter_app.store.prepared import Prepared


class Tally(NamedTuple):
    """Dossiers of one procedure that stand in one state now; `fee` is the sum of their fees in đồng."""

    procedure_code: str
    state: str
    dossiers: int
    fee: int


def tallies(connection: Connection, year: int, month: int) -> list[Tally]:
    """What was received in the month, in Viet Nam's time, by procedure and state."""
    return _TALLIES.all(connection, m=year * 100 + month)


_TALLIES = Prepared(
    "SELECT procedure_code, state, count(*), sum(fee) FROM dossiers WHERE month = :m "
    "GROUP BY procedure_code, state",
    Tally,
)
