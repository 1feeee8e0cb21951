"""Copies of the store that were made before something was erased: which they are, and when they go.

A backup that may hold erased content goes once a newer one stands, was opened and verified: the office is
never without a good one. What the machine cannot reach is named in a list. Beside the backups lies a small
file of what was erased, so that an older one, if it is restored, does not bring it back:

    one line for each: id of the story, 32 hex digits | space | moment, ms since 1970 | space | mark

    mark = HMAC-SHA-256(store key, "mc/erased/1" ‖ 00 ‖ id ‖ moment as 8 bytes), 64 hex digits

and one for each tombstone that is known, sealed under the store's key (crypto/lines.py): a JSON list of the
id and of what the tombstone says, without who decided it and why. A restored copy gets a tombstone again.
A line that another key made is passed by.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from counter_app.crypto import lines
from counter_app.domain import erasing as tombstones
from counter_app.domain import hlc, kinds, remains, rotation
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.events import Event
from counter_app.domain.fold import fold
from counter_app.domain.petitions import fold_petition
from counter_app.services import backup_files, drill, file_copies
from counter_app.services.backup_files import Backup
from counter_app.services.file_copies import Listing
from counter_app.services.office import Office
from counter_app.store import erasing, own
from counter_app.store.writer import SYSTEM, Writer
from counter_app.system import files

_LIST: Final = "sao-luu-{}-da-xoa.txt"
_LABEL: Final = b"mc/erased/1\0"
_SEALED: Final = b"mc/erased/2\0"
_ABOUT_IT: Final = ("decided_by", "reason")  # of a tombstone: they may name somebody
_UNKNOWN: Final = (
    "văn bản ghi ở kho trước khi khôi phục"  # the act, where the list of an earlier version has none
)
_LARGEST: Final = 16 * 1024 * 1024  # bytes of such a list that are read
_MADE: Final = "backup/file/"  # own: a backup that somebody had made into a file of his own, by its path


@dataclass(frozen=True)
class Copy:
    """A copy of the store; `holds` where it may hold what was erased since, `there` where it is in reach."""

    place: str
    """home, second (the second disk or stick), set_aside (by a restore), file (somebody's own), files (the
    scanned files that lie beside backups)."""
    path: Path
    made: datetime | None
    holds: bool
    there: bool = True
    files: Listing | None = None
    """What a backup says of scanned files; None where it cannot be read now."""


def erased_at(office: Office, story: bytes | None = None) -> datetime | None:
    """When something, or the content of that story, was last taken out of this store."""
    with office.database.reading() as connection:
        every = [one.at_ms for one in erasing.noted(connection) if story in (None, one.dossier)]
    return hlc.moment(hlc.at(max(every))) if every else None


def folders(office: Office, *, make: bool = False) -> list[Path]:
    """Where this machine's backups lie, as far as it reaches them now; `make` makes the first of them.

    Raises DiskFull, CannotWrite.
    """
    store, chosen = backup_files.store_of(office.places), office.settings
    home = backup_files.home(office.places, chosen)
    found = [files.shared_folder(home) if make else home]
    if chosen.backup_second and backup_files.is_marked(second := Path(chosen.backup_second), store):
        found.append(second)
    return found


def remember(office: Office, target: Path) -> None:
    """A backup was made into a file of somebody's own, which no rotation knows."""
    with office.database.writing() as connection:
        own.put_text(connection, _MADE + str(target.resolve()), office.now().isoformat())


def tell(office: Office, places: Iterable[Path]) -> None:
    """Writes beside the backups in these folders what was erased; raises DiskFull, CannotWrite."""
    key, rows = office.database.key, list[str]()
    with office.database.reading() as connection:
        for one in erasing.noted(connection):
            rows.append(f"{one.dossier.hex()} {one.at_ms} {_mark(key, *one).hex()}\n")
            said = erasing.tombstone(connection, one.dossier)
            if told := {name: value for name, value in said.items() if name not in _ABOUT_IT}:
                word = json.dumps([one.dossier.hex(), told], separators=(",", ":")).encode()
                rows.append(lines.sealed(key, _SEALED, word) + "\n")
    if not rows:
        return
    name, content = _LIST.format(backup_files.store_of(office.places)), "".join(rows).encode()
    for folder in places:
        if folder.is_dir():
            files.write_atomically(folder / name, content)


Erased = dict[bytes, Mapping[str, Any]]
"""What was erased, by id, with what its tombstone says; with nothing where that is not known."""


def told(places: Iterable[Path], key: bytes) -> Erased:
    """What was erased of the store of that key, as the lists in the folders say, where they can be read."""
    found: Erased = {}
    for folder in places:
        with suppress(OSError):
            for path in sorted(folder.glob(_LIST.format("*"))):
                with path.open("rb") as file:
                    for story, said in _read(file.read(_LARGEST), key):
                        found[story] = said or found.get(story, {})
    return found


def noted(connection: Any) -> Erased:
    """What was erased of a store, as it says itself."""
    return {one.dossier: erasing.tombstone(connection, one.dossier) for one in erasing.noted(connection)}


def leave_out(pen: Writer, erased: Erased) -> None:
    """Takes out of a restored copy what was erased after it was made: a tombstone is written anew.

    Of a dossier that came and went since, the tombstone alone; of a petition of that kind nothing.
    """
    for story, said in sorted(erased.items()):
        erasing.note(pen.connection, story, pen.now_ms)
        known = pen.events_of(story)
        if known and fold(story, known).erased is not None:
            pen.touch(story)
        elif known or "procedure" in said:
            try:
                pen.append(tombstones.KIND, story, said, SYSTEM)
            except BadInput:
                pen.append(tombstones.KIND, story, _kept(story, known), SYSTEM)


def _kept(story: bytes, known: list[Event]) -> Mapping[str, Any]:
    """What a tombstone keeps as the copy has it; not how it stood, which may have changed since."""
    book = any(event.header.kind in kinds.OF_BOOK for event in known)
    kept = (
        remains.kept_of_petition(fold_petition(story, known)) if book else remains.kept_of(fold(story, known))
    )
    return {"act": _UNKNOWN, **{name: value for name, value in kept.items() if name != "state"}}


def _read(content: bytes, key: bytes) -> Iterator[tuple[bytes, Mapping[str, Any]]]:
    for line in content.decode(errors="replace").splitlines():
        with suppress(ValueError, OverflowError):
            if " " not in line:
                id_, said = json.loads(lines.opened(key, _SEALED, line))
                yield bytes.fromhex(id_), said
                continue
            id_, at, mark = line.split(" ")
            one = erasing.Noted(bytes.fromhex(id_), int(at))
            if hmac.compare_digest(_mark(key, *one), bytes.fromhex(mark)):
                yield one.dossier, {}


def _mark(key: bytes, dossier: bytes, at_ms: int) -> bytes:
    return hmac.digest(key, _LABEL + dossier + at_ms.to_bytes(8, "big"), "sha256")


def drop(office: Office, places: Iterable[Path], made: Backup) -> int:
    """How many backups of the store went from the folders, in each of which `made` stands.

    None where `made` is older than the last erasure, or cannot be opened and verified now.
    """
    erased, store = erased_at(office), backup_files.store_of(office.places)
    if erased is None:
        return 0
    gone: list[Path] = []
    places = list(places)
    for folder in places:
        every = backup_files.listed(folder, store)
        times = rotation.holding([one.at for one in every], made.at, erased, office.now())
        if (folder / made.path.name).is_file():
            gone += [one.path for one in every if one.at in times and one.path.name != made.path.name]
    if not gone or not _is_good(office, made):
        return 0
    for path in gone:
        with suppress(OSError):
            path.unlink()
    for folder in places:
        backup_files.drop_unnamed(folder, store)
    return sum(not path.exists() for path in gone)


def _is_good(office: Office, made: Backup) -> bool:
    with suppress(CounterError):
        return drill.tried(office, made.path).is_good
    return False


def copies(office: Office, story: bytes | None = None) -> list[Copy]:
    """Every copy of the store that this machine knows of; raises CannotRead.

    `holds` is of what was erased last, or of that `story`.
    That of a second place which is away, and a store that was set aside by a restore, hold what they held.
    """
    erased, now, places, chosen = erased_at(office, story), office.now(), office.places, office.settings
    store = backup_files.store_of(places)

    def holds(made: datetime | None) -> bool:
        return erased is not None and (made is None or made <= erased or made > now)

    def standing(place: str, folder: Path) -> Iterator[Copy]:
        newer = set[str]()
        for one in backup_files.listed(folder, store):
            listing, old = _listing(one.path), holds(one.at)
            if listing is not None and not old:
                newer.update(listing.held)
            yield Copy(place, one.path, one.at, old, files=listing)
        beside = file_copies.folder_in(folder, store)
        if names := {path.name for path in file_copies.copies_in(beside)}:
            yield Copy("files", beside, None, erased is not None and not names <= newer)

    found = [*standing("home", backup_files.home(places, chosen))]
    if chosen.backup_second:
        second = Path(chosen.backup_second)
        here = backup_files.is_marked(second, store)
        found += standing("second", second) if here else [Copy("second", second, None, holds(None), False)]
    aside = sorted(places.data.glob("set-aside-*"))
    found += [Copy("set_aside", path, None, holds(None)) for path in aside]
    with office.database.reading() as connection:
        files_made = own.beginning(connection, _MADE)
    for name, at in files_made:
        path, made = Path(name.removeprefix(_MADE)), datetime.fromisoformat(at.decode())
        listing = _listing(path) if path.is_file() else None
        found.append(Copy("file", path, made, holds(made), path.is_file(), listing))
    return found


def _listing(backup: Path) -> Listing | None:
    with suppress(CounterError):
        return file_copies.listing_of(backup)
    return None
