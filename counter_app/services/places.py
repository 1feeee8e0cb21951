"""Communes and provinces since July 2025, offered where a place is typed; what people type stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from counter_app.domain.names import fold, words
from counter_app.system import paths

KINDS: Final = ("Xã", "Phường", "Đặc khu", "Tỉnh", "Thành phố")


@dataclass(frozen=True)
class Place:
    """A commune, ward or special zone, or with `province` "" a province; keyed by its code: names repeat."""

    code: str
    name: str
    province: str = ""

    @property
    def called(self) -> str:
        """`xã Ea Súp`, as within a sentence."""
        return _called(self.name)

    @property
    def within(self) -> str:
        """`tỉnh Đắk Lắk`; "" of a province."""
        return _called(self.province)

    @property
    def full(self) -> str:
        """`xã Ea Súp, tỉnh Đắk Lắk`, as an address ends."""
        return ", ".join(filter(None, (self.called, self.within)))


class _Name(NamedTuple):
    """A name in folded words: `xa`, `x`; `ea sup`, `es`."""

    lead: list[str]
    short: str
    own: list[str]
    initials: str


class Gazetteer:
    """The places, ready to be searched with every letter that is typed."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._known = [(one, _name(one.name), _name(one.province)) for one in places]

    def match(self, typed: str, limit: int = 8, *, communes_only: bool = False) -> list[Place]:
        """At most `limit` places for two typed letters or more, without tones, the best first.

        Typed are beginnings of words that follow one another in the name, or the name's initials ("ml": Mường
        Lát); then the province in the same way, if at all. "xã", "tỉnh" and the like may stand before each.
        """
        asked = words(typed)
        if sum(map(len, asked)) < 2:
            return []
        ranked = []
        for place, name, province in self._known:
            if communes_only and not place.province:
                continue
            if (rank := _rank(asked, name, province)) is not None:
                ranked.append((rank, bool(place.province), len(place.name), place.full, place.code, place))
        return [row[-1] for row in sorted(ranked)[:limit]]

    def communes_called(self, typed: str) -> list[Place]:
        """Those of exactly this name, "xã Ea Súp" or "xã Ea Súp, tỉnh Đắk Lắk"; tones do not count."""
        asked = fold(typed)
        communes = (place for place, _, _ in self._known if place.province)
        return [place for place in communes if asked in (fold(place.called), fold(place.full))]

    def provinces(self) -> list[Place]:
        return [place for place, _, _ in self._known if not place.province]


@lru_cache(maxsize=1)
def read() -> Gazetteer:
    """The places that ship with the program, read from the disk once."""
    with paths.resource("places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    provinces = {row["province_code"]: Place(row["province_code"], row["province"]) for row in rows}
    communes = (Place(row["ward_code"], row["ward"], row["province"]) for row in rows)
    return Gazetteer([*provinces.values(), *communes])


def _called(name: str) -> str:
    return name[:1].lower() + name[1:]


def _name(text: str) -> _Name:
    kind = next((kind for kind in KINDS if text.startswith(f"{kind} ")), "")
    lead, own = words(kind), words(text.removeprefix(kind))
    return _Name(lead, _initials(lead), own, _initials(own))


def _initials(folded: list[str]) -> str:
    return "".join(word[0] for word in folded)


def _rank(asked: list[str], name: _Name, province: _Name) -> tuple[int, int] | None:
    """How well name and province fit, 0 best; None where a word is left that neither takes."""
    fitted = _fit(asked, name)
    if fitted is None:
        return None
    rank, rest = fitted
    if not rest:
        return rank, 0
    within = _fit(rest, province)
    return None if within is None or within[1] else (rank, within[0])


def _fit(asked: list[str], name: _Name) -> tuple[int, list[str]] | None:
    """The rank of the words at the head of `asked` that the name takes, and the words that it leaves.

    0: the whole name, 1: its beginning, 2: later words of it, 3: its initials.
    """
    if len(asked) > 1:
        if asked[0] == name.short:
            asked = asked[1:]
        elif len(asked) > len(name.lead) and asked[: len(name.lead)] == name.lead:
            asked = asked[len(name.lead) :]
    first, taken, begins_at = asked[0], 0, 0
    for at, word in enumerate(name.own):
        if word.startswith(first) and (run := _run(asked, name.own[at:])) > taken:
            taken, begins_at = run, at
    if taken:
        return 2 if begins_at else int(asked[:taken] != name.own), asked[taken:]
    if len(first) > 1 and name.initials.startswith(first):
        return 3, asked[1:]
    return None


def _run(asked: list[str], name: list[str]) -> int:
    """How many of the asked words begin the name's words, one after the other."""
    count = 0
    for word, part in zip(asked, name, strict=False):
        if not part.startswith(word):
            break
        count += 1
    return count
