"""Officers' PINs as argon2id hashes (RFC 9106)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_MOST_MEMORY = 65_536
_MOST_TIME = 10


# 19 MiB, two passes, one lane: a minimum of OWASP's Password Storage Cheat Sheet for argon2id, 22 ms where a
# passphrase's parameters take 210, because changing officer takes two seconds in all. A PIN of a few digits
# can be guessed by whoever holds its hash, at any cost: what guards it is the store's encryption.
@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # not before somebody has a PIN

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, salt_len=16)


def hash_pin(pin: str) -> str:
    """The PHC string to keep for a PIN of 4 to 12 digits; raises BadInput("pin-shape")."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        raise BadInput("pin-shape", field="pin", at_least=4, at_most=12)
    return _hasher().hash(pin)


def check_pin(kept: str, pin: str) -> bool:
    """Whether `pin` is the one of `kept`; a hash that is damaged or dear beyond reason fits no PIN."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        cost = extract_parameters(kept)
        if cost.memory_cost > _MOST_MEMORY or cost.time_cost > _MOST_TIME:
            return False
        return _hasher().verify(kept, pin)
    except (InvalidHashError, VerificationError, UnicodeEncodeError, ValueError):
        return False
