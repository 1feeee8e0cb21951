"""Who the district's server is: its keys, its epoch, the logs that it writes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, delete, insert, select

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import Signer
from counter_app.district.tables import server
from counter_app.domain.errors import AlreadyThere, NotFound

EPOCH: Final = 8  # bytes
_KEYS, _EPOCH, _NAME, _ID = "keys", "epoch", "name", "id"


@dataclass(frozen=True)
class Identity:
    """`signing` never writes a log itself: it endorses those that do, one for each commune and epoch.

    So a server that was restored, and has forgotten how far its logs went, writes on in others.
    """

    signing: Signer
    sealing: SealingKey
    epoch: bytes
    name: str

    def log_key(self, commune: int) -> Signer:
        """The key of the log that the district writes for this commune in this epoch."""
        return Signer(self._derived(b"mc/district-log/1", commune))

    def log_sealing(self, commune: int) -> SealingKey:
        return SealingKey(self._derived(b"mc/district-seal/1", commune))

    def _derived(self, label: bytes, commune: int) -> bytes:
        info = label + b"\0" + self.epoch + commune.to_bytes(8, "big")
        return HKDF(SHA256(), 32, salt=None, info=info).derive(self.signing.private)


def draw(connection: Connection, name: str) -> Identity:
    """The identity of a new district, kept; raises AlreadyThere("district-there") where one is."""
    if connection.execute(select(server.c.name)).first() is not None:
        raise AlreadyThere("district-there", path=name)
    made = Identity(Signer.generate(), SealingKey.generate(), os.urandom(EPOCH), name)
    _put(connection, _KEYS, made.signing.private + made.sealing.private)
    _put(connection, _EPOCH, made.epoch)
    _put(connection, _NAME, name.encode())
    return made


def load(connection: Connection) -> Identity:
    """Raises NotFound("no-district") where none was made in this database."""
    kept = {row.name: bytes(row.value) for row in connection.execute(select(server))}
    if _KEYS not in kept:
        raise NotFound("no-district")
    keys = kept[_KEYS]
    return Identity(Signer(keys[:32]), SealingKey(keys[32:]), kept[_EPOCH], kept[_NAME].decode())


def _put(connection: Connection, name: str, value: bytes) -> None:
    connection.execute(delete(server).where(server.c.name == name))
    connection.execute(insert(server).values(name=name, value=value))
