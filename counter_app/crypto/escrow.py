"""A store's key, sealed to whoever may open the store where its own machine no longer can."""

from __future__ import annotations

import io
from typing import Final

from counter_app.crypto.sealing import SealedWriter, SealingKey, open_sealed
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused

_LABEL: Final = b"mc/escrow/1"
_ID, _KEY = 16, 32  # bytes


def seal_key(store_id: str, key: bytes, to: bytes, signer: Signer) -> bytes:
    """A sealed container (sealing.py) for the X25519 key `to`: mc/escrow/1 | store id 16 | store key 32."""
    file = io.BytesIO()
    with SealedWriter(file, [to], signer) as sealed:
        sealed.write(_LABEL + bytes.fromhex(store_id) + key)
    return file.getvalue()


def open_key(data: bytes, sealing: SealingKey) -> tuple[str, bytes]:
    """The store's id and its key; raises Refused("escrow-damaged"), and as `open_sealed` does."""
    body = b"".join(open_sealed(io.BytesIO(data), sealing))
    if not body.startswith(_LABEL) or len(body) != len(_LABEL) + _ID + _KEY:
        raise Refused("escrow-damaged")
    return body[len(_LABEL) : -_KEY].hex(), body[-_KEY:]
