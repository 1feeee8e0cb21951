"""The office's own books: what it writes down that belongs to no dossier, a page for each day or matter.

A page is a story of its own, as a dossier is: its events bear the page's id in the place of a dossier's. So
no book grows into the commune's story, which each start folds whole.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

_LABEL: Final = b"mc/page/1\0"
SHELF: Final = 8  # bytes that the ids of all petitions of a commune begin with
DRAWN: Final = 8  # bytes by which each differs


def cash_page(commune: bytes, day: date) -> bytes:
    """The id, 16 bytes, of the page on which a commune's machines count their drawers of one day."""
    return hashlib.sha256(_LABEL + commune + f"cash/{day.isoformat()}".encode()).digest()[:16]


def day_page(commune: bytes, day: date) -> bytes:
    """The id, 16 bytes, of the page on which a commune's machines close one day."""
    return hashlib.sha256(_LABEL + commune + f"day/{day.isoformat()}".encode()).digest()[:16]


def survey_page(commune: bytes, day: date) -> bytes:
    """The id, 16 bytes, of the page on which a commune's machines enter the survey slips of one day."""
    return hashlib.sha256(_LABEL + commune + f"survey/{day.isoformat()}".encode()).digest()[:16]


def petition_shelf(commune: bytes) -> bytes:
    """What the ids of a commune's petitions begin with, so that the index of stories finds them all.

    Its first bit is set, as that of no dossier is: a UUIDv7 begins with the time, and this one is 6429's.
    """
    raw = bytearray(hashlib.sha256(_LABEL + commune + b"petitions").digest()[:SHELF])
    raw[0] |= 0x80
    return bytes(raw)


def petition_page(commune: bytes, drawn: bytes) -> bytes:
    """The id, 16 bytes, of a new petition's story; `drawn` are 8 random ones.

    Random, though it has a number too: two copies of one store that both go on give one number twice, and
    must not make one story of two petitions.
    """
    if len(drawn) != DRAWN:
        raise ValueError("eight bytes are drawn")
    return petition_shelf(commune) + drawn
