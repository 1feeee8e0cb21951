"""Keeps what an opening of a damaged store would take away: its write-ahead log, its file as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

from counter_app.store import wal
from counter_app.system import files


def keep_log(content: bytes, store: Path) -> None:
    """Puts the log where no opening takes it away, the first one that was found; raises DiskFull or
    CannotWrite."""
    if len(content) > wal.HEAD and not wal.kept_of(store).exists():
        files.write_atomically(wal.kept_of(store), content)


def keep_file(store: Path) -> None:
    """Copies the file beside itself; raises DiskFull or CannotWrite."""
    beside = wal.file_of(store)
    part = beside.with_name(beside.name + ".part")
    try:
        shutil.copyfile(store, part)
        files.move_into_place(part, beside)
    except OSError as error:
        raise files.cannot_write(beside, error) from error
