"""Money taken and given back for a dossier, in whole đồng."""

from __future__ import annotations

from datetime import date, datetime

from counter_app.domain import books
from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.domain.names import clean_line
from counter_app.domain.payments import Method, Payment
from counter_app.services.acting import Act, acting, needed
from counter_app.services.office import Office, Session
from counter_app.services.references import bearer
from counter_app.store import log
from counter_app.store.writer import Writer


def pay(
    office: Office,
    session: Session,
    code: str,
    amount: int,
    at: datetime | None = None,
    *,
    method: str = "",
    receipt: str = "",
    reference: str = "",
    reason: str = "",
    asks: bool = False,
) -> list[Warning]:
    """Money taken, in đồng; a dossier that waited for it goes on. Gives what is to be looked at again.

    Raises NotAllowed("money-known") for a transfer that is told of already, which would count for nothing,
    NotAllowed("reference-of-another") where another dossier bears its reference, and, of who `asks` first,
    NotAllowed("more-than-owed") for more than is known to be owed, without a `reason`.
    """
    payment = Payment.read(amount, method, receipt, reference)
    with acting(office, session, code, "paid", at) as act:
        if act.dossier.knows_of(payment):
            raise NotAllowed("money-known", field="amount", code=act.dossier.code)
        if other := _elsewhere(act, payment, "reference"):
            told = {"reference": payment.reference, "other": other}
            raise NotAllowed("reference-of-another", field="reference", code=act.dossier.code, **told)
        warnings = []
        why, left = clean_line(reason), _left(act.dossier)
        if left is not None and payment.amount > left and not why:
            if asks:
                raise NotAllowed("more-than-owed", field="reason", code=act.dossier.code, left=left)
            warnings.append(Warning("more-than-owed", {"amount": str(payment.amount), "left": str(left)}))
        if other := _elsewhere(act, payment, "receipt"):
            warnings.append(Warning("receipt-of-another", {"receipt": payment.receipt, "other": other}))
        act.pay(payment, why)
        return warnings + ended(act.pen, act.at.date(), payment.method)


def _left(dossier: Dossier) -> int | None:
    """Đồng that are still to be paid; None where nobody knows the fee."""
    if dossier.owed is None:
        return None
    return dossier.charged if dossier.state is State.WAITING_PAYMENT else dossier.unpaid


def _elsewhere(act: Act, payment: Payment, field: str) -> str:
    """The code of another dossier whose payment bears the same name in the other system."""
    other = bearer(act.pen.connection, act.pen.map, payment, field, act.dossier.id, act.now)
    return other.code if other is not None else ""


def refund(
    office: Office,
    session: Session,
    code: str,
    amount: int,
    reason: str,
    at: datetime | None = None,
    *,
    method: str = "",
    receipt: str = "",
) -> list[Warning]:
    """Money given back, in đồng: no more than is held; raises NotAllowed("more-than-paid")."""
    payment = Payment.read(amount, method, receipt)
    with acting(office, session, code, "refunded", at) as act:
        if payment.amount > act.dossier.paid:
            raise NotAllowed("more-than-paid", field="amount", code=act.dossier.code, paid=act.dossier.paid)
        act.write("refunded", **payment.fields(), reason=needed(reason, "reason"))
        return ended(act.pen, act.at.date(), payment.method)


def ended(pen: Writer, day: date, method: Method) -> list[Warning]:
    """What is told of money on a day that this machine has closed, or whose drawer it has counted."""
    own = {row.log for row in pen.map.logs.values() if row.trust == log.OWN}
    pages = [("day-closed", books.day_page)]
    pages += [("day-counted", books.cash_page)] if method is Method.CASH else []
    for code, page in pages:
        events = log.dossier_events(pen.connection, page(pen.commune, day), pen.map)
        if any(event.header.log in own for event in events):
            return [Warning(code, {"day": day.isoformat()})]
    return []
