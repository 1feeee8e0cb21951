"""What a batch may come to when it is opened, so that few bytes cannot become many things."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 1024 * 1024
"""Bytes of its columns, and of its payloads."""
MOST_EVENTS: Final = 16_384
MOST_RUNS: Final = 256
"""Their signatures alone fill the largest batch that a link can bear; each costs a proof."""
