"""The catalogue of procedures: every version that was ever current stays, for the dossiers pinned to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, bindparam, insert, select, update

from counter_app.domain.procedures import Procedure
from counter_app.store.tables import procedures


def current(connection: Connection) -> list[Procedure]:
    """The procedures in the catalogue as last imported, by code; police ones included."""
    return list(map(_read, connection.execute(_CURRENT).scalars()))


def find(connection: Connection, code: str) -> Procedure | None:
    """The current version of a procedure."""
    body = connection.execute(_ONE, {"c": code}).scalar()
    return _read(body) if body else None


def of_version(connection: Connection, code: str, version: str) -> Procedure | None:
    """A version that is, or was, in the catalogue."""
    body = connection.execute(_VERSION, {"c": code, "v": version}).scalar()
    return _read(body) if body else None


def replace(connection: Connection, catalogue: Iterable[Procedure]) -> None:
    """Makes these procedures the current ones; what they leave out is no longer offered."""
    connection.execute(update(procedures).values(current=False))
    connection.execute(
        _KEEP,
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


@lru_cache(maxsize=1024)
def _read(body: str) -> Procedure:
    """Once for all pages that offer it: a whole catalogue takes some 15 ms."""
    return Procedure.from_fields(json.loads(body))


_CURRENT = select(procedures.c.body).where(procedures.c.current.is_(True)).order_by(procedures.c.code)
_ONE = select(procedures.c.body).where(procedures.c.current.is_(True), procedures.c.code == bindparam("c"))
_VERSION = select(procedures.c.body).where(
    procedures.c.code == bindparam("c"), procedures.c.version == bindparam("v")
)
_KEEP = insert(procedures).prefix_with("OR REPLACE")
