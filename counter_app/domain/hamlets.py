"""The hamlet that an address names as it was typed: thôn, bản, buôn, làng, ấp, khóm, tổ dân phố, phum, sóc.

Hamlets have no codes and no list: people write them as they say them. What is found here groups a list for
whoever carries it; nothing is reckoned from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from counter_app.domain.names import clean_line, fold


@dataclass(frozen=True)
class Hamlet:
    """`key` is the same for two spellings of one hamlet; `name` is how it was typed."""

    key: str
    name: str


# The words that a hamlet begins with, and how strong each is: in "tổ 2 thôn Suối Chải" the thôn is the hamlet
# and the tổ a part of it. Spellings of one word share the first.
_KINDS: Final[dict[str, tuple[str, int]]] = {
    **{word: (word, 3) for word in ("thôn", "bản", "buôn", "làng", "ấp", "khóm", "bon", "plei", "khu phố")},
    **dict.fromkeys(("plây", "pley", "plơi"), ("plei", 3)),
    **dict.fromkeys(("tổ dân phố", "tdp"), ("tổ dân phố", 3)),
    **dict.fromkeys(("ƀuôn", "buôn làng"), ("buôn", 3)),
    **{word: (word, 2) for word in ("phum", "sóc", "khu vực", "khu", "xóm")},
    **{word: (word, 1) for word in ("đội", "tổ")},
}
_LONGEST: Final = max(len(kind.split()) for kind in _KINDS)
_ABOVE: Final = frozenset(
    {"xã", "phường", "huyện", "quận", "tỉnh", "tp", "tx", "tt", "thị", "thành phố", "thị trấn", "thị xã"}
)
_NOT_AFTER: Final = frozenset({"đường", "phố", "trưởng", "phó", "quốc lộ"})  # đường Bản Đôn, trưởng thôn
_BARE: Final = {fold(kind): found for kind, found in _KINDS.items()}
_BARE_ABOVE: Final = frozenset(fold(word) for word in _ABOVE)
_ROMAN: Final = {
    numeral: str(n)
    for n, numeral in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_PARTS: Final = re.compile(r"[,;()\n]|\s[-–—]\s")
_GLUED: Final = re.compile(rf"\b({'|'.join(kind for kind in _KINDS if ' ' not in kind)})(\d)", re.IGNORECASE)


def hamlet_of(address: str) -> Hamlet | None:
    """The strongest hamlet that the address names, the first of equals; None where it names none."""
    found: tuple[int, Hamlet] | None = None
    for part in _PARTS.split(address):
        named = _in_part(_GLUED.sub(r"\1 \2", clean_line(part)).split())
        if named and (found is None or named[0] > found[0]):
            found = named
    return found[1] if found else None


def _in_part(words: list[str]) -> tuple[int, Hamlet] | None:
    """What one part between two commas names; "tổ 2 thôn 5 xã Ea Mlung" is cut at thôn and at xã."""
    lowered = [word.lower().strip(".") for word in words]
    # Who types without tones does so throughout; then a word counts only where it begins the part.
    bare = all(fold(word) == word for word in lowered)
    begins, strength, kind, width = -1, 0, "", 0
    ends = len(words)
    place = 0
    while place < len(words):
        if begins >= 0 and place > begins + width and lowered[place] in (_BARE_ABOVE if bare else _ABOVE):
            ends = place
            break
        named = _kind_at(lowered, place, bare)
        fresh = place > begins + width or begins < 0  # "làng Plei Bông" is a làng, not a plei
        if named and named[1] > strength and fresh and (not bare or place == 0):
            begins, (kind, strength, width) = place, named
            place += width
        else:
            place += 1
    name = [word.strip(".") for word in words[begins + width : ends]] if begins >= 0 else []
    if not name:
        return None
    return strength, Hamlet(_key(kind, name), " ".join(words[begins:ends]).rstrip("."))


def _kind_at(lowered: list[str], place: int, bare: bool) -> tuple[str, int, int] | None:
    """The kind that stands there, its strength, and its number of words."""
    if place and lowered[place - 1] in _NOT_AFTER:
        return None
    table = _BARE if bare else _KINDS
    for width in range(_LONGEST, 0, -1):
        found = table.get(" ".join(lowered[place : place + width]))
        if found and place + width <= len(lowered):
            return (*found, width)
    return None


def _key(kind: str, name: list[str]) -> str:
    """Tones, capitals, "số" and leading zeros do not tell two hamlets apart; III is 3."""
    words = fold(" ".join(name)).split()
    if len(words) > 1 and words[0] == "so":
        words = words[1:]
    if len(words) == 1:
        words = [_ROMAN.get(words[0], words[0])]
    return " ".join([fold(kind), *(word.lstrip("0") or word for word in words)])
