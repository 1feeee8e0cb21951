"""What an event of a payment says: the money, and how the clock goes on of a dossier that waited for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain import clock
from counter_app.domain.calendar import WorkCalendar
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.domain.payments import Payment


def payload(dossier: Dossier, payment: Payment, at: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """A dossier that waited goes on once all that was charged is there; money that is known already, as
    where a statement tells of a transfer that was marked by hand, is no more of it.

    A part says how the clock would go on: one that its writer does not know of may make it enough.
    """
    if dossier.state is not State.WAITING_PAYMENT or dossier.knows_of(payment):
        return payment.fields()
    resumes = payment.amount >= dossier.charged
    return {**payment.fields(), "resumes": resumes, **goes_on(dossier, at, calendar)}


def goes_on(dossier: Dossier, at: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """The appointment after the waiting that ends at that time, for the payload that ends it."""
    said = clock.after_wait(dossier, at, calendar)
    if said is None:
        return {}
    same = said == dossier.values.get("promise")
    return {"due": said["due"], **({} if same else {"promise": said})}
