"""The fees of a commune as dated data: which rule holds for a procedure, a channel, a citizen, a day.

A table is published as CSV, a line a rule: the province's council sets fees and exemptions anew each year or
two (Luật Phí và lệ phí 2015, Điều 21), so they are no part of the program. `fee_vnd` is written as in the
catalogue, so one line is one rule with all its rates, and is what is posted. Where the table says nothing,
the catalogue's own text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from counter_app.domain.errors import BadInput, BadLine
from counter_app.domain.fees import CHANNELS, DIRECT, ONLINE, FeeRule, Per, parse_fee, parse_reduction
from counter_app.domain.names import clean_line, words
from counter_app.domain.procedures import Procedure
from counter_app.domain.published import Row, read_day, read_sheet
from counter_app.domain.reckoning import Reckoning, asked, reckon

COLUMNS: Final = ("procedure", "fee_vnd")
"""Needed; `version`, `channel`, `exemption`, `proof`, `valid_from`, `valid_to`, `source` are read where they
stand."""
ANY: Final = "*"
LONGEST: Final = 256 * 1024  # bytes of a table
_CODE: Final = re.compile(r"\d\.\d{6}(\.[A-Za-z0-9.]+)?")
_CHANNELS: Final = {
    **dict.fromkeys(("", ANY), CHANNELS),
    "trực tiếp": DIRECT,
    "trực tuyến": ONLINE,
    **{name: frozenset({name}) for name in CHANNELS},
}


@dataclass(frozen=True)
class Group:  # nhóm được miễn, giảm
    """Citizens who pay less; `proof` is the paper that they show for it, "" where none is asked for."""

    name: str
    proof: str = ""


@dataclass(frozen=True)
class Applied:
    """The rule that holds for one reception. `exempt` is the group, whose own rule it is (`by_group`), or the
    reason that an officer wrote of his own, for which nothing is to be paid."""

    rule: FeeRule
    source: str = ""
    exempt: str = ""
    proof: str = ""
    by_group: bool = False
    elsewhere: bool = False
    """The group is one of the table, but pays less elsewhere or at another time: it is no reason here."""

    @property
    def said(self) -> str:
        """The rule as the dossier keeps it: its text, and where that was published."""
        return f"{self.rule.text} ({self.source})" if self.rule.text and self.source else self.rule.text

    def reckon(self, **counts: Any) -> Reckoning:
        """What is to be paid for these `pages`, `copies` and `cases`; takes and raises what `reckon` does."""
        found = reckon(self.rule, exemption=None if self.by_group else self.exempt or None, **counts)
        return replace(found, fee=replace(found.fee, rule=self.said, exempt=self.exempt or None))


@dataclass(frozen=True)
class FeeLine:
    """One rule: of a procedure (its national code), of a field, or of all. `line` is that of the file."""

    line: int
    scope: str
    fee: FeeRule
    version: str = ""
    channels: frozenset[str] = CHANNELS
    group: Group | None = None
    reduces: bool = False
    """Whether it takes something off the fee that others pay; else it is the group's own fee."""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    @property
    def is_code(self) -> bool:
        return _CODE.fullmatch(self.scope) is not None

    @property
    def closeness(self) -> tuple[int, int]:
        """Of two rules that hold, the one with the higher value is meant."""
        scope = 0 if self.scope == ANY else 3 if self.version else 2 if self.is_code else 1
        return scope, -len(self.channels)

    @property
    def place(self) -> tuple[object, ...]:
        """What no two rules may share on one day: neither would be closer."""
        scope = self.scope[:8] if self.is_code else " ".join(words(self.scope)) or ANY
        return scope, self.version, self.channels, self.key

    @property
    def key(self) -> str:
        """The group as it is looked up; "" of what everybody else pays."""
        return " ".join(words(self.group.name)) if self.group else ""

    def is_about(self, procedure: Procedure) -> bool:
        if self.scope == ANY:
            return True
        if self.is_code:
            return procedure.key == self.scope[:8] and self.version in ("", procedure.version)
        return words(procedure.field) == words(self.scope)

    def holds(self, channel: str, on: date) -> bool:
        return channel in self.channels and (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True)
class FeeTable:
    lines: tuple[FeeLine, ...] = ()
    citation: str = ""

    def applied(
        self, procedure: Procedure, on: date, *, channel: str = "counter", exemption: str = ""
    ) -> Applied:
        """The closest rule on that day; `exemption` names a group, or a reason of the officer's own."""
        reason = clean_line(exemption)
        base = self._closest(procedure, channel, on, "")
        rule, source = (base.fee, base.source) if base else (procedure.fee, "")
        if not reason:
            return Applied(rule, source)
        key = " ".join(words(reason))
        line = self._closest(procedure, channel, on, key)
        if line is None or line.group is None:
            return Applied(rule, source, reason, elsewhere=any(one.key == key for one in self.lines))
        if line.reduces:
            text = "; ".join(filter(None, (rule.text, line.fee.text)))
            source = "; ".join(dict.fromkeys(filter(None, (source, line.source))))
            rule = replace(rule, text=text, off=line.fee.off)
        else:
            rule, source = line.fee, line.source
        return Applied(rule, source, line.group.name, line.group.proof, by_group=True)

    def counted(
        self, procedure: Procedure, on: date, *, channel: str = "counter", exemption: str = ""
    ) -> frozenset[Per]:
        """What an officer counts: also for who is exempt what the others pay for, which registers tell."""
        rules = {self.applied(procedure, on, channel=channel, exemption=who).rule for who in ("", exemption)}
        return frozenset(unit for rule in rules for unit in asked(rule, channel))

    def groups(self, procedure: Procedure, on: date, channel: str = "counter") -> list[Group]:
        """Who pays less for it on that day, in the order of the table."""
        found: dict[str, FeeLine] = {}
        for line in self._about(procedure, channel, on):
            if line.key and (line.key not in found or line.closeness > found[line.key].closeness):
                found[line.key] = line
        return [line.group for line in found.values() if line.group is not None]

    def posted(self, procedure: Procedure, on: date) -> list[FeeLine]:
        """The rules of that day for the procedure that no closer one takes the place of."""
        meant = {
            closest.line
            for channel in CHANNELS
            for line in self._about(procedure, channel, on)
            if (closest := self._closest(procedure, channel, on, line.key))
        }
        return [line for line in self.lines if line.line in meant]

    def _about(self, procedure: Procedure, channel: str, on: date) -> Iterator[FeeLine]:
        return (line for line in self.lines if line.holds(channel, on) and line.is_about(procedure))

    def _closest(self, procedure: Procedure, channel: str, on: date, group: str) -> FeeLine | None:
        found = (line for line in self._about(procedure, channel, on) if line.key == group)
        return max(found, key=lambda line: line.closeness, default=None)


NO_TABLE: Final = FeeTable()


def parse_fees(text: str) -> FeeTable:
    """The rules of a CSV text.

    Raises BadLine: those of `read_sheet` and `parse_fee`, "code-unreadable" for a code that is none, "empty",
    "not-one-of" for a channel, "date-unreadable", "validity-out-of-order", "fees-twice" (first_line) for two
    lines of which neither is closer on some day, "fees-empty".
    """
    sheet = read_sheet(text, COLUMNS)
    read: list[FeeLine] = []
    places: dict[tuple[object, ...], list[FeeLine]] = {}
    for row in sheet.rows:
        try:
            line = _line(row)
        except BadInput as bad:
            raise BadLine(bad.why, line=row.line, **bad.facts) from bad
        others = places.setdefault(line.place, [])
        for other in others:
            if overlap(line, other):
                raise BadLine("fees-twice", line=line.line, first_line=other.line)
        others.append(line)
        read.append(line)
    if not read:
        raise BadLine("fees-empty", line=1)
    return FeeTable(tuple(read), sheet.citation)


def _line(row: Row) -> FeeLine:
    scope, version, said = row.cell("procedure"), row.cell("version"), row.cell("fee_vnd")
    for name, value in (("procedure", scope), ("fee_vnd", said)):
        if not value:
            raise BadInput("empty", field=name, value=value)
    # A code with a slip of the key would be taken for a field that no procedure has.
    if (scope[0].isdigit() or version) and not _CODE.fullmatch(scope):
        raise BadInput("code-unreadable", field="procedure", value=scope)
    name, proof = row.cell("exemption"), row.cell("proof")
    if proof and not name:
        raise BadInput("empty", field="exemption", value=name)
    off = parse_reduction(said) if name else None
    first, last = _day(row, "valid_from"), _day(row, "valid_to")
    if first and last and last < first:
        raise BadInput("validity-out-of-order", field="valid_to", value=last.isoformat())
    rule = FeeRule(said, off=off) if off else parse_fee(said)
    if name and not off and all(rate.amount is None for rate in rule.rates):
        raise BadInput("fee-unreadable", field="fee_vnd", value=said)  # nobody would know what the group pays
    return FeeLine(
        row.line,
        scope,
        rule,
        version,
        _channels(row.cell("channel")),
        Group(name, proof) if name else None,
        off is not None,
        first,
        last,
        row.cell("source"),
    )


def _channels(text: str) -> frozenset[str]:
    found = _CHANNELS.get(text.lower())
    if found is None:
        choices = ", ".join(name for name in _CHANNELS if name)
        raise BadInput("not-one-of", field="channel", value=text, choices=choices)
    return found


def _day(row: Row, column: str) -> date | None:
    text = row.cell(column)
    try:
        return read_day(text) if text else None
    except ValueError as error:
        raise BadInput("date-unreadable", field=column, value=text) from error


def overlap(one: FeeLine, other: FeeLine) -> bool:
    """Whether both hold on some day."""
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)
