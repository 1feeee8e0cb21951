"""Writes the recovery sheet of a store, outside its folder and over no other file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from counter_app.domain.errors import AlreadyThere
from counter_app.paper.recovery import RecoveryFacts, recovery_pdf
from counter_app.services import opening
from counter_app.system import clock, files
from counter_app.system.paths import Places


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
