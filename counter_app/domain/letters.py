"""Which act of a dossier each letter to the citizen is about, and which letter he is still owed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.lifecycle import OPEN, State

ACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "supplement": ("supplement_requested",),
    "refusal": ("refused",),
    "apology": ("extended",),
    # An applicant's own request ends the work as well (NĐ 118/2025/NĐ-CP, Điều 21).
    "stop": ("stopped", "withdrawn"),
}
"""The kinds of event that each letter is about, by the letter's form."""

_WHILE: Final[Mapping[str, frozenset[State]]] = {
    "supplement": frozenset({State.WAITING_SUPPLEMENT}),
    "refusal": frozenset({State.REFUSED}),
    "apology": OPEN,
    "stop": frozenset({State.STOPPED, State.WITHDRAWN}),
}


def act_of(dossier: Dossier, form: str) -> Entry | None:
    """The last act that the letter would be about."""
    acts = [entry for entry in dossier.entries if entry.name in ACTS[form] and entry.counts]
    return acts[-1] if acts else None


def prints_of(dossier: Dossier, form: str, act: Entry) -> int:
    """How often the letter about this act was printed."""
    about = str(act.ref)
    said = [entry.payload for entry in dossier.prints if entry.payload]
    return sum(one["form"] == form and one.get("about") == about for one in said)


def letters_of(dossier: Dossier) -> tuple[str, ...]:
    """The forms of the letters that there is an act for."""
    return tuple(form for form in ACTS if act_of(dossier, form) is not None)


def owed(dossier: Dossier) -> str:
    """The form of the letter about what the dossier stands at now, where it was never printed; else ""."""
    for form, states in _WHILE.items():
        act = act_of(dossier, form) if dossier.state in states else None
        if act is not None and not prints_of(dossier, form, act):
            return form
    return ""
