"""Where logs lie, as an exchange sees it: a store and a district keep them in tables of their own.

A log is one branch until it is found forked: then the branch ends, and each of its two or more children goes
on with another event. Logs and branches have the numbers that their ledger gave them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from counter_app.crypto.proof import Introduction, Proven
from counter_app.domain.runs import Packed


class Known(NamedTuple):
    """A log that was met before, and the key that its signatures must fit."""

    id: int
    public: bytes


class Twig(NamedTuple):
    """A branch: `parent` is None for the one that the log began with; `first` is its first event's seq."""

    id: int
    log: bytes
    parent: int | None
    first: int


class Held(NamedTuple):
    """An event that is here already; `absent` as in events.Absent."""

    branch: int
    absent: str


Named = tuple[bytes, int, bytes]
"""An event by its log, its seq there, and its hash."""


class Row(NamedTuple):
    """An event on its way out."""

    seq: int
    dossier: bytes
    packed: Packed


class Readable(Protocol):
    def twigs(self) -> Iterable[Twig]:
        """All branches of all logs, a log's branches together and each after its parent."""

    def head(self, branch: int) -> tuple[int, bytes] | None:
        """The seq and hash of a branch's last event; None where it has none."""

    def hash_at(self, branch: int, seq: int) -> bytes | None: ...

    def after(self, branch: int, seq: int) -> Iterator[Row]:
        """The branch's events after that seq, in their order."""

    def signed_after(self, branch: int, seq: int) -> Iterator[tuple[int, bytes]]:
        """(seq, signature) of the branch after that seq, in their order."""

    def last_signed(self, branch: int) -> int | None: ...

    def salts(self, branch: int, dossiers: Collection[bytes]) -> Mapping[bytes, bytes]:
        """The salts that the log drew for them, on this branch or before it parted, where it drew any."""

    def branch_of(self, log: bytes, seq: int, hash_: bytes) -> int | None:
        """The branch that holds the event."""

    def hashes_at(self, log: bytes, seq: int) -> list[bytes]:
        """The hashes that stand there, one for each branch that reaches so far."""

    def held(self, named: Collection[Named]) -> Mapping[bytes, Held]:
        """Those of the events that are here, by their hashes."""


class Ledger(Readable, Protocol):
    def find(self, log: bytes) -> Known | None: ...

    def add_log(self, who: Introduction) -> int:
        """Begins a log with its first branch."""

    def root(self, log_id: int) -> int:
        """The branch that the log began with."""

    def parts_at(self, branch: int, seq: int) -> bool:
        """Whether children of the branch begin there."""

    def add_branch(self, log_id: int, parent: int, seq: int, hash_: bytes) -> int: ...

    def part(self, log_id: int, branch: int, seq: int, hash_: bytes) -> None:
        """Moves what stands at and after `seq` into a branch of its own, which begins with `hash_`."""

    def add_salts(self, branch: int, salts: Mapping[bytes, bytes]) -> None:
        """Keeps the dossiers' salts where the branch has none."""

    def add(self, branch: int, events: Sequence[tuple[Proven, bytes | None]]) -> None:
        """Appends to the branch; with each event its payload's key, where no salt of the branch gives it."""

    def complete(self, branch: int, event: Proven, key: bytes | None) -> None:
        """Puts in the payload of an event that an earlier carrier had left out."""

    def sign(self, branch: int, seq: int, signature: bytes) -> None: ...
