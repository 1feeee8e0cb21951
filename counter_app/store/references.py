"""Which dossiers bear a bank's reference: it lies among the codes, under a sign that no code has."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select

from counter_app.domain.dossier import Dossier
from counter_app.domain.shared_references import borne, disputed
from counter_app.store.prepared import Prepared
from counter_app.store.tables import codes, dossiers

_SIGN: Final = "₫"


def keys_of(dossier: Dossier) -> set[str]:
    """What it is found by, for each reference of a transfer that counts."""
    return {_SIGN + reference for reference in borne(dossier)}


def with_disputes(connection: Connection, dossier: Dossier) -> Dossier:
    """The same with what other dossiers say of its references."""
    elsewhere = {
        reference: [code for _, code in _BEARERS.all(connection, k=_SIGN + reference, d=dossier.id)]
        for reference in borne(dossier)
    }
    return disputed(dossier, elsewhere)


def keys_before(connection: Connection, row_id: int) -> set[str]:
    """The keys under which the line of that number is found so far."""
    return {key for (key,) in _KEYS.all(connection, i=row_id) if key.startswith(_SIGN)}


def bearers(connection: Connection, keys: set[str], but: bytes) -> set[bytes]:
    """The ids of the other dossiers that are found by one of these keys."""
    return {bytes(other) for key in keys for other, _ in _BEARERS.all(connection, k=key, d=but)}


_BEARERS = Prepared(
    select(dossiers.c.dossier, dossiers.c.code)
    .join(codes, codes.c.dossier_id == dossiers.c.id)
    .where(codes.c.key == bindparam("k"), dossiers.c.dossier != bindparam("d"))
)
_KEYS = Prepared(select(codes.c.key).where(codes.c.dossier_id == bindparam("i")))
