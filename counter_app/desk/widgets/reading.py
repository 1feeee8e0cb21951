"""A dossier read for the screen: its fold, how it stands today, and the names in its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.widgets.standing import Standing, standing
from counter_app.desk.widgets.timeline import NameOf
from counter_app.domain.fold import Dossier
from counter_app.services import lookup, safety
from counter_app.services.office import Office


@dataclass(frozen=True)
class Story:
    """`name_of` who acted, by an event's header; `machines` by log."""

    dossier: Dossier
    standing: Standing
    name_of: NameOf
    machines: Mapping[bytes, str]
    now: datetime
    safe: str = "local"
    """Whether the district has all of it: local, waiting or safe."""


def read_story(office: Office, dossier: bytes, now: datetime) -> Story:
    """Reads one dossier; for the "read" lane."""
    known = office.commune()
    found = lookup.story(office, dossier)
    return Story(
        found,
        standing(found.state, found.due, now, office.calendar()),
        known.name_of,
        lookup.machines(office),
        now,
        safety.states(office, [dossier])[dossier],
    )
