"""What a month brought in: receptions by procedure and how they stand now, with their fees."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.lifecycle import State
from counter_app.services.office import Office
from counter_app.store import catalogue, months


@dataclass(frozen=True)
class Row:
    """Dossiers of a procedure that came in that month and stand in `state` now; `fees` in đồng."""

    procedure: str
    name: str
    state: State
    count: int
    fees: int


def month(office: Office, year: int, number: int) -> list[Row]:
    """The month's receptions by procedure and state; what was received belongs to Viet Nam's calendar.

    A procedure that the catalogue has no more is named by its code.
    """
    with office.reading() as (connection, _):
        found = months.tallies(connection, year, number)
        offered = {code: catalogue.find(connection, code) for code in {one.procedure_code for one in found}}
    names = {code: procedure.name if procedure else code for code, procedure in offered.items()}
    return [
        Row(one.procedure_code, names[one.procedure_code], State(one.state), one.dossiers, one.fee)
        for one in found
    ]
