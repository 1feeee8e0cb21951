"""Money taken and given back for a dossier, in whole đồng."""

from __future__ import annotations

from datetime import datetime

from counter_app.domain.errors import NotAllowed
from counter_app.domain.payments import Payment
from counter_app.services.acting import acting, needed
from counter_app.services.office import Office, Session
from counter_app.services.references import bearer


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
) -> None:
    """Money taken, in đồng; a dossier that waited for it goes on.

    Raises NotAllowed("money-known") for a transfer that is told of already, which would count for nothing,
    and NotAllowed("reference-of-another") where another dossier bears its reference.
    """
    payment = Payment.read(amount, method, receipt, reference)
    with acting(office, session, code, "paid", at) as act:
        if act.dossier.knows_of(payment):
            raise NotAllowed("money-known", field="amount", code=act.dossier.code)
        other = bearer(act.pen.connection, act.pen.map, payment, act.dossier.id, act.now)
        if other is not None:
            told = {"reference": payment.reference, "other": other.code}
            raise NotAllowed("reference-of-another", field="reference", code=act.dossier.code, **told)
        act.pay(payment)


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
) -> None:
    """Money given back, in đồng: no more than is held; raises NotAllowed("more-than-paid")."""
    payment = Payment.read(amount, method, receipt)
    with acting(office, session, code, "refunded", at) as act:
        if payment.amount > act.dossier.paid:
            raise NotAllowed("more-than-paid", field="amount", code=act.dossier.code, paid=act.dossier.paid)
        act.write("refunded", **payment.fields(), reason=needed(reason, "reason"))
