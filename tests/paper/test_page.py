import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.paper import fonts
from counter_app.paper.page import Piece, gap, pack, paragraph, wrap

SERIF, BOLD = fonts.face("serif"), fonts.face("serif", "bold")


def joined(lines):
    return "".join("".join(text for _, text in line) for line in lines).replace(" ", "")


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from([40.0, 120.0, 350.0]))
def test_wrapped_lines_fit_their_width_and_lose_no_letter(texts, width):
    spans = [(SERIF if n % 2 else BOLD, text) for n, text in enumerate(texts)]

    lines = wrap(spans, 9, width, hang=8)

    assert joined(lines) == "".join(fonts.printable(text) for text in texts).replace(" ", "")
    for number, line in enumerate(lines):
        wide = sum(face.width(text.rstrip(" "), 9) for face, text in line)
        assert wide <= width - (8 if number else 0) + 0.01


def test_three_hundred_letters_without_a_space_are_broken_between_letters():
    lines = wrap([(SERIF, "ễ" * 300)], 10, 100)

    assert len(lines) > 10
    assert joined(lines) == "ễ" * 300


def test_a_broken_word_keeps_an_accent_with_its_letter():
    lines = wrap([(SERIF, "ê̆" * 60)], 10, 50)

    assert all(line[0][1].startswith("ê") for line in lines)


def test_a_paragraph_is_set_line_by_line():
    pieces = paragraph([(SERIF, "một hai ba bốn năm " * 8)], size=10, width=120, leading=1.3)

    assert len(pieces) > 3
    assert {piece.height for piece in pieces} == {13.0}


@given(st.lists(st.tuples(st.floats(1, 60), st.booleans()), max_size=40))
def test_packing_keeps_every_piece_in_order_and_overfills_no_page(sizes):
    pieces = [Piece(height, gap(0).draw, keep) for height, keep in sizes]

    columns = pack(pieces, 80, 70)

    assert [piece for column in columns for piece in column] == pieces
    for number, column in enumerate(columns):
        assert sum(p.height for p in column) <= (70 if number else 80) + 0.1 or column[0].keep


def test_a_heading_goes_with_what_it_heads():
    body, heading, tail = gap(60), gap(10, keep=True), gap(30)

    assert pack([body, heading, tail], 80, 80) == [[body], [heading, tail]]


@pytest.mark.parametrize("height", [200.0, 81.0])
def test_a_piece_taller_than_a_page_still_gets_one(height):
    tall, small = gap(height), gap(10)

    assert pack([small, tall, small], 80, 80) == [[small], [tall], [small]]
