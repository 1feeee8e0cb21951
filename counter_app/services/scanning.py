"""A pile of scanned pages put on the papers they are of: by the sheets between them, or by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import paper_of, papers, require_scan
from counter_app.domain.errors import BadInput, RuleBroken
from counter_app.domain.rights import Right
from counter_app.domain.separators import Separator, part
from counter_app.paper.scanned import scanned_pdf
from counter_app.paper.separators import Sheet, separators_pdf
from counter_app.services import attaching
from counter_app.services.acting import find_one
from counter_app.services.attaching import Attached, Given
from counter_app.services.contents import spool
from counter_app.services.office import Office, Session
from counter_app.services.page_images import Doubt, Page, Wish, page_of_scan
from counter_app.system.scanner import Order, scanner

MOST: Final = 500
"""Pages of one pile."""
MOST_SHEETS: Final = 50


@dataclass(frozen=True)
class Placed:
    """Pages for one component of one dossier; `name` as the dossier calls it. `fault`: why they cannot go
    there."""

    code: str
    number: int
    name: str
    pages: tuple[Page, ...]
    fault: RuleBroken | None = None

    def doubtful(self, doubt: Doubt) -> tuple[int, ...]:
        """Which pages are to be looked at for this, counted from 1."""
        return tuple(place for place, page in enumerate(self.pages, start=1) if page.doubt is doubt)

    def without(self, places: Iterable[int]) -> Placed:
        """The same without these pages, counted from 1."""
        left_out = set(places)
        kept = tuple(page for place, page in enumerate(self.pages, start=1) if place not in left_out)
        return replace(self, pages=kept)


def wish_of(office: Office) -> Wish:
    """How this office keeps its pages."""
    settings = office.settings
    return Wish(settings.scan_dpi, settings.scan_quality, settings.scan_colour)


def scan(office: Office, device: str, *, feeder: bool = True, both_sides: bool = False) -> Iterator[Page]:
    """The pages that lie in the scanner, one by one; raises CannotRead: those of `Scanner.scan`."""
    wish = wish_of(office)
    order = Order(wish.dpi, wish.colour, feeder, both_sides)
    for content in scanner().scan(device, order):
        yield page_of_scan(content, wish.dpi, wish)


def place(
    office: Office, pages: Sequence[Page], code: str, number: int | None = None, way: Way = Way.SCANNER
) -> list[Placed]:
    """Where each page belongs. `code` is the dossier that the pile is scanned for, "" where the sheets in it
    all name theirs; `number` the component of what lies before the first sheet.

    A sheet that fits nowhere is told as the fault of its pages; the others stand. Raises
    BadInput("pile-empty" | "pile-too-thick").
    """
    if not pages:
        raise BadInput("pile-empty", field="file")
    if len(pages) > MOST:
        raise BadInput("pile-too-thick", field="file", most=MOST)
    found = []
    for one in part(pages):
        sheet = one.separator
        of, at = (sheet.code or code, sheet.number) if sheet is not None else (code, number)
        found.append(_placed(office, of, at, one.pages, way))
    return found


def _placed(office: Office, code: str, number: int | None, pages: tuple[Page, ...], way: Way) -> Placed:
    try:
        if not code:
            raise BadInput("pile-of-nobody", field="code")
        if number is None:
            raise BadInput("pile-without-component", field="component")
        if not pages:
            raise BadInput("separator-without-pages", field="file")
        with office.reading() as (connection, where):
            dossier = find_one(connection, where, code)
        paper = paper_of(dossier, number)
        require_scan(paper, way, attaching.not_scanned(), code=dossier.code)
    except RuleBroken as error:
        return Placed(code, number or RESULT, "", pages, error)
    return Placed(dossier.code, number, paper.name, pages)


def keep(office: Office, session: Session, placed: Placed, way: Way, counted: int = 0) -> Attached:
    """Puts the pages on the paper as one PDF; the same pages again are the same file, and nothing new.

    `counted` is how many pages the officer counted on paper, 0 where he did not. Raises the fault of
    `placed`, and what `attach` raises.
    """
    if placed.fault is not None:
        raise placed.fault
    title = f"{placed.code} – {'kết quả' if placed.number == RESULT else f'giấy tờ số {placed.number}'}"
    written = spool(office)
    scanned_pdf([page.picture for page in placed.pages], title=title, out=written)
    given = [Given(written.open, counted)]
    return attaching.attach(office, session, placed.code, placed.number, given, way=way)[0]


def print_separators(office: Office, session: Session, codes: Sequence[str], most: int = 0) -> bytes:
    """The sheets of these dossiers, one a paper that may be scanned; or, without a code, those that serve any
    dossier, numbered to `most` and one for the result. It records nothing.

    Raises NotFound("no-such-dossier"), BadInput("out-of-range"), BadInput("nothing-to-scan"), NotPermitted.
    """
    session.require(Right.PRINT)
    sheets = [sheet for code in codes for sheet in _sheets(office, code)]
    if not codes:
        if not 1 <= most <= MOST_SHEETS:
            raise BadInput("out-of-range", field="count", value=most, least=1, most=MOST_SHEETS)
        sheets = [Sheet(Separator("", number), "") for number in (*range(1, most + 1), RESULT)]
    if not sheets:
        raise BadInput("nothing-to-scan", field="code")
    return separators_pdf(sheets, author=office.commune().name, made=office.now())


def _sheets(office: Office, code: str) -> list[Sheet]:
    with office.reading() as (connection, where):
        dossier = find_one(connection, where, code)
    procedure = str(dossier.values.get("procedure", {}).get("name", ""))
    found = []
    for paper in papers(dossier):
        with suppress(RuleBroken):
            require_scan(paper, Way.SCANNER, attaching.not_scanned(), code=dossier.code)
            found.append(Sheet(Separator(dossier.code, paper.number), paper.name, procedure))
    return found
