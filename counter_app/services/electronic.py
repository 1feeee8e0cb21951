"""Papers that are handed in as files: taken byte for byte, and whether the signature on one still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from counter_app.domain.errors import RuleBroken
from counter_app.services.contents import Content, opened
from counter_app.services.looking import look_at
from counter_app.services.page_images import Doubt, Page, Wish, pages_of

_SHOWN: Final = Wish(dpi=72)


def first_page(content: Content, now: datetime) -> tuple[Page, int]:
    """What such a file is known by on the screen, and how many pages it has. No code in it parts a pile.

    Raises BadInput: those of `look_at`.
    """
    media = look_at(content)
    doubt = Doubt.ALTERED if media.signed and is_altered(content, now) else None
    return replace(next(pages_of(content, _SHOWN)), doubt=doubt, codes=()), media.pages


def is_altered(content: Content, now: datetime) -> bool:
    """Whether a signed PDF says something else than what was signed, as far as that can be looked into.

    Who answers for the signer's name is asked of nobody: there may be no network.
    """
    from counter_app.crypto import pdf_checking  # takes a second, and most files bear no signature
    from counter_app.crypto.pdf_checking import Verdict

    try:
        with opened(content) as file:
            signatures = pdf_checking.check(file, now)
    except RuleBroken:
        return False
    return any(one.verdict in (Verdict.ALTERED, Verdict.ADDED, Verdict.UNREADABLE) for one in signatures)
