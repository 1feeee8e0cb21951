"""Labels of folders: the event that one was printed, and which place of a sheet is free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.domain.rights import Right
from counter_app.paper.label import ON_A_SHEET, STOCKS, LabelFacts, labels_pdf
from counter_app.services.accesses import Why, note
from counter_app.services.acting import find_one
from counter_app.services.office import Office, Session
from counter_app.services.papers import require_accepted
from counter_app.store import own

_NEXT = "labels/next"

Phrase = Callable[[Dossier], LabelFacts]


@dataclass(frozen=True)
class Label:
    """The PDF to print; `next` is the place of the sheet that is free then, None on a roll."""

    pdf: bytes
    next: int | None


def print_label(
    office: Office,
    session: Session,
    code: str,
    phrase: Phrase,
    *,
    stock: str = "",
    start: int | None = None,
    printable_mm: float = 72,
) -> Label:
    """Records the print, then makes it. A label may be printed as often as wanted: it is no receipt.

    On a sheet it takes the place `start`, or the one after the last; places are counted from 1. Raises
    BadInput("not-one-of" | "out-of-range"), NotAllowed("nothing-received" | "not-accepted").
    """
    officer = session.require(Right.PRINT)
    stock = stock or office.settings.label_stock
    if stock not in STOCKS:
        raise BadInput("not-one-of", field="stock", value=stock, choices=", ".join(STOCKS))
    if start is not None and not 1 <= start <= ON_A_SHEET:
        raise BadInput("out-of-range", field="start", value=start, least=1, most=ON_A_SHEET)
    with office.writing(guard_clock=False) as (pen, now):
        dossier = find_one(pen.connection, pen.map, code)
        require_accepted(dossier)
        facts = phrase(dossier)
        note(office, session, [dossier.id], Why.PRINT)
        printed = [e for e in dossier.prints if e.payload and e.payload["form"] == "label"]
        payload = {"form": "label", "copy": 1 + len(printed), "paper": stock, "at": now.isoformat()}
        pen.append("printed", dossier.id, payload, officer)
        place = start or int(own.get_text(pen.connection, _NEXT, "1"))
        after = place % ON_A_SHEET + 1
        if stock == "a4":
            own.put_text(pen.connection, _NEXT, str(after))
    pdf = labels_pdf([facts], stock=stock, start=place, printable_mm=printable_mm)
    return Label(pdf, after if stock == "a4" else None)


def next_place(office: Office) -> int:
    """The first free place of the sheet of labels, from 1."""
    with office.reading() as (connection, _):
        return int(own.get_text(connection, _NEXT, "1"))
