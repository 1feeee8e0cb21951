"""TLS to a server that is known by its key, not by a name that somebody vouches for.

A certificate's dates are not asked: a counter whose clock is years off must still find its server, and the
key is what enrolment has proven.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PIN: Final = 32
"""Bytes of a pin: SHA-256 of the certificate's SubjectPublicKeyInfo (RFC 7469, section 2.4)."""


class WrongKey(ssl.SSLError):
    """The server shows another key than one of the pinned ones."""


class PinnedContext(ssl.SSLContext):
    """Takes the pinned keys alone; without pins any key, which `seen` then tells."""

    pins: Collection[bytes]
    seen: bytes

    def __new__(cls, pins: Collection[bytes] = ()) -> PinnedContext:
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.pins, made.seen = pins, b""
        return made

    def wrap_socket(self, *given: Any, **named: Any) -> ssl.SSLSocket:
        """Shakes hands, and hangs up before a byte of ours is sent where the key is another one."""
        made = super().wrap_socket(*given, **named)
        self.seen = pin_of(made.getpeercert(binary_form=True) or b"")
        if self.pins and self.seen not in self.pins:
            made.close()
            raise WrongKey("another key than the pinned one")
        return made


def pin_of(certificate: bytes) -> bytes:
    """The pin of a certificate in DER; raises ValueError where it is none."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def pin_of_file(path: Path) -> bytes:
    """The pin of the first certificate of a PEM file; raises OSError, ValueError."""
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    return pin_of(certificate.public_bytes(Encoding.DER))
