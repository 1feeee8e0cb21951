"""Which scanned files and pages a backup of the store needs, and how their copies are made."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from counter_app.crypto.blobs import sealed_size
from counter_app.domain.errors import CannotRead, Damaged, NotFound
from counter_app.services.blobs import Blobs, place_in
from counter_app.services.file_copies import INSIDE, Listing, lies, write_whole
from counter_app.store import blobs, unkept
from counter_app.store.database import Database
from counter_app.store.keeping import Told
from counter_app.system import files
from counter_app.system.paths import Places


@dataclass(frozen=True)
class _Wanted:
    """`size` in bytes, sealed; None of a page whose file does not lie here. `safe`: the district has it."""

    digest: bytes
    name: str
    size: int | None
    folder: Blobs
    here: bool
    safe: bool = False
    page: bool = False


_Put = Callable[[str, _Wanted], int]


class Gathering:
    """The files that a backup of the store needs, and their copies."""

    def __init__(self, places: Places, database: Database, *, everything: bool) -> None:
        """As the store stands now: it is asked after the copy of the database was made."""
        self._database = database
        own, pile = Blobs(places.blobs, database.key), Blobs(places.unkept, database.key)
        with database.reading() as connection:
            kept = blobs.to_back_up(connection, everything=everything)
            self._safe = blobs.safe_count(connection)
            pages = unkept.files(connection)
        wanted = [_of_paper(own, one) for one in kept]
        names = {one.name for one in wanted}
        self._pages = [one for one in (_of_pile(pile, page) for page in pages) if one.name not in names]
        self._wanted = wanted + self._pages

    def missing_bytes(self, folder: Path) -> int:
        """What the copies that do not lie in the folder yet will take."""
        return sum(
            one.size or 0 for one in self._wanted if one.here and lies(folder, one.name, one.size) is None
        )

    def pages_beside(self, folder: Path) -> Mapping[str, int]:
        """Brings the pages alone into the folder; the names of their copies, with their bytes.

        Asked before the database is copied: a page of that copy may be on its paper by the time that the rest
        is asked for. Raises DiskFull, CannotWrite.
        """
        return self._each(self._pages, _into(folder), _lying_in(folder), lambda part: None).held

    def beside(self, folder: Path, told: Told, also: Mapping[str, int]) -> Listing:
        """Brings into the folder what it lacks, each file whole and on the disk before the next; `also` has
        the pages that lie there already.

        Raises DiskFull, CannotWrite: what is there by then stays, for the next try.
        """
        return _with(self._each(self._wanted, _into(folder), _lying_in(folder), told), also)

    def inside(self, archive: zipfile.ZipFile, told: Told, also: Mapping[str, int], pages: Path) -> Listing:
        """Puts all of them into the backup itself, those of `also` out of the folder `pages`.

        Raises OSError.
        """

        def put(name: str, one: _Wanted) -> int:
            if not one.folder.is_whole(one.digest):
                raise Damaged("attachment-damaged")
            with archive.open(INSIDE + name, "w") as kept:
                return sum(map(kept.write, one.folder.sealed(one.digest)))

        found = self._each(self._wanted, put, lambda name, size: None, told)
        for name in also.keys() - found.held.keys():
            archive.write(place_in(pages, name), INSIDE + name)
        return _with(found, also)

    def _each(
        self, wanted: Iterable[_Wanted], put: _Put, lying: Callable[[str, int | None], int | None], told: Told
    ) -> Listing:
        wanted = list(wanted)
        held, lacking, pages = dict[str, int](), list[str](), 0
        whole, done = sum(one.size or 0 for one in wanted), 0
        for one in wanted:
            if (there := lying(one.name, one.size)) is not None:
                held[one.name] = there
            elif (made := _made(put, one)) is not None:
                held[one.name] = made
            elif self._still_needed(one):
                lacking.append(one.name)
            pages += one.page and one.name in held
            done += one.size or 0
            told(done / max(1, whole))
        safe_here = sum(one.safe for one in wanted)
        return Listing(held, tuple(lacking), max(0, self._safe - safe_here), pages)

    def _still_needed(self, one: _Wanted) -> bool:
        """Not where it left this machine or its pile meanwhile, or was erased."""
        if one.page:
            return one.folder.has(one.digest)
        with self._database.reading() as connection:
            now = blobs.find(connection, one.digest)
        return now is not None and not now.safe


def _of_paper(own: Blobs, one: blobs.Kept) -> _Wanted:
    name = own.keys.name(one.digest)
    return _Wanted(one.digest, name, sealed_size(one.size), own, one.here, one.safe)


def _of_pile(pile: Blobs, digest: bytes) -> _Wanted:
    path = pile.path(digest)
    size = path.stat().st_size if path.is_file() else None
    return _Wanted(digest, path.name, size, pile, size is not None, page=True)


def _made(put: _Put, one: _Wanted) -> int | None:
    try:
        return put(one.name, one)
    except (NotFound, Damaged, CannotRead):
        return None


def _into(folder: Path) -> _Put:
    def put(name: str, one: _Wanted) -> int:
        place = place_in(folder, name)
        files.shared_folder(place.parent)
        return write_whole(place, one.folder.sealed(one.digest))

    return put


def _lying_in(folder: Path) -> Callable[[str, int | None], int | None]:
    return lambda name, size: lies(folder, name, size)


def _with(found: Listing, also: Mapping[str, int]) -> Listing:
    more = {name: size for name, size in also.items() if name not in found.held}
    held = {**found.held, **more}
    return Listing(held, found.lacking, found.at_district, found.pages + len(more))
