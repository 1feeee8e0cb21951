"""What is chosen once for each queue of this computer, and its test page."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.errors import BadInput
from counter_app.domain.rights import Right
from counter_app.domain.zone import VIETNAM
from counter_app.paper.trial import TrialFacts, trial_pdf
from counter_app.services.office import Office, Session
from counter_app.system import settings
from counter_app.system.settings import USES, Queue, Settings


def send_to(office: Office, session: Session, use: str, queue: str) -> Settings:
    """Papers of a `use` (receipts, labels, slips) go to a queue; "" is the computer's default one.

    Whoever may print may choose: a printer fails while a citizen stands there. Raises NotPermitted,
    BadInput("not-one-of"), DiskFull, CannotWrite.
    """
    session.require(Right.PRINT)
    if use not in USES:
        raise BadInput("not-one-of", field="use", value=use, choices=", ".join(USES))
    return _keep(office, replace(office.settings, **{use: queue}))  # type: ignore[arg-type]


def use_queue(office: Office, session: Session, name: str, queue: Queue) -> Settings:
    """Keeps the paper and the printable width of a queue. Raises as `send_to`."""
    session.require(Right.PRINT)
    return _keep(office, office.settings.with_queue(name, queue))


def use_labels(office: Office, session: Session, stock: str) -> Settings:
    """Labels are on this stock from now on. Raises BadInput("setting-unknown"), and as `send_to`."""
    session.require(Right.PRINT)
    return _keep(office, replace(office.settings, label_stock=stock))


def trial(office: Office, name: str, queue: Queue, paper_words: str) -> bytes:
    """The test page of a queue, on its own paper."""
    facts = TrialFacts(name, paper_words, office.now().astimezone(VIETNAM))
    return trial_pdf(facts, paper=queue.paper, printable_mm=queue.printable_mm)


def _keep(office: Office, changed: Settings) -> Settings:
    settings.save(office.places.settings, changed)
    office.settings = changed
    return changed
