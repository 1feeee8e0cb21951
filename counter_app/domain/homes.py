"""Whose account an event means where communes became one: each commune that was keeps its own.

An event names an account as it is called in the commune of its log: `lan`. One of another commune it names
with an id of that commune: `lan~` and 16 hex digits. Neither depends on what its writer, or a reader, knows
of a merging. Shown are the accounts of the commune that goes on by their ids, those of one that was with its
code: `lan~H55.24`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from counter_app.domain.events import Event

NOBODY: Final = frozenset({"system", "district"})
"""Actors that are no accounts: the program, and the district."""
_APART: Final = "~"  # no id has it
_DIGITS: Final = 16
_FEW_DIGITS: Final = 4


@dataclass(frozen=True)
class Homes:
    """`codes` of the communes that were, by each of their ids; `on`: an id of the one that goes on."""

    codes: Mapping[bytes, str] = field(default_factory=dict)
    on: bytes = b""

    def account(self, commune: bytes, named: str) -> str:
        """The id under which the account is shown that an event of this commune names so."""
        account, _, elsewhere = named.partition(_APART)
        home = self._find(elsewhere) if elsewhere else commune
        code = self.codes.get(home, "")
        return f"{account}{_APART}{code}" if code else account

    def named(self, commune: bytes, account: str) -> str:
        """How an event of this commune names the account that is shown so; `account` undoes it."""
        id_, _, code = account.partition(_APART)
        if code == self.codes.get(commune, ""):
            return id_
        home = self.on if not code else min((k for k, c in self.codes.items() if c == code), default=b"")
        return f"{id_}{_APART}{home.hex()[:_DIGITS]}" if home else account

    def _find(self, digits: str) -> bytes:
        return next((home for home in sorted(self.codes) if home.hex().startswith(digits)), b"")


def code_of(account: str) -> str:
    """The code of the commune that was, of whose accounts this is one; empty for all others."""
    return account.partition(_APART)[2]


def of(events: Iterable[Event]) -> Homes:
    """As the district's mergings say it, in the order of the commune."""
    known = list(events)
    codes: dict[bytes, str] = {}
    merged = [event for event in known if event.header.kind == "merged" and event.payload is not None]
    for event in merged:
        for home, code in _told(event):
            codes.setdefault(home, code)
    # What was merged first is a part of what was merged then: the least are looked at first.
    for ids in sorted(map(_ids, merged), key=lambda ids: (len(ids), ids)):
        left = [home for home in ids if home not in codes]
        codes.update((home, left[0].hex()[:_FEW_DIGITS]) for home in left)
    if not codes:
        return Homes()
    on = [event.header.dossier for event in merged if event.header.dossier not in codes]
    found = {**codes, **dict.fromkeys(on, "")}
    _follow(known, found)
    return Homes({home: code for home, code in found.items() if code}, on[-1] if on else b"")


def _follow(events: Iterable[Event], found: dict[bytes, str]) -> None:
    """A store that nobody named at the merging is at home where the one is that let it in."""
    doors = [
        (event.header.dossier, home)
        for event in events
        if event.header.kind in ("paired", "enrolled") and event.payload is not None
        if (home := _id(event.payload.get("commune"))) is not None
    ]
    while new := [(home, found[door]) for door, home in doors if door in found and home not in found]:
        for home, code in sorted(new, reverse=True):  # by several: that of the commune that goes on stays
            found[home] = code


def _told(event: Event) -> list[tuple[bytes, str]]:
    codes = (event.payload or {}).get("codes")
    if not isinstance(codes, Mapping):
        return []
    told = [(_id(home), code) for home, code in sorted(codes.items()) if isinstance(code, str) and code]
    return [(home, code) for home, code in told if home is not None]


def _ids(event: Event) -> list[bytes]:
    communes = (event.payload or {}).get("communes")
    found = map(_id, communes) if isinstance(communes, list) else ()
    return sorted(home for home in found if home is not None)


def _id(text: object) -> bytes | None:
    try:
        return bytes.fromhex(text) if isinstance(text, str) else None
    except ValueError:
        return None
