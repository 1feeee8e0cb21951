"""Keeps what an opening of a damaged store would take away: its write-ahead log, its file as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

from counter_app.store import wal
from counter_app.system import files


def keep(log_before: bytes, store: Path) -> None:
    """The file and its log as they lay before the opening; those that were kept first stay.

    To be called before the close, which writes the log into the file, whether it belongs to it or not. Raises
    DiskFull or CannotWrite.
    """
    if len(log_before) <= wal.HEAD:
        return
    if not wal.kept_of(store).exists():
        files.write_atomically(wal.kept_of(store), log_before)
    if not wal.file_of(store).exists():
        _copy(store, wal.file_of(store))


def _copy(store: Path, beside: Path) -> None:
    part = beside.with_name(beside.name + ".part")
    try:
        shutil.copyfile(store, part)
        files.move_into_place(part, beside)
    except OSError as error:
        raise files.cannot_write(beside, error) from error
