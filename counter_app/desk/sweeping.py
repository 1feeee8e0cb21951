"""Garbage: collected on the window's thread alone, and the old of it only while nobody waits for it."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_OFTEN: Final = 200  # ms


def sweep_here(owner: QObject) -> QTimer:
    """Collects what is young, some times a second, on the window's thread: what a busy lane makes in a whole
    second would hold a key for fifty milliseconds.

    Python collects on whatever thread happens to allocate, and a widget that dies in a lane takes the whole
    program with it.
    """
    gc.disable()
    timer = QTimer(owner)
    timer.timeout.connect(_sweep)
    timer.start(_OFTEN)
    return timer


def sweep_all() -> None:
    """Collects everything: a tenth of a second or two, for when nobody sits here, or looks elsewhere."""
    gc.unfreeze()
    gc.collect()


def _sweep() -> None:
    full = [g for g, (n, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if n > most]
    if full:
        gc.collect(min(1, full[-1]))
    if 2 in full:
        gc.freeze()  # what has grown old is not gone through again until `sweep_all`
