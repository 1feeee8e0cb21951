"""Whose events count: logs that pairing or enrolment let in, their successors, and the district's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from counter_app.crypto.signing import LOG, verify
from counter_app.domain.commune import Commune


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
