"""The machines of a district, as one text that it issues: it proves receipts of machines never met.

A text of issued.py, so it comes signed, versioned and cut into parts. UTF-8, each line ends in \\n:

    machines 1
    = <code> <name>                            a commune, by its code
    <log> <key> <code>[ <revoked since>]       a machine's log, by its id

log is the log's id in 16 hexadecimal digits, key its Ed25519 public key in base64url without padding (RFC
4648, section 5), code that of its commune, and the day, as 2026-11-28, is that on which the machine was
revoked. What a later program writes after these is skipped.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.events import log_name

MACHINES: Final = "machines"
"""The name of the one list."""
_HEAD: Final = "machines 1\n"
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Machine:
    """A log of a machine; `agency` is the code of its commune, `commune` what that is called."""

    public: bytes
    agency: str
    commune: str = ""
    revoked_on: date | None = None

    @property
    def log(self) -> bytes:
        return log_name(self.public)


def written(machines: Iterable[Machine], communes: Mapping[str, str]) -> str:
    """The list, the same for the same machines in whatever order; `communes` are names by codes."""
    names = [f"= {code} {_SPACE.sub(' ', name).strip()}\n" for code, name in sorted(communes.items())]
    return "".join([_HEAD, *names, *sorted(_line(one) for one in machines)])


def find(text: str, log: bytes) -> Machine | None:
    """The machine of that log; None where the list does not have it, or not as this program reads it."""
    if not text.startswith(_HEAD):
        return None
    line = _after(text, f"\n{log.hex()} ")
    if line is None:
        return None
    try:
        key, agency, *rest = line.split()
        public = urlsafe_b64decode(key + "=" * (-len(key) % 4))
        revoked = date.fromisoformat(rest[0]) if rest else None
    except ValueError:
        return None
    if log_name(public) != log:
        return None
    return Machine(public, agency, _after(text, f"\n= {agency} ") or "", revoked)


def _line(one: Machine) -> str:
    key = urlsafe_b64encode(one.public).rstrip(b"=").decode()
    since = f" {one.revoked_on.isoformat()}" if one.revoked_on else ""
    return f"{one.log.hex()} {key} {one.agency}{since}\n"


def _after(text: str, start: str) -> str | None:
    """What follows on the line that begins so."""
    at = text.find(start)
    if at < 0:
        return None
    at += len(start)
    end = text.find("\n", at)
    return text[at : end if end >= 0 else len(text)]
