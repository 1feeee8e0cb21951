"""What a tombstone keeps of a dossier or a petition: nothing of a person."""

from __future__ import annotations

from typing import Any, Final

from counter_app.domain.dossier import Dossier
from counter_app.domain.petitions import Petition

_KEPT: Final = ("procedure", "received_at", "channel")


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
    }
    lines = {name: found for name, found in numbered.items() if found}
    return {"codes": list(dossier.codes), **known, **lines, "state": dossier.state.value}
