"""A dossier read for the screen: its fold, how it stands today, and the names in its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.widgets.speech import translate
from counter_app.desk.widgets.standing import Standing, standing, still
from counter_app.desk.widgets.timeline import NameOf
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import CounterError
from counter_app.domain.lifecycle import State
from counter_app.services import erased_copies, lookup, rules, safety
from counter_app.services.accesses import Why, note
from counter_app.services.erased_copies import Copy
from counter_app.services.lookup import Scan
from counter_app.services.office import Office, Session
from counter_app.services.receipt_check import on_receipt
from counter_app.services.safety import LOCAL, Safe


@dataclass(frozen=True)
class Story:
    """`name_of` who acted, by an event's header; `machines` by log."""

    dossier: Dossier
    standing: Standing
    name_of: NameOf
    machines: Mapping[bytes, str]
    now: datetime
    safe: Safe = LOCAL
    """Whether the district has all of it."""
    receipt: Scan | None = None
    """The true receipt that says all that is known of it."""
    procedure: str = ""
    """What the procedure is called that a receipt names, while nothing else does."""
    copies: tuple[Copy, ...] = ()
    """Of one that was erased: the copies of the store, some of which hold it."""


def read_story(
    office: Office, session: Session, dossier: bytes, now: datetime, receipt: Scan | None = None
) -> Story:
    """Reads one dossier for who sits there; for the "read" lane. The `receipt` tells of one that is not
    here."""
    note(office, session, [dossier], Why.SHOW if receipt is None else Why.SCAN)
    known = office.commune()
    found = lookup.story(office, dossier)
    if found.held and receipt is not None and receipt.claim is not None:
        found = on_receipt(found, receipt.claim)
    return Story(
        found,
        _standing(found, now, office),
        known.name_of,
        lookup.machines(office),
        now,
        safety.states(office, [dossier])[dossier],
        receipt if found.held else None,
        rules.name_of(office, found.claim["procedure"]) if found.held and found.claim else "",
        _copies(office, dossier) if found.erased is not None else (),
    )


def _standing(found: Dossier, now: datetime, office: Office) -> Standing:
    if found.erased is not None:
        return still("paused", translate("Standing", "Đã xóa nội dung"))
    if found.held and found.state is State.REGISTERED:
        return still("soon", translate("DossierRows", "Chờ phần tiếp nhận"))
    return standing(found.state, found.due, now, office.calendar())


def _copies(office: Office, dossier: bytes) -> tuple[Copy, ...]:
    try:
        return tuple(erased_copies.copies(office, dossier))
    except CounterError:
        return ()
