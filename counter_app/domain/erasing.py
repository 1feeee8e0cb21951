"""Lawful erasure: which payloads of a dossier are gone once a tombstone stands, and what it keeps.

An event `erased` names the act of law, when it is `dated` and who decided it, and keeps of the dossier what
says nothing of a person: its codes, its procedure, when and how it came, how it stood, its lines in the
register (`places`), its numbers in the certification registers (`registers`), which no other may bear, and
what physically happened: each sum that counts (`money`, by the event that told of it) and when the result
went out (`given`), so that no cash book and no day's figures change.
Every payload of the dossier is gone whose author had not seen the tombstone: what a machine wrote meanwhile
that did not know of it is erased with the rest. Headers, hashes and the proofs of payloads stay, so that each
chain still verifies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from counter_app.domain.events import Event
from counter_app.domain.order import Arranged

KIND: Final = "erased"


def gone(arranged: Arranged, stands: Sequence[bool]) -> frozenset[int]:
    """The places of the events whose payload is erased; `stands` says of each place whether a tombstone that
    is read stands there. Tombstones themselves stay, all of them."""
    tombs = [place for place, is_tomb in enumerate(stands) if is_tomb]
    if not tombs:
        return frozenset()
    return frozenset(
        place
        for place in range(len(arranged.events))
        if not stands[place] and not any(arranged.reaches(place, tomb) for tomb in tombs)
    )


def is_tombstone(event: Event) -> bool:
    return event.header.kind == KIND
