"""Whose receipt a QR is, without a network: by the logs that were met, else by the district's list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from counter_app.crypto.signing import RECEIPT, verify
from counter_app.domain import machine_list
from counter_app.domain.commune import Commune
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.events import log_name
from counter_app.domain.hlc import moment
from counter_app.domain.issued import What
from counter_app.domain.machine_list import MACHINES
from counter_app.domain.receipt_code import ReceiptClaim, parse_receipt, signed_data
from counter_app.domain.zone import VIETNAM
from counter_app.services.office import commune_in
from counter_app.store import log

Signature = Literal["verified", "unknown_device", "forged"]


@dataclass(frozen=True)
class Verdict:
    """`machine` is known of those that were met; `agency` and `commune` are code and name of the commune
    whose receipt it is, where that is not this one.

    The receipt of a machine that was revoked stays true: whether it was printed before, it does not say.
    """

    signature: Signature
    machine: str = ""
    agency: str = ""
    commune: str = ""
    revoked_on: date | None = None

    @property
    def foreign(self) -> bool:
        return bool(self.agency)


def on_receipt(dossier: Dossier, claim: ReceiptClaim) -> Dossier:
    """The dossier with what its receipt says of it, where nothing else is here."""
    said = {"code": claim.code, "procedure": claim.procedure, "due": claim.due.isoformat()}
    return dossier if dossier.entries else replace(dossier, claim=said)


def claimed(connection: Any, where: log.Map, text: str) -> ReceiptClaim:
    """The claim of a receipt of this commune that proves true.

    Raises NotAllowed("receipt-forged" | "receipt-of-stranger" | "receipt-elsewhere").
    """
    try:
        claim, token, signature = parse_receipt(text)
    except BadInput as fault:
        raise NotAllowed("receipt-forged") from fault
    verdict = judge(connection, where, claim, token, signature)
    if verdict.signature == "forged":
        raise NotAllowed("receipt-forged")
    if verdict.signature == "unknown_device":
        raise NotAllowed("receipt-of-stranger", code=claim.code)
    if verdict.foreign:
        raise NotAllowed("receipt-elsewhere", code=claim.code, name=verdict.commune or verdict.agency)
    return claim


UNKNOWN: Final = Verdict("unknown_device")


def judge(connection: Any, where: log.Map, claim: ReceiptClaim, token: bytes, signature: bytes) -> Verdict:
    """What stands behind the claim; a log that is set aside counts as far as the district lists it."""
    known = commune_in(connection, where)
    met = where.find(claim.log)
    if met is not None and met.trust == log.ASIDE:
        met = None
    issue = known.issued.current.get((What.MACHINES, MACHINES))
    listed = machine_list.find(issue.text, claim.log) if issue is not None else None
    let_in = next((key for key in known.paired if log_name(key) == claim.log), None)
    public = met.public if met is not None else let_in or (listed.public if listed is not None else None)
    if public is None:
        return UNKNOWN
    if not verify(public, RECEIPT, signed_data(claim, token), signature):
        return Verdict("forged")
    away = met is None and let_in is None and listed is not None and not _is_ours(known, listed.agency)
    revoked = _revoked_on(known, claim.log) or (listed.revoked_on if listed is not None else None)
    return Verdict(
        "verified",
        met.machine if met is not None else "",
        listed.agency if away and listed is not None else "",
        listed.commune if away and listed is not None else "",
        revoked,
    )


def _is_ours(known: Commune, agency: str) -> bool:
    return agency == known.agency or agency in known.homes.codes.values()


def _revoked_on(known: Commune, name: bytes) -> date | None:
    """The day on which the district revoked that log, by its own word."""
    for event in known.arranged.events:
        if event.header.kind == "revoked" and (event.payload or {}).get("log") == name.hex():
            return moment(event.header.hlc).astimezone(VIETNAM).date()
    return None
