"""Whole numbers, bytes and words one after the other: what the columns of a batch are made of.

Numbers are base 128 varints, least significant group first; signed ones are zigzagged (0, −1, 1, −2 … become
0, 1, 2, 3 …), as in Protocol Buffers (protobuf.dev/programming-guides/encoding).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

_MOST_BITS: Final = 64
_ONE_BYTE: Final = 0x80  # numbers below it take one


class Column:
    """Grows by numbers and bytes; `data()` is what has come together."""

    def __init__(self) -> None:
        self._data = bytearray()

    def number(self, value: int) -> None:
        """Appends 0 … 2**64 − 1."""
        assert 0 <= value < 1 << _MOST_BITS
        while value > 0x7F:
            self._data.append(value & 0x7F | 0x80)
            value >>= 7
        self._data.append(value)

    def numbers(self, values: Sequence[int]) -> None:
        """Appends each."""
        if max(values, default=0) > 0x7F:
            for value in values:
                self.number(value)
        else:
            self._data += bytes(values)

    def signed(self, value: int) -> None:
        """Appends −2**63 … 2**63 − 1."""
        self.number(value << 1 if value >= 0 else (-value << 1) - 1)

    def raw(self, data: bytes) -> None:
        """Appends bytes whose number the reader knows."""
        self._data += data

    def signeds(self, values: Iterable[int]) -> None:
        """Appends each, signed."""
        self.numbers([value << 1 if value >= 0 else (-value << 1) - 1 for value in values])

    def counted(self, data: bytes) -> None:
        self.number(len(data))
        self.raw(data)

    def data(self) -> bytes:
        return bytes(self._data)


class Cursor:
    """Reads what a Column wrote, and raises ValueError where it wrote nothing of the kind."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            if self._at >= len(self._data):
                raise ValueError("a number is cut off")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > _MOST_BITS:
                break
        # One form for each number: no zeros behind it, none larger than 64 bits.
        if byte > 0x7F or value >> _MOST_BITS or (byte == 0 and shift > 7):
            raise ValueError("a number is not in its one form")
        return value

    def numbers(self, count: int) -> Sequence[int]:
        """The next so many; most columns hold one byte for each."""
        some = self._data[self._at : self._at + count]
        if len(some) == count and some.isascii():
            self._at += count
            return some
        found = []
        for _ in range(count):
            byte = self._data[self._at] if self._at < len(self._data) else _ONE_BYTE
            if byte < _ONE_BYTE:
                found.append(byte)
                self._at += 1
            else:
                found.append(self.number())
        return found

    def line(self, end: bytes) -> bytes:
        """The bytes before the next `end`, which is passed over."""
        found = self._data.find(end, self._at)
        if found < 0:
            raise ValueError("a line without its end")
        data = self._data[self._at : found]
        self._at = found + len(end)
        return data

    def lines(self, count: int, end: bytes) -> list[bytes]:
        """The next so many."""
        found = self._data[self._at :].split(end, count)
        if len(found) != count + 1:
            raise ValueError("a line without its end")
        self._at = len(self._data) - len(found.pop())
        return found

    def pieces(self, size: int, count: int) -> list[bytes]:
        """So many of one size, which is not 0."""
        if not size:
            raise ValueError("pieces of nothing")
        data = self.raw(size * count)
        return [data[at : at + size] for at in range(0, len(data), size)]

    def signeds(self, count: int) -> list[int]:
        """The next so many."""
        return [-(value + 1 >> 1) if value & 1 else value >> 1 for value in self.numbers(count)]

    def signed(self) -> int:
        value = self.number()
        return -(value + 1 >> 1) if value & 1 else value >> 1

    def raw(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise ValueError("bytes are cut off")
        data = self._data[self._at : end]
        self._at = end
        return data

    def counted(self) -> bytes:
        return self.raw(self.number())

    def left(self) -> memoryview:
        """All that was not read yet; it stays."""
        return memoryview(self._data)[self._at :]

    def end(self) -> None:
        """Raises ValueError where something is left."""
        if self._at != len(self._data):
            raise ValueError("bytes are left over")
