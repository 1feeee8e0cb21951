"""Papers on their way from a page to the printer; never on the window's thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, NamedTuple

from counter_app.desk.page import Desk
from counter_app.domain.errors import Surroundings
from counter_app.paper.call_list import call_list_pdf
from counter_app.paper.forms import APOLOGY, CONTROL, REFUSAL, STOP, SUPPLEMENT
from counter_app.services import (
    calls,
    control_slip,
    disclosing,
    handover_slip,
    labels,
    letters,
    papers,
    print_journal,
    scanning,
)
from counter_app.services import handover_list as passing_list
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session
from counter_app.services.reception import Received
from counter_app.system.printing import FolderPrinter, Printer
from counter_app.system.settings import Queue
from counter_app.words.call_list import call_sheets
from counter_app.words.control import control_facts
from counter_app.words.disclosure import list_facts as posted_facts
from counter_app.words.disclosure import sheet_facts
from counter_app.words.handover import handover_facts
from counter_app.words.handover_list import list_facts
from counter_app.words.letters import letter_facts
from counter_app.words.receipt import label_facts, receipt_facts

_TITLES: Final = {
    SUPPLEMENT: "bo-sung",
    REFUSAL: "tu-choi",
    APOLOGY: "xin-loi",
    STOP: "dung",
    CONTROL: "kiem-soat",
}
"""What a paper's file and job are called behind the dossier's code."""


class Sent(NamedTuple):
    """Where a paper went: a job of a printer, or a file that is still to be printed."""

    where: str
    is_file: bool
    printer: Printer | None = None
    dossiers: tuple[bytes, ...] = ()
    """Whose receipts it is, where the print journal keeps them."""


class CallSheets(NamedTuple):
    """The sheets that heads of hamlets carry, drawn: `n` dossiers stand on them, `left` on none."""

    pdf: bytes
    n: int
    left: int


class Way(NamedTuple):
    """The printer of a use, and what was chosen for its queue."""

    printer: Printer
    queue: Queue


def way(desk: Desk, use: str = "receipts") -> Way:
    """Where papers of a `use` go: receipts, labels, slips. Asks nobody, so it may stand on any thread."""
    settings = desk.office.settings
    chosen = settings.queue_for(use)
    if chosen and desk.queues is not None:
        return Way(desk.queues.printer(chosen), settings.queue(chosen))
    return Way(desk.printer, settings.queue(desk.queue))


def first(desk: Desk, received: Received) -> Sent:
    """Prints the receipt that the reception recorded."""
    to = way(desk)
    pdf = papers.receipt_of(desk.office, received.dossier, receipt_facts, on=to.queue)
    return _journalled(desk, to, pdf, received.code, [received.dossier])


def together(desk: Desk, session: Session, codes: Mapping[bytes, str], why: str) -> Sent:
    """Records the prints of these dossiers, by their ids and codes, and sends them as one job.

    `why` is the reason of those among them that were printed before.
    """
    to = way(desk)
    pdf = papers.print_receipts(desk.office, session, list(codes), receipt_facts, to.queue, reason=why)
    return _journalled(desk, to, pdf, _title(codes), codes)


def again(
    desk: Desk,
    session: Session,
    codes: Mapping[bytes, str],
    why: str,
    *,
    spoiled: bool,
    before: Sent | None = None,
) -> Sent:
    """Records reprints with their reason, and prints them; `spoiled` where the last ones are unusable.

    The paper `before` is taken back where it still waits in the queue: it would come out beside this one.
    """
    to = way(desk)
    pdf = papers.print_receipts(
        desk.office, session, list(codes), receipt_facts, to.queue, reason=why, spoiled=spoiled
    )
    # Not before the new one is on record: where that is refused, the one in the queue is still good.
    if before is not None and before.printer is not None:
        before.printer.cancel(before.where)
    return _journalled(desk, to, pdf, f"{_title(codes)}-in-lai", codes)


def draw_call_list(desk: Desk, hamlet: str | None) -> CallSheets:
    """The sheets of all hamlets, or of the one with that key, with everybody of now, whatever a list shows.

    It takes a millisecond a person, so it has the lane "lists": no receipt waits for it.
    """
    now = desk.now()
    found = calls.call_list(desk.office, now)
    rounds = [one for one in found.rounds if hamlet in (None, one.key)]
    agency = desk.office.commune().name
    pdf = (
        call_list_pdf(call_sheets(rounds, found.left, desk.office.settings.hotline), agency=agency, made=now)
        if rounds
        else b""
    )
    return CallSheets(pdf, sum(len(one.calls) for one in rounds), found.left)


def call_list(desk: Desk, sheets: CallSheets) -> Sent:
    """Prints them; nothing of it is in any file's name."""
    to = way(desk)
    return send(to._replace(queue=replace(to.queue, paper="a4")), sheets.pdf, "danh-sach-moi")


def label(desk: Desk, session: Session, dossier: bytes, code: str) -> Sent:
    """Records the label of a dossier's folder, and prints it."""
    to = way(desk, "labels")
    made = labels.print_label(
        desk.office, session, id_text(dossier), label_facts, printable_mm=to.queue.printable_mm
    )
    on = replace(to.queue, paper=desk.office.settings.label_stock)
    return send(Way(to.printer, on), made.pdf, f"{code}-nhan")


def copy(office: Office, session: Session, dossier: bytes, why: str, on: Queue) -> bytes:
    """Records a reprint with its reason; the PDF that is to be printed."""
    return papers.print_receipts(office, session, [dossier], receipt_facts, on, reason=why)


def copied(desk: Desk, to: Way, pdf: bytes, code: str, dossier: bytes) -> Sent:
    """Sends what `copy` made."""
    return _journalled(desk, to, pdf, code, [dossier])


def sheets(desk: Desk) -> Way:
    """Where papers go that need a sheet: where a roll takes the receipts, to the queue of the pads."""
    to = way(desk)
    to = way(desk, "slips") if to.queue.paper == "80mm" else to
    return to._replace(queue=replace(to.queue, paper=letters.sheet_of(desk.office, "", to.queue)))


def other(desk: Desk, session: Session, dossier: bytes, form: str, why: str) -> bytes:
    """Records the print of a letter or of the control slip; the PDF that is to be printed."""
    office, named, on = desk.office, id_text(dossier), sheets(desk).queue
    if form == CONTROL:
        return control_slip.print_control(office, session, named, control_facts, reason=why, on=on)
    return letters.print_letter(office, session, named, form, letter_facts, reason=why, on=on)


def others(desk: Desk, pdf: bytes, code: str, form: str) -> Sent:
    """Sends what `other` made."""
    return send(sheets(desk), pdf, f"{code}-{_TITLES[form]}")


def _journalled(desk: Desk, to: Way, pdf: bytes, title: str, dossiers: Iterable[bytes]) -> Sent:
    sent = send(to, pdf, title)
    named = tuple(dossiers)
    with suppress(Surroundings):  # then it is told as one that may not have come out
        if sent.is_file:
            print_journal.taken(desk.office, named)
        else:
            print_journal.accepted(desk.office, named, sent.where)
    return sent._replace(dossiers=named)


def _title(codes: Mapping[bytes, str]) -> str:
    first_, *others = codes.values()
    return f"{first_}+{len(others)}" if others else first_


def posted(desk: Desk, code: str) -> Sent:
    """Prints what is posted of a procedure."""
    to = sheets(desk)
    pdf = disclosing.print_sheets(desk.office, [code], sheet_facts, paper=to.queue.paper)
    return send(to, pdf, f"niem-yet-{code}")


def posted_list(desk: Desk) -> Sent:
    """Prints the list of all procedures that are posted."""
    to = sheets(desk)
    pdf = disclosing.print_list(desk.office, posted_facts, paper=to.queue.paper)
    return send(to, pdf, "niem-yet")


def handover(desk: Desk, session: Session, named: Sequence[str]) -> Sent:
    """Records and prints the slip that the collector of these dossiers signs."""
    to = way(desk)
    pdf = handover_slip.print_handover(desk.office, session, named, handover_facts, on=to.queue)
    return send(to, pdf, "phieu-tra-ket-qua")


def handover_list(desk: Desk, session: Session, named: Sequence[str], giver: str, taker: str) -> Sent:
    """Records and prints the list that both sides of a hand-over sign."""
    to = sheets(desk)
    pdf = passing_list.print_list(desk.office, session, named, giver, taker, list_facts, on=to.queue)
    return send(to, pdf, "danh-sach-ban-giao")


def separators(desk: Desk, session: Session, code: str) -> Sent:
    """Prints the sheets that part a dossier's pile on their way through the scanner."""
    to = sheets(desk)
    pdf = scanning.print_separators(desk.office, session, [code])
    return send(to._replace(queue=replace(to.queue, paper="a4")), pdf, f"{code}-to-ngan")


def send(to: Way, pdf: bytes, title: str) -> Sent:
    """Gives a paper to its printer. Raises CannotWrite, DiskFull."""
    where = to.printer.print(pdf, title, to.queue.paper)
    return Sent(where, isinstance(to.printer, FolderPrinter), to.printer)
