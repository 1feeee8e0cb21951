"""Lawful erasure: which payloads of a dossier are gone once a tombstone stands, and what it keeps.

An event `erased` names the act of law, when it is `dated` and who decided it, and keeps of the dossier what
says nothing of a person: its codes, its procedure, when and how it came, how it stood, its lines in the
register (`places`) and its numbers in the certification registers (`registers`), which no other may bear.
Every payload of the dossier is gone whose author had not seen the tombstone: what a machine wrote meanwhile
that did not know of it is erased with the rest. Headers, hashes and the proofs of payloads stay, so that each
chain still verifies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from counter_app.domain.events import Event
from counter_app.domain.order import Arranged

if TYPE_CHECKING:
    from counter_app.domain.fold import Dossier
    from counter_app.domain.petitions import Petition

KIND: Final = "erased"
_KEPT: Final = ("procedure", "received_at", "channel")


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


def kept_of_petition(petition: Petition) -> dict[str, Any]:
    """What the tombstone of a petition says of it: its numbers, when and how it came, how it stood."""
    known = {"received_at": (petition.reception or {}).get("received_at", ""), "channel": petition.source}
    said = {name: value for name, value in known.items() if value}
    return {"codes": list(petition.numbers), **said, "state": petition.stage.value}


def kept_of(dossier: Dossier) -> dict[str, Any]:
    """What a tombstone says of the dossier as it stands."""
    known = {name: dossier.values[name] for name in _KEPT if dossier.values.get(name)}
    numbered = {
        "places": [{"volume": volume, "number": number} for volume, number in dossier.places],
        "registers": [{"volume": one.volume, "entry": one.number} for one in dossier.register_numbers],
    }
    lines = {name: found for name, found in numbered.items() if found}
    return {"codes": list(dossier.codes), **known, **lines, "state": dossier.state.value}
