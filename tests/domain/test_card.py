"""A card is read as scanners deliver it, and what was lost on the way is said."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.card import Card, looks_like_card, read_card
from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line

SCAN = "019195001234|095123456|Nguyễn Thị Ngọc Ánh|25061995|Nữ|Xóm 3, Phú Lộc, Đại Từ, Thái Nguyên|10052021"
CARD = Card(
    id_number="019195001234",
    old_number="095123456",
    name="Nguyễn Thị Ngọc Ánh",
    birth_date="1995-06-25",
    sex="Nữ",
    address="Xóm 3, Phú Lộc, Đại Từ, Thái Nguyên",
    issued="2021-05-10",
)


def with_field(place: int, text: str) -> str:
    parts = SCAN.split("|")
    parts[place] = text
    return "|".join(parts)


@pytest.mark.parametrize(
    "scan",
    [
        SCAN,
        SCAN + "\r\n",
        "\ufeff" + SCAN,
        "]Q1" + SCAN,
        SCAN + "||",
        SCAN + "|Nguyễn Văn Ba|Trần Thị Tư|",
        unicodedata.normalize("NFD", SCAN),
        SCAN.replace("|", "~"),
        SCAN.replace("|", "¦"),
        SCAN.replace("|", "\\"),
        SCAN.replace("25061995", "25/06/1995").replace("10052021", "10/05/2021"),
        SCAN.replace("25061995", "25?06?1995"),
        SCAN.replace("25061995", "1995-06-25"),
        SCAN.replace("Nữ", "Nuwx"),
        SCAN.replace("Nữ", "NU"),
        SCAN.encode().decode("latin-1"),
        "".join(
            bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in SCAN.encode()
        ),  # as Windows reads it
    ],
)
def test_one_card_reads_the_same_however_the_scanner_delivers_it(scan: str) -> None:
    assert looks_like_card(scan)
    assert read_card(scan) == CARD


def test_a_card_may_lack_the_old_number_and_the_date_of_issue() -> None:
    scan = with_field(1, "").rsplit("|", 1)[0]

    assert read_card(scan) == replace(CARD, old_number=None, issued=None)


@pytest.mark.parametrize(
    ("born", "read"),
    [("5061995", "1995-06-05"), ("00001995", "1995"), ("1995", "1995"), ("00061995", "1995-06")],
)
def test_a_birth_date_is_as_much_as_the_card_says(born: str, read: str) -> None:
    card = read_card(with_field(3, born))

    assert card.birth_date == read
    assert card.warnings == ()


@pytest.mark.parametrize(
    ("name", "address", "proposed"),
    [
        ("Nguyen Thi Ngoc Anh", "Xom 3, Phu Loc, Dai Tu, Thai Nguyen", None),
        ("Lan Anh", "", None),
        ("Nguyeexn Thij Ngocj Asnh", "Xosm 3, Phus Loojc", "Nguyễn Thị Ngọc Ánh"),
        ("Nguyeexn Thij Ngocj Asnh", "Xóm 3, Phú Lộc", "Nguyễn Thị Ngọc Ánh"),
        ("Nguye64n Thi5 Ngo5c A1nh", "Xo1m 3", "Nguyễn Thị Ngọc Ánh"),
        ("Nguyeexn Thij Thuyr", "Xosm 3", None),
        ("Nguy?n Th? Ng?c Ánh", "Xóm 3", None),
        ("Nguy\ufffdn Thị", "Xóm 3", None),
    ],
)
def test_a_mangled_name_is_kept_verbatim_with_a_warning(
    name: str, address: str, proposed: str | None
) -> None:
    card = read_card(f"019195001234||{name}|25061995|Nữ|{address}|10052021")

    assert (card.name, card.address) == (name, address)
    assert [warning.code for warning in card.warnings] == ["name-mangled"]
    assert card.warnings[0].facts.get("proposed") == proposed


@pytest.mark.parametrize("name", ["Y", "Lan Anh", "Ksor H'Win", "Kim Oanh", "H'Bia Niê", "Rơ Ô Ƀăl"])
def test_a_name_without_accents_is_no_fault_when_the_address_has_them(name: str) -> None:
    card = read_card(with_field(2, name))

    assert card.name == name
    assert card.warnings == ()


@pytest.mark.parametrize(
    ("place", "text", "codes"),
    [
        (3, "x5061995", ["date-unreadable"]),
        (3, "31021995", ["date-unreadable"]),
        (6, "1005202", ["date-unreadable"]),
        (4, "?", ["sex-unreadable"]),
        (0, "999195001234", ["unknown-province"]),
        (3, "25061996", ["birth-year-differs"]),
        (4, "Nam", ["sex-differs"]),
    ],
)
def test_what_cannot_be_read_or_disagrees_is_a_warning(place: int, text: str, codes: list[str]) -> None:
    card = read_card(with_field(place, text))

    assert [warning.code for warning in card.warnings] == codes
    assert card.name == CARD.name


def test_what_cannot_be_read_is_not_known() -> None:
    card = read_card("019195001234||Nguyễn Thị Ánh|x|?|Xóm 3|y")

    assert (card.birth_date, card.sex, card.issued) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "019195001234",
        "H55.242-261122-1001",
        "mc:Vrw_Lf3gfK2U9g#AQGapcAAAHAA",
        "019195001234||Lê Na|25061995|Nữ",
        "01919500123||Lê Na|25061995|Nữ|Xóm 3|10052021",
        "0191950012345||Lê Na|25061995|Nữ|Xóm 3|10052021",
        "019195001234|CMND|Lê Na|25061995|Nữ|Xóm 3|10052021",
        "019195001234|||25061995|Nữ|Xóm 3|10052021",
        "019195001234||" + "a" * 301 + "|25061995|Nữ|Xóm 3|10052021",
        "019195001234~~Lê Na~?~Nữ~Xóm 3~10052021",
        "019195001234,,Lê Na,25061995,Nữ,Xóm 3,10052021",
        "GD4797922345678|4e677579|25/06/1995|2|",
    ],
)
def test_other_texts_are_no_cards(text: str) -> None:
    assert not looks_like_card(text)
    with pytest.raises(BadInput) as refusal:
        read_card(text, field="card_qr")

    assert refusal.value.why == "not-a-card"
    assert refusal.value.facts == {"field": "card_qr", "value": text}


plain = st.text(st.characters(codec="utf-8", exclude_characters="|"), max_size=40)


@given(plain, plain, st.dates().map(lambda day: f"{day:%d%m%Y}"), st.lists(plain, max_size=3))
def test_name_and_address_come_through_verbatim(
    name: str, address: str, issued: str, extras: list[str]
) -> None:
    name, address = f"Ế {name}", f"Ế {address}"

    card = read_card("|".join(["019195001234", "", name, "25061995", "Nữ", address, issued, *extras]))

    assert (card.name, card.address) == (clean_line(name), clean_line(address))


@given(st.text(), st.text())
def test_any_text_is_read_or_refused(begin: str, end: str) -> None:
    for text in (begin, f"019195001234|{begin}|{end}", f"019195001234||{begin}|{end}|||"):
        if looks_like_card(text):
            assert read_card(text).id_number == "019195001234"
        else:
            with pytest.raises(BadInput):
                read_card(text)
