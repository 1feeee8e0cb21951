"""Communes and provinces since July 2025, offered where a place is typed; what people type stands."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from counter_app.domain.names import words
from counter_app.system import paths


@dataclass(frozen=True)
class Place:
    """A commune, ward or special zone, keyed by its code: names are not unique."""

    code: str
    name: str
    province: str

    @property
    def full(self) -> str:
        """`Xã Ea Súp, Tỉnh Đắk Lắk`, as an address ends."""
        return f"{self.name}, {self.province}"


@lru_cache(maxsize=1)
def _all() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    with paths.resource("places.csv").open(encoding="utf-8", newline="") as file:
        rows = [Place(row["ward_code"], row["ward"], row["province"]) for row in csv.DictReader(file)]
    return tuple((place, tuple(words(place.full))) for place in rows)


def match(typed: str, limit: int = 8) -> list[Place]:
    """Places whose words begin with the typed ones, in their order and without tones; by name."""
    wanted = words(typed)
    if not wanted or sum(map(len, wanted)) < 2:
        return []
    found = [place for place, folded in _all() if _begins(wanted, folded)]
    return sorted(found, key=lambda place: (len(place.name), place.full))[:limit]


def _begins(wanted: list[str], folded: tuple[str, ...]) -> bool:
    at = 0
    for word in wanted:
        while at < len(folded) and not folded[at].startswith(word):
            at += 1
        if at == len(folded):
            return False
        at += 1
    return True
