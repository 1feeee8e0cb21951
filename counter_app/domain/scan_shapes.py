"""What a scan looks like: its text is one of our forms, and its keys come evenly."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from counter_app.domain.card import looks_like_card
from counter_app.domain.codes import looks_like_code
from counter_app.domain.receipt_code import looks_like_receipt

_SPREAD: Final = 24  # ms between the shortest and the longest pause: two polls of a slow keyboard, and some


def is_form(text: str) -> bool:
    """Whether it is, whole, a dossier's code, a card's QR or a receipt's. No row of digits alone is one."""
    return looks_like_code(text) or looks_like_card(text) or looks_like_receipt(text)


def is_even(pauses: Sequence[int]) -> bool:
    """Whether keys with these pauses (ms) came at one pace, as no hand keeps it for long.

    The pauses of a hand vary by a third and more of their mean (Dhakal et al., CHI 2018).
    """
    if len(pauses) < 3:
        return True
    return max(pauses) - min(pauses) <= max(_SPREAD, median(pauses) / 2)
