"""Pages that were scanned and are on no paper yet: sealed on the disk as they come.

A power cut takes none. They are no event and travel nowhere. A row of this machine's own values says what a
page is, a sealed file beside the store's files holds it; both go when the page is on a paper, or given up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from counter_app.domain.attachments import Way
from counter_app.domain.errors import CannotRead, Damaged, NotFound
from counter_app.paper.scanned import FarPicture
from counter_app.services.blobs import Blobs
from counter_app.services.contents import Content, digest_of
from counter_app.services.lookup import folded
from counter_app.services.office import Office
from counter_app.services.page_images import Doubt, Page
from counter_app.store import own
from counter_app.store import unkept as listed


@dataclass(frozen=True)
class Unkept:
    """`id` orders the pages of a dossier as they came; those of one `batch` came together, for the paper
    `number`. `whole` is a file of `sheets` pages that is kept as it is. `source` is the file of the watched
    folder that it came out of, and the SHA-256 of that. `out`: the officer took it out; `moved`: he put it on
    that paper (a code, a number)."""

    id: str
    page: Page
    way: Way
    batch: str
    number: int | None = None
    whole: Content = b""
    sheets: int = 1
    source: tuple[str, bytes] | None = None
    out: bool = False
    moved: tuple[str, int] | None = None


def folder_of(office: Office) -> Blobs:
    return Blobs(office.places.unkept, office.database.key)


def keep(office: Office, dossier: bytes, pages: Sequence[Unkept]) -> list[Unkept]:
    """On the disk at return, from where they are read as they are given back; a page that is there is said
    anew. Raises DiskFull, CannotWrite."""
    folder = folder_of(office)
    rows, found = list[tuple[str, str]](), list[Unkept]()
    for one in pages:
        jpeg, whole = (folder.keep(part) if part else b"" for part in (one.page.picture.jpeg, one.whole))
        row = json.dumps(_row(one, jpeg.hex(), whole.hex()), ensure_ascii=False)
        rows.append((listed.name(dossier, one.id), row))
        picture = one.page.picture.elsewhere(partial(folder.read, jpeg))
        found.append(replace(one, page=replace(one.page, picture=picture), whole=_content(folder, whole)))
    with office.database.writing() as connection:
        for name, row in rows:
            own.put_text(connection, name, row)
    return found


def kept(office: Office, dossier: bytes) -> list[Unkept]:
    """The pages of the dossier as they came. One whose file is gone or broken is forgotten: a store that was
    put back has the rows and not the files. Raises CannotRead."""
    with office.database.reading() as connection:
        rows = listed.rows(connection, dossier)
    folder, found, gone = folder_of(office), [], []
    for name, row in rows:
        try:
            found.append(_read(folder, name, row))
        except (NotFound, Damaged):
            gone.append(name)
    if gone:
        _forget(office, gone)
    return found


def sources(office: Office) -> list[Path]:
    """The files of the watched folder that pages came out of, and that still are what was read of them."""
    with office.database.reading() as connection:
        rows = [json.loads(row)["source"] for _, row in listed.rows(connection)]
    named = {Path(source[0]): bytes.fromhex(source[1]) for source in rows if source}
    return [path for path, digest in named.items() if _is_still(path, digest)]


def drop(office: Office, dossier: bytes, ids: Iterable[str]) -> None:
    """They are on their papers, or given up."""
    _forget(office, [listed.name(dossier, id_) for id_ in ids])


def waiting(office: Office) -> dict[str, int]:
    """How many pages wait whose files are here, by their dossiers' codes; those of one that was erased go."""
    folder = folder_of(office)
    with office.reading() as (connection, where):
        rows = listed.rows(connection)
        found = {name: listed.dossier_of(name) for name, _ in rows}
        stories = {dossier: folded(connection, dossier, where) for dossier in set(found.values())}
    gone = [name for name, dossier in found.items() if stories[dossier].erased is not None]
    if gone:
        _forget(office, gone)
    here = {name for name, row in rows if all(map(folder.has, listed.files_of(row)))}
    left = [stories[dossier].code for name, dossier in found.items() if name in here and name not in gone]
    return {code: left.count(code) for code in dict.fromkeys(left)}


def _forget(office: Office, names: Sequence[str]) -> None:
    """The rows first: a file that nothing names does no harm, a row without its file is a page lost."""
    with office.database.writing() as connection:
        left_over = listed.drop(connection, names)
    folder = folder_of(office)
    for digest in left_over:
        folder.drop(digest)


def _is_still(path: Path, digest: bytes) -> bool:
    try:
        return digest_of(path) == digest
    except CannotRead:
        return False


def _row(one: Unkept, jpeg: str, whole: str) -> dict[str, Any]:
    picture = one.page.picture
    return {
        "jpeg": jpeg,
        "size": [picture.width, picture.height, picture.dpi],
        "grey": picture.grey,
        "doubt": one.page.doubt.value if one.page.doubt else "",
        "codes": list(one.page.codes),
        "way": one.way.value,
        "batch": one.batch,
        "number": one.number,
        "whole": whole,
        "sheets": one.sheets,
        "source": [one.source[0], one.source[1].hex()] if one.source else None,
        "out": one.out,
        "moved": list(one.moved) if one.moved else None,
    }


def _read(folder: Blobs, name: str, row: bytes) -> Unkept:
    said = json.loads(row)
    jpeg, whole = (bytes.fromhex(said[part]) for part in ("jpeg", "whole"))
    for digest in filter(None, (jpeg, whole)):
        for _ in folder.parts(digest):  # raises where it is not whole
            pass
    width, height, dpi = said["size"]
    picture = FarPicture(partial(folder.read, jpeg), width, height, dpi, said["grey"])
    source, moved = said["source"], said["moved"]
    return Unkept(
        name.rpartition("/")[2],
        Page(picture, _doubt(said), tuple(said["codes"])),
        Way(said["way"]),
        said["batch"],
        said["number"],
        _content(folder, whole),
        said["sheets"],
        (source[0], bytes.fromhex(source[1])) if source else None,
        said["out"],
        (moved[0], moved[1]) if moved else None,
    )


def _content(folder: Blobs, digest: bytes) -> Content:
    return partial(folder.open, digest) if digest else b""


def _doubt(said: dict[str, Any]) -> Doubt | None:
    """Rows of before said two of them, each by a word of its own."""
    found = said.get("doubt", next((name for name in ("blank", "blurred") if said.get(name)), ""))
    return Doubt(found) if found in set(Doubt) else None
