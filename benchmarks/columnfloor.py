"""The floor of what events weigh: typed columns, catalogues that both ends know, zstd 19, and no more.

No hash chain, no signature, no salt, no log: only what happened to which dossier. A dossier's id is data: its
ten drawn bytes are in, as is the time. What the other end can derive is left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import zstandard

from counter_app.domain.events import Header
from counter_app.sync.columns import Column

_DERIVED: Final = frozenset({"agency", "volume", "number", "received_at", "at", "copy"})
_DERIVED_GROUPS: Final = ("promise.", "procedure.name", "procedure.version", "procedure.field")
_OFTEN: Final = 200  # different values of a field, up to which it is a catalogue


@dataclass(frozen=True)
class Happened:
    """An event as anybody would note it."""

    kind: str
    actor: str
    ms: int
    dossier: bytes
    payload: dict[str, Any]

    @classmethod
    def read(cls, header: bytes, payload: bytes) -> Happened:
        head = Header.from_bytes(header)
        return cls(head.kind, head.actor, head.hlc >> 16, head.dossier, json.loads(payload))


class Floor:
    """Knows the history that both ends hold; `bytes_of` says what more events weigh."""

    def __init__(self, history: Iterable[Happened]) -> None:
        self._words: dict[str, int] = {}
        self._known: dict[tuple[str, Any], int] = {}
        different: dict[str, set[str]] = defaultdict(set)
        for event in history:
            self._know("kind", event.kind)
            self._know("actor", event.actor)
            fields = list(_fields(event.payload))
            self._know("shape", tuple(path for path, _ in fields))
            for path, value in fields:
                if isinstance(value, str):
                    different[path].add(value)
                    for word in value.split():
                        self._words.setdefault(word, len(self._words))
        for path, values in different.items():
            if len(values) <= _OFTEN:
                for value in sorted(values):
                    self._know(path, value)

    def bytes_of(self, events: Sequence[Happened]) -> int:
        raw = Column()
        for column in self._columns(events).values():
            raw.counted(column.data())
        return len(zstandard.ZstdCompressor(level=19).compress(raw.data()))

    def _columns(self, events: Sequence[Happened]) -> dict[str, Column]:
        columns: dict[str, Column] = defaultdict(Column)
        met: dict[bytes, int] = {}
        before = 0
        for event in events:
            second = event.ms // 1000
            columns["time"].signed(second - before)
            before = second
            self._catalogued(columns["kind"], "kind", event.kind)
            self._catalogued(columns["actor"], "actor", event.actor)
            if event.dossier in met:
                columns["dossier"].number(len(met) - met[event.dossier])
            else:
                columns["dossier"].number(0)
                met[event.dossier] = len(met)
                columns["born"].signed(int.from_bytes(event.dossier[:6], "big") - event.ms)
                columns["id"].raw(event.dossier[6:])
            fields = list(_fields(event.payload))
            self._catalogued(columns["shape"], "shape", tuple(path for path, _ in fields))
            for path, value in fields:
                self._value(columns[path], path, value, second)
        return columns

    def _value(self, column: Column, path: str, value: Any, second: int) -> None:
        if isinstance(value, int):
            column.signed(value)
        elif path == "code":
            column.number(int(value.rsplit("-", 1)[1]))
        elif path.endswith("id_number"):
            column.raw(int(value[-6:]).to_bytes(3, "big"))  # the rest follows from birth, sex and province
        elif path.endswith("phone"):
            column.raw(int(value).to_bytes(4, "big"))
        elif path.endswith("birth_date"):
            column.raw((date.fromisoformat(value).toordinal() - 650_000).to_bytes(3, "big"))
        elif (at := _moment(value)) is not None:
            column.signed(at - second)
        else:
            self._text(column, path, value)

    def _text(self, column: Column, path: str, text: str) -> None:
        place = self._known.get((path, text))
        if place is not None:
            column.number(place + 1)
            return
        column.number(0)
        words = text.split()
        column.number(len(words))
        for word in words:
            column.number(self._words.get(word, -1) + 1)
            if word not in self._words:
                column.counted(word.encode())

    def _catalogued(self, column: Column, name: str, value: Any) -> None:
        place = self._known.get((name, value))
        column.number(0 if place is None else place + 1)
        if place is None:
            column.counted(repr(value).encode())

    def _know(self, name: str, value: Any) -> None:
        self._known.setdefault((name, value), len(self._known))


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of all that a payload holds and nothing else gives."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _fields(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner, f"{path}[]")
    elif path not in _DERIVED and not path.startswith(_DERIVED_GROUPS):
        yield path, value


def _moment(text: str) -> int | None:
    if len(text) != 25 or text[10] != "T":
        return None
    return int(datetime.fromisoformat(text).timestamp())
