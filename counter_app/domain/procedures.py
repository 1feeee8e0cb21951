"""Administrative procedures as the published catalogue states them, their versions, and how one is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from counter_app.domain.disclosure import COLUMNS as POSTED
from counter_app.domain.errors import BadInput, BadLine, NotFound
from counter_app.domain.fees import UNSTATED, FeeRule, parse_fee
from counter_app.domain.inner_steps import COLUMN, InnerStep, parse_steps
from counter_app.domain.limits import Confidence, Resubmission, TimeLimit, Unit, parse_limit
from counter_app.domain.names import clean_line, words
from counter_app.domain.published import Row, fingerprint, read_day, read_sheet

__all__ = [
    "CatalogueChange",
    "Component",
    "Confidence",
    "PaperKind",
    "Procedure",
    "TimeLimit",
    "Unit",
    "by_code",
    "compare",
    "match",
    "parse_catalogue",
    "parse_component",
]

COLUMNS = (
    "code",
    "name_vi",
    "field_vi",
    "level",
    "time_limit",
    "time_unit",
    "fee_vnd",
    "components",
    "result_vi",
)
_CODE = re.compile(r"\d\.\d{6}(\.[A-Za-z0-9.]+)?")  # TT 03/2025: N.NNNNNN, with a local suffix or none


class PaperKind(StrEnum):
    """In what form a component is handed in."""

    ORIGINAL = "original"  # bản chính
    CERTIFIED = "certified"  # bản sao có chứng thực
    COPY = "copy"  # bản sao
    ELECTRONIC = "electronic"  # bản điện tử
    SHOWN = "shown"  # xuất trình, không nộp


@dataclass(frozen=True)
class Component:  # thành phần hồ sơ
    """One paper of a dossier, its name as published; `required` is False where the name sets a condition."""

    name: str
    required: bool = True
    kind: PaperKind = PaperKind.ORIGINAL
    count: int = 1


@dataclass(frozen=True)
class Procedure:  # thủ tục hành chính
    """One version of one procedure; a dossier keeps the version that it was received under.

    `limit` None: the law states none here, so the officer names the day and the reason. `limit_text` is the
    limit as published, remarks and all. Raises BadInput: "code-unreadable", "empty", "validity-out-of-order".
    """

    code: str
    name: str
    field: str = ""
    level: str = ""
    limit: TimeLimit | None = None
    fee: FeeRule = UNSTATED
    components: tuple[Component, ...] = ()
    result: str = ""
    hidden: bool = False
    confidence: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    limit_text: str = ""
    resubmission: Resubmission = Resubmission.RESUME
    steps: tuple[InnerStep, ...] = ()
    posted: tuple[tuple[str, str], ...] = ()
    """What else is posted of it: column of disclosure.py and text, in the order of the columns."""

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise BadInput("code-unreadable", field="code", value=self.code)
        if not self.name:
            raise BadInput("empty", field="name_vi", value=self.name)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise BadInput("validity-out-of-order", field="valid_to", value=self.valid_to.isoformat())

    @property
    def key(self) -> str:
        """The national code, without a province's suffix."""
        return self.code[:8]

    @cached_property
    def version(self) -> str:
        """The first 12 hex digits of the fingerprint of all that the procedure states."""
        return fingerprint(self.to_fields())[:12]

    @cached_property
    def folded(self) -> list[str]:
        """The words of the name as they are searched."""
        return words(self.name)

    def in_force(self, on: date) -> bool:
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    def to_fields(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "field": self.field,
            "level": self.level,
            "limit": self.limit and self.limit.to_fields(),
            "limit_text": self.limit_text,
            "fee": self.fee.text,
            "components": [
                [part.name, int(part.required), part.kind.value, part.count] for part in self.components
            ],
            "result": self.result,
            "hidden": int(self.hidden),
            "confidence": self.confidence,
            "valid_from": self.valid_from and self.valid_from.isoformat(),
            "valid_to": self.valid_to and self.valid_to.isoformat(),
            # Left out where it is the usual one, so that a version of before has the name that it had.
            **({"resubmission": self.resubmission.value} if self.resubmission != Resubmission.RESUME else {}),
            **({COLUMN: [step.to_fields() for step in self.steps]} if self.steps else {}),
            **({"posted": dict(self.posted)} if self.posted else {}),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Procedure:
        """Raises BadInput("procedure-unreadable") for fields that no `to_fields` gave."""
        try:
            plain = {name: fields[name] for name in _PLAIN}
            return cls(
                **plain,
                limit=TimeLimit.from_fields(fields["limit"]) if fields["limit"] else None,
                fee=parse_fee(fields["fee"]),
                components=tuple(
                    Component(name, bool(required), PaperKind(kind), count)
                    for name, required, kind, count in fields["components"]
                ),
                hidden=bool(fields["hidden"]),
                valid_from=_day(fields["valid_from"]),
                valid_to=_day(fields["valid_to"]),
                resubmission=Resubmission(fields.get("resubmission", Resubmission.RESUME)),
                steps=tuple(map(InnerStep.from_fields, fields.get(COLUMN, ()))),
                posted=_posted(fields.get("posted", {})),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput("procedure-unreadable") from error


def _posted(said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((column, said[column]) for column in POSTED if said.get(column))


_PLAIN = ("code", "name", "field", "level", "limit_text", "result", "confidence")


def _day(text: str | None) -> date | None:
    return read_day(text) if text else None


_CONDITION = re.compile(r"\((?:nếu|khi|trường hợp|đối với)\b", re.IGNORECASE)
_COUNT = re.compile(r"\(\s*0?([1-9]\d?)\s+(?:bản|bộ|ảnh|tờ)\b", re.IGNORECASE)
_KINDS = (
    (re.compile(r"xuất trình", re.IGNORECASE), PaperKind.SHOWN),
    (re.compile(r"bản sao (?:có |được )?(?:chứng thực|công chứng)", re.IGNORECASE), PaperKind.CERTIFIED),
    (re.compile(r"bản sao", re.IGNORECASE), PaperKind.COPY),
    (re.compile(r"bản (?:điện tử|số hóa)", re.IGNORECASE), PaperKind.ELECTRONIC),
)


def parse_component(text: str) -> Component:
    """A component as the catalogue names it: its words tell its form and whether it is always asked for."""
    name = clean_line(text)
    kind = next((kind for pattern, kind in _KINDS if pattern.match(name)), PaperKind.ORIGINAL)
    count = _COUNT.search(name)
    return Component(name, not _CONDITION.search(name), kind, int(count[1]) if count else 1)


def parse_catalogue(text: str) -> list[Procedure]:
    """The procedures of a catalogue CSV, in its order.

    Further columns read where they stand: confidence, cutoff, resubmission (`Resubmission`, else what was
    left goes on), valid_from, valid_to, inner_steps, and those of disclosure.py. Police procedures come out
    hidden: they have forms and a system of their own. Raises BadLine: those of `read_sheet`, `parse_limit`,
    `parse_fee`, `parse_steps` and `Procedure`, "not-one-of", "date-unreadable", "code-twice" (first_line)
    for one code twice at one time, "catalogue-empty".
    """
    read: list[Procedure] = []
    lines: dict[str, list[tuple[int, Procedure]]] = {}
    for row in read_sheet(text, COLUMNS).rows:
        try:
            procedure = _procedure(row)
        except BadInput as bad:
            raise BadLine(bad.why, line=row.line, **bad.facts) from bad
        namesakes = lines.setdefault(procedure.key, [])
        for first, other in namesakes:
            if _overlap(other, procedure):
                raise BadLine(
                    "code-twice", line=row.line, field="code", value=procedure.code, first_line=first
                )
        namesakes.append((row.line, procedure))
        read.append(procedure)
    if not read:
        raise BadLine("catalogue-empty", line=1)
    return read


def _procedure(row: Row) -> Procedure:
    level = row.cell("level")
    return Procedure(
        code=row.cell("code"),
        name=row.cell("name_vi"),
        field=row.cell("field_vi"),
        level=level,
        limit=parse_limit(
            row.cell("time_limit"), row.cell("time_unit"), row.cell("cutoff"), row.cell("confidence")
        ),
        limit_text=f"{row.cell('time_limit')} {row.cell('time_unit')}".strip(),
        fee=parse_fee(row.cell("fee_vnd")),
        components=tuple(parse_component(part) for part in row.cell("components").split(";") if part.strip()),
        result=row.cell("result_vi"),
        hidden="công an" in level.lower(),
        confidence=row.cell("confidence"),
        valid_from=_valid_day(row, "valid_from"),
        valid_to=_valid_day(row, "valid_to"),
        resubmission=_resubmission(row.cell("resubmission")),
        steps=parse_steps(row.cell(COLUMN)),
        posted=_posted(row.cells),
    )


def _resubmission(text: str) -> Resubmission:
    said = text.lower() or Resubmission.RESUME
    if said not in set(Resubmission):
        raise BadInput("not-one-of", field="resubmission", value=text, choices=", ".join(Resubmission))
    return Resubmission(said)


def _valid_day(row: Row, column: str) -> date | None:
    try:
        return _day(row.cell(column))
    except ValueError as error:
        raise BadInput("date-unreadable", field=column, value=row.cell(column)) from error


def _overlap(one: Procedure, other: Procedure) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


@dataclass(frozen=True)
class CatalogueChange:
    """What an import brings; `abolished` are procedures of the old catalogue that the new one lacks."""

    new: tuple[Procedure, ...]
    amended: tuple[Procedure, ...]
    abolished: tuple[Procedure, ...]
    unchanged: tuple[Procedure, ...]


def compare(old: Iterable[Procedure], new: Iterable[Procedure]) -> CatalogueChange:
    """The difference of two catalogues, by national code and version."""
    had, has = list(old), list(new)
    versions = {procedure.version for procedure in had}
    old_keys, new_keys = {procedure.key for procedure in had}, {procedure.key for procedure in has}
    return CatalogueChange(
        new=tuple(one for one in has if one.key not in old_keys),
        amended=tuple(one for one in has if one.key in old_keys and one.version not in versions),
        abolished=tuple(one for one in had if one.key not in new_keys),
        unchanged=tuple(one for one in has if one.version in versions),
    )


def by_code(code: str, procedures: Iterable[Procedure], on: date | None = None) -> Procedure:
    """The procedure of that national code, hidden or not, of those in force on the day where one is given.

    Raises NotFound("procedure-unknown").
    """
    wanted = clean_line(code)
    for procedure in procedures:
        if procedure.key == wanted[:8] and _CODE.fullmatch(wanted) and (on is None or procedure.in_force(on)):
            return procedure
    raise NotFound("procedure-unknown", field="procedure", value=code)


# The errands of most days come first among equals; the rest follow by name.
COMMONEST = (
    "2.000815",  # chứng thực bản sao
    "1.001193",  # khai sinh
    "2.000884",  # chứng thực chữ ký
    "2.000635",  # bản sao trích lục
    "1.004873",  # xác nhận tình trạng hôn nhân
    "1.000894",  # kết hôn
    "1.000656",  # khai tử
    "1.004859",  # cải chính hộ tịch
    "1.004884",  # đăng ký lại khai sinh
    "2.001035",  # chứng thực giao dịch
    "1.001612",  # hộ kinh doanh
)
# Words that so many names begin with that nobody means their middle ("kt" is khai tử, not "ký thay").
LEADS = (["dang", "ky"], ["chung", "thuc"], ["cap"])


def match(
    query: str, procedures: Sequence[Procedure], *, hidden: bool = False, limit: int = 8
) -> list[Procedure]:
    """At most `limit` procedures for what was typed: the beginning of a code, the first letters of words that
    follow one another ("ks": khai sinh, "ctbs": chứng thực bản sao), or beginnings of words in their order.

    Nothing typed offers the commonest.
    """
    ranked = []
    typed, asked = query.strip().lower(), words(query)
    for procedure in procedures:
        place = _place(typed, asked, procedure)
        if place is not None and (hidden or not procedure.hidden):
            common = COMMONEST.index(procedure.key) if procedure.key in COMMONEST else len(COMMONEST)
            ranked.append((place[0], common, place[1], len(procedure.name), procedure.code, procedure))
    ranked.sort(key=lambda row: row[:-1])
    return [row[-1] for row in ranked[:limit]]


def _place(typed: str, asked: list[str], procedure: Procedure) -> tuple[int, int] | None:
    """How well the query fits (0 best) and how far into the name; None where it does not.

    `typed` is the query in small letters, `asked` its folded words.
    """
    if typed[:1].isdigit():
        begins = procedure.code.lower().replace(".", "").startswith(typed.replace(".", ""))
        return (0, 0) if begins else None
    name = procedure.folded
    letters = "".join(asked)
    if len(letters) > 1 and len(asked) in (1, len(letters)):
        lead = next((len(lead) for lead in LEADS if name[: len(lead)] == lead), 0)
        initials = "".join(word[0] for word in name)
        if initials.startswith(letters) or initials.startswith(letters, lead):
            return 0, 0
        at = initials.find(letters, lead)
        if at >= 0:
            return 1, at
    following = enumerate(name)
    first = 0
    for number, part in enumerate(asked):
        at = next((at for at, word in following if word.startswith(part)), -1)
        if at < 0:
            return None
        first = first if number else at
    return 2, first
