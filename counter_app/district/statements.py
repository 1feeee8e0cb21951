"""`counter-district paid`: what a statement of account says was paid, told to the dossiers that it names."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, select

from counter_app.district import devices, identity, journal, lines
from counter_app.district.house import District
from counter_app.district.ledger import CommuneLedger
from counter_app.district.purposes import Place, Purposes
from counter_app.district.tables import communes
from counter_app.domain import fold, paying
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed, RuleBroken
from counter_app.domain.payments import Method, Payment, reference_key
from counter_app.domain.published import read_sheet
from counter_app.domain.zone import VIETNAM
from counter_app.services.acting import last_act
from counter_app.services.entry import moment_in, text_in
from counter_app.services.json_lines import numbered_lines, read_json, source
from counter_app.services.years import calendar_of
from counter_app.words.bad_lines import bad_line

_COLUMNS: Final = ("code", "amount", "reference")
_KNOWN: Final = (*_COLUMNS, "at", "method")
_WAYS: Final = (Method.TRANSFER, Method.PORTAL)
_LONGEST: Final = 500  # letters of a transfer's purpose
_AMOUNT: Final = re.compile(  # thousands are parted by one sign, what is behind đồng by another
    r"(\d{1,3}([., ])\d{3}(?:\2\d{3})*(?:(?!\2)[.,]00?)?|\d+(?:[.,]00?)?)"
    r"\s*(?:đ|đồng|vnd|vnđ)?",
    re.IGNORECASE,
)
_PENCE: Final = re.compile(r"[.,]00?$")
_OLDEST: Final = timedelta(days=731)


@dataclass(frozen=True)
class Told:
    """One line: money that came, for the dossier that `code` names, a code or a transfer's whole purpose."""

    code: str
    payment: Payment
    at: datetime | None


@dataclass
class _References:
    """What the district's desks have told of references, in all communes, as far as these were read."""

    told: dict[str, tuple[int, bytes, int]] = field(default_factory=dict)
    read: dict[int, dict[int, int]] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)

    def catch_up(self, connection: Connection) -> None:
        """Reads on in the communes that moved since."""
        rows = connection.execute(select(communes.c.commune, communes.c.position))
        moved = {row.commune: row.position for row in rows}
        for number in sorted(n for n, position in moved.items() if self.positions.get(n) != position):
            read = self.read.setdefault(number, {})
            for branch, seq, dossier, payload in journal.desk_events(CommuneLedger(connection, number), read):
                said = json.loads(payload) if payload else {}
                if said.get("statement") and said.get("reference") and said["amount"]:
                    self.told.setdefault(reference_key(said["reference"]), (number, dossier, said["amount"]))
                read[branch] = seq
        self.positions = moved


def pay(district: District, file: str, only: str, now: Callable[[], datetime]) -> Iterator[dict[str, Any]]:
    """Each good line is on the disk before its answer; a bad one is told, the others go on.

    `only` names a commune, "" all. Raises NotFound("no-such-commune"), and what keeps the file from being
    read: of a CSV also "header-missing", "column-missing" and the like.
    """
    places, named = _known(district, only)
    references = _References()
    with source(file) as opened:
        for number, fields in _lines(opened.read()):
            try:
                told = read_line(fields() if callable(fields) else fields, now())
                commune, dossier = named.find(told.code)
                answer = _one(district, commune, dossier, told, references, now())
                yield {"line": number, "commune": places[commune], **answer}
            except RuleBroken as error:
                yield {"line": number, "error": bad_line(error, number)}


def read_line(fields: Any, now: datetime) -> Told:
    """Raises BadInput: "missing", "unknown-cell", "amount-unreadable", "not-one-of", "in-the-future",
    "too-long-ago" and those of `entry`."""
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="line")
    for name in fields:
        if name not in _KNOWN:
            raise BadInput("unknown-cell", value=str(name), known=", ".join(_KNOWN))
    for name in _COLUMNS:
        if fields.get(name) in (None, ""):
            raise BadInput("missing", field=name)
    method = text_in(fields, "method") or Method.TRANSFER
    if method not in _WAYS:
        raise BadInput("not-one-of", field="method", value=method, choices=", ".join(_WAYS))
    at = moment_in(fields, "at")
    if at is not None and at > now:
        raise BadInput("in-the-future", field="at", value=fields["at"])
    if at is not None and at < now - _OLDEST:
        raise BadInput("too-long-ago", field="at", value=fields["at"])
    payment = Payment.read(_amount(fields["amount"]), method, "", text_in(fields, "reference"))
    return Told(text_in(fields, "code", _LONGEST), replace(payment, statement=True), at)


def _amount(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _AMOUNT.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 20 else None
    if found is None:
        raise BadInput("amount-unreadable", field="amount", value=value)
    return int(re.sub(r"\D", "", _PENCE.sub("", found[1])))


def _lines(raw: bytes) -> Iterator[tuple[int, Any]]:
    """The lines of JSON, or of a CSV whose header names code, amount and reference; others are passed by."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        for number, line in numbered_lines(io.BytesIO(raw)):
            yield number, partial(read_json, line)
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("not-utf8", value="") from error
    for row in read_sheet(text, _COLUMNS).rows:
        yield row.line, {name: row.cell(name) for name in _KNOWN if row.cell(name)}


def _known(district: District, only: str) -> tuple[dict[int, str], Purposes]:
    """The communes' codes, and their dossiers by their own codes and ids."""
    with district.base.reading() as connection:
        chosen = devices.commune_of(connection, only) if only else None
        places = {n: code for n, code in lines.numbers(connection) if chosen in (None, n)}
    coded: list[tuple[str, Place]] = []
    for number in places:
        lines.bring_up_to_date(district.base, number)
        with district.base.reading() as connection:
            for line in lines.of_commune(connection, number):
                place = (number, bytes.fromhex(line["id"].replace("-", "")))
                coded += [(line["code"], place), (line["id"], place)]
    return places, Purposes(coded)


def _one(
    district: District, commune: int, id_: bytes, told: Told, references: _References, now: datetime
) -> dict[str, Any]:
    payment = told.payment
    with district.base.writing() as connection:
        who = identity.current(connection, district.who)
        ledger = CommuneLedger(connection, commune)
        ledger.lock()
        identity.one_at_a_time(connection)  # a reference is one in all communes
        references.catch_up(connection)
        events = journal.events_of(ledger, id_)
        dossier = fold.fold(id_, events)
        shown: dict[str, Any] = {"code": dossier.code, "reference": payment.reference}
        shown |= {"amount": payment.amount}
        if dossier.erased is not None:
            raise NotAllowed("dossier-erased", code=dossier.code)
        other = _told_otherwise(ledger, dossier, payment, references)
        if other is None and reference_key(payment.reference) in references.told:
            return {**shown, "again": True}
        at = (told.at or now).astimezone(VIETNAM).replace(microsecond=0)
        _require_received(dossier, payment, at)
        last = last_act(dossier)
        calendar = calendar_of(journal.known_of(ledger))
        said = paying.payload(dossier, payment, max(at, last or at), calendar)
        if other is not None:
            said = {**replace(payment, amount=0).fields(), "note": str(other.facts["other"])}
        if other is None or _contradicts(dossier, payment, references):
            act = ("paid", {**said, "at": at.isoformat()})
            journal.act_on(ledger, who, round(now.timestamp() * 1000), id_, act, events)
            ledger.finish()
    if other is not None:
        raise other
    return {**shown, **({"resumes": True} if said.get("resumes") else {})}


def _require_received(dossier: Dossier, payment: Payment, at: datetime) -> None:
    """A transfer names a code, which nobody had before the reception; the portal may take the fee before.

    Raises BadInput("paid-before-receipt").
    """
    received = _moment((dossier.reception or {}).get("received_at"))
    if payment.method is not Method.PORTAL and received is not None and at.date() < received.date():
        facts = {"value": at.date().isoformat(), "received": received.isoformat()}
        raise BadInput("paid-before-receipt", field="at", code=dossier.code, **facts)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(VIETNAM) if text else None


def _told_otherwise(
    ledger: CommuneLedger, dossier: Dossier, payment: Payment, references: _References
) -> NotAllowed | None:
    """What is said to a line whose reference a statement has given to another dossier, or another sum."""
    before = references.told.get(reference_key(payment.reference))
    if before is None or before[1:] == (dossier.id, payment.amount):
        return None
    commune, id_, amount = before
    there = CommuneLedger(ledger.connection, commune)
    other = fold.fold(id_, journal.events_of(there, id_)).code
    return NotAllowed(
        "reference-otherwise", reference=payment.reference, told=amount, other=other, code=dossier.code
    )


def _contradicts(dossier: Dossier, payment: Payment, references: _References) -> bool:
    """Whether an officer marked here what a statement gave to another dossier, and this one was not told."""
    wanted = reference_key(payment.reference)
    told = [
        said["amount"]
        for entry in dossier.entries
        if entry.name == "paid" and (said := entry.payload) and not entry.mistaken
        if reference_key(said.get("reference", "")) == wanted
    ]
    return references.told[wanted][1] != dossier.id and any(told) and 0 not in told
