"""The office's own books: what it writes down that belongs to no dossier, a page for each day or matter.

A page is a story of its own, as a dossier is: its events bear the page's id in the place of a dossier's. So
no book grows into the commune's story, which each start folds whole.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

_LABEL: Final = b"mc/page/1\0"


def cash_page(commune: bytes, day: date) -> bytes:
    """The id, 16 bytes, of the page on which a commune's machines count their drawers of one day."""
    return hashlib.sha256(_LABEL + commune + f"cash/{day.isoformat()}".encode()).digest()[:16]
