"""The text of an enrolment's QR: to the byte, and as a scanner may type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.sync.enrolment import Invitation, OneTimeCode

URL = "https://dongbo.tinh.gov.vn"
CODE = OneTimeCode("K7QX-2M2P-ABCD-EFGH")
PIN = bytes(range(32))
PIN_TEXT = "AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPQ"


def test_it_holds_address_code_and_pins_to_the_byte():
    assert Invitation(URL, CODE).text == f"mc-enrol:{URL}#K7QX-2M2P-ABCD-EFGH"
    assert Invitation(URL, CODE, (PIN, PIN)).text == (
        f"mc-enrol:{URL}#K7QX-2M2P-ABCD-EFGH#{PIN_TEXT}#{PIN_TEXT}"
    )


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=4), st.booleans())
def test_what_is_scanned_is_what_was_written(pins, flipped):
    made = Invitation("https://dongbo.tinh.gov.vn:8470/sau", OneTimeCode.draw(), tuple(pins))

    scanned = made.text.upper() if flipped else made.text  # with Caps Lock a scanner's letters turn
    read = Invitation.read(f"  {scanned}\r\n")

    assert read is not None
    assert (read.url.lower(), read.code, read.pins) == (made.url, made.code, made.pins)
    assert flipped or read == made


@pytest.mark.parametrize("typed", ["", URL, "https://x#K7QX", "mc:abc#def", "K7QX-2M2P-ABCD-EFGH"])
def test_what_is_no_invitation_is_none(typed):
    assert Invitation.read(typed) is None


@pytest.mark.parametrize("place", range(len("mc-enrol:"), len(f"mc-enrol:{URL}#{CODE.text}#{PIN_TEXT}")))
def test_a_part_of_one_is_refused_or_is_whole_by_itself(place):
    part = f"mc-enrol:{URL}#{CODE.text}#{PIN_TEXT}"[:place]
    if part == f"mc-enrol:{URL}#{CODE.text}":
        assert Invitation.read(part) == Invitation(URL, CODE)
        return

    with pytest.raises(BadInput, match="not-an-invitation"):
        Invitation.read(part)


def test_another_sign_in_a_pin_is_refused():
    for wrong in ("1" + PIN_TEXT[1:], PIN_TEXT + "A", PIN_TEXT[:-8], "é" + PIN_TEXT[1:]):
        with pytest.raises(BadInput, match="not-an-invitation"):
            Invitation.read(f"mc-enrol:{URL}#{CODE.text}#{wrong}")
