"""What a tombstone keeps of a dossier or a petition: nothing of a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from counter_app.domain import cash_lines, erasing
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import moment
from counter_app.domain.petitions import Petition
from counter_app.domain.zone import VIETNAM

_KEPT: Final = ("procedure", "received_at", "channel")
_GIVEN: Final = ("returned", "returned_partly")


def kept_of_petition(petition: Petition) -> dict[str, Any]:
    """What the tombstone of a petition says of it: its numbers, when and how it came, how it stood."""
    known = {"received_at": (petition.reception or {}).get("received_at", ""), "channel": petition.source}
    said = {name: value for name, value in known.items() if value}
    return {"codes": list(petition.numbers), **said, "state": petition.stage.value}


def kept_of(dossier: Dossier) -> dict[str, Any]:
    """What a tombstone says of the dossier as it stands."""
    known = {name: dossier.values[name] for name in _KEPT if dossier.values.get(name)}
    numbered = {
        "places": [{"volume": volume, "number": number} for volume, number in dossier.places],
        "registers": [{"volume": one.volume, "entry": one.number} for one in dossier.register_numbers],
        "money": cash_lines.kept(dossier),
    }
    if given := given_out(dossier):
        known["given"] = given.astimezone(VIETNAM).isoformat(timespec="seconds")
    lines = {name: found for name, found in numbered.items() if found}
    return {"codes": list(dossier.codes), **known, **lines, "state": dossier.state.value}


def given_out(dossier: Dossier) -> datetime | None:
    """When the result, or a part of it, was handed out last; of an erased one, as its tombstone tells."""
    times = [entry.happened_at for entry in dossier.entries if entry.name in _GIVEN and entry.counts]
    left = (moment(e.payload.get("given")) for e in dossier.entries if e.name == erasing.KIND and e.payload)
    return next(reversed(times), None) or max(filter(None, left), default=None)
