"""The second place for what was last printed: it tells when the database alone was put back in time.

One short line is added, with fsync, after each commit that gives out a number and before its paper comes out:
`log seq day prefix width last`, a line feed before and after it. It holds no names. A database that knows
less than these lines is an old copy: it goes on under a new log, and no number is given out twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from counter_app.domain.codes import Series
from counter_app.system import files
from counter_app.system.paths import Places

_LARGEST: Final = 256 * 1024  # bytes; some 4,000 receipts, then only the newest line of each day is kept


class Mark(NamedTuple):
    """What had been written and given out when a receipt was printed."""

    log: str
    seq: int
    day: str
    prefix: str
    width: int
    last: int


def add(places: Places, log: bytes, seq: int, series: Series) -> None:
    """Keeps what was just given out; raises DiskFull or CannotWrite, the dossier then being safe already."""
    line = f"\n{log.hex()} {seq} {series.day.isoformat()} {series.prefix} {series.width} {series.last}\n"
    try:
        # A line feed first, so that a line torn by a power cut spoils none but itself.
        descriptor = os.open(places.marks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line.encode())
            os.fsync(descriptor)
            long = os.fstat(descriptor).st_size > _LARGEST
        finally:
            os.close(descriptor)
        if long:
            _shorten(places)
    except OSError as error:
        raise files.cannot_write(places.marks, error) from error


def all_of(places: Places) -> Iterator[Mark]:
    """Every whole line, oldest first."""
    if not places.marks.exists():
        return
    for line in files.read_bytes(places.marks).decode("ascii", "replace").split("\n")[:-1]:
        parts = line.split(" ")
        try:
            log, seq, day, prefix, width, last = parts
            date.fromisoformat(day)
            yield Mark(log, int(seq), day, prefix, int(width), int(last))
        except ValueError:
            continue


def last_seqs(places: Places) -> dict[bytes, int]:
    """For each log, the highest place that a printed receipt rests on."""
    highest: dict[bytes, int] = {}
    for mark in all_of(places):
        with suppress(ValueError):
            log = bytes.fromhex(mark.log)
            highest[log] = max(mark.seq, highest.get(log, 0))
    return highest


def _shorten(places: Places) -> None:
    newest = {(mark.log, mark.day): mark for mark in all_of(places)}
    text = "".join(" ".join(map(str, mark)) + "\n" for mark in list(newest.values())[-1000:])
    files.write_atomically(places.marks, text.encode())
