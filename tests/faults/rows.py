"""One line of the fault library's table, and the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.faults.bench import DOUBLED, LOST

_QUOTED = re.compile(r"“[^”]*”")
_PATH = re.compile(r"/[\w.-]+(?:/[\w.-]+)+")
_MOMENT = re.compile(r"\d{8}-\d{6}")
_CODE = re.compile(r"\b(H55\.\d+-)\d{6}-\d+")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}[/-]\d{1,2}[/-]\d{4}")
SILENT = "(no words: it went on, or the power was gone and the next start had nothing to say)"


@dataclass
class Row:
    """A fault: how often it was made, at how many points something was lost, doubled or otherwise wrong,
    and what the officer saw of which command, how often."""

    fault: str
    points: int = 0
    lost: int = 0
    doubled: int = 0
    other: int = 0
    saw: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, fault: str, command: str, words: str, told: Sequence[str], wrong: Sequence[str]) -> Row:
        """One point; `told` says of each complaint in `wrong` where it arose."""
        return cls(
            fault,
            1,
            int(any(one.startswith(LOST) for one in wrong)),
            int(any(one.startswith(DOUBLED) for one in wrong)),
            int(any(not one.startswith((LOST, DOUBLED)) for one in wrong)),
            Counter([f"{command}: {plain(words)}"]),
            list(told),
        )

    @classmethod
    def read(cls, said: dict[str, Any]) -> Row:
        return cls(**{**said, "saw": Counter(said["saw"])})

    def add(self, other: Row) -> None:
        self.points += other.points
        self.lost += other.lost
        self.doubled += other.doubled
        self.other += other.other
        self.saw += other.saw
        self.wrong += other.wrong


def plain(words: str) -> str:
    """The sentence without what differs from run to run: names of files, codes, moments."""
    words = _MOMENT.sub("…", _CODE.sub(r"\1…", _QUOTED.sub("“…”", words)))
    return _TIME.sub("…", _PATH.sub("…", words)) or SILENT


def together(rows: Iterable[Row]) -> list[Row]:
    """Those of one fault as one."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.fault, Row(row.fault)).add(row)
    return sorted(found.values(), key=lambda row: row.fault)


def table(rows: Sequence[Row]) -> str:
    wide = max(len(row.fault) for row in rows) + 1
    head = f"{'fault':{wide}}{'points':>7}{'lost':>6}{'doubled':>9}{'else':>6}"
    lines = [
        f"{row.fault:{wide}}{row.points:7}{row.lost:6}{row.doubled:9}{row.other:6}"
        for row in (*rows, _sum(rows))
    ]
    said = [
        line
        for row in rows
        for line in (f"{row.fault}:", *(f"    {n}× {words}" for words, n in row.saw.most_common()))
    ]
    wrong = [f"{row.fault}: {one}" for row in rows for one in row.wrong]
    return "\n".join([head, *lines, "", "What the officer saw:", *said, *wrong])


def _sum(rows: Sequence[Row]) -> Row:
    whole = Row("all")
    for row in rows:
        whole.add(row)
    return whole
