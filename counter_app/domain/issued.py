"""What the district issues to its communes: texts by name and version, cut into parts that travel once.

A version names its parts by what they hold, so a part that two versions share is written and sent once. Of
each text the highest version counts whose parts are all here and fit its SHA-256; a lower one never takes its
place. An empty text takes back what was issued under its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from counter_app.domain import kinds
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Absent, Event
from counter_app.domain.kinds import Payload
from counter_app.domain.order import Arranged

PROCEDURES: Final = "procedures"
"""The name of the one catalogue."""
FEES: Final = "fees"
"""The name of the one table of fees."""
_USUAL, _MOST = 1536, 6 * 1024  # bytes of a part; none cuts a line of fewer
_LONGEST_LINE: Final = 1500  # letters, each of at most four bytes
_NAME: Final = 16  # hex digits of SHA-256


class What(StrEnum):
    CATALOGUE = "catalogue"  # danh mục thủ tục; named PROCEDURES
    CALENDAR = "calendar"  # lịch nghỉ; its name is the year
    TEMPLATE = "template"  # mẫu giấy; its name is that of its file
    NOTICE = "notice"  # thông báo
    FEES = "fees"  # bảng mức phí, lệ phí; named FEES
    MACHINES = "machines"  # danh sách máy của huyện, tỉnh (machine_list.py)


Key = tuple[str, str]
"""What it is, and its name."""


@dataclass(frozen=True)
class Issue:
    """One version. A notice stands from the day `first` to `last`, both included; `at` is the hybrid clock of
    the event that issued it, 0 before there is one."""

    what: str
    name: str
    version: int
    text: str
    title: str = ""
    source: str = ""
    first: date | None = None
    last: date | None = None
    at: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        return self.what, self.name

    @property
    def sha256(self) -> str:
        return sha256(self.text)

    def says_the_same(self, other: Issue | None) -> bool:
        """Whether both are the same but for their version."""
        return other is not None and all(
            getattr(self, name) == getattr(other, name) for name in ("what", "name", "text", *_ABOUT)
        )


@dataclass(frozen=True)
class Issued:
    """All that was issued: what is current, and what of it needs a word.

    `highest` is the highest version of each that any event names, `parts` the names of the parts that are
    here. `awaited`: a higher version than the current one is not whole yet. `clashes`: two different texts
    bear its version, as after a restore of the district; all show the same one until a higher version comes.
    `overruled` are calendars and fees over which the commune has adopted its own.
    """

    current: Mapping[Key, Issue] = field(default_factory=dict)
    highest: Mapping[Key, int] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    awaited: frozenset[Key] = frozenset()
    clashes: frozenset[Key] = frozenset()
    overruled: frozenset[Key] = frozenset()

    def of(self, what: What) -> list[Issue]:
        """The current ones that were not taken back, by name."""
        found = (issue for issue in self.current.values() if issue.what == what and issue.text)
        return sorted(found, key=lambda issue: issue.name)


def fold(arranged: Arranged) -> Issued:
    """What these events of the commune issue; in the district's logs alone do they say anything."""
    parts = {part_name(said["text"]): said["text"] for _, said in _told(arranged, "part_issued")}
    tellings: dict[Key, list[_Telling]] = {}
    for event, said in _told(arranged, "issued"):
        one = _Telling(said["version"], event.order_key, _whole(event, said, parts))
        tellings.setdefault((said["what"], said["name"]), []).append(one)
    adopted: dict[Key, int] = {}
    for _, said in _told(arranged, "calendar_adopted"):
        year: Key = (What.CALENDAR, str(said["year"]))
        adopted[year] = max(adopted.get(year, 0), said.get("over", 0))
    for _, said in _told(arranged, "fees_adopted"):
        adopted[What.FEES, FEES] = max(adopted.get((What.FEES, FEES), 0), said.get("over", 0))
    current: dict[Key, Issue] = {}
    clashes, overruled = set(), set()
    for key, told in tellings.items():
        whole = [one for one in told if one.issue is not None]
        if not whole:
            continue
        top = max(whole, key=lambda one: (one.version, one.order))
        assert top.issue is not None
        current[key] = top.issue
        if any(one.version == top.version and not top.issue.says_the_same(one.issue) for one in whole):
            clashes.add(key)
        if adopted.get(key, 0) >= top.version:
            overruled.add(key)
    highest = {key: max(one.version for one in told) for key, told in tellings.items()}
    awaited = {
        key for key, version in highest.items() if key not in current or current[key].version < version
    }
    return Issued(
        current, highest, frozenset(parts), frozenset(awaited), frozenset(clashes), frozenset(overruled)
    )


class _Telling(NamedTuple):
    """An event that issues a version; `issue` where the text is whole."""

    version: int
    order: tuple[Any, ...]
    issue: Issue | None


def _told(arranged: Arranged, kind: str) -> Iterator[tuple[Event, Payload]]:
    """All events of the kind that say what it says, each with its payload."""
    for event in arranged.events:
        head = event.header
        if head.kind != kind or event.absent is not Absent.NO or event.payload is None:
            continue
        try:
            found = kinds.read(kind, head.version, head.fact, event.payload)
        except BadInput:
            continue
        if found is not None:
            yield event, found[1]


def _whole(event: Event, payload: Payload, parts: Mapping[str, str]) -> Issue | None:
    """The version that the event issues, where all its parts are here and are the right ones."""
    if not all(name in parts for name in payload["parts"]):
        return None
    text = "".join(parts[name] for name in payload["parts"])
    if sha256(text) != payload["sha256"]:
        return None
    return Issue(
        payload["what"],
        payload["name"],
        payload["version"],
        text,
        payload.get("title", ""),
        payload.get("source", ""),
        _day(payload.get("first")),
        _day(payload.get("last")),
        event.header.hlc,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def payload_of(issue: Issue) -> dict[str, Any]:
    """What the event says that issues it, once its parts were issued."""
    about: dict[str, Any] = {name: getattr(issue, name) for name in ("title", "source")}
    about |= {name: day.isoformat() for name in ("first", "last") if (day := getattr(issue, name))}
    return {
        "what": issue.what,
        "name": issue.name,
        "version": issue.version,
        "sha256": issue.sha256,
        "parts": [part_name(part) for part in cut(issue.text)],
        **{name: value for name, value in about.items() if value},
    }


def cut(text: str) -> list[str]:
    """The text in parts. Where one ends is told by its last line alone, so a change moves no other part: a
    line ends one the likelier, the longer it is."""
    parts: list[str] = []
    here: list[str] = []
    size = 0
    for line in _lines(text):
        data = line.encode()
        if size + len(data) > _MOST:
            parts.append("".join(here))
            here, size = [], 0
        here.append(line)
        size += len(data)
        if int.from_bytes(hashlib.sha256(data).digest()[:2], "big") * _USUAL < len(data) << 16:
            parts.append("".join(here))
            here, size = [], 0
    return [*parts, "".join(here)] if here else parts


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start, start + _LONGEST_LINE) + 1 or min(len(text), start + _LONGEST_LINE)
        yield text[start:end]
        start = end


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def part_name(part: str) -> str:
    return sha256(part)[:_NAME]


_ABOUT: Final = ("title", "source", "first", "last")
