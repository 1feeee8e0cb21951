"""Files put on a dossier's papers: looked at, sealed on the disk, then named by an event."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from counter_app.domain.attachments import Attachment, Way, attachments
from counter_app.domain.digitising import NotScanned, Paper, paper_of, require_scan
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.rights import of_act
from counter_app.services.acting import Act, acting, allow, find_one, needed
from counter_app.services.blobs import blobs_of
from counter_app.services.contents import Content, measured, pieces_of, taken
from counter_app.services.looking import Media, look_at
from counter_app.services.office import Office, Session, to_ms
from counter_app.store import blobs
from counter_app.system import paths

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one file: far above what a scanner makes of forty pages."""


@dataclass(frozen=True)
class Given:
    """A file to attach; `pages` is what the officer counted on paper, 0 where he did not."""

    content: Content
    pages: int = 0


@dataclass(frozen=True)
class Attached:
    """`again` where that component had the very same file already, and nothing was written."""

    digest: bytes
    size: int
    pages: int
    again: bool = False


def content_of(office: Office, path: Path) -> Content:
    """A file as it lies there now, looked at for its size before it is read.

    Raises CannotRead, BadInput("attachment-too-large"), DiskFull, CannotWrite.
    """
    with suppress(OSError):  # what it is about, the reading says
        if path.stat().st_size > LARGEST:
            raise BadInput("attachment-too-large", field="file", limit=LARGEST // 1024 // 1024)
    return taken(office, path, LARGEST)


def attach(
    office: Office,
    session: Session,
    code: str,
    number: int,
    given: Sequence[Given],
    *,
    way: Way = Way.FILE,
    at: datetime | None = None,
) -> list[Attached]:
    """All files on the component of that number (0: the result), or none.

    They are on the disk before the event is. Raises BadInput("no-such-component" | "attachment-empty" |
    "attachment-too-large" | "attachment-unknown" | "attachment-unreadable" | "pages-differ"),
    NotAllowed("no-result-yet" | "paper-shown" | "paper-electronic" | "paper-opinion" | "paper-secret").
    """
    if not given:
        raise BadInput("empty", field="file")
    session.require(of_act("attached"))
    seen = [_looked_at(one) for one in given]
    with office.reading() as (connection, where):
        dossier = find_one(connection, where, code)
        allow(dossier, "attached")
        _paper(dossier, number, way)
    folder = blobs_of(office)
    for one in seen:  # while others may write to the store
        folder.put(one.digest, pieces_of(one.content))
    with acting(office, session, code, "attached", at) as act:
        paper = _paper(act.dossier, number, way)
        before = {one.sha256 for one in paper.files if one.counts}
        made = []
        for one in seen:
            made.append(Attached(one.digest, one.size, one.media.pages, one.digest in before))
            if one.digest not in before:
                # Again, should it have been erased or have left meanwhile.
                folder.put(one.digest, pieces_of(one.content))
                _write(act, paper, one.digest, one.size, one.media, way)
                blobs.keep(act.pen.connection, one.digest, one.size, to_ms(act.now))
            before.add(one.digest)
    return made


def _paper(dossier: Dossier, number: int, way: Way) -> Paper:
    paper = paper_of(dossier, number)
    require_scan(paper, way, not_scanned(), code=dossier.code)
    return paper


@dataclass(frozen=True)
class _Seen:
    content: Content
    digest: bytes
    size: int
    media: Media


def _looked_at(given: Given) -> _Seen:
    digest, size = measured(given.content)
    if not size:
        raise BadInput("attachment-empty", field="file")
    if size > LARGEST:
        raise BadInput("attachment-too-large", field="file", limit=LARGEST // 1024 // 1024)
    media = look_at(given.content)
    if given.pages and given.pages != media.pages:
        raise BadInput("pages-differ", field="pages", counted=given.pages, found=media.pages)
    return _Seen(given.content, digest, size, media)


def _write(act: Act, paper: Paper, digest: bytes, size: int, media: Media, way: Way) -> None:
    said = {"component": paper.number, "sha256": digest.hex(), "bytes": size, "name": paper.name}
    told = {"media": media.type, "pages": media.pages, "way": way.value}
    act.write("attached", **said, **told, **({"signed": True} if media.signed else {}))


def detach(office: Office, session: Session, code: str, digest: str, reason: str) -> None:
    """The file was put there by mistake: it stays in the story, and counts no more.

    `digest` is the SHA-256 in hex, or a beginning that no other file of the dossier has. Raises
    NotFound("no-such-attachment"), NotAllowed("attachment-of-several").
    """
    with acting(office, session, code, "corrected") as act:
        found = _named(attachments(act.dossier), needed(digest, "sha256").lower(), act.dossier.code)
        events = [str(one.ref) for one in found]
        act.write("voided", set={}, events=events, reason=needed(reason, "reason"))


def _named(every: Sequence[Attachment], wanted: str, code: str) -> list[Attachment]:
    found = [one for one in every if one.counts and one.sha256.hex().startswith(wanted)]
    if not found:
        raise NotFound("no-such-attachment", code=code, sha256=wanted)
    if len({one.sha256 for one in found}) > 1:
        raise NotAllowed("attachment-of-several", code=code, sha256=wanted)
    return found


@lru_cache(maxsize=1)
def not_scanned() -> tuple[NotScanned, ...]:
    """The papers that the program's table says are not scanned."""
    with paths.resource("digitisation/not-scanned.csv").open(encoding="utf-8", newline="") as file:
        return tuple(NotScanned(row["words"], row["why"]) for row in csv.DictReader(file))
