"""Whose signatures a PDF bears, and whether each still stands for all that the file says. No network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO, Final

from counter_app.crypto.pdf_signing import asn1, reading
from counter_app.crypto.pkcs12 import common_name, may_sign
from counter_app.domain.errors import BadInput

_PEM: Final = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class Verdict(StrEnum):
    """What is to be thought of a signature, the worst that is true of it."""

    UNREADABLE = "unreadable"
    ALTERED = "altered"
    """The file says something else than what was signed."""
    ADDED = "added"
    """What was signed stands, but something was put behind it that nobody signed."""
    NOT_FOR_SIGNING = "not_for_signing"
    UNKNOWN_ROOT = "unknown_root"
    """Nobody whom we were told to trust answers for the signer's name."""
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    """The certificate has ended; without a timestamp nothing proves that it was signed before."""
    VERIFIED = "verified"


@dataclass(frozen=True)
class Checked:
    """One signature. `signed_at` is what the signer says, `since` and `until` what his certificate says."""

    verdict: Verdict
    signer: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None


def check(pdf: bytes | BinaryIO, now: datetime, roots: Sequence[Any] = ()) -> tuple[Checked, ...]:
    """Each signature of the file in the order of signing; none where it bears none.

    `roots` are certificates, as `roots_of` reads them. Raises BadInput("not-a-pdf"),
    NotAllowed("pdf-encrypted").
    """
    reader = reading(pdf)
    try:
        found = reader.embedded_regular_signatures
    except Exception as error:
        raise BadInput("not-a-pdf") from error
    return tuple(_checked(one, one is found[-1], now, roots) for one in found)


def roots_of(data: bytes) -> list[Any]:
    """The certificates of a PEM file, or of one in DER. Raises BadInput("not-certificates")."""
    from cryptography import x509

    try:
        if found := _PEM.findall(data):
            return [x509.load_pem_x509_certificate(one) for one in found]
        return [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise BadInput("not-certificates") from error


def _checked(signature: Any, last: bool, now: datetime, roots: Sequence[Any]) -> Checked:
    try:
        return _read(signature, last, now, roots)
    except Exception:  # noqa: BLE001  as above: what cannot be read is told as that
        return Checked(Verdict.UNREADABLE)


def _read(signature: Any, last: bool, now: datetime, roots: Sequence[Any]) -> Checked:
    from cryptography import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    signed_at = signature.self_reported_timestamp
    said = signed_at is not None and since <= signed_at <= until
    context = ValidationContext(
        trust_roots=[asn1(one) for one in roots],
        allow_fetching=False,
        moment=signed_at if said else now,
    )
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    status = validate_pdf_signature(signature, context, key_usage_settings=usage)
    if not (status.intact and status.valid):
        verdict = Verdict.ALTERED
    elif not _covers(status, last):
        verdict = Verdict.ADDED
    elif not may_sign(certificate):
        verdict = Verdict.NOT_FOR_SIGNING
    elif not status.trusted:
        verdict = Verdict.UNKNOWN_ROOT
    elif now < since:
        verdict = Verdict.NOT_YET
    else:
        verdict = Verdict.EXPIRED if now > until else Verdict.VERIFIED
    name, issuer = common_name(certificate.subject), common_name(certificate.issuer)
    return Checked(verdict, name, issuer, signed_at, since, until)


def _covers(status: Any, last: bool) -> bool:
    """The last signature covers the whole file; before it, others may only have been added."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    if last or status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return False
    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING
