"""Which dossier a transfer's purpose names: of a code a bank keeps letters and digits, among other words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from counter_app.domain.codes import looks_like_code, tail_shape
from counter_app.domain.errors import NotAllowed, NotFound
from counter_app.domain.names import fold

Place = tuple[int, bytes]
"""A commune's number, and a dossier's id."""

_WORD: Final = re.compile(r"[^\W_]+")
_WORDS: Final = 6  # of a purpose that a code may be broken into


class Purposes:
    """Dossiers by what a bank keeps of their codes."""

    def __init__(self, coded: Iterable[tuple[str, Place]]) -> None:
        self._places: dict[str, set[Place]] = defaultdict(set)
        self._tails: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        for code, place in coded:
            key = _joined(code)
            self._places[key].add(place)
            self._tails[key] = code.rpartition("-")[2].upper()
            self._codes[key] = code

    def find(self, text: str) -> Place:
        """The dossier of that code, or whose code stands among these words.

        Raises NotFound("no-such-dossier"), NotAllowed("code-of-two"), NotAllowed("purpose-of-two") where the
        words name two, and NotAllowed("purpose-unclear") where they may be what was left of a longer code, or
        one that was broken in two.
        """
        exact = looks_like_code(text)
        runs = [(_joined(text), "")] if exact else _runs(text)
        named = [(run, rest) for run, rest in runs if run in self._places]
        found = {place for run, _ in named for place in self._places[run]}
        if not found:
            raise NotFound("no-such-dossier", code=text)
        if len(found) > 1:
            codes = sorted({self._codes[run] for run, _ in named})
            if len(codes) > 1:
                raise NotAllowed("purpose-of-two", value=text, codes=codes)
            raise NotAllowed("code-of-two", code=codes[0], ids=sorted(id_.hex() for _, id_ in found))
        if not exact and any(self._begins_another(run) or self._goes_on(run, rest) for run, rest in named):
            raise NotAllowed("purpose-unclear", code=text)
        return found.pop()

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._places)

    def _begins_another(self, run: str) -> bool:
        after = bisect_right(self._sorted, run)
        return after < len(self._sorted) and self._sorted[after].startswith(run)

    def _goes_on(self, run: str, rest: str) -> bool:
        return bool(rest) and tail_shape(self._tails[run] + rest) is not None


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Each run of words as one, and the word that only a space parts from it."""
    words = list(_WORD.finditer(text))
    for first in range(len(words)):
        for last in range(first, min(first + _WORDS, len(words))):
            run = _joined(text[words[first].start() : words[last].end()])
            after = words[last + 1] if last + 1 < len(words) else None
            near = after is not None and text[words[last].end() : after.start()].isspace()
            yield run, _joined(after[0]) if after is not None and near else ""


def _joined(text: str) -> str:
    return re.sub("[^A-Z0-9]+", "", fold(text).upper())
