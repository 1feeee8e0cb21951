"""VietQR: read back by a reader of the tests' own, its CRC reckoned bit by bit."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.names import fold
from counter_app.domain.vietqr import LARGEST, LONGEST_PURPOSE, Account, purpose_of, transfer

ACCOUNTS = st.builds(
    Account, st.from_regex(r"[0-9]{6}", fullmatch=True), st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True)
)


def fields(text: str) -> dict[str, str]:
    """Names and values, in their order; a length that lies about the rest fails here."""
    found, at = {}, 0
    while at < len(text):
        name, size = text[at : at + 2], int(text[at + 2 : at + 4])
        found[name] = text[at + 4 : at + 4 + size]
        assert len(found[name]) == size
        at += 4 + size
    return found


def crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE, bit by bit."""
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def test_the_checksum_is_that_of_the_published_check_value_and_of_a_bank_code_in_the_wild() -> None:
    assert crc(b"123456789") == 0x29B1  # the check value of CRC-16/CCITT-FALSE
    wild = b"00020001021238570010A00000072701270006970436011308810004580860208QRIBFTTA53037045802VN6304"
    assert crc(wild) == 0xCD60


def test_a_transfer_to_the_byte() -> None:
    text = transfer(Account("970415", "113366668888"), 79_000, "Ủng hộ Quỹ vắc-xin")

    assert text[:-4] == (
        "000201"
        "010212"
        "38560010A0000007270126" "0006970415" "0112113366668888" "0208QRIBFTTA"
        "5303704"
        "540579000"
        "5802VN"
        "62210817UNG HO QUY VACXIN"
        "6304"
    )  # fmt: skip


@given(ACCOUNTS, st.integers(1, LARGEST), st.text(max_size=60))
def test_what_a_bank_reads_is_what_was_asked(account: Account, amount: int, purpose: str) -> None:
    try:
        text = transfer(account, amount, purpose)
    except BadInput as refusal:
        assert refusal.why == "purpose-too-long"
        assert sum(sign.isalnum() for sign in fold(purpose)) > LONGEST_PURPOSE
        return

    assert text.isascii() and text[-4:] == f"{crc(text[:-4].encode()):04X}"
    read = fields(text)
    said = purpose_of(purpose)
    assert list(read) == ["00", "01", "38", "53", "54", "58", *(["62"] if said else []), "63"]
    payee = fields(fields(read["38"])["01"])
    assert (payee["00"], payee["01"], int(read["54"])) == (account.bank, account.number, amount)
    assert fields(read["38"])["02"] == "QRIBFTTA"
    assert len(said) <= LONGEST_PURPOSE
    assert not said or fields(read["62"]) == {"08": said}


def test_the_purpose_names_the_dossier() -> None:
    assert purpose_of("H55.242-261122-1001") == "H55 242 261122 1001"
    assert purpose_of("H55.242.01-261128-036342001") == "H5524201261128036342001"


def test_two_dossiers_never_have_one_purpose() -> None:
    code = st.from_regex(r"H55(\.[0-9]{2,3}){0,3}-261128-0[0-9]{8}", fullmatch=True)

    @given(code, code)
    def told(one: str, other: str) -> None:
        try:
            said = {purpose_of(one), purpose_of(other)}
        except BadInput as refusal:
            assert refusal.why == "purpose-too-long"
        else:
            letters = ["".join(filter(str.isalnum, text)) for text in (one, other)]
            assert (len(said) == 1) == (letters[0] == letters[1])

    told()


def test_the_picture_says_the_text() -> None:
    text = transfer(Account("970436", "0881000458086"), 8_000, "H55.242-261122-1001")
    picture = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=3)

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [text]


@pytest.mark.parametrize(
    ("bank", "number", "why"),
    [
        ("97043", "1", "bank-unreadable"),
        ("\uff19\uff17\uff10\uff14\uff13\uff16", "1", "bank-unreadable"),  # full-width digits
        ("970436", "", "account-unreadable"),
        ("970436", "1" * 20, "account-unreadable"),
    ],
)
def test_an_account_that_is_none_is_refused(bank: str, number: str, why: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Account.read(bank, number)
    assert refusal.value.why == why


def test_an_account_is_read_as_people_write_it() -> None:
    assert Account.read("970 436", "0881.000-458 086") == Account("970436", "0881000458086")


@pytest.mark.parametrize("amount", [0, -1, LARGEST + 1])
def test_no_code_is_made_for_no_money(amount: int) -> None:
    with pytest.raises(BadInput):
        transfer(Account("970436", "1"), amount, "x")
