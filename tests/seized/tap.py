"""Runs a program so that every byte it writes to a file is kept, also of files that it removes again."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_SIZES: Final = struct.Struct("=II")


def tapped(folder: Path, module: str, *words: str, environment: Mapping[str, str]) -> tuple[str, Path]:
    """What `python -m module words…` printed, and the record of what it wrote; it must succeed."""
    library, record = folder / "tap.so", folder / "written"
    source = Path(__file__).with_name("tap.c")
    command = [
        "cc",
        "-shared",
        "-fPIC",
        "-O1",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-o",
        str(library),
        str(source),
    ]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True)
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment, "LD_PRELOAD": str(library), "COUNTER_TAP": str(record)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, record


def written(record: Path) -> Iterator[tuple[str, bytes]]:
    """Each write: the file's path as it was called then, and the bytes."""
    data, at = record.read_bytes(), 0
    while at < len(data):
        name, size = _SIZES.unpack_from(data, at)
        at += _SIZES.size
        yield data[at : at + name].decode(errors="replace"), data[at + name : at + name + size]
        at += name + size
