"""Reads what was entered at reception: every field true, or one refusal that names the field."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from counter_app.domain import fees, people
from counter_app.domain.card import read_card
from counter_app.domain.codes import parse_code
from counter_app.domain.errors import BadInput
from counter_app.domain.fee_table import NO_TABLE, Applied, FeeTable
from counter_app.domain.names import clean_line
from counter_app.domain.people import Party
from counter_app.domain.procedures import Component, PaperKind, Procedure, by_code
from counter_app.domain.zone import VIETNAM

Fields = Mapping[str, Any]
CHANNELS: Final = ("counter", "home", "post", "online")
RETURN_BY: Final = ("counter", "home", "post")
OLDEST: Final = timedelta(days=731)  # a dossier keyed in later may lie two years back
MOST_COMPONENTS: Final = 60
LONGEST_NOTE: Final = 2000  # letters
_KNOWN: Final = frozenset(
    (
        *("procedure", "applicant", "submitter", "card_qr", "channel", "received_at", "sets", "components"),
        *("fee", "return_by", "slip", "codes", "late_reason", "due", "due_reason", "calendar_confirmed"),
        *("note", "id", "verification", "pages", "copies", "cases", "registered"),
    )
)


@dataclass(frozen=True)
class Form:
    """A reception as entered, every field read and true; `procedure` is pinned to its version."""

    procedure: Procedure
    applicant: Party
    submitter: Party | None
    channel: str
    received_at: datetime | None
    sets: int
    components: tuple[Component, ...]
    fee: fees.Fee
    paid: bool
    return_by: str
    due_day: date | None
    due_reason: str
    verification: bool
    calendar_confirmed: bool
    slip: str
    codes: tuple[str, ...]
    late_reason: str
    note: str
    id: bytes | None
    warnings: tuple[dict[str, Any], ...]
    registered: bool = False
    """Brought, as on a visit at home, and not yet found complete: its clock begins when it is accepted."""


def read_form(fields: Fields, offered: list[Procedure], now: datetime, tariff: FeeTable = NO_TABLE) -> Form:
    """Reads an entry from outside; its fee is that of the table in force on the day of the reception.

    Raises BadInput with the field for whatever cannot be accepted.
    """
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="dossier")
    for name in fields:
        if name not in _KNOWN:
            raise BadInput("unknown-field", field=str(name))
    code = text_in(fields, "procedure")
    if not code:
        raise BadInput("missing", field="procedure")
    received_at = moment_in(fields, "received_at")
    if received_at is not None:
        if received_at > now:
            raise BadInput("in-the-future", field="received_at", value=fields["received_at"])
        if received_at < now - OLDEST:
            raise BadInput("too-long-ago", field="received_at", value=fields["received_at"])
    day = (received_at or now).astimezone(VIETNAM).date()
    procedure = by_code(code, offered, day)
    applicant, warnings = _applicant(fields, now.date())
    submitter = None
    if fields.get("submitter") not in (None, {}):
        submitter = Party.from_fields(fields["submitter"], "submitter", today=now.date())
    channel = one_of_in(fields, "channel", CHANNELS)
    fee, paid, doubts = _fee(fields, procedure, channel, day, tariff)
    warnings += [{"code": w.code, **w.facts} for w in people.warnings(applicant)] + doubts
    due_day, due_reason = _day(fields, "due"), text_in(fields, "due_reason", 500)
    if procedure.limit is None and (due_day is None or not due_reason):
        raise BadInput("due-needed", field="due", procedure=procedure.name)
    if procedure.limit is not None and due_day is not None:
        raise BadInput("due-not-needed", field="due", procedure=procedure.name)
    verification = flag_in(fields, "verification")
    if verification and (procedure.limit is None or procedure.limit.verification is None):
        raise BadInput("no-verification-limit", field="verification")
    return Form(
        procedure=procedure,
        applicant=applicant,
        submitter=submitter,
        channel=channel,
        received_at=received_at,
        sets=whole_in(fields, "sets", 1, 99),
        components=_components(fields, procedure),
        fee=fee,
        paid=paid,
        return_by=one_of_in(fields, "return_by", RETURN_BY),
        due_day=due_day,
        due_reason=due_reason,
        verification=verification,
        calendar_confirmed=flag_in(fields, "calendar_confirmed"),
        slip=_slip(fields),
        codes=_codes(fields),
        late_reason=text_in(fields, "late_reason", 500),
        note=text_in(fields, "note", LONGEST_NOTE),
        id=id_in(fields),
        warnings=tuple(warnings),
        registered=flag_in(fields, "registered"),
    )


def _applicant(fields: Fields, today: date) -> tuple[Party, list[dict[str, Any]]]:
    warnings: list[dict[str, Any]] = []
    given: dict[str, Any] = {}
    if fields.get("card_qr"):
        card = read_card(text_in(fields, "card_qr", 1000))
        given = {
            "kind": people.PERSON,
            "name": card.name,
            "id_number": card.id_number,
            "birth_date": card.birth_date,
            "sex": card.sex,
            "address": card.address,
        }
        warnings = [{"code": w.code, **w.facts} for w in card.warnings]
    typed = fields.get("applicant")
    if typed is None and not given:
        raise BadInput("missing", field="applicant")
    if typed is not None and not isinstance(typed, Mapping):
        raise BadInput("not-an-object", field="applicant")
    # What the officer typed beside the card (phone, corrected name) stands over the card.
    merged = {
        name: value
        for side in (given, typed or {})
        for name, value in side.items()
        if value is not None and value != ""
    }
    party = Party.from_fields(merged, "applicant", today=today)
    own_checks = {w.code for w in people.warnings(party)}
    return party, [w for w in warnings if w["code"] not in own_checks]


def _components(fields: Fields, procedure: Procedure) -> tuple[Component, ...]:
    given = fields.get("components")
    if given is None:
        return tuple(c for c in procedure.components if c.required)
    if not isinstance(given, list) or len(given) > MOST_COMPONENTS:
        raise BadInput("not-a-list", field="components", most=MOST_COMPONENTS)
    found = []
    for number, item in enumerate(given, start=1):
        where = f"components.{number}"
        if not isinstance(item, Mapping):
            raise BadInput("not-an-object", field=where)
        for key in item:
            if key not in ("name", "kind", "count", "file"):
                raise BadInput("unknown-field", field=f"{where}.{key}")
        name = text_in(item, "name", 300, where)
        if not name:
            raise BadInput("empty", field=f"{where}.name")
        kind = one_of_in(item, "kind", tuple(k.value for k in PaperKind), where)
        found.append(Component(name, True, PaperKind(kind), whole_in(item, "count", 1, 999, where)))
    return tuple(found)


def _fee(
    fields: Fields, procedure: Procedure, channel: str, day: date, tariff: FeeTable
) -> tuple[fees.Fee, bool, list[dict[str, Any]]]:
    given = {} if fields.get("fee") is None else fields["fee"]
    if not isinstance(given, Mapping):
        raise BadInput("not-an-object", field="fee")
    for key in given:
        if key not in ("amount", "paid", "exemption", "proof", "late"):
            raise BadInput("unknown-field", field=f"fee.{key}")
    exemption = text_in(given, "exemption", 300, "fee")
    rule = tariff.applied(procedure, day, channel=channel, exemption=exemption)
    by_rule = rule.reckon(
        pages=whole_in(fields, "pages", 1, 9999),
        copies=whole_in(fields, "copies", 1, 999),
        cases=whole_in(fields, "cases", 1, 999),
        channel=channel,
        late=flag_in(given, "late", "fee"),
    ).fee
    proof = proof_of(rule, text_in(given, "proof", 300, "fee"), "fee.proof")
    amount = by_rule.amount
    if given.get("amount") is not None:
        amount = whole_in(given, "amount", 0, 1_000_000_000, "fee", least=0)
    paid = flag_in(given, "paid", "fee")
    if paid and amount is None:
        raise BadInput("amount-needed", field="fee.amount")
    return replace(by_rule, amount=amount, proof=proof), paid, fee_doubts(rule, by_rule.amount, amount, proof)


def fee_doubts(
    rule: Applied, by_rule: int | None, amount: int | None, proof: fees.Proof | None
) -> list[dict[str, Any]]:
    """What is to be looked at before a fee stands, as warnings: who pays less without a paper that says so,
    and an amount, in đồng, that is not the rule's."""
    if rule.exempt and not rule.by_group:
        return [] if proof else [{"code": "exempt-unproven", "group": rule.exempt}]
    if None in (by_rule, amount) or amount == by_rule:
        return []
    return [{"code": "fee-off-rule", "amount": amount, "by_rule": by_rule}]


def proof_of(rule: Applied, shown: str, field: str) -> fees.Proof | None:
    """The paper that was shown for an exemption.

    Raises BadInput("proof-needed") where one is asked for, BadInput("exempt-elsewhere") for a group of the
    table that pays here what all pay.
    """
    if rule.elsewhere:
        raise BadInput("exempt-elsewhere", field=field.replace("proof", "exemption"), group=rule.exempt)
    if rule.exempt and rule.proof and not shown:
        raise BadInput("proof-needed", field=field, group=rule.exempt, proof=rule.proof)
    return fees.Proof(rule.proof, shown) if rule.exempt and shown else None


def _codes(fields: Fields) -> tuple[str, ...]:
    given = [] if fields.get("codes") is None else fields["codes"]
    if not isinstance(given, list) or len(given) > 10:
        raise BadInput("not-a-list", field="codes", most=10)
    found = []
    for item in given:
        text = clean_line(item) if isinstance(item, str) else ""
        if not text or len(text) > 60:
            raise BadInput("not-a-text", field="codes", value=item)
        found.append(text)
    return tuple(found)


def _slip(fields: Fields) -> str:
    text = text_in(fields, "slip")
    return parse_code(text, "slip").text if text else ""


def id_in(fields: Fields) -> bytes | None:
    """The id that the giver drew for the entry, so that it is taken in once; raises BadInput("not-an-id")."""
    if fields.get("id") is None:
        return None
    try:
        return uuid.UUID(str(fields["id"])).bytes
    except ValueError as error:
        raise BadInput("not-an-id", field="id", value=fields["id"]) from error


def text_in(fields: Fields, name: str, most: int = 100, where: str = "") -> str:
    value = fields.get(name)
    field = f"{where}.{name}" if where else name
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput("not-a-text", field=field, value=value)
    text = clean_line(value)
    if len(text) > most:
        raise BadInput("too-long", field=field, value=text, limit=most)
    return text


def one_of_in(fields: Fields, name: str, choices: tuple[str, ...], where: str = "") -> str:
    value = text_in(fields, name, 100, where) or choices[0]
    if value not in choices:
        field = f"{where}.{name}" if where else name
        raise BadInput("not-one-of", field=field, value=value, choices=", ".join(choices))
    return value


def whole_in(fields: Fields, name: str, default: int, most: int, where: str = "", *, least: int = 1) -> int:
    value = fields.get(name)
    field = f"{where}.{name}" if where else name
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput("not-a-whole-number", field=field, value=value)
    if not least <= value <= most:
        raise BadInput("out-of-range", field=field, value=value, least=least, most=most)
    return value


def flag_in(fields: Fields, name: str, where: str = "") -> bool:
    value = fields.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise BadInput("not-a-flag", field=f"{where}.{name}" if where else name, value=value)
    return value


def moment_in(fields: Fields, name: str) -> datetime | None:
    text = text_in(fields, name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-time", field=name, value=text) from error
    if moment.tzinfo is None:
        raise BadInput("time-without-zone", field=name, value=text)
    return moment


def _day(fields: Fields, name: str) -> date | None:
    text = text_in(fields, name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("not-a-day", field=name, value=text) from error
    return day
