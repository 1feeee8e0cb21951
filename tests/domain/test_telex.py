"""Keystrokes become the letters that were meant, and a name is never guessed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.telex import untelex

MARKS = {"\u0302": ("", "6"), "\u0306": ("w", "8"), "\u031b": ("w", "7")}
TONES = {
    "\u0301": ("s", "1"),
    "\u0300": ("f", "2"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}


def typed(name: str, way: int) -> str:
    """The keys that a scanner sends for the name, letter by letter: way 0 is Telex, 1 is VNI."""
    keys = ""
    for letter in name:
        if letter in "đĐ":
            keys += ("d" if letter == "đ" else "D") + "d9"[way]
            continue
        base, *signs = sorted(unicodedata.normalize("NFD", letter), key=lambda sign: sign in TONES)
        keys += base
        for sign in signs:
            keys += {**MARKS, **TONES}[sign][way] or base
    return keys


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("Nguyeexn Thij", "Nguyễn Thị"),
        ("Nguyeenx Thij", "Nguyễn Thị"),
        ("NGUYEEXN VAWN DDUWCS", "NGUYỄN VĂN ĐỨC"),
        ("DDawngj Vawn DDuwcs", "Đặng Văn Đức"),
        ("Nguye64n Thi5", "Nguyễn Thị"),
        ("Nguye6n4 Va8n D9u7c1", "Nguyễn Văn Đức"),
        ("Phuwowng", "Phương"),
        ("Phuowng", "Phương"),
        ("Quys", "Quý"),
        ("Giafu", "Giàu"),
        ("Buif Xuaan Nghiax", "Bùi Xuân Nghĩa"),
        ("Hofa", "Hòa"),
        ("Nguyễn Thij Lan", "Nguyễn Thị Lan"),
    ],
)
def test_keystrokes_become_the_letters_that_were_meant(keys: str, meant: str) -> None:
    assert untelex(keys) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Nguyen Thi Lan", "the accents are gone, nothing tells which"),
        ("Nguyễn Thị Lan", "nothing to repair"),
        ("Hoaf", "Hòa or Hoà"),
        ("Thuyr", "Thủy or Thuỷ"),
        ("Nguyeexn Ksor", "Ksor is no Vietnamese syllable"),
        ("Quyeetf", "no syllable that ends in t bears huyền"),
        ("Lee3e", "no syllable"),
        ("Rcom H'Win", "names of other peoples"),
        ("John Smith", "foreign"),
        ("", "nothing"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_left_to_the_officer(text: str, why: str) -> None:
    assert untelex(text) is None, why


NAMES = [
    "Nguyễn Thị Ngọc Ánh",
    "Trần Văn Đức",
    "Lê Quang Hiếu",
    "Phạm Thuỳ Dương",
    "Hoàng Xuân Trường",
    "Huỳnh Thúy Kiều",
    "Vũ Đình Toàn",
    "Võ Hữu Phước",
    "Đặng Quốc Khánh",
    "Bùi Bích Phượng",
    "Đỗ Như Quỳnh",
    "Ngô Khắc Huề",
    "Dương Thuở",
    "Lý Giáp",
    "Mạc Ích Huệ",
    "Triệu Thị Mỹ",
    "Nông Văn Chuyển",
    "Lường Khuyên",
    "Giàng A Pó",
    "Sùng Thị Dế",
    "Hà Quý Giá",
    "Tạ Yến Oanh",
    "Cù Nghiễm",
    "Tống Duy Hoè",
]
words = st.sampled_from(sorted({word for name in NAMES for word in name.split()}))


@given(st.lists(words, min_size=1, max_size=5).map(" ".join), st.sampled_from([0, 1]), st.booleans())
def test_a_scanners_keystrokes_give_the_name_or_nothing(name: str, way: int, capitals: bool) -> None:
    name = name.upper() if capitals else name
    keys = typed(name, way).upper() if capitals else typed(name, way)

    assert untelex(keys) in (name, None)


@pytest.mark.parametrize("way", [0, 1])
def test_most_names_are_repaired(way: int) -> None:
    repaired = [name for name in NAMES if untelex(typed(name, way)) == name]

    assert len(repaired) >= len(NAMES) - 3, set(NAMES) - set(repaired)


@given(st.text())
def test_a_repaired_text_is_left_as_it_is(text: str) -> None:
    repaired = untelex(text)

    assert repaired is None or untelex(repaired) is None
