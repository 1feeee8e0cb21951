"""What tells a training store from a real one: the commune's id, which every log, bundle and paper goes by.

The id is drawn when the store is made, stands in the first event of each of its logs, and never changes:
nothing that is done later makes a training store a real one.
"""

from __future__ import annotations

from typing import Final

AGENCY: Final = "X00.000"
"""No office's code: real ones begin with G or H (QĐ 20/2020/QĐ-TTg). Read aloud from a paper, it tells."""

_MARK: Final = b"tap-dung"  # of 16 bytes; a real commune draws it by chance once in 2⁶⁴


def commune_id(chance: bytes, *, training: bool) -> bytes:
    """The id of a new commune from 16 random bytes."""
    assert len(chance) == 16
    return _MARK + chance[:8] if training else chance


def is_training(commune: bytes) -> bool:
    return commune.startswith(_MARK)
