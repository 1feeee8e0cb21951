"""The receipt's QR is fixed to the byte, comes back as it was, and is never read two ways."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.receipt_code import (
    ReceiptClaim,
    claim_bytes,
    looks_like_receipt,
    parse_receipt,
    receipt_text,
    signed_data,
    token,
)

VIET_NAM = timezone(timedelta(hours=7))
SALT = bytes(range(16))
CLAIM = ReceiptClaim(
    dossier=bytes.fromhex("019aa5c0000070008000000000000001"),
    log=bytes.fromhex("a1a2a3a4a5a6a7a8"),
    code="H55.242-261122-1001",
    procedure="1.001193",
    due=datetime(2026, 11, 27, 17, 0, tzinfo=VIET_NAM),
)
SIGNATURE = bytes(range(64))

# Golden: printed papers carry these bytes. The token was computed by OpenSSL, the rest written by hand.
GOLDEN_TOKEN = "56bc3f2dfde07cad94f6"
GOLDEN_CLAIM = (
    "01"  # version
    "019aa5c0000070008000000000000001"  # dossier
    "a1a2a3a4a5a6a7a8"  # log
    "01c8b058"  # 29929560 minutes
    "13" "4835352e3234322d3236313132322d31303031"  # 19 letters: H55.242-261122-1001
    "08" "312e303031313933"  # 8 letters: 1.001193
)  # fmt: skip
GOLDEN_TEXT = (
    "mc:Vrw_Lf3gfK2U9g#"
    "AQGapcAAAHAAgAAAAAAAAAGhoqOkpaanqAHIsFgTSDU1LjI0Mi0yNjExMjItMTAwMQgxLjAwMTE5Mw"
    "ABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8"
)


def test_the_bytes_are_those_that_were_printed_before() -> None:
    assert token(SALT).hex() == GOLDEN_TOKEN
    assert claim_bytes(CLAIM).hex() == GOLDEN_CLAIM
    assert signed_data(CLAIM, token(SALT)).hex() == GOLDEN_CLAIM + GOLDEN_TOKEN
    assert receipt_text(CLAIM, token(SALT), SIGNATURE) == GOLDEN_TEXT


def test_printed_bytes_are_still_read() -> None:
    assert parse_receipt(f" {GOLDEN_TEXT}\n") == (CLAIM, bytes.fromhex(GOLDEN_TOKEN), SIGNATURE)


@pytest.mark.parametrize("server", ["https://mc.thainguyen.gov.vn", "https://mc.thainguyen.gov.vn/"])
def test_after_enrolment_a_phone_opens_the_public_page(server: str) -> None:
    text = receipt_text(CLAIM, token(SALT), SIGNATURE, server)

    assert text == GOLDEN_TEXT.replace("mc:", "https://mc.thainguyen.gov.vn/r/")
    assert parse_receipt(text) == parse_receipt(GOLDEN_TEXT)


def test_the_text_of_a_long_code_fits_a_small_qr() -> None:
    long_code = ReceiptClaim(CLAIM.dossier, CLAIM.log, "H55.242-261122-012345001", "1.001193", CLAIM.due)

    assert len(receipt_text(long_code, token(SALT), SIGNATURE)) <= 200


def test_a_return_date_is_told_to_the_minute() -> None:
    due = datetime(2026, 11, 27, 10, 0, 59, 999, tzinfo=UTC)

    claim = ReceiptClaim(CLAIM.dossier, CLAIM.log, CLAIM.code, CLAIM.procedure, due)

    assert claim == CLAIM
    assert claim.due.isoformat() == "2026-11-27T17:00:00+07:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H55.242-261122-1001",
        "https://example.vn/r/abc",
        "https://example.vn/x#y",
        "046095001234||Lê Na|25061995|Nữ||10052021",
    ],
)
def test_other_texts_are_no_receipts(text: str) -> None:
    assert not looks_like_receipt(text)
    with pytest.raises(BadInput) as refusal:
        parse_receipt(text)

    assert refusal.value.why == "not-a-receipt"


@pytest.mark.parametrize(
    "text",
    [
        "mc:#",
        GOLDEN_TEXT[:-1],
        GOLDEN_TEXT + "A",
        GOLDEN_TEXT[:60],
        GOLDEN_TEXT.replace("Vrw", "V+w"),
        GOLDEN_TEXT.replace("#AQG", "#AAG"),  # version 0
        GOLDEN_TEXT.replace("TSDU1", "/SDU1"),
        GOLDEN_TEXT[:-1] + "9",  # the same bytes, other spare bits
        "mc:Vrw_Lf3gfK2U9g#AQ",
    ],
)
def test_a_receipt_that_is_not_as_printed_is_damaged(text: str) -> None:
    assert looks_like_receipt(text)
    with pytest.raises(BadInput) as refusal:
        parse_receipt(text)

    assert refusal.value.why == "receipt-damaged"


def test_a_receipt_of_a_later_form_says_so() -> None:
    with pytest.raises(BadInput) as refusal:
        parse_receipt(GOLDEN_TEXT.replace("#AQG", "#AgG"))

    assert refusal.value.why == "receipt-newer"


@pytest.mark.parametrize(
    "change",
    [
        {"dossier": b"short"},
        {"log": bytes(9)},
        {"code": ""},
        {"procedure": "ế" * 100},
        {"due": datetime(2026, 11, 27, 17, 0)},
        {"due": datetime(1969, 12, 31, tzinfo=UTC)},
    ],
)
def test_a_claim_is_true_from_birth(change: dict[str, object]) -> None:
    parts: dict[str, object] = {**vars(CLAIM), **change}

    with pytest.raises(ValueError):
        ReceiptClaim(**parts)  # type: ignore[arg-type]


claims = st.builds(
    ReceiptClaim,
    st.binary(min_size=16, max_size=16),
    st.binary(min_size=8, max_size=8),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.datetimes(datetime(1970, 1, 2), datetime(9999, 1, 1), timezones=st.sampled_from([UTC, VIET_NAM])),
)
signatures = st.binary(min_size=64, max_size=64)


@given(claims, st.binary(), signatures, st.sampled_from([None, "https://mc.vn", "http://127.0.0.1:8000/"]))
def test_every_receipt_comes_back(
    claim: ReceiptClaim, salt: bytes, signature: bytes, server: str | None
) -> None:
    text = receipt_text(claim, token(salt), signature, server)

    assert looks_like_receipt(text)
    assert parse_receipt(text) == (claim, token(salt), signature)


@given(st.integers(0, len(GOLDEN_TEXT) - 1), st.characters(codec="ascii"))
def test_a_changed_letter_never_reads_as_the_same_receipt(place: int, letter: str) -> None:
    changed = GOLDEN_TEXT[:place] + letter + GOLDEN_TEXT[place + 1 :]

    try:
        read = parse_receipt(changed)
    except BadInput:
        assert changed != GOLDEN_TEXT
    else:
        assert (read == parse_receipt(GOLDEN_TEXT)) == (changed == GOLDEN_TEXT)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, f"mc:{text}", f"mc:Vrw_Lf3gfK2U9g#{text}"):
        try:
            parse_receipt(candidate)
        except BadInput as refusal:
            assert refusal.facts["value"] == candidate
