"""A month's receptions by procedure and state, counted by an index that holds no more than that."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from counter_app.store.tables import dossiers


class Tally(NamedTuple):
    """Dossiers of one procedure that stand in one state now; `fee` is the sum of their fees in đồng."""

    procedure_code: str
    state: str
    dossiers: int
    fee: int


def tallies(connection: Connection, year: int, month: int) -> list[Tally]:
    """What was received in the month, in Viet Nam's time, by procedure and state."""
    found = connection.execute(_TALLIES, {"m": year * 100 + month})
    return [Tally(*row) for row in found]


_KEYS = (dossiers.c.procedure_code, dossiers.c.state)
_TALLIES = (
    select(*_KEYS, func.count(), func.sum(dossiers.c.fee))
    .where(dossiers.c.month == bindparam("m"))
    .group_by(*_KEYS)
)
