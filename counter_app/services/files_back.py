"""Files and pages of a store that was put back or made anew: found here or in backups, and proven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.services.blobs import Blobs
from counter_app.services.file_copies import Copies
from counter_app.store import blobs, erasing, unkept
from counter_app.store.database import Database
from counter_app.store.keeping import Told
from counter_app.system.paths import Places


@dataclass(frozen=True)
class Lost:
    """A file that this machine held, and that is neither here, nor in a backup, nor known to be at the
    district; `code` is that of a dossier which names it."""

    code: str
    digest: bytes


@dataclass(frozen=True)
class Back:
    """`here` lie on this machine and are whole, of which `brought` came out of backups."""

    here: int = 0
    brought: int = 0
    at_district: int = 0
    """Not here: they are fetched when somebody opens them."""
    lost: tuple[Lost, ...] = ()
    pages: int = 0
    """Scanned pages that are on no paper yet, and whose files are here."""
    pages_lost: tuple[tuple[str, int], ...] = ()
    """How many of them nothing brought back, by their dossiers' codes."""

    def to_json(self) -> dict[str, Any]:
        return {
            "files": self.here,
            "files_brought": self.brought,
            "files_at_district": self.at_district,
            "files_missing": [{"code": one.code, "sha256": one.digest.hex()} for one in self.lost],
            "pages": self.pages,
            "pages_missing": [{"code": code, "pages": n} for code, n in self.pages_lost],
        }

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the dossiers that miss a file."""
        return tuple(dict.fromkeys(one.code for one in self.lost if one.code))


def bring_back(
    places: Places, database: Database, copies: Copies, now_ms: int, told: Told = lambda part: None
) -> Back:
    """Puts the files of the store `database`, whose folder is that of `places`, in their place; from then on
    it says which are here.

    Pages that are on no paper yet come back as well; one that nothing brings back is waited for no more.
    A file that a lawful erasure took is none of the store's, and stays away. To do it again is harmless.
    Raises DiskFull, CannotWrite.
    """
    own = Blobs(places.blobs, database.key)
    with database.reading() as connection:
        wanted = [(digest, blobs.find(connection, digest)) for digest in blobs.every(connection)]
    here, gone, brought = list[bytes](), list[bytes](), 0
    for count, (digest, known) in enumerate(wanted, 1):
        if own.is_whole(digest):
            here.append(digest)
        elif copies.bring(own, digest):
            here.append(digest)
            brought += 1
        elif known is not None:
            gone.append(digest)
        told(count / len(wanted))
    with database.writing() as connection:
        for digest in here:
            if (named := blobs.named(connection, digest)) is not None:
                blobs.keep(connection, digest, named[1], now_ms)
        for digest in gone:
            blobs.set_gone(connection, digest)
        safe, lost = _told_apart(connection, gone)
    return Back(len(here), brought, safe, lost, *_pages(Blobs(places.unkept, database.key), database, copies))


def _pages(pile: Blobs, database: Database, copies: Copies) -> tuple[int, tuple[tuple[str, int], ...]]:
    with database.reading() as connection:
        rows, erased = unkept.rows(connection), {one.dossier for one in erasing.noted(connection)}
    lost, gone = Counter[bytes](), list[str]()
    for name, row in rows:
        dossier = unkept.dossier_of(name)
        if dossier in erased:
            gone.append(name)
        elif not all(pile.is_whole(one) or copies.bring(pile, one) for one in unkept.files_of(row)):
            gone.append(name)
            lost[dossier] += 1
    with database.writing() as connection:
        unkept.drop(connection, gone)
        told = tuple((unkept.code_of(connection, dossier), n) for dossier, n in lost.items())
    return len(rows) - len(gone), told


def _told_apart(connection: Any, gone: Sequence[bytes]) -> tuple[int, tuple[Lost, ...]]:
    safe, lost = 0, list[Lost]()
    for digest in gone:
        row = blobs.find(connection, digest)
        if row is not None and row.safe:
            safe += 1
        elif row is not None:
            lost.append(Lost(blobs.code_of(connection, digest), digest))
    return safe, tuple(lost)
