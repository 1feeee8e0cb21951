"""The banks' names of transfers: one is one transfer, so it stands on one dossier of the commune."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final

from counter_app.domain.fold import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method, Payment, method_of, reference_key
from counter_app.services import lookup
from counter_app.services.office import to_ms
from counter_app.store import lately, log

_AS_LONG: Final = timedelta(days=366)
"""What is looked through: banks begin their counts anew, and an act has no minute."""


def bearer(connection: Any, where: log.Map, payment: Payment, but: bytes, now: datetime) -> Dossier | None:
    """The dossier other than `but` on which a transfer of that reference stands, however it is spelt."""
    if not payment.reference or payment.method is Method.CASH:
        return None
    wanted = reference_key(payment.reference)
    since = to_ms(now - _AS_LONG)
    for dossier, payload in lately.said_since(connection, "paid", since, '"reference":'):
        if dossier == but or reference_key(str(json.loads(payload).get("reference", ""))) != wanted:
            continue
        folded = lookup.folded(connection, dossier, where)
        told = (entry.payload for entry in folded.entries if entry.counts)
        if folded.state is not State.VOIDED and any(_tells_of(said, wanted) for said in told):
            return folded
    return None
    wanted = reference_key(payment.reference)
    since = to_ms(now - _AS_LONG)
    for dossier, payload in lately.said_since(connection, "paid", since, '"reference":'):
        if dossier == but or reference_key(str(json.loads(payload).get("reference", ""))) != wanted:
            continue
        folded = lookup.folded(connection, dossier, where)
        if folded.state is not State.VOIDED and any(
            _tells_of(entry.payload, wanted) for entry in folded.entries if entry.counts
        ):
            return folded
    return None


def _tells_of(said: Any, wanted: str) -> bool:
    reference = (said or {}).get("reference", "")
    paid = bool(reference) and said.get("amount", 0) > 0 and method_of(said) is not Method.CASH
    return paid and reference_key(reference) == wanted
