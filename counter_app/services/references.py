"""The names that payments have in other systems, the bank's and the official receipt's: who bears one."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Method, Payment, reference_key
from counter_app.services import lookup
from counter_app.services.office import to_ms
from counter_app.store import lately, log

_AS_LONG: Final = timedelta(days=366)
"""What is looked through: banks begin their counts anew, and an act has no minute."""


def bearer(
    connection: Any, where: log.Map, payment: Payment, field: str, but: bytes, now: datetime
) -> Dossier | None:
    """The dossier other than `but` with a payment of that "reference" or "receipt", however it is spelt."""
    name = str(getattr(payment, field))
    if not name or (field == "reference" and payment.method is Method.CASH):
        return None
    wanted = reference_key(name)
    since = to_ms(now - _AS_LONG)
    for dossier, payload in lately.said_since(connection, "paid", since, f'"{field}":'):
        if dossier == but or reference_key(str(json.loads(payload).get(field, ""))) != wanted:
            continue
        folded = lookup.folded(connection, dossier, where)
        told = (entry.payload or {} for entry in folded.entries if entry.name == "paid" and entry.counts)
        names = (str(said.get(field, "")) for said in told if said["amount"] > 0)
        if folded.state is not State.VOIDED and any(reference_key(one) == wanted for one in names if one):
            return folded
    return None
