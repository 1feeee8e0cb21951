"""Texts of one batch as shapes and values: what they share is written once, what differs by columns.

A shape is a text with a byte 05 wherever a value was taken out. Which values are taken out the sender alone
decides: who puts them back has the same bytes, whatever they mean. Shapes may hold other bytes below 0x20
too, values may not.

    shape      for each text: its place among the shapes
    shapes     count; for each 05 in each of them: the place of its column
    ways       count of the columns; for each: how it is kept, and a number
    places     column by column: what its way wants
    digits     of the columns kept in way 2
    words      the shapes, then lines of the columns kept in ways 0 and 1; each ends in a line feed

    way 0      a line for each value; the number is 0
    way 1      as many lines as the number says; for each value the place of its line, at `places`
    way 2      each value as long as the number says, at `digits`
    way 3      numbers, at `places`: in decimal, with zeros before up to as many digits as the number says
    way 4      as way 3, but signed there: each less the one before it (the first less 0)

A column's values lie in the order of the texts, and in the order of their 05 within one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from counter_app.sync.columns import Column, Cursor
from counter_app.sync.cutting import cut, split

HOLE: Final = b"\x05"
END: Final = b"\n"
_LINES, _TABLE, _FIXED, _NUMBERS, _GROWING = range(5)
_MOST_DIGITS: Final = 18
_BYTE: Final = 0x80  # what one byte of a number cannot hold
_SHORT: Final = 8  # values, from which on differences are worth while
_CONTROL: Final = re.compile(rb"[\x00-\x09\x0b-\x1f]")  # but a line's end
_ANY_CONTROL: Final = re.compile(rb"[\x00-\x1f]")


class Kept(NamedTuple):
    """The columns as they are written."""

    shape: Column
    shapes: Column
    ways: Column
    places: Column
    digits: Column
    words: Column


class Held(NamedTuple):
    """The columns as they are read."""

    shape: Cursor
    shapes: Cursor
    ways: Cursor
    places: Cursor
    digits: Cursor
    words: Cursor


class Shaped(NamedTuple):
    """Texts as they came, not yet put together."""

    shapes: list[bytes]
    shape: Sequence[int]
    """Of each text."""
    values: list[list[Iterator[bytes]]]
    """For each shape the columns of its 05, each of which goes on from text to text."""


def put(texts: Sequence[bytes], kept: Kept) -> None:
    """Writes texts that hold neither a line feed nor an 05."""
    done = cut(texts)
    lines: list[bytes] = []
    holes: dict[bytes, tuple[bytes, list[int]]] = {}
    count = 0
    ways = Column()
    for path, values in done.values.items():
        text, columns = b"", []
        for column in split(values):
            if len(column) == 1:
                text += column[0]
            else:
                text += HOLE
                columns.append(count)
                count += 1
                lines += _put(column, ways, kept)
        holes[path] = text, columns
    kept.ways.number(count)
    kept.ways.raw(ways.data())
    kept.shape.numbers(done.shape)
    kept.shapes.number(len(done.pieces))
    shapes = []
    for pieces, paths in zip(done.pieces, done.paths, strict=True):
        texts_ = [holes[path][0] for path in paths]
        shapes.append(b"".join(chain.from_iterable(zip(pieces, [*texts_, b""], strict=True))))
        kept.shapes.numbers([place for path in paths for place in holes[path][1]])
    for line in (*shapes, *lines):
        kept.words.raw(line)
        kept.words.raw(END)


def _put(values: Sequence[bytes], ways: Column, kept: Kept) -> Sequence[bytes]:
    """Writes a column in the shortest way; gives the lines that go with it."""
    different = Counter(values)
    longest = max(map(len, different))
    same = len(set(map(len, different))) == 1
    if longest <= _MOST_DIGITS and b"".join(different).isdigit() and all(different):
        plain = all(value[0] != 0x30 or len(value) == 1 for value in different)
        if same or plain:
            numbers = list(map(int, values))
            width = longest if not plain else 0
            if len(values) >= _SHORT and len(different) * 10 > len(values) * 9:
                steps = [after - before for before, after in pairwise([0, *numbers])]
                if sum(1 for step in steps if -64 <= step < 64) * 2 > len(steps):
                    ways.numbers((_GROWING, width))
                    for step in steps:
                        kept.places.signed(step)
                    return ()
            if max(numbers) < _BYTE:
                ways.numbers((_NUMBERS, width))
                kept.places.numbers(numbers)
                return ()
        if same and len(different) * 2 > len(values):
            ways.numbers((_FIXED, longest))
            kept.digits.raw(b"".join(values))
            return ()
    if len(different) <= _BYTE and len(different) * 2 <= len(values):
        found = [value for value, _ in different.most_common()]
        ways.numbers((_TABLE, len(found)))
        kept.places.numbers(list(map({value: n for n, value in enumerate(found)}.__getitem__, values)))
        return found
    ways.numbers((_LINES, 0))
    return values


def get(count: int, held: Held, room: int) -> Shaped:
    """So many texts, which all together may not be longer than `room`; raises ValueError, LookupError."""
    shape = held.shape.numbers(count)
    shapes = held.words.lines(held.shapes.number(), END)
    holes = [held.shapes.numbers(text.count(HOLE)) for text in shapes]
    times = Counter(shape)
    ways = [(held.ways.number(), held.ways.number()) for _ in range(held.ways.number())]
    wanted = [0] * len(ways)
    wide = room
    for place, often in times.items():
        room -= len(shapes[place]) * often
        for column in holes[place]:
            wanted[column] += often
    if sum(wanted) > wide // 2:
        raise ValueError("more values than so many bytes can have")
    if _CONTROL.search(held.words.left()) or _ANY_CONTROL.search(held.digits.left()):
        raise ValueError("a value with what only shapes may hold")
    columns = []
    for (way, number), size in zip(ways, wanted, strict=True):
        values = _get(way, number, size, held)
        room -= sum(map(len, values))
        if room < 0:
            raise ValueError("more than a batch may grow to")
        columns.append(iter(values))
    return Shaped(shapes, shape, [[columns[column] for column in one] for one in holes])


def _get(way: int, number: int, size: int, held: Held) -> Sequence[bytes]:
    if way == _LINES:
        if number:
            raise ValueError("a number that means nothing")
        return held.words.lines(size, END)
    if way == _TABLE:
        found = held.words.lines(number, END)
        return list(map(found.__getitem__, held.places.numbers(size)))
    if way == _FIXED:
        return held.digits.pieces(number, size)
    if number > _MOST_DIGITS:
        raise ValueError("more digits than a number has")
    if way == _NUMBERS:
        numbers = held.places.numbers(size)
    elif way == _GROWING:
        numbers = list(accumulate(held.places.signeds(size)))
        if min(numbers, default=0) < 0:
            raise ValueError("a number below none")
    else:
        raise ValueError("no such way")
    return list(map((b"%%0%dd" % number if number else b"%d").__mod__, numbers))
