"""The pages that are being put on a dossier's papers: the paper that each goes to, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtGui import QImage

from counter_app.domain.attachments import RESULT, Way
from counter_app.services import attaching, scanning
from counter_app.services.attaching import Attached, Given
from counter_app.services.contents import Content
from counter_app.services.office import Office, Session
from counter_app.services.page_images import Doubt, Page
from counter_app.services.scanning import Placed
from counter_app.words.errors import sentence

Key = tuple[str, int]
"""A dossier's code, and the number of a component."""
NOWHERE: Final[Key] = ("", -1)
_NOWHERE: Final = ("pile-without-component", "pile-of-nobody")


@dataclass(frozen=True)
class Source:
    """A file of the watched folder, and the SHA-256 of what was read of it."""

    path: Path
    digest: bytes


@dataclass(eq=False)
class Leaf:
    """A page; or, with `whole`, a file of `sheets` pages that is kept as it came, told by its first page."""

    page: Page
    thumb: QImage
    way: Way
    whole: Content = b""
    sheets: int = 1
    source: Source | None = None
    out: bool = False
    moved: Key | None = None
    id: str = ""
    """What it is called on the disk, where it lies until it is kept; empty before."""
    batch: str = ""
    number: int | None = None

    @property
    def electronic(self) -> bool:
        """Handed in as a file: there was no paper."""
        return self.way is Way.ELECTRONIC


@dataclass
class Batch:
    """What came in one go, by one way; `number` is the paper that was chosen for what lies before the first
    sheet."""

    number: int | None
    leaves: list[Leaf] = field(default_factory=list)
    key: str = ""


class OnDisk(Protocol):
    """What lies in a pile, as a power cut leaves it."""

    def came(self, batch: Batch, leaf: Leaf) -> None: ...
    def changed(self, leaves: Sequence[Leaf]) -> None: ...
    def gone(self, leaves: Sequence[Leaf]) -> None: ...


@dataclass(frozen=True)
class Group:
    """The pages for one paper; `why` says in words why they cannot go there, `counted` the pages of paper."""

    key: Key
    name: str
    leaves: tuple[Leaf, ...]
    why: str = ""
    counted: int = 0

    @property
    def kept(self) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in self.leaves if not leaf.out)

    @property
    def pages(self) -> int:
        return sum(leaf.sheets for leaf in self.kept)

    def doubtful(self, doubt: Doubt) -> int:
        """How many pages are to be looked at for this."""
        return sum(leaf.page.doubt is doubt for leaf in self.kept)

    @property
    def differs(self) -> bool:
        return bool(self.counted) and self.counted != self.pages


class Pile:
    """Of one dossier; it lives as long as the page, whatever is looked at meanwhile."""

    def __init__(self, code: str, disk: OnDisk) -> None:
        self.code, self._disk = code, disk
        self.batches: list[Batch] = []
        self.counted: dict[Key, int] = {}
        self.empty_sheets: tuple[str, ...] = ()
        """What sheets say that had no page behind them."""
        self._where: dict[int, Key] = {}
        self._told: dict[tuple[Key, bool], tuple[str, str]] = {}  # of scans, and of what came as a file

    @property
    def leaves(self) -> list[Leaf]:
        return [leaf for batch in self.batches for leaf in batch.leaves if self._key(leaf) is not None]

    def add(self, batch: Batch, leaf: Leaf) -> None:
        """A page has come."""
        batch.leaves.append(leaf)
        self._disk.came(batch, leaf)

    def show_placed(self, seen: Sequence[tuple[Leaf, Page]], placed: Sequence[Placed]) -> None:
        """Takes in what `scanning.place` said of these leaves, by the pages that they had then; of those it
        left out nothing is kept."""
        for leaf, _ in seen:
            self._where.pop(id(leaf), None)
        by_page = {id(page): leaf for leaf, page in seen}
        alone, electronic = [], any(leaf.electronic for leaf, _ in seen)
        for one in placed:
            lost = one.fault is not None and one.fault.why in _NOWHERE
            key = NOWHERE if lost else (one.code, one.number)
            why = sentence(one.fault) if one.fault is not None else ""
            if not one.pages:
                alone.append(why)
                continue
            self._told[key, electronic] = one.name, why
            for page in one.pages:
                self._where[id(by_page[id(page)])] = key
        self.empty_sheets = tuple(alone)

    def say_of(self, number: int, name: str, why: str, why_no_file: str) -> None:
        """What is known of a paper of the dossier itself: why no scan and no electronic paper goes there."""
        for electronic, said in ((False, why), (True, why_no_file)):
            self._told[(self.code, number), electronic] = name, said

    def move(self, leaves: Sequence[Leaf], number: int) -> None:
        for leaf in leaves:
            leaf.moved = (self.code, number)
        self._disk.changed(leaves)

    def turn(self, leaves: Sequence[Leaf]) -> None:
        """Takes the pages out, or all back in where they are out."""
        out = not all(leaf.out for leaf in leaves)
        for leaf in leaves:
            leaf.out = out
        self._disk.changed(leaves)

    def groups(self) -> list[Group]:
        """What has no paper yet first, then the dossier's own by number with the result last, then others."""
        found: dict[Key, list[Leaf]] = {}
        for leaf in self.leaves:
            if (key := self._key(leaf)) is not None:
                found.setdefault(key, []).append(leaf)
        return [self._group(key, found[key]) for key in sorted(found, key=self._order)]

    def drop(self, group: Group) -> list[Source]:
        """The group is kept, or given up: the files of which nothing is left in the pile."""
        gone = {id(leaf) for leaf in group.leaves}
        for batch in self.batches:
            batch.leaves = [leaf for leaf in batch.leaves if id(leaf) not in gone]
        self.counted.pop(group.key, None)
        self._disk.gone(group.leaves)
        left = {leaf.source for leaf in self.leaves}
        return [one for one in dict.fromkeys(leaf.source for leaf in group.leaves) if one and one not in left]

    def _key(self, leaf: Leaf) -> Key | None:
        return leaf.moved or self._where.get(id(leaf))

    def _group(self, key: Key, leaves: Sequence[Leaf]) -> Group:
        said = [self._told.get((key, leaf.electronic), ("", "")) for leaf in leaves]
        name, why = (next(filter(None, some), "") for some in zip(*said, strict=True))
        return Group(key, name, tuple(leaves), why, self.counted.get(key, 0))

    def _order(self, key: Key) -> tuple[bool, bool, str, bool, int]:
        code, number = key
        return key != NOWHERE, code != self.code, code, number == RESULT, number


def keep(office: Office, session: Session, group: Group) -> list[Attached]:
    """In a lane: all pages of the group as one PDF, its whole files as they are.

    Raises what `scanning.keep` and `attaching.attach` do.
    """
    code, number = group.key
    made = []
    scans = [leaf for leaf in group.kept if not leaf.whole]
    if scans:
        placed = Placed(code, number, group.name, tuple(leaf.page for leaf in scans))
        made.append(scanning.keep(office, session, placed, scans[0].way))
    for leaf in group.kept:
        if leaf.whole:
            made += attaching.attach(office, session, code, number, [Given(leaf.whole)], way=leaf.way)
    return made
