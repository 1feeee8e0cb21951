"""Names stay as their bearers write them, and are found however they are typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line, clean_name, fold, same_person_key, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ánh"), "nguyen thi anh"),
        ("ĐẶNG VĂN ĐỨC", "dang van duc"),
        ("Ðặng Văn Ðức", "dang van duc"),  # typed with eth, as old code pages did
        ("H'Loan", "hloan"),
        ("H’Loan Mlô-Duôn Du", "hloan mloduon du"),
        ("HʼBĭa Niê Kdăm", "hbia nie kdam"),
        ("Y Ƀhăm Ñŏng Č̆ŭ", "y bham nong cu"),
        ("  Cty TNHH «Hoa_Ban» (CN.2)  ", "cty tnhh hoa ban cn 2"),
        ("'Quote' - Dash-", "quote dash"),
        ("12-3 Lý Thường Kiệt", "12 3 ly thuong kiet"),
        ("Lê\u200b Na\u202e", "le na"),
        ("…", ""),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert words(typed) == folded.split()


@pytest.mark.parametrize("letter", "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ")
def test_every_vietnamese_letter_folds_to_one_latin_letter(letter: str) -> None:
    assert fold(letter) == fold(letter.upper())
    assert fold(letter).isascii()
    assert len(fold(letter)) == 1


@pytest.mark.parametrize("name", ["Y", "H'Bia Niê", "Rơ Ô Ƀăl Ñŏ Čŭ", "NGUYỄN Thị ánh", "🙂 A<B"])
def test_a_name_keeps_its_letters_and_capitals(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("  Lê\t Văn \r\n Y ", "Lê Văn Y"),
        (unicodedata.normalize("NFD", "Trần Đức"), "Trần Đức"),
        ("Lê \u202eVăn\u202c \u200bA\x00\x1b", "Lê Văn A"),
        ("Lê\u2028Na\ud800", "Lê Na"),
    ],
)
def test_what_cannot_be_seen_is_no_part_of_a_name(given_text: str, cleaned: str) -> None:
    assert clean_name(given_text) == cleaned


@pytest.mark.parametrize(("text", "why"), [("", "empty"), (" \t\u200b\n", "empty"), ("ế" * 301, "too-long")])
def test_no_name_and_an_endless_name_are_refused(text: str, why: str) -> None:
    with pytest.raises(BadInput) as refusal:
        clean_name(text, field="applicant.name")

    assert refusal.value.why == why
    assert refusal.value.facts["field"] == "applicant.name"


def test_three_hundred_letters_are_a_name_even_when_they_come_decomposed() -> None:
    assert clean_name(unicodedata.normalize("NFD", "ế" * 300)) == "ế" * 300


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold(text)

    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == once


@given(st.text())
def test_cleaning_again_changes_nothing_and_leaves_one_line(text: str) -> None:
    once = clean_line(text)

    assert clean_line(once) == once
    assert len(once.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


def test_spellings_of_one_person_share_a_key() -> None:
    spellings = ["H'Bia Niê", "H’Bia Niê", "h bia nie", "HBia  NIÊ"]

    keys = {same_person_key(name, 1990) for name in spellings}

    assert len(keys) == 1
    assert same_person_key("H'Bia Niê", 1991) not in keys
    assert same_person_key("H'Bia Niê", None) not in keys
