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
_KEYS, _EPOCH, _SINCE, _NAME = "keys", "epoch", "since", "name"


@dataclass(frozen=True)
class Identity:
    """`signing` never writes a log itself: it endorses those that do, one for each commune and epoch.

    So a server that was restored, and has forgotten how far its logs went, writes on in others. `since_ms`
    is when that was found, in ms since 1970; 0 in the first epoch.
    """

    signing: Signer
    sealing: SealingKey
    epoch: bytes
    name: str
    since_ms: int = 0

    def log_key(self, commune: int) -> Signer:
        """The key of the log that the district writes for this commune in this epoch."""
        return Signer(self._derived(b"mc/district-log/1", commune))

    def log_sealing(self, commune: int) -> SealingKey:
        return SealingKey(self._derived(b"mc/district-seal/1", commune))

    def desk_key(self, commune: int) -> Signer:
        """The key of the log in which it hands dossiers down: one apart, since a machine outside its days is
        given the district's own word and no dossier."""
        return Signer(self._derived(b"mc/district-desk/1", commune))

    def desk_sealing(self, commune: int) -> SealingKey:
        return SealingKey(self._derived(b"mc/district-desk-seal/1", commune))

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
    keys, since = kept[_KEYS], int.from_bytes(kept.get(_SINCE, b""), "big")
    return Identity(Signer(keys[:32]), SealingKey(keys[32:]), kept[_EPOCH], kept[_NAME].decode(), since)


def current(connection: Connection, who: Identity) -> Identity:
    """The identity in today's epoch: another process may have begun it since `who` was read."""
    epoch = connection.execute(select(server.c.value).where(server.c.name == _EPOCH)).scalar_one()
    return who if bytes(epoch) == who.epoch else load(connection)


def renew(connection: Connection, who: Identity, now_ms: int) -> Identity:
    """A new epoch for a district that was put back in time, unless one was begun since `who` was read."""
    one_at_a_time(connection)
    if (now := current(connection, who)).epoch != who.epoch:
        return now
    _put(connection, _EPOCH, os.urandom(EPOCH))
    _put(connection, _SINCE, now_ms.to_bytes(8, "big"))
    return load(connection)


def one_at_a_time(connection: Connection) -> None:
    """Makes others wait who change the server itself, or count its communes or machines."""
    connection.execute(select(server.c.name).with_for_update()).all()


def _put(connection: Connection, name: str, value: bytes) -> None:
    connection.execute(delete(server).where(server.c.name == name))
    connection.execute(insert(server).values(name=name, value=value))
