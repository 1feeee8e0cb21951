"""The layout of a paper as dated data: which lines it has, in what order, with which words and sizes.

A template is JSON that a later decree can change without a new program. It knows labels, names of fields,
names of conditions and lengths; it has no expressions, and a value is never read as anything but text.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from counter_app.domain.errors import BadInput

FAMILIES = ("serif", "sans")
WEIGHTS = ("regular", "bold", "italic")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and the field whose value follows it; `suffix` comes after the value."""

    label: str
    field: str = ""
    suffix: str = ""
    weight: str = "regular"
    when: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of thing on the paper. `texts` are its fixed words by name, `entries` its fields.

    `numbered` puts the next number before it; `size` is in points, 0 the paper's own.
    """

    kind: str
    entries: tuple[Entry, ...] = ()
    texts: Mapping[str, str] | None = None
    when: str = ""
    numbered: bool = False
    size: float = 0.0
    weight: str = "regular"
    align: str = "left"
    gap_mm: float = 0.0

    def text(self, name: str) -> str:
        return (self.texts or {}).get(name, "")


@dataclass(frozen=True, slots=True)
class Layout:
    """A template's blocks for one format of paper, and the measures that they share."""

    family: str
    size: float
    leading: float
    margin_mm: float
    foot_mm: float
    gap_mm: float
    code_size: float
    due_size: float
    scales: tuple[float, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A form (mẫu) in force from `valid_from`, by the decree in `source`."""

    form: str
    valid_from: date
    source: str
    title: str
    copies: tuple[str, ...]
    layouts: Mapping[str, Layout]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a form's templates may use."""

    kinds: frozenset[str]
    fields: frozenset[str]
    conditions: frozenset[str]
    layouts: frozenset[str]


def load(text: str, words: Vocabulary) -> Template:
    """Reads a template. Raises BadInput (`bad-template`) with the place of what is wrong."""
    top = _table(_read(text), "", {"form", "valid_from", "source", "title", "copies", "layouts"})
    try:
        valid_from = date.fromisoformat(_string(top, "valid_from", ""))
    except ValueError:
        raise _bad("valid_from", top.get("valid_from")) from None
    layouts = top.get("layouts")
    if not isinstance(layouts, dict) or set(layouts) != words.layouts:
        raise _bad("layouts", sorted(layouts) if isinstance(layouts, dict) else layouts)
    copies = _list(top, "copies", "")
    if not copies or not all(isinstance(copy, str) for copy in copies):
        raise _bad("copies", copies)
    return Template(
        form=_string(top, "form", ""),
        valid_from=valid_from,
        source=_string(top, "source", ""),
        title=_string(top, "title", ""),
        copies=tuple(copies),
        layouts={name: _layout(layout, name, words) for name, layout in layouts.items()},
    )


def form_of(text: str) -> object:
    """Which form the template says to be of; raises BadInput (`bad-template`) for what is no JSON."""
    raw = _read(text)
    return raw.get("form") if isinstance(raw, dict) else None


def _read(text: str) -> object:
    try:
        return json.loads(unicodedata.normalize("NFC", text))
    except (ValueError, RecursionError):
        raise _bad("json") from None


def pick(templates: Iterable[Template], on: date) -> Template:
    """The template in force on a day: the latest that is already valid.

    Raises BadInput (`no-template`) where none is.
    """
    valid = [template for template in templates if template.valid_from <= on]
    if not valid:
        raise BadInput("no-template", field="valid_from", value=on.isoformat())
    return max(valid, key=lambda template: template.valid_from)


_MEASURES = ("size", "leading", "margin_mm", "foot_mm", "gap_mm", "code_size", "due_size")


def _layout(raw: object, at: str, words: Vocabulary) -> Layout:
    table = _table(raw, at, {"family", "scales", "blocks", *_MEASURES})
    scales = _list(table, "scales", at)
    if not scales:
        raise _bad(f"{at}.scales")
    return Layout(
        family=_choice(table, "family", at, FAMILIES),
        scales=tuple(_length(scale, f"{at}.scales") for scale in scales),
        blocks=tuple(
            _block(block, f"{at}.blocks.{number}", words)
            for number, block in enumerate(_list(table, "blocks", at), start=1)
        ),
        **{name: _length(table.get(name), f"{at}.{name}") for name in _MEASURES},
    )


def _block(raw: object, at: str, words: Vocabulary) -> Block:
    table = _table(
        raw, at, {"kind", "entries", "texts", "when", "numbered", "size", "weight", "align", "gap_mm"}
    )
    texts = table.get("texts", {})
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise _bad(f"{at}.texts", texts)
    numbered = table.get("numbered", False)
    if not isinstance(numbered, bool):
        raise _bad(f"{at}.numbered", numbered)
    entries = _list(table, "entries", at) if "entries" in table else []
    return Block(
        kind=_choice(table, "kind", at, words.kinds),
        entries=tuple(_entry(entry, f"{at}.entries.{n}", words) for n, entry in enumerate(entries, start=1)),
        texts=texts,
        when=_choice(table, "when", at, words.conditions, ""),
        numbered=numbered,
        size=_length(table.get("size", 0), f"{at}.size"),
        weight=_choice(table, "weight", at, WEIGHTS, "regular"),
        align=_choice(table, "align", at, ("left", "center", "right"), "left"),
        gap_mm=_length(table.get("gap_mm", 0), f"{at}.gap_mm"),
    )


def _entry(raw: object, at: str, words: Vocabulary) -> Entry:
    table = _table(raw, at, {"label", "field", "suffix", "weight", "when"})
    return Entry(
        label=_string(table, "label", at, ""),
        field=_choice(table, "field", at, words.fields, ""),
        suffix=_string(table, "suffix", at, ""),
        weight=_choice(table, "weight", at, WEIGHTS, "regular"),
        when=_choice(table, "when", at, words.conditions, ""),
    )


def _table(raw: object, at: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _bad(at or "template", raw)
    if unknown := set(raw) - known:
        raise _bad(f"{at}.{min(unknown)}".lstrip("."), "unknown")
    return raw


def _list(table: dict[str, Any], name: str, at: str) -> list[Any]:
    value = table.get(name)
    if not isinstance(value, list):
        raise _bad(f"{at}.{name}".lstrip("."), value)
    return value


def _string(table: dict[str, Any], name: str, at: str, default: str | None = None) -> str:
    value = table.get(name, default)
    if not isinstance(value, str):
        raise _bad(f"{at}.{name}".lstrip("."), value)
    return value


def _choice(
    table: dict[str, Any], name: str, at: str, allowed: Iterable[str], default: str | None = None
) -> str:
    value = _string(table, name, at, default)
    if value not in allowed and not (name not in table and value == default):
        raise _bad(f"{at}.{name}", value)
    return value


def _length(value: object, at: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 400:
        raise _bad(at, value)
    return float(value)


def _bad(at: str, value: object = None) -> BadInput:
    return BadInput("bad-template", field=at, value=value)
