"""Papers of a dossier: what a print must say, its QR, and the event that it was printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from counter_app.crypto.signing import RECEIPT, Signer
from counter_app.domain.commune import Officer
from counter_app.domain.dossier import TAKEN_IN, Dossier
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.names import clean_line
from counter_app.domain.receipt_code import (
    PROCEDURE,
    RECEPTIONS,
    ReceiptClaim,
    receipt_text,
    signed_data,
    token,
)
from counter_app.domain.rights import Right
from counter_app.paper import forms
from counter_app.paper.facts import ReceiptFacts
from counter_app.paper.receipt import receipts_pdf
from counter_app.paper.template import Template, pick
from counter_app.services import print_journal
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.enrolled import district_in
from counter_app.services.issued import drawn
from counter_app.services.lookup import folded
from counter_app.services.office import Office, Session, commune_in
from counter_app.store import log, own
from counter_app.store.writer import Writer
from counter_app.system.settings import PAPERS, Queue, Settings

_LONGEST_QR: Final = 287
"""Bytes of a QR of version 12 at level M (ISO/IEC 18004): 27 mm at three dots of 203 dpi a module."""


@dataclass(frozen=True)
class PrintOrder:
    """All that a receipt is worded from; `copy` 1 is the first print, `reason` says why there is another."""

    dossier: Dossier
    agency_name: str
    settings: Settings
    officer: Officer | None  # who received, as far as the account is known
    qr_text: str
    copy: int = 1
    reason: str = ""


Phrase = Callable[[PrintOrder], ReceiptFacts]


def print_receipt(
    office: Office,
    session: Session,
    code: str,
    phrase: Phrase,
    *,
    paper: str = "",
    reason: str = "",
    on: Queue | None = None,
) -> bytes:
    """Records the print, then makes its PDF. A second print needs its reason and is marked as a copy.

    `on` is what was chosen for the queue that it goes to; else `paper`, else what the settings say.
    Raises BadInput("reprint-reason"), NotAllowed("nothing-received" | "not-accepted").
    """
    officer = session.require(Right.PRINT)
    on = on or queue_of(office, paper)
    with office.writing(guard_clock=False) as (pen, now):
        dossier = find_one(pen.connection, pen.map, code)
        said = phrase(_recorded(office, pen, now, officer, dossier, clean_line(reason), on))
        note(office, session, [dossier.id], Why.PRINT)
    return _drawn(office, [said], on)


def print_receipts(
    office: Office,
    session: Session,
    dossiers: Sequence[bytes],
    phrase: Phrase,
    on: Queue,
    *,
    reason: str = "",
    spoiled: bool = False,
) -> bytes:
    """Records the prints of several receipts together, and makes one PDF of them.

    A receipt that was printed before is a copy, for the `reason`; `spoiled` says that what came out of the
    last print is unusable. The print journal keeps all of them until `print_journal.taken`. Raises as
    `print_receipt`.
    """
    officer = session.require(Right.PRINT)
    why = clean_line(reason)
    said = []
    with office.writing(guard_clock=False) as (pen, now):
        for id_ in dossiers:
            dossier = folded(pen.connection, id_, pen.map)
            if spoiled and _next_copy(dossier) > 1:
                _spoil(pen, now, officer, dossier, why)
            said.append(phrase(_recorded(office, pen, now, officer, dossier, why, on)))
            print_journal.begin(pen.connection, id_)
        note(office, session, dossiers, Why.PRINT)
    return _drawn(office, said, on)


def _recorded(
    office: Office, pen: Writer, now: datetime, officer: str, dossier: Dossier, why: str, on: Queue
) -> PrintOrder:
    copy = _next_copy(dossier)
    if copy > 1 and not why:
        raise BadInput("reprint-reason", code=dossier.code)
    why = why if copy > 1 else ""
    order = _order(office, pen.connection, pen.map, dossier, copy, why)
    payload = {"form": "receipt", "copy": copy, "paper": on.paper, "at": now.isoformat()}
    pen.append("printed", dossier.id, {**payload, **({"reason": why} if why else {})}, officer)
    return order


def receipt_of(
    office: Office, dossier_id: bytes, phrase: Phrase, *, paper: str = "", on: Queue | None = None
) -> bytes:
    """The PDF of the print that is already on record as the receipt's last."""
    on = on or queue_of(office, paper)
    with office.reading() as (connection, where):
        dossier = folded(connection, dossier_id, where)
        printed = _prints(dossier, "receipt")
        last = printed[-1] if printed else {"copy": 1}
        order = _order(office, connection, where, dossier, last["copy"], str(last.get("reason", "")))
    return render(office, [order], phrase, on)


def _spoil(pen: Writer, now: datetime, officer: str, dossier: Dossier, why: str) -> None:
    payload = {"form": "receipt", "at": now.isoformat(), **({"reason": why} if why else {})}
    pen.append("spoiled", dossier.id, payload, officer)


def render(office: Office, orders: Sequence[PrintOrder], phrase: Phrase, on: Queue) -> bytes:
    """The PDF of the orders; each one's form is that in force when its dossier was received."""
    return _drawn(office, [phrase(order) for order in orders], on)


def _drawn(office: Office, said: Sequence[ReceiptFacts], on: Queue) -> bytes:
    def draw(templates: list[Template]) -> bytes:
        receipts = [(facts, pick(templates, facts.received_at.date())) for facts in said]
        return receipts_pdf(receipts, paper=on.paper, printable_mm=on.printable_mm)

    return drawn(office.commune(), forms.RECEIPT, draw)


def queue_of(office: Office, paper: str = "") -> Queue:
    """What holds where no queue is meant, on another `paper` where one is named. Raises BadInput."""
    wanted = paper or office.settings.paper
    if wanted not in PAPERS:
        raise BadInput("not-one-of", field="paper", value=paper, choices=", ".join(PAPERS))
    return replace(office.settings.queue(""), paper=wanted)


def _prints(dossier: Dossier, form: str) -> list[Any]:
    return [e.payload for e in dossier.prints if e.payload and e.payload["form"] == form]


def require_accepted(dossier: Dossier) -> None:
    """A paper that names a date is there once one was promised.

    Raises NotAllowed("nothing-received" | "not-accepted").
    """
    if dossier.reception is None:
        raise NotAllowed("nothing-received", code=dossier.code)
    if dossier.due is None:
        raise NotAllowed("not-accepted", code=dossier.code)


def _next_copy(dossier: Dossier) -> int:
    require_accepted(dossier)
    return 1 + len(_prints(dossier, "receipt"))


def _order(
    office: Office, connection: Any, where: log.Map, dossier: Dossier, copy: int, reason: str
) -> PrintOrder:
    known = commune_in(connection, where)
    # One from above was taken in by who accepted it.
    took_in = [e for e in dossier.entries if e.name in ("registered", *TAKEN_IN)]
    actors = [who for entry in took_in if (who := known.who(entry.event.header)) in known.officers]
    return PrintOrder(
        dossier,
        known.name,
        office.settings,
        known.officers[actors[0]] if actors else None,
        _qr_text(connection, where, dossier),
        copy,
        reason,
    )


def _qr_text(connection: Any, where: log.Map, dossier: Dossier) -> str:
    """Signed by the machine that prints; the token comes from the reception's own salt."""
    received = next(e for e in dossier.entries if e.name in RECEPTIONS)
    branch = log.branch_of(connection, received.event.hash)
    salt = log.salt_for(connection, branch, dossier.id, where) if branch is not None else None
    if salt is None or dossier.due is None:
        return ""
    keys = own.keys(connection)
    signer = Signer(keys.signing)
    claim = ReceiptClaim(
        dossier.id,
        where.log_of(keys.branch).log,
        dossier.code,
        str(dossier.values.get("procedure", {}).get("code", ""))[:PROCEDURE],
        dossier.due,
    )
    mark = token(salt)
    signature = signer.sign(RECEIPT, signed_data(claim, mark))
    text = receipt_text(claim, mark, signature, _public_address(connection))
    return text if len(text) <= _LONGEST_QR else receipt_text(claim, mark, signature)


def _public_address(connection: Any) -> str | None:
    """The district's; none before enrolment, nor on this machine itself, which no telephone reaches."""
    known = district_in(connection)
    return known.url if known is not None and known.url.startswith("https:") else None


def page_count(pdf: bytes) -> int:
    """Pages of a PDF that this program made: its page objects are not compressed away."""
    return pdf.count(b"/Type /Page\n")
