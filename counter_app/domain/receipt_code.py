"""The text of a receipt's QR: a secret token, and a signed claim that a counter can check with no network.

    mc:<token>#<payload>                before the machine is enrolled
    <server URL>/r/<token>#<payload>    after; a browser keeps what follows # to itself

token and payload are base64url without padding (RFC 4648, section 5). The payload is the claim and its
Ed25519 signature; all numbers are big-endian:

    1    version, 0x01
    16   dossier id
    8    log id of the machine that printed and signed it
    4    return date, minutes since 1970-01-01T00:00Z
    1+n  code, its length in bytes first, UTF-8
    1+n  procedure, the same
    64   signature over the label mc/receipt/1, a zero byte, all of the above and the token

It names no person.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM

LABEL = b"mc/receipt/1"
PROCEDURE = 8
"""Letters of a procedure's code in a claim: national codes have no more (1.001193)."""

RECEPTIONS = ("received", "registered")
"""Acts that begin a dossier: from the salt of the first of them comes its token."""

_VERSION = 1
_TOKEN_LENGTH = 10
_SIGNATURE_LENGTH = 64
_HEAD = struct.Struct(">B16s8sI")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)

_LOOKS_LIKE = re.compile(r"(?:mc:|https?://[^\s#]+/r/)[^\s#/]*#\S*", re.ASCII)
_IS_RECEIPT = re.compile(r"(?:mc:|https?://[^\s#]+/r/)([\w-]{14})#([\w-]+)", re.ASCII)


@dataclass(frozen=True)
class ReceiptClaim:
    """What a receipt says of its dossier; `due` is to the minute, seconds are dropped.

    Raises ValueError where the parts do not fit their bytes.
    """

    dossier: bytes
    log: bytes
    code: str
    procedure: str
    due: datetime

    def __post_init__(self) -> None:
        if len(self.dossier) != 16 or len(self.log) != 8:
            raise ValueError("a dossier id has 16 bytes, a log id 8")
        if not all(1 <= len(text.encode()) <= 255 for text in (self.code, self.procedure)):
            raise ValueError("code and procedure have 1 to 255 bytes")
        if self.due.utcoffset() is None or self.due < _EPOCH:
            raise ValueError("a return date has a zone and is later than 1970")
        object.__setattr__(self, "due", self.due.astimezone(VIETNAM).replace(second=0, microsecond=0))


def token(salt: bytes) -> bytes:
    """The 10 bytes under which the public page shows the dossier; `salt` is its reception's."""
    return hmac.digest(salt, b"mc/token", hashlib.sha256)[:_TOKEN_LENGTH]


def claim_bytes(claim: ReceiptClaim) -> bytes:
    minutes = (claim.due - _EPOCH) // _MINUTE
    head = _HEAD.pack(_VERSION, claim.dossier, claim.log, minutes)
    return head + _counted(claim.code) + _counted(claim.procedure)


def signed_data(claim: ReceiptClaim, token: bytes) -> bytes:
    """What is signed, after LABEL and a zero byte."""
    return claim_bytes(claim) + token


def receipt_text(claim: ReceiptClaim, token: bytes, signature: bytes, server: str | None = None) -> str:
    """The QR's text; `server` is the district's URL once the machine is enrolled."""
    if len(token) != _TOKEN_LENGTH or len(signature) != _SIGNATURE_LENGTH:
        raise ValueError("a token has 10 bytes, a signature 64")
    place = f"{server.rstrip('/')}/r/" if server else "mc:"
    return f"{place}{_to_text(token)}#{_to_text(claim_bytes(claim) + signature)}"


def token_of(text: str) -> bytes | None:
    """The token in the path of a public page's address; None where it is none."""
    try:
        packed = _from_text(text)
    except ValueError:
        return None
    return packed if len(packed) == _TOKEN_LENGTH else None


def looks_like_receipt(text: str) -> bool:
    return _LOOKS_LIKE.fullmatch(text.strip()) is not None


def parse_receipt(text: str) -> tuple[ReceiptClaim, bytes, bytes]:
    """Claim, token and signature; whether the signature is true is for the caller to check.

    Raises BadInput: "not-a-receipt", "receipt-damaged" (one, but not as it was printed),
    "receipt-newer" (of a later version of this form).
    """
    if not looks_like_receipt(text):
        raise BadInput("not-a-receipt", field="text", value=text)
    found = _IS_RECEIPT.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError("letters that base64url does not have")
        token, payload = _from_text(found[1]), _from_text(found[2])
        if payload[0] > _VERSION:
            raise BadInput("receipt-newer", field="text", value=text)
        return _claim(payload[:-_SIGNATURE_LENGTH]), token, payload[-_SIGNATURE_LENGTH:]
    except (ValueError, OverflowError, IndexError, struct.error) as fault:
        raise BadInput("receipt-damaged", field="text", value=text) from fault


def _claim(packed: bytes) -> ReceiptClaim:
    version, dossier, log, minutes = _HEAD.unpack_from(packed)
    code, rest = _take_counted(packed[_HEAD.size :])
    procedure, rest = _take_counted(rest)
    if version != _VERSION or rest:
        raise ValueError("not the form of version 1")
    return ReceiptClaim(dossier, log, code, procedure, _EPOCH + minutes * _MINUTE)


def _counted(text: str) -> bytes:
    packed = text.encode()
    return bytes([len(packed)]) + packed


def _take_counted(packed: bytes) -> tuple[str, bytes]:
    end = 1 + packed[0]
    if len(packed) < end:
        raise ValueError("cut short")
    return packed[1:end].decode(), packed[end:]


def _to_text(packed: bytes) -> str:
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def _from_text(text: str) -> bytes:
    packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _to_text(packed) != text:  # spare bits must be zero: one claim has one text
        raise ValueError("not as it was written")
    return packed
