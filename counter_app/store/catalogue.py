"""The catalogue of procedures: every version that was ever current stays, for the dossiers pinned to it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from counter_app.domain.procedures import Procedure
from counter_app.store.database import Connection
from counter_app.store.prepared import Prepared, inserting


def current(connection: Connection) -> list[Procedure]:
    """The procedures in the catalogue as last imported, by code; police ones included."""
    return [Procedure.from_fields(json.loads(body)) for body in _CURRENT.column(connection)]


def find(connection: Connection, code: str) -> Procedure | None:
    """The current version of a procedure."""
    body = _ONE.value(connection, c=code)
    return Procedure.from_fields(json.loads(body)) if body else None


def replace(connection: Connection, catalogue: Iterable[Procedure]) -> None:
    """Makes these procedures the current ones; what they leave out is no longer offered."""
    _LEAVE_OUT.run(connection)
    _KEEP.run_each(
        connection,
        [
            {
                "code": p.code,
                "version": p.version,
                "current": True,
                "body": json.dumps(p.to_fields(), ensure_ascii=False, sort_keys=True),
            }
            for p in catalogue
        ],
    )


_CURRENT = Prepared("SELECT body FROM procedures WHERE current ORDER BY code")
_ONE = Prepared("SELECT body FROM procedures WHERE current AND code = :c")
_LEAVE_OUT = Prepared("UPDATE procedures SET current = 0")
_KEEP = inserting("procedures", "code", "version", "current", "body", insert="INSERT OR REPLACE")
