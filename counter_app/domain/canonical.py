"""The one byte form of a payload: JSON by RFC 8785, narrowed so that two programs cannot differ.

Strings (NFC, no lone surrogates), whole numbers up to 2**53 - 1 either way, true, false, null, lists, and
objects with keys of printable ASCII. No fractions, so no question of how a number is written.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from counter_app.domain.errors import BadInput

LARGEST = 2**53 - 1
MAX_PAYLOAD = 14 * 1024  # bytes; an event with its header stays below the 16 KB between two signatures
MAX_DEPTH = 8


def encode(value: Mapping[str, Any]) -> bytes:
    """The canonical bytes of `value`; raises BadInput where it cannot have any."""
    _check(value, 0)
    data = _dump(value)
    if len(data) > MAX_PAYLOAD:
        raise BadInput("payload-too-long", bytes=len(data), most=MAX_PAYLOAD)
    return data


def decode(data: bytes) -> dict[str, Any]:
    """The value of canonical bytes; raises BadInput("not-canonical") for any other bytes."""
    try:
        text = data.decode()
        value = _read(text)
        if not isinstance(value, dict):
            raise BadInput("not-canonical")
        # A part of a text in NFC is in NFC too (UAX #15): the whole is looked at once.
        if not (_is_sound(value, 0) and unicodedata.is_normalized("NFC", text)):
            _check(value, 0)
        if _dump(value) != data:
            raise BadInput("not-canonical")
    except (ValueError, RecursionError) as error:
        raise BadInput("not-canonical") from error
    return value


def known(data: bytes) -> Any:
    """The value of bytes that were looked at when they came in; raises ValueError where they are no JSON."""
    return _again(data.decode())[0]


def readable(payloads: Sequence[bytes]) -> list[bool]:
    """Whether `decode` takes each of them, for a quarter of its time."""
    if _are_sound(payloads):
        return [True] * len(payloads)
    return [_is_readable(data) for data in payloads]


def _is_readable(data: bytes) -> bool:
    try:
        decode(data)
    except BadInput:
        return False
    return True


def _are_sound(payloads: Sequence[bytes]) -> bool:
    """True only where `decode` takes each: False says nothing."""
    read, write = _quick()
    try:
        values = list(map(read, payloads))
        # No object's text ends within another's, so in NFC together is in NFC each.
        whole = b"".join(payloads).decode()
    except (ValueError, RecursionError):
        return False
    return (
        all(type(value) is dict and _is_sound(value, 0) for value in values)
        and unicodedata.is_normalized("NFC", whole)
        and list(map(write, values)) == list(payloads)
    )


@cache
def _quick() -> tuple[Callable[[bytes], Any], Callable[[Any], bytes]]:
    """Reads and writes any JSON in a fifth of the time, but takes fractions."""
    import msgspec  # 10 ms, which the window's start does not have

    return msgspec.json.Decoder().decode, msgspec.json.Encoder(order="sorted").encode


def portions(payload: Mapping[str, Any], name: str, items: Iterable[Any]) -> list[list[Any]]:
    """The items in as few runs as there can be, each small enough to stand in `payload` under that name.

    One that is too large for any stands alone, and is refused where it is written.
    """
    room = MAX_PAYLOAD - len(_dump({**payload, name: []}))
    found: list[list[Any]] = []
    left = 0
    for item in items:
        size = len(_dump(item)) + 1  # and a comma
        if not found or size > left:
            found.append([])
            left = room + 1
        found[-1].append(item)
        left -= size
    return found


def plain(value: Any) -> bytes:
    """Bytes of any value made of canonical ones, however long: to compare, not to keep."""
    return _dump(value)


def same(one: Any, other: Any) -> bool:
    """Whether two values have the same canonical bytes (so that true is not 1)."""
    return type(one) is type(other) and _dump(one) == _dump(other)


_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict).encode


def _dump(value: Any) -> bytes:
    return _written(value).encode()


def _no_fraction(text: str) -> None:
    raise BadInput("not-canonical")


_decoder = json.JSONDecoder(parse_float=_no_fraction, parse_constant=_no_fraction)
_read = _decoder.decode
_again = json.JSONDecoder().raw_decode


def _is_sound(value: dict[str, Any] | list[Any], depth: int) -> bool:
    """Whether all is as `_check` wants it, but for what strings hold; of what was just read, and quickly."""
    if not value:
        return True
    if depth >= MAX_DEPTH:
        return False
    items: Iterable[Any] = value
    if type(value) is dict:
        names = "".join(value)
        if not (names.isascii() and names.isprintable()):
            return False
        items = value.values()
    for item in items:
        kind = type(item)
        if kind is str:
            continue
        if kind is dict or kind is list:
            if not _is_sound(item, depth + 1):
                return False
        elif kind is float or (kind is int and abs(item) > LARGEST):
            return False
    return True


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BadInput("payload-too-deep")
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise BadInput("number-too-large")
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, dict | Mapping):
        if value and depth == MAX_DEPTH:
            raise BadInput("payload-too-deep")
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii() and key.isprintable()):
                raise BadInput("key-not-ascii")
            if type(item) is not str:
                _check(item, depth + 1)
            elif not item.isascii():  # a call costs more than this
                _check_text(item)
    else:
        raise BadInput("type-not-canonical", type=type(value).__name__)


def _check_text(value: str) -> None:
    try:
        value.encode()  # a lone surrogate has no UTF-8
    except UnicodeEncodeError as error:
        raise BadInput("text-not-unicode") from error
    if not unicodedata.is_normalized("NFC", value):
        raise BadInput("text-not-nfc")
