"""Where the district's whole files lie: in its own folder, or in a bucket of an S3-compatible store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.errors import CannotRead, Damaged, NotFound


class Depot(Protocol):
    """Whole files, sealed under this server's key; `digest` is the SHA-256 of a file's content."""

    def put(self, digest: bytes, parts: Iterable[bytes]) -> None:
        """The file is durable; in memory is no more of it than a part.

        Raises Damaged where the parts are not the file of that digest, Surroundings: it is not there then.
        """

    def has(self, digest: bytes) -> bool:
        """Whether its file is there; raises Surroundings where nobody can tell."""

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        """`size` bytes from `offset`, fewer at its end; raises NotFound, Damaged, Surroundings."""

    def drop(self, digest: bytes) -> None:
        """Its file is gone; raises Surroundings."""


@dataclass(frozen=True)
class Both:
    """New files go into the one; what still lies in the other, where they were before, is found too."""

    depot: Depot
    before: Depot

    def put(self, digest: bytes, parts: Iterable[bytes]) -> None:
        self.depot.put(digest, parts)

    def has(self, digest: bytes) -> bool:
        return self.before.has(digest) or self.depot.has(digest)

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        with suppress(NotFound, Damaged, CannotRead):
            return self.before.piece(digest, offset, size)
        return self.depot.piece(digest, offset, size)

    def drop(self, digest: bytes) -> None:
        self.depot.drop(digest)
        self.before.drop(digest)


@dataclass(frozen=True)
class Chosen:
    """The one that is chosen at the moment: a server that runs follows its settings."""

    now: Callable[[], Depot]

    def put(self, digest: bytes, parts: Iterable[bytes]) -> None:
        self.now().put(digest, parts)

    def has(self, digest: bytes) -> bool:
        return self.now().has(digest)

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        return self.now().piece(digest, offset, size)

    def drop(self, digest: bytes) -> None:
        self.now().drop(digest)
