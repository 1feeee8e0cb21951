"""Who collects a result: what he shows, and whether he is the owner of the dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from counter_app.domain.citizen import CitizenNumber, Warning, checks
from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line, clean_name, fold

_PAPER_NUMBER = re.compile(r"[A-Za-z0-9]{5,20}", re.ASCII)
_CITIZENS = re.compile(r"\d{12}", re.ASCII)
CIVIL_STATUS = "hộ tịch"  # the field in which a relative needs no certified authorisation


class Relation(StrEnum):  # quan hệ với chủ hồ sơ: các quan hệ mà hộ tịch không đòi giấy ủy quyền chứng thực
    GRANDPARENT = "grandparent"
    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"


class Identity(StrEnum):
    """What comparing the collector with the owner gave."""

    OWNER = "owner"
    NAMESAKE = "namesake"  # the same name, and no number on one side to compare
    RENAMED = "renamed"  # the same number under another name
    OTHER = "other"

    @property
    def owns(self) -> bool:
        return self is not Identity.OTHER


@dataclass(frozen=True)
class Collector:  # người nhận kết quả
    """`authority` is the paper of one who is not the owner: an authorisation, or a proof of `relation`."""

    name: str
    id_number: str = ""
    authority: str = ""
    relation: str = ""
    receipt_lost: bool = False
    warnings: tuple[Warning, ...] = ()

    @classmethod
    def read(
        cls, to: str, id_number: str = "", authority: str = "", relation: str = "", receipt_lost: bool = False
    ) -> Collector:
        """From what was typed or scanned; raises BadInput with the field.

        Whoever has lost the receipt is known by his paper alone: its number is needed then.
        """
        name = clean_name(to, field="to")
        number, warnings = paper_number(id_number)
        if receipt_lost and not number:
            raise BadInput("empty", field="id_number")
        if relation and relation not in set(Relation):
            raise BadInput("not-one-of", field="relation", value=relation, choices=", ".join(Relation))
        return cls(name, number, clean_line(authority), relation, receipt_lost, tuple(warnings))

    def is_of(self, party: Mapping[str, Any]) -> Identity:
        """Whether he is this party of a dossier."""
        return identity(party, self.name, self.id_number)

    def fields(self, party: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The payload of his collecting; of a `party` that he is by its number, he needs no paper."""
        proven = party is not None and self.is_of(party) in (Identity.OWNER, Identity.RENAMED)
        return {
            "to": self.name,
            "id_number": self.id_number,
            "authority": "" if proven else self.authority,
            "relation": "" if proven else self.relation,
            "receipt_lost": True if self.receipt_lost else None,
        }


def identity(party: Mapping[str, Any], name: str, id_number: str) -> Identity:
    """By the citizen's number where both have one, else by the name: a passport compares with nothing."""
    same_name = fold(name) == fold(str(party.get("name", "")))
    known = str(party.get("id_number", ""))
    if not (_CITIZENS.fullmatch(id_number) and _CITIZENS.fullmatch(known)):
        return Identity.NAMESAKE if same_name else Identity.OTHER
    if id_number != known:
        return Identity.OTHER
    return Identity.OWNER if same_name else Identity.RENAMED


def paper_number(typed: str) -> tuple[str, list[Warning]]:
    """The number of whatever paper the collector shows, as typed but for spaces, and what is odd about it.

    A citizen's number, an old CMND, a passport of any country: who has come so far is not sent home for his
    paper. Raises BadInput("not-a-paper-number") for what no paper bears.
    """
    compact = "".join(clean_line(typed).split())
    if not compact:
        return "", []
    try:
        number = CitizenNumber.parse(compact)
    except BadInput:
        if not _PAPER_NUMBER.fullmatch(compact):
            raise BadInput("not-a-paper-number", field="id_number", value=typed) from None
        return compact, [Warning("other-paper")]
    return number.digits, checks(number, None, None)


def is_civil_status(procedure: Mapping[str, Any]) -> bool:
    """Whether a relative may collect with a proof of relation alone (hộ tịch)."""
    return fold(str(procedure.get("field", ""))) == fold(CIVIL_STATUS)
