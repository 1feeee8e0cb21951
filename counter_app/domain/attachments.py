"""The files that a dossier's events name: scanned papers, files that were handed in, the result's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.events import Ref

RESULT: Final = 0
"""The number under which the result is attached; components count from 1."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Way(StrEnum):
    """How a file came to a component."""

    SCANNER = "scanner"
    FOLDER = "folder"
    CAMERA = "camera"
    FILE = "file"
    ELECTRONIC = "electronic"  # handed in as a file: there was no paper
    REUSED = "reused"  # taken from the agency's own store, and not asked for again


@dataclass(frozen=True)
class Attachment:
    """A file of `size` bytes, known by its SHA-256; `pages` is 0 where nobody counted them."""

    component: int
    name: str
    sha256: bytes
    size: int
    pages: int
    media: str
    way: Way
    signed: bool
    counts: bool
    ref: Ref


def attachments(dossier: Dossier) -> tuple[Attachment, ...]:
    """All files of the dossier in the order of its story, those that were attached by mistake too."""
    return tuple(found for entry in dossier.entries if (found := _read(entry)) is not None)


def _read(entry: Entry) -> Attachment | None:
    said = entry.payload
    if entry.name != "attached" or said is None or not _SHA256.fullmatch(said["sha256"]):
        return None  # a name that no file can have
    way = said.get("way", "")
    return Attachment(
        said["component"],
        said.get("name", ""),
        bytes.fromhex(said["sha256"]),
        said["bytes"],
        said.get("pages", 0),
        said.get("media", ""),
        Way(way) if way in set(Way) else Way.FILE,
        bool(said.get("signed")),
        entry.counts,
        entry.ref,
    )
