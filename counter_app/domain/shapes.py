"""Shapes of payloads: small checks that a value from outside is what its kind says; extra keys pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol


class Shape(Protocol):
    def fits(self, value: Any) -> bool: ...


class _Of:
    def __init__(self, kind: type) -> None:
        self.kind = kind

    def fits(self, value: Any) -> bool:
        if type(value) is self.kind:
            return True
        return isinstance(value, self.kind) and not isinstance(value, bool)


# One written form, because what a library accepts differs between its versions.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d")


class _Moment:
    """An ISO 8601 time with a zone, to the minute or second."""

    def fits(self, value: Any) -> bool:
        try:
            return (
                isinstance(value, str)
                and _MOMENT.fullmatch(value) is not None
                and bool(datetime.fromisoformat(value))
            )
        except ValueError:
            return False


class _Day:
    def fits(self, value: Any) -> bool:
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False


class _Each:
    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def fits(self, value: Any) -> bool:
        return isinstance(value, list | tuple) and all(map(self.shape.fits, value))


class _OneOf:
    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = values

    def fits(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.values


class Record:
    """An object with all of `must`, and with what it has of `may`."""

    def __init__(self, must: Mapping[str, Shape], may: Mapping[str, Shape]) -> None:
        self.must, self.may = must, may
        self._known = {**may, **must}

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.must, *self.may)

    def fits(self, value: Any) -> bool:
        if not isinstance(value, Mapping):
            return False
        known = self._known
        for name, found in value.items():
            if name in known and not known[name].fits(found):
                return False
        return self.must.keys() <= value.keys()


text: Shape = _Of(str)
whole: Shape = _Of(int)
flag: Shape = _Of(bool)
mapping: Shape = _Of(dict)
moment: Shape = _Moment()
day: Shape = _Day()


def list_of(shape: Shape) -> Shape:
    return _Each(shape)


def one_of(*values: str) -> Shape:
    return _OneOf(values)


def record(*, optional: Mapping[str, Shape] | None = None, **must: Shape) -> Record:
    return Record(must, optional or {})
