"""A second reading of a receipt's QR and of the district's list of machines, from their written forms alone.

It shares no code with the program. `read` says `unknown_device`, `forged` or `verified`, the agency of the
machine and what the paper claims.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNATURE = 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def machines(text: str) -> dict[bytes, dict[str, Any]]:
    """Of each log that the list names, its machine."""
    head, *rows = text.split("\n")
    if head != "machines 1":
        raise ValueError("not a list of this version")
    names = {row.split(" ", 2)[1]: row.split(" ", 2)[2] for row in rows if row.startswith("= ")}
    found = {}
    for row in rows:
        if not re.match(r"[0-9a-f]{16} ", row):
            continue
        log, key, agency, *since = row.split(" ")
        public = bytes_of(key)
        if hashlib.sha256(public).digest()[:8].hex() != log:
            continue
        found[bytes.fromhex(log)] = {
            "public": public,
            "agency": agency,
            "name": names.get(agency, ""),
            "revoked": since[0] if since else None,
        }
    return found


def read(qr: str, known: dict[bytes, dict[str, Any]]) -> dict[str, Any]:
    """What stands behind the text of a QR."""
    place, payload = qr.split("#")
    token = bytes_of(place.rsplit("/", 1)[-1].removeprefix("mc:"))
    data = bytes_of(payload)
    claim, signature = data[:-SIGNATURE], data[-SIGNATURE:]
    machine = known.get(claim[17:25])
    if machine is None:
        return {"signature": "unknown_device"}
    try:
        Ed25519PublicKey.from_public_bytes(machine["public"]).verify(
            signature, b"mc/receipt/1\x00" + claim + token
        )
    except InvalidSignature:
        return {"signature": "forged"}
    size = claim[29]
    code, rest = claim[30 : 30 + size], claim[30 + size :]
    return {
        "signature": "verified",
        "dossier": claim[1:17],
        "code": code.decode(),
        "procedure": rest[1 : 1 + rest[0]].decode(),
        "due": EPOCH + timedelta(minutes=int.from_bytes(claim[25:29], "big")),
        "agency": machine["agency"],
        "name": machine["name"],
        "revoked": machine["revoked"],
    }
