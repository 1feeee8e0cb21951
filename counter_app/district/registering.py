"""Online dossiers handed down to a commune: registered under the code that the national portal gave them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from counter_app.district import devices, identity, journal, lines
from counter_app.district.house import District
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.domain import paying
from counter_app.domain.codes import DossierCode, dossier_named, parse_code
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput, NotAllowed, RuleBroken
from counter_app.domain.fee_table import NO_TABLE, FeeTable
from counter_app.domain.fold import fold
from counter_app.domain.issued import PROCEDURES, What
from counter_app.domain.payments import LONGEST_RECEIPT, Method, Payment, reference_key
from counter_app.domain.procedures import Procedure
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import last_act
from counter_app.services.entry import Form, read_form, text_in
from counter_app.services.fee_tables import table_of
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.reception import entered, promise_for
from counter_app.services.rules import read_catalogue
from counter_app.services.years import calendar_of
from counter_app.words.bad_lines import bad_line

ONLINE: Final = "online"
_NOT_HERE: Final = ("id", "slip", "registered", "late_reason")  # of a counter's own reception
_ALWAYS: Final = ("applicant", "procedure")
_TOLD: Final = ("submitter", "sets", "components", "return_by", "note", "codes", "received_at")


@dataclass(frozen=True)
class Line:
    """A line of `register`; `reference` is the portal's of what was paid, `told` the fields that it names."""

    code: DossierCode
    form: Form
    reference: str
    told: frozenset[str]


def register(
    district: District, code: str, file: str, now: Callable[[], datetime]
) -> Iterator[dict[str, Any]]:
    """Each good line is on the disk before its answer; a bad one is told, the others go on.

    Raises NotFound("no-such-commune"), and what keeps the file from being read.
    """
    with district.base.reading() as connection:
        commune = devices.commune_of(connection, code)
        known = journal.known_of(CommuneLedger(connection, commune))
        agency = dict(lines.numbers(connection))[commune]
    lines.bring_up_to_date(district.base, commune)
    with district.base.reading() as connection:
        given = {
            code.upper(): line["id"]
            for line in lines.of_commune(connection, commune)
            for code in line.get("codes", [line["code"]])
        }
    offered, tariff = _catalogue(known), table_of(known)

    def one(raw: bytes) -> dict[str, Any]:
        line = read_line(read_json(raw), offered, at := now(), tariff)
        return _one(district, commune, agency, known, given, line, at)

    with source(file) as opened:
        for number, raw in numbered_lines(opened):
            try:
                yield {"line": number, **one(raw)}
            except RuleBroken as error:
                yield {"line": number, "error": bad_line(error, number)}


def _one(
    district: District,
    commune: int,
    agency: str,
    known: Commune,
    given: Mapping[str, str],
    line: Line,
    now: datetime,
) -> dict[str, Any]:
    code, form = line.code, line.form
    dossier = dossier_named(code)
    if given.get(code.key, dossier.hex()).replace("-", "") != dossier.hex():
        raise NotAllowed("code-of-another", code=code.text)
    received_at = (form.received_at or now).astimezone(VIETNAM).replace(microsecond=0)
    payload = entered(
        form, agency, code.text, received_at, promise_for(form, received_at, calendar_of(known))
    )
    paid = None
    if form.paid and form.fee.amount:
        paid = Payment(form.fee.amount, Method.PORTAL, reference=line.reference)
    acts: list[journal.Act] = [("registered", payload)]
    if paid is not None:
        acts.append(("paid", {**paid.fields(), "at": received_at.isoformat()}))
    with district.base.writing() as connection:
        who = identity.current(connection, district.who)
        before = hand_down(connection, who, commune, dossier, acts, round(now.timestamp() * 1000))
        came = False
        if before is not None:
            _require_same(before, payload, line)
            came = paid is not None and _take(connection, who, commune, dossier, paid, now)
    return {
        "code": (before or payload)["code"],
        "received_at": (before or payload)["received_at"],
        **({"again": True} if before is not None else {}),
        **({"paid": paid.amount} if came and paid is not None else {}),
    }


def _take(
    connection: Connection, who: Identity, commune: int, id_: bytes, payment: Payment, now: datetime
) -> bool:
    """Writes the money that the portal took after it had handed the dossier down; False where it is known."""
    ledger = CommuneLedger(connection, commune)
    ledger.lock()
    events = journal.events_of(ledger, id_)
    dossier = fold(id_, events)
    at = max(now.astimezone(VIETNAM).replace(microsecond=0), last_act(dossier) or now)
    told = [
        reference_key(entry.payload.get("reference", ""))
        for entry in dossier.entries
        if entry.name == "paid" and entry.payload and entry.payload.get("method") == Method.PORTAL
    ]
    if told:
        if payment.reference and "" not in told and reference_key(payment.reference) not in told:
            raise NotAllowed("paid-otherwise", code=dossier.code, reference=payment.reference)
        return False
    said = paying.payload(dossier, payment, at, calendar_of(journal.known_of(ledger)))
    act = ("paid", {**said, "at": at.astimezone(VIETNAM).isoformat()})
    journal.act_on(ledger, who, round(now.timestamp() * 1000), id_, act, events)
    ledger.finish()
    return True


def read_line(fields: Any, offered: Sequence[Procedure], now: datetime, tariff: FeeTable = NO_TABLE) -> Line:
    """A line of `register`: one of `receive` with the portal's `code`, kept as it is written, and under `fee`
    the portal's own `reference` of what was paid.

    Raises BadInput, NotFound("procedure-unknown").
    """
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="dossier")
    for name in _NOT_HERE:
        if name in fields:
            raise BadInput("unknown-field", field=name)
    if not (text := text_in(fields, "code")):
        raise BadInput("missing", field="code")
    code = parse_code(text)
    channel = text_in(fields, "channel") or ONLINE
    if channel != ONLINE:
        raise BadInput("not-one-of", field="channel", value=channel, choices=ONLINE)
    rest = {name: value for name, value in fields.items() if name != "code"}
    reference, fee = "", fields.get("fee")
    if isinstance(fee, Mapping) and "reference" in fee:
        reference = text_in(fee, "reference", LONGEST_RECEIPT, "fee")
        if reference and not fee.get("paid"):
            raise BadInput("missing", field="fee.paid")
        rest["fee"] = {name: value for name, value in fee.items() if name != "reference"}
    form = read_form({**rest, "channel": ONLINE, "registered": True}, list(offered), now, tariff)
    told = frozenset(rest) | {f"fee.{name}" for name in rest.get("fee") or ()}
    return Line(code, form, reference, told)


def hand_down(
    connection: Connection,
    who: Identity,
    commune: int,
    dossier: bytes,
    acts: Sequence[journal.Act],
    now_ms: int,
) -> Mapping[str, Any] | None:
    """Writes the dossier, unless it is here already: then what was said of it, and nothing is written.

    Raises NotAllowed("dossier-erased").
    """
    ledger = CommuneLedger(connection, commune)
    ledger.lock()
    known = journal.events_of(ledger, dossier)
    for event in known:
        if event.header.kind == "registered" and event.payload is not None:
            return event.payload
    if known and (found := fold(dossier, known)).erased is not None:
        raise NotAllowed("dossier-erased", code=found.code)
    journal.hand_down(ledger, who, now_ms, dossier, acts)
    ledger.finish()
    return None


def _require_same(before: Mapping[str, Any], now: Mapping[str, Any], line: Line) -> None:
    """Raises NotAllowed("handed-down-otherwise") for what the line says and the dossier does not.

    What the catalogue or the calendar adds may have changed meanwhile, and is not compared.
    """
    was, said = _compared(before), _compared(now)
    for name, value in said.items():
        if (name in line.told or name in _ALWAYS) and value != was[name]:
            raise NotAllowed("handed-down-otherwise", code=line.code.text, field=name)


def _compared(payload: Mapping[str, Any]) -> dict[str, Any]:
    fee = payload.get("fee", {})
    return {
        "applicant": payload["applicant"],
        "procedure": payload["procedure"]["code"],
        **{name: payload.get(name) for name in _TOLD},
        **{f"fee.{name}": fee.get(name) for name in ("amount", "exemption")},
    }


def _catalogue(known: Commune) -> Sequence[Procedure]:
    """What the district issued to the commune, else the catalogue that ships with the program."""
    issue = known.issued.current.get((What.CATALOGUE, PROCEDURES))
    return read_catalogue(issue.text if issue is not None else None)
