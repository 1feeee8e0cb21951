"""The print journal: receipts whose paper is not known to be on its way.

The event "printed" tells what was meant. Between it and the paper lie a window that is closed, a power cut,
an empty tray; until a printer tells that the paper is out, or it lies as a file in the folder, this machine's
own values keep it, so that it can be said and made good. A receipt that is held for the end of a visit lies
here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from counter_app.domain.rights import Right
from counter_app.services.office import Office, Session
from counter_app.store import own, search

_PRINTING: Final = "printing/"
_HELD, _SENT = b"held", b"sent"
_JOB: Final = b"job "  # + its name: a queue took it


@dataclass(frozen=True)
class Unprinted:
    """A receipt without its paper: `held` on purpose, else nobody can say whether it came out.

    `job` names what a queue took for it; "" where none is known to have taken anything.
    """

    dossier: bytes
    code: str
    applicant: str
    held: bool
    job: str = ""


def hold(connection: Any, dossier: bytes) -> None:
    """Inside the transaction that receives the dossier: its receipt is printed later, with others."""
    own.put(connection, _PRINTING + dossier.hex(), _HELD)


def begin(connection: Any, dossier: bytes) -> None:
    """Inside the transaction that records the print."""
    own.put(connection, _PRINTING + dossier.hex(), _SENT)


def accepted(office: Office, dossiers: Iterable[bytes], job: str) -> None:
    """A queue has taken these as one job, which is not yet paper."""
    with office.database.writing() as connection:
        for dossier in dossiers:
            own.put(connection, _PRINTING + dossier.hex(), _JOB + job.encode())


def taken(office: Office, dossiers: Iterable[bytes]) -> None:
    """These are out, or lie as a file; harmless where none was kept."""
    with office.database.writing() as connection:
        for dossier in dossiers:
            own.drop(connection, _PRINTING + dossier.hex())


def in_hand(office: Office, session: Session, dossiers: Iterable[bytes]) -> None:
    """The officer says that he has these papers. Raises NotPermitted."""
    session.require(Right.PRINT)
    taken(office, dossiers)


def unprinted(office: Office) -> list[Unprinted]:
    """All that is kept, in the order of reception."""
    found = []
    with office.reading() as (connection, _):
        for name, value in own.beginning(connection, _PRINTING):
            dossier = bytes.fromhex(name.removeprefix(_PRINTING))
            line = search.line(connection, dossier)
            if line is not None:
                job = value.removeprefix(_JOB).decode() if value.startswith(_JOB) else ""
                found.append(Unprinted(dossier, line.code, line.applicant, value == _HELD, job))
    return found
