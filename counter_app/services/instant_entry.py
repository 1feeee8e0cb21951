"""Reads what was entered to be given at once: every field true, or one refusal that names the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from counter_app.domain import at_once, certification
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import NO_TABLE, FeeTable
from counter_app.domain.fees import Per
from counter_app.domain.procedures import Procedure
from counter_app.domain.zone import VIETNAM
from counter_app.services.entry import Fields, Form, flag_in, proof_of, read_form, text_in, whole_in

MOST_PAGES: Final = 9999
MOST_COPIES: Final = 999
LONGEST_WHAT: Final = 300  # letters
_OF_THE_RECEPTION: Final = (
    *("procedure", "applicant", "submitter", "card_qr", "codes", "note", "id"),
    *("received_at", "late_reason"),  # of what was done by hand, and is keyed in later
)
_OWN: Final = ("pages", "copies", "cases", "what", "paid", "exemption", "proof", "amount", "register")
KNOWN: Final = frozenset((*_OF_THE_RECEPTION, *_OWN))


@dataclass(frozen=True)
class InstantForm:
    """An act as entered. `pages`, `copies`, `cases` are None where the fee does not count them; `volume` and
    `number` are the officer's own, "" and None where the register's next line is meant."""

    entry: Form
    what: str
    pages: int | None
    copies: int | None
    cases: int | None
    volume: str
    number: int | None


def read_instant(
    fields: Fields, offered: list[Procedure], now: datetime, tariff: FeeTable = NO_TABLE
) -> InstantForm:
    """Reads an act from outside; the fee is that of the rule, and is taken unless `paid` is false.

    Raises BadInput with the field for whatever cannot be accepted: "not-at-once", "what-needed" for an act
    that stands in a certification register, "amount-by-rule", what `entry.read_form` raises.
    """
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="dossier")
    for name in fields:
        if name not in KNOWN:
            raise BadInput("unknown-field", field=str(name))
    given: dict[str, Any] = {name: fields[name] for name in _OF_THE_RECEPTION if name in fields}
    plain = read_form({**given, "fee": {}}, offered, now)
    procedure, day = plain.procedure, (plain.received_at or now).astimezone(VIETNAM).date()
    at_once.require_fit(procedure)
    exemption = text_in(fields, "exemption", 300)
    rule = tariff.applied(procedure, day, exemption=exemption)
    proof = proof_of(rule, text_in(fields, "proof", 300), "proof")
    units = tariff.counted(procedure, day, exemption=exemption)
    # A copy is counted in any case: the register and the citizen know of it, where the fee does not.
    pages = whole_in(fields, "pages", 1, MOST_PAGES)
    copies = whole_in(fields, "copies", 1, MOST_COPIES)
    cases = whole_in(fields, "cases", 1, MOST_COPIES)
    fee = rule.reckon(pages=pages, copies=copies, cases=cases).fee
    amount = _amount(fields, fee.amount)
    paid = flag_in(fields, "paid") if fields.get("paid") is not None else True
    money = {"amount": amount, "exemption": exemption or None, "paid": paid and amount is not None}
    money |= {"proof": proof.number} if proof else {}
    if fields.get("paid") is True and amount is None:
        raise BadInput("amount-needed", field="amount")
    what = text_in(fields, "what", LONGEST_WHAT)
    book = certification.book_of(procedure)
    if book is not None and not what:
        raise BadInput("what-needed", field="what", procedure=procedure.name)
    entry = read_form({**given, "fee": money}, offered, now, tariff)
    volume, number = _register(fields, book, day.year)
    # Who has his paper in his hand need not be reached; that the amount is the rule's was seen to.
    settled = ("no-contact", "fee-off-rule")
    entry = replace(entry, warnings=tuple(w for w in entry.warnings if w["code"] not in settled))
    return InstantForm(
        entry=entry,
        what=what,
        pages=pages if Per.PAGE in units else None,
        copies=copies if Per.COPY in units or fields.get("copies") is not None else None,
        cases=cases if Per.CASE in units and cases > 1 else None,
        volume=volume,
        number=number,
    )


def _amount(fields: Fields, by_rule: int | None) -> int | None:
    if fields.get("amount") is None:
        return by_rule
    stated = whole_in(fields, "amount", 0, 1_000_000_000, least=0)
    if by_rule is not None and stated != by_rule:
        raise BadInput("amount-by-rule", field="amount", value=stated, amount=by_rule)
    return stated


def _register(fields: Fields, book: certification.Book | None, year: int) -> tuple[str, int | None]:
    given = fields.get("register")
    if given is None:
        return "", None
    if not isinstance(given, Mapping):
        raise BadInput("not-an-object", field="register")
    for key in given:
        if key not in ("volume", "number"):
            raise BadInput("unknown-field", field=f"register.{key}")
    if book is None:
        raise BadInput("no-register", field="register")
    typed = text_in(given, "volume", certification.LONGEST, "register")
    number = None
    if given.get("number") is not None:
        number = whole_in(given, "number", 1, certification.LARGEST, "register")
    return certification.read_volume(typed, year, book) if typed else "", number
