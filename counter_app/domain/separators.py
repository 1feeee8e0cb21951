"""Sheets that part a pile of paper: what their codes say, and which pages belong to which component.

    mc-tach:<code>/<number>     the pages that follow are the dossier's component of that number, 0 its result
    mc-tach:/<number>           the same of the dossier that the pile is scanned for

A pile may hold several dossiers. Pages before the first sheet belong to whatever the officer chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

_FORM: Final = re.compile(r"mc-tach:([^/\s]{0,60})/(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Separator:
    """`code` is empty on a sheet that serves any dossier."""

    code: str
    number: int

    @property
    def text(self) -> str:
        return f"mc-tach:{self.code}/{self.number}"


def read_separator(text: str) -> Separator | None:
    """None for what is no code of such a sheet."""
    found = _FORM.fullmatch(text.strip())
    return Separator(found[1].upper(), int(found[2])) if found else None


class Scanned(Protocol):
    """A page as far as a pile is parted by it."""

    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def blank(self) -> bool: ...


P = TypeVar("P", bound=Scanned)


@dataclass(frozen=True)
class Part(Generic[P]):
    """Pages for one component; no `separator` where none came before them."""

    separator: Separator | None
    pages: tuple[P, ...]


def part(pages: Iterable[P]) -> list[Part[P]]:
    """The pages of a pile by component, in the order in which each was first named.

    The sheets themselves are left out, and so is the back of a sheet where the scanner took both sides.
    Pages of one component that come in two places of the pile are put together in their order.
    """
    found: dict[Separator | None, list[P]] = {}
    current: Separator | None = None
    behind = False
    for page in pages:
        sheet = next((one for text in page.codes if (one := read_separator(text)) is not None), None)
        if sheet is not None:
            current, behind = sheet, True
            found.setdefault(current, [])
            continue
        if not (behind and page.blank):
            found.setdefault(current, []).append(page)
        behind = False
    return [Part(sheet, tuple(some)) for sheet, some in found.items() if some or sheet is not None]
