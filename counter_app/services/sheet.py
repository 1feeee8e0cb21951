"""Writes the recovery sheet of a store, outside its folder and over no other file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from counter_app.domain.errors import AlreadyThere, NoKey
from counter_app.domain.rights import Right
from counter_app.paper.recovery import RecoveryFacts, recovery_pdf
from counter_app.services import opening
from counter_app.services.office import Office, Session
from counter_app.system import clock, files
from counter_app.system.paths import Places

_WORDS: Final = 4  # fewer are no recovery sheet's


def sheet_writer(
    places: Places, target: Path, name: str, agency: str, device: str = ""
) -> Callable[[str], object]:
    """Writes the sheet to `target`; raises NotAllowed("inside-data-folder"), AlreadyThere("file-there")."""
    opening.refuse_inside(places, [target])
    if target.exists():
        # It may be the only key of another store.
        raise AlreadyThere("file-there", path=target)

    def write(words: str) -> None:
        facts = RecoveryFacts(
            agency=name,
            agency_code=agency,
            device=opening.device_name(device),
            made_at=clock.now(),
            words=tuple(words.split()),
            qr_text=words,
        )
        files.write_atomically(target, recovery_pdf(facts))

    return write


def add_sheet(office: Office, session: Session, proof: str, target: Path) -> list[dict[str, Any]]:
    """One more recovery sheet, for who shows that he may open the store: its passphrase, or an older sheet.

    Gives what opens the store now. Raises NotPermitted, NotAllowed("inside-data-folder"),
    AlreadyThere("file-there"), NoKey; the sheet is on the disk before the store knows of it.
    """
    session.require(Right.KEEP_STORE)
    known = office.commune()
    writer = sheet_writer(office.places, target, known.name, known.agency)
    kinds = {row["kind"] for row in opening.list_wraps(office.places)}
    by_passphrase = opening.Openers(_Nothing(), lambda: proof)
    try:
        if "passphrase" in kinds or not proof:
            return opening.add_wrap(office.places, by_passphrase, office.now, "recovery", sheet=writer)
    except NoKey:
        if "recovery" not in kinds or len(proof.split()) < _WORDS:
            raise
    by_sheet = opening.Openers(_Nothing(), recovery=proof)
    return opening.add_wrap(office.places, by_sheet, office.now, "recovery", sheet=writer)


def ways_of(proof: str) -> list[opening.Openers]:
    """What was typed may be a passphrase, or the words of a sheet; no way where nothing was typed."""
    ways = [opening.Openers(_Nothing(), lambda: proof)] if proof else []
    if len(proof.split()) >= _WORDS:
        ways.append(opening.Openers(_Nothing(), recovery=proof))
    return ways


class _Nothing:
    """No keyring: it would open for whoever stands at an open counter."""

    def get(self, name: str) -> bytes | None:
        return None

    def set(self, name: str, secret: bytes) -> None:
        return None

    def delete(self, name: str) -> None:
        return None

    def status(self) -> str:
        return "absent"
