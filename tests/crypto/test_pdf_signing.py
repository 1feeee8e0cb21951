"""Signatures in PDFs, told by poppler and by OpenSSL as well as by us."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from counter_app.crypto.pdf_checking import Verdict, check, roots_of
from counter_app.crypto.pdf_signing import PLACE, Place, Signing, place_of, sign
from counter_app.crypto.pkcs12 import open_identity
from counter_app.domain.errors import BadInput, CounterError, NotAllowed
from counter_app.domain.zone import VIETNAM
from counter_app.paper import fonts
from counter_app.paper.page import Paper
from counter_app.paper.signature import signature_look
from tests.crypto import authority
from tests.crypto.authority import PASSPHRASE, SIGNER, Wanted

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=VIETNAM)
BINH = Wanted()
SPOT = (200.0, 60.0, 380.0, 110.0)


@cache
def paper() -> bytes:
    made = Paper(title="Văn bản thử", author="UBND xã", made=NOW)
    for number in (1, 2):
        made.page(400, 500)
        made.text(40, 400, fonts.face("serif"), 12, f"Trang {number}")
    made.room(PLACE, SPOT[0], SPOT[1], SPOT[2] - SPOT[0], SPOT[3] - SPOT[1])
    return made.finish()


@cache
def signed(wanted: Wanted = BINH, at: datetime = NOW) -> bytes:
    place = place_of(paper())
    assert place is not None
    identity = open_identity(authority.p12(wanted), PASSPHRASE, at)
    look = signature_look(identity.name, "UBND xã Ea Mlung", at, place.size)
    return sign(paper(), identity, Signing(at, "Xin lỗi", "UBND xã Ea Mlung", place, look))


def verdicts(pdf: bytes, now: datetime = NOW) -> list[Verdict]:
    return [one.verdict for one in check(pdf, now, [authority.root()])]


def poppler(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", folder / "paper.pdf"], capture_output=True, text=True)
    return done.stdout


def openssl_believes(pdf: bytes, folder: Path) -> bool:
    """Whether the CMS that the file holds is over its ranges, by a certificate under the root."""
    (field,) = PdfReader(io.BytesIO(pdf)).get_fields().values()
    begin, length, after, rest = field["/V"]["/ByteRange"]
    (folder / "content").write_bytes(pdf[begin : begin + length] + pdf[after : after + rest])
    held = bytes.fromhex(pdf[begin + length : after].strip(b"<>").decode())
    (folder / "cms").write_bytes(held)
    (folder / "root").write_bytes(authority.pem(authority.root()))
    asked = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / "cms"]
    asked += ["-content", folder / "content", "-CAfile", folder / "root", "-purpose", "any"]
    asked += ["-attime", str(int(NOW.timestamp())), "-out", folder / "out"]
    return subprocess.run(asked, capture_output=True).returncode == 0


@pytest.mark.parametrize("wanted", [BINH, authority.ECDSA], ids=["rsa", "ecdsa"])
def test_poppler_and_openssl_believe_a_signed_paper_and_no_altered_one(
    tmp_path: Path, wanted: Wanted
) -> None:
    pdf = signed(wanted)
    at = pdf.index(b"/Producer") + 20

    assert pdf.startswith(paper())
    said = poppler(pdf, tmp_path)
    assert "Signature is Valid." in said and "Total document signed" in said
    assert SIGNER in said and "ETSI.CAdES.detached" in said and "Nov 27 2026 02:30:00" in said
    assert openssl_believes(pdf, tmp_path)
    assert verdicts(pdf) == [Verdict.VERIFIED]

    altered = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    assert "Signature is Valid." not in poppler(altered, tmp_path)
    assert not openssl_believes(altered, tmp_path)
    assert verdicts(altered) == [Verdict.ALTERED]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_no_byte_of_what_was_signed_can_be_changed_unseen(place: float, bit: int) -> None:
    pdf = bytearray(signed(authority.ECDSA))
    (field,) = PdfReader(io.BytesIO(pdf)).get_fields().values()
    _, length, after, rest = field["/V"]["/ByteRange"]
    at = int(place * (length + rest))
    pdf[at if at < length else after + at - length] ^= 1 << bit

    try:
        assert Verdict.VERIFIED not in verdicts(bytes(pdf))
    except CounterError as error:
        assert error.why in ("not-a-pdf", "pdf-encrypted")


def test_the_signature_is_seen_in_its_place_and_says_why_and_where() -> None:
    assert place_of(paper()) == Place(1, SPOT)
    assert place_of(signed()) is None

    page = PdfReader(io.BytesIO(signed())).pages[1]
    (field,) = page["/Annots"]
    shown = field.get_object()

    assert [float(side) for side in shown["/Rect"]] == list(SPOT)
    assert shown["/AP"]["/N"]["/Resources"]["/XObject"]
    said = shown["/V"]
    assert (said["/Reason"], said["/Location"], said["/Name"]) == ("Xin lỗi", "UBND xã Ea Mlung", SIGNER)


def test_a_paper_without_room_is_signed_unseen_and_a_second_time() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    plain = io.BytesIO()
    writer.write(plain)
    identity = open_identity(authority.p12(), PASSPHRASE, NOW)

    once = sign(plain.getvalue(), identity, Signing(NOW))
    twice = sign(once, identity, Signing(NOW))

    assert place_of(plain.getvalue()) is None
    assert verdicts(twice) == [Verdict.VERIFIED, Verdict.VERIFIED]
    assert verdicts(plain.getvalue()) == []


def test_each_doubt_has_its_verdict() -> None:
    expired = signed(authority.EXPIRED, datetime(2026, 2, 1, tzinfo=UTC))

    assert [one.verdict for one in check(signed(), NOW)] == [Verdict.UNKNOWN_ROOT]
    assert verdicts(signed() + b"% more\n") == [Verdict.ADDED]
    assert verdicts(expired) == [Verdict.EXPIRED]
    assert verdicts(expired, datetime(2026, 2, 2, tzinfo=UTC)) == [Verdict.VERIFIED]
    (found,) = check(signed(), NOW, roots_of(authority.pem(authority.root())))
    assert (found.signer, found.issuer, found.signed_at) == (SIGNER, "CA thử nghiệm", NOW)


@pytest.mark.parametrize(
    ("made", "passphrase", "at", "why"),
    [
        (lambda: b"not one", PASSPHRASE, NOW, "not-a-pkcs12"),
        (lambda: authority.p12()[:-40], PASSPHRASE, NOW, "not-a-pkcs12"),
        (authority.p12, "sai", NOW, "wrong-pkcs12-passphrase"),
        (authority.p12, "", NOW, "wrong-pkcs12-passphrase"),
        (lambda: authority.p12(with_key=False), PASSPHRASE, NOW, "pkcs12-without-key"),
        (lambda: authority.p12(authority.EXPIRED), PASSPHRASE, NOW, "certificate-expired"),
        (authority.p12, PASSPHRASE, NOW - timedelta(days=600), "certificate-not-yet"),
        (lambda: authority.p12(authority.ENCRYPTS), PASSPHRASE, NOW, "certificate-not-for-signing"),
        (lambda: authority.p12(authority.SERVER), PASSPHRASE, NOW, "certificate-not-for-signing"),
    ],
)
def test_a_file_that_cannot_sign_is_refused_by_its_reason(made, passphrase, at, why) -> None:
    with pytest.raises(CounterError) as caught:
        open_identity(made(), passphrase, at)

    assert caught.value.why == why


def test_what_is_no_pdf_or_is_shut_is_refused() -> None:
    identity = open_identity(authority.p12(), PASSPHRASE, NOW)
    shut = PdfWriter()
    shut.add_blank_page(100, 100)
    shut.encrypt("x", algorithm="AES-128")
    held = io.BytesIO()
    shut.write(held)

    refused = [(b"%PDF-1.4 nothing", BadInput, "not-a-pdf"), (held.getvalue(), NotAllowed, "pdf-encrypted")]
    for pdf, error, why in refused:
        for act in (lambda pdf=pdf: sign(pdf, identity, Signing(NOW)), lambda pdf=pdf: check(pdf, NOW)):
            with pytest.raises(error, match=why):
                act()


def test_the_library_tells_no_log_whom_it_met(caplog: pytest.LogCaptureFixture) -> None:
    check(signed(replace(BINH, name="Người Bí Mật")), NOW)

    assert "Người Bí Mật" not in caplog.text
