"""Whose events count: logs that pairing or enrolment let in, their successors, and the district's own.

Of a revoked machine's logs only what the district names counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from counter_app.crypto.signing import LOG, verify
from counter_app.domain.commune import Commune
from counter_app.sync.agreed import Tip, reach
from counter_app.sync.ledger import Readable


class Writer(Protocol):
    """A log, by what its first event states."""

    @property
    def public(self) -> bytes: ...


W = TypeVar("W", bound=Writer)
Opening = Mapping[str, Any] | None


def let_in(
    aside: Iterable[W],
    known: Commune,
    opening: Callable[[W], Opening],
    trusted: Callable[[bytes], bytes | None],
) -> list[tuple[W, bool]]:
    """Those of the logs that are set aside whom the commune's trusted events let in; True for a district's.

    `opening` gives the payload of a log's first event, `trusted` the public key of a log that counts. A log's
    word counts only once it is trusted itself: the caller folds again until nobody more is let in.
    """
    new = []
    for log in aside:
        if _is_the_districts(log.public, opening(log), known.districts):
            new.append((log, True))
        elif log.public in known.paired or _succeeds(log.public, opening(log), trusted):
            new.append((log, False))
    return new


def limits(
    known: Commune, writers: Mapping[bytes, W], opening: Callable[[W], Opening], ledger: Readable
) -> dict[int, int]:
    """Of each branch of a limited log, the place after which its events are set aside.

    A log that succeeds a limited one is limited too, before its first event, until the district names it or
    enrols it: whoever has a stolen machine can begin as many as he likes.
    """
    named = known.limits
    if not named:
        return {}
    left = {name: left_by(opening(log)) for name, log in writers.items() if log.public not in known.paired}
    limited = {log for first in named for log in successors(first, left)}
    far = reach(ledger, [Tip(log, end.seq, end.hash) for log, ends in named.items() for end in ends])
    return {twig.id: far.get(twig.id, 0) for twig in ledger.twigs() if twig.log in limited}


def successors(log: bytes, left: Mapping[bytes, bytes | None]) -> set[bytes]:
    """The log, those that say that they succeed it, and so on; `left`: which log each one says it left."""
    found = {log}
    while new := {name for name, before in left.items() if before in found} - found:
        found |= new
    return found


def left_by(opening: Opening) -> bytes | None:
    """The log that this one says it left."""
    try:
        return bytes.fromhex((opening or {})["left"]["log"])
    except (KeyError, TypeError, ValueError):
        return None


def _succeeds(public: bytes, opening: Opening, trusted: Callable[[bytes], bytes | None]) -> bool:
    """Whether the log that it says it left is trusted, and endorses it."""
    try:
        left = (opening or {})["left"]
        old, endorsed = trusted(bytes.fromhex(left["log"])), bytes.fromhex(left["endorsed"])
    except (KeyError, TypeError, ValueError):
        return False
    return old is not None and verify(old, LOG, public, endorsed)


def _is_the_districts(public: bytes, opening: Opening, districts: frozenset[bytes]) -> bool:
    try:
        named = (opening or {})["district"]
        identity, endorsed = bytes.fromhex(named["ed25519"]), bytes.fromhex(named["endorsed"])
    except (KeyError, TypeError, ValueError):
        return False
    return identity in districts and verify(identity, LOG, public, endorsed)
