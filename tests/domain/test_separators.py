"""A pile is parted by its sheets: no page is lost, none is doubled, each lies behind the sheet before it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.separators import Separator, part, read_separator

SHEETS = st.builds(
    Separator, st.sampled_from(["", "H55.242-261122-1001", "H55.242-261122-1002"]), st.integers(0, 4)
)


@dataclass(frozen=True)
class Leaf:
    name: int
    codes: tuple[str, ...] = ()
    blank: bool = False


def leaves(piles):
    return [
        Leaf(n, ("H55.242-261122-1001", one.text) if isinstance(one, Separator) else (), one is True)
        for n, one in enumerate(piles)
    ]


@given(SHEETS)
def test_a_sheet_says_what_it_was_printed_for(sheet):
    assert read_separator(sheet.text) == sheet
    assert read_separator(" " + sheet.text.lower() + " ") == sheet


@given(st.lists(st.one_of(SHEETS, st.booleans())))
def test_each_page_is_in_one_part_and_behind_its_sheet(pile):
    parts = part(leaves(pile))

    given_pages = [n for n, one in enumerate(pile) if not isinstance(one, Separator)]
    backs = {n for n in given_pages if pile[n] is True and n and isinstance(pile[n - 1], Separator)}
    placed = [page.name for one in parts for page in one.pages]
    assert sorted(placed) == [n for n in given_pages if n not in backs]
    for one in parts:
        for page in one.pages:
            before = [x for x in pile[: page.name] if isinstance(x, Separator)]
            assert one.separator == (before[-1] if before else None)
        assert [page.name for page in one.pages] == sorted(page.name for page in one.pages)
    assert len({one.separator for one in parts}) == len(parts)


def test_other_codes_part_nothing():
    for text in ("", "H55.242-261122-1001", "mc-tach:", "mc-tach:H55/", "mc-tach:a/b/1", "mc-tach:x/1234"):
        assert read_separator(text) is None
