"""What a sender takes out of payloads: values member by member, and of those the parts that differ.

All of it is choice: a reader puts back what it is given. Values that belong together (a procedure's code and
name) stay one; identity numbers, telephone numbers and dates are cut where their parts vary for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_VALUE: Final = re.compile(
    rb'(":"[^"\\\x00-\x1f]+|":-?[0-9]+|":\["[^][{}\x00-\x1f]*\]'
    rb'|(?<="fee)":\{[^{}\x00-\x1f]*\}|(?<="procedure)":\{[^{}\x00-\x1f]*\}'
    rb"|(?<=[\x03\x08])-[0-9-]+)"  # behind the date of a dossier's code, and behind the year of a birth
)
_STEP: Final = re.compile(rb'"([^"\\]*)":(?=[\[{]|$)|[{}\[\]]')
_FORMS: Final = (
    (re.compile(rb'(?:":"[0-9]{12}\n)*'), (3, 6, 7, 9)),  # number of a person: province, century, year
    (re.compile(rb'(?:":"0[0-9]{9}\n)*'), (3, 6)),  # telephone: net
    (re.compile(rb'(?:":"[0-9]{4}-[0-9]{2}-[0-9]{2}\n)*'), (3, 7, 8, 10, 11)),
    (re.compile(rb"(?:-[0-9]{2}-[0-9]{2}\n)*"), (1, 3, 4)),
)
_DIGITS: Final = b"0123456789"
_COMMA: Final = b", "


class Cut(NamedTuple):
    """Texts, taken apart."""

    shape: list[int]
    """For each text its place among the following two."""
    pieces: list[Sequence[bytes]]
    """What stands between the values."""
    paths: list[tuple[bytes, ...]]
    """Where each value stood."""
    values: dict[bytes, list[bytes]]
    """Those of each path, in their order."""


def cut(texts: Iterable[bytes]) -> Cut:
    """Joined again by their values the pieces of each text are the text."""
    done = Cut([], [], [], {})
    known: dict[bytes, int] = {}
    takes: list[list[Callable[[bytes], None]]] = []
    for text in texts:
        parts = _VALUE.split(text)
        pieces = parts[::2]
        key = b"\n".join(pieces)
        place = known.get(key)
        if place is None:
            place = known[key] = len(known)
            paths = _paths(tuple(pieces))
            done.pieces.append(pieces)
            done.paths.append(paths)
            takes.append([done.values.setdefault(path, []).append for path in paths])
        done.shape.append(place)
        for take, value in zip(takes[place], parts[1::2], strict=True):
            take(value)
    return done


@lru_cache(maxsize=1024)
def _paths(pieces: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The members, from the outermost, whose values were taken out."""
    found, way, last = [], [], b""
    for piece in pieces[:-1]:
        for step in _STEP.finditer(piece + b'":'):
            if step[1] is not None:
                last = step[1]
            elif step[0] in b"{[":
                way.append(last)
                last = b""
            else:
                last = way.pop() if way else b""
        found.append(b".".join((*way, last, piece[-1:] if piece[-1:] in b"\x03\x08" else b"")))
    return tuple(found)


def split(values: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Columns that make the values where they are put together row by row; one that is always the same has
    one row.
    """
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        return [different]
    told = b"\n".join(different) + b"\n"
    for form, places in _FORMS:
        if form.fullmatch(told):
            slices = [slice(a, b) for a, b in zip((0, *places), (*places, None), strict=True)]
            return [_once([value[part] for value in values]) for part in slices]
    commas = {value.count(_COMMA) for value in different}
    if len(commas) == 1 and commas != {0}:
        columns: list[Sequence[bytes]] = []
        for column in zip(*(value.split(_COMMA) for value in values), strict=True):
            columns += [[_COMMA], *_prefixed(column)]
        return columns[1:]
    return _prefixed(values)


def _prefixed(values: Sequence[bytes]) -> list[Sequence[bytes]]:
    """What all begin with stands once."""
    different = _once(values)
    if len(different) == 1:
        return [different]
    same = _common(min(values), max(values))
    if len(set(map(len, values))) > 1:
        same = same.rstrip(_DIGITS)
    return [[same], [value[len(same) :] for value in values]] if same else [values]


def _common(one: bytes, other: bytes) -> bytes:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:at]
    return one


def _once(values: Sequence[bytes]) -> Sequence[bytes]:
    return values[:1] if len(set(values)) == 1 else values
