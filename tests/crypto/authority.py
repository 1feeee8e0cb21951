"""An authority that tests ask for certificates, and people's PKCS#12 files made with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "mật khẩu của Bình"
SIGNER = "Nguyễn Văn Bình"
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


@cache
def key(kind: str, number: int = 0) -> Any:
    """Made once a run: an RSA key takes a tenth of a second."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Wanted:
    """What the certificate of a signer says; the authority itself is trusted from 2020 to 2040."""

    name: str = SIGNER
    kind: str = "rsa"
    since: datetime = SINCE
    until: datetime = UNTIL
    signs: bool = True
    purpose: Any = None


def root() -> x509.Certificate:
    name = _named("CA thử nghiệm")
    made = _begun(name, name, key("ec", 1), datetime(2020, 1, 1), datetime(2040, 1, 1))
    made = made.add_extension(x509.BasicConstraints(True, None), critical=True)
    return made.add_extension(_usage(signs=False, authority=True), critical=True).sign(
        key("ec", 1), hashes.SHA256()
    )


def certificate(wanted: Wanted) -> x509.Certificate:
    subject = _named(wanted.name)
    made = _begun(subject, _named("CA thử nghiệm"), key(wanted.kind), wanted.since, wanted.until)
    made = made.add_extension(_usage(signs=wanted.signs), critical=True)
    made = made.add_extension(x509.BasicConstraints(False, None), critical=True)
    if wanted.purpose is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([wanted.purpose]), critical=False)
    return made.sign(key("ec", 1), hashes.SHA256())


def p12(wanted: Wanted = Wanted(), *, with_key: bool = True) -> bytes:
    held = key(wanted.kind) if with_key else None
    return pkcs12.serialize_key_and_certificates(
        b"signer", held, certificate(wanted), [root()], BestAvailableEncryption(PASSPHRASE.encode())
    )


def pem(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.PEM)


ECDSA = Wanted(kind="ec")
EXPIRED = replace(Wanted(), since=datetime(2024, 1, 1, tzinfo=UTC), until=datetime(2026, 3, 1, tzinfo=UTC))
ENCRYPTS = replace(Wanted(), signs=False)
SERVER = replace(Wanted(), purpose=ExtendedKeyUsageOID.SERVER_AUTH)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name, issuer: x509.Name, held: Any, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(held.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _usage(*, signs: bool, authority: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=not signs and not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
