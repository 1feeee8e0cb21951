"""One bank reference on two dossiers: a transfer is of one alone, so who marked it by hand is asked about.

Nothing but what is said decides it: the dossier's own payments that count, and which references others bear.
What a statement says of a reference here settles it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method, method_of, reference_key
from counter_app.domain.registers import Conflict, Side

REFERENCE: Final = "reference"
"""The field of the dispute, which ends when one of the dossiers takes its payment back."""


def borne(dossier: Dossier) -> set[str]:
    """The references of its transfers that count, as all spellings have them in common.

    A voided entry bears none, since what it holds goes back; nor is one borne that a statement gives away.
    """
    told = _told(dossier)
    return set(_by_hand(dossier, told)) | {key for key, amount in told.items() if amount > 0}


def disputed(dossier: Dossier, elsewhere: Mapping[str, Sequence[str]]) -> Dossier:
    """The same with a dispute for each reference that officers alone told of here and that others bear too.

    `elsewhere`: the codes of those others, by reference.
    """
    found = tuple(
        Conflict(REFERENCE, (side,), side.event, tuple(sorted(elsewhere[key])))
        for key, side in _by_hand(dossier, _told(dossier)).items()
        if elsewhere.get(key)
    )
    return replace(dossier, conflicts=(*dossier.conflicts, *found)) if found else dossier


def _told(dossier: Dossier) -> dict[str, int]:
    """What statements say of references here, in đồng; 0 where it is another dossier's money."""
    return {key: side.value for key, side, statement in _transfers(dossier) if statement}


def _by_hand(dossier: Dossier, told: Mapping[str, int]) -> dict[str, Side]:
    return {key: side for key, side, statement in _transfers(dossier) if not statement and key not in told}


def _transfers(dossier: Dossier) -> Iterator[tuple[str, Side, bool]]:
    if dossier.state is State.VOIDED:
        return
    for place, entry in enumerate(dossier.entries):
        if (
            entry.name != "paid"
            or not entry.counts
            or not (said := entry.payload)
            or not said.get("reference")
        ):
            continue
        if method_of(said) is not Method.CASH:
            side = Side(entry.ref, said["amount"], True, place)
            yield reference_key(said["reference"]), side, bool(said.get("statement"))
