"""Whether the store is whole: at each start what came since it was last found so, at closing time all of it.

What was found whole is remembered as the place and hash of each log's last event, so that a start looks at a
day's events and not at ten years of them. A line that differs from its events is made anew at once, since the
events say what is true. Events that do not prove themselves are damage: that is noted beside the store, and
the next opening of the window leads to its recovery (services/recovering.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from counter_app.domain.errors import CannotRead, Damaged, Surroundings
from counter_app.services.office import Office
from counter_app.store import caches, checking, log, own
from counter_app.store.checking import Verdict
from counter_app.store.log import Head
from counter_app.system import files
from counter_app.system.paths import Places

_HEAD: Final = "checked/"  # own: how far each branch was found whole: its seq (8 bytes) and hash
_WHOLE: Final = "check/whole"  # own: JSON of the last check of the whole
MOST: Final = 2_000
"""Events of a log that a start looks at: some 0.3 s of work; a commune writes fewer in a month."""


@dataclass(frozen=True)
class Whole:
    """The last check of the whole store on this machine."""

    at: datetime
    events: int
    dossiers: int
    chain: str
    integrity: str
    differences: int

    @property
    def healthy(self) -> bool:
        return self.proven and self.differences == 0

    @property
    def proven(self) -> bool:
        """Whether the events were whole."""
        return (self.chain, self.integrity) == ("ok", "ok")


def tail(office: Office) -> Verdict:
    """Looks at what came since the last check; lines that differ are made anew.

    Raises Damaged("store-damaged" | "store-does-not-verify"), which is noted beside the store, and what a
    full or broken disk raises.
    """
    with _noted(office.places):
        with office.database.reading() as connection:
            verdict = checking.check_tail(connection, _heads(connection), MOST)
        if not verdict.proven:
            raise Damaged("store-does-not-verify", chain=verdict.chain, integrity=verdict.integrity)
    _keep(office, verdict, mends=True)
    return verdict


def whole(office: Office, *, mends: bool = False) -> Verdict:
    """Looks at all of it and remembers what came of it; where it `mends`, lines that differ are made anew.

    The verdict says what was found before that. Damage is noted beside the store.
    """
    verdict = checking.check(office.database, office.breathe)
    if not verdict.proven:
        note_damage(office.places, verdict.integrity if verdict.integrity != "ok" else verdict.chain)
    with suppress(Surroundings):  # a full disk, or one that nothing may be written to, can be checked too
        _keep(office, verdict, mends=mends, whole=True)
    return verdict


def last_whole(office: Office) -> Whole | None:
    """When and how the whole was last checked here."""
    with office.database.reading() as connection:
        told = own.get_text(connection, _WHOLE, "")
    if not told:
        return None
    kept = json.loads(told)
    return Whole(**kept | {"at": datetime.fromisoformat(kept["at"])})


def note_damage(places: Places, why: str) -> None:
    """Leaves word for the next opening; what cannot be written is found again by the next check."""
    with suppress(Surroundings):
        files.write_atomically(places.damage, json.dumps({"why": why}).encode())


def noted_damage(places: Places) -> str:
    """What a check has found and nobody has mended yet; empty where there is nothing."""
    if not places.damage.exists():
        return ""
    try:
        return str(json.loads(files.read_bytes(places.damage))["why"])
    except (CannotRead, ValueError, KeyError, TypeError):
        return "store-does-not-verify"


@contextmanager
def _noted(places: Places) -> Iterator[None]:
    try:
        yield
    except Damaged as damage:
        note_damage(places, str(damage.facts.get("chain", damage.why)))
        raise


def _keep(office: Office, verdict: Verdict, *, mends: bool, whole: bool = False) -> None:
    if not (verdict.heads or verdict.differing or whole):
        return
    with office.database.writing() as connection:
        where = log.read_map(connection)
        for dossier in verdict.differing if mends else ():
            caches.refresh(connection, dossier, log.dossier_events(connection, dossier, where), where)
        known = _heads(connection)
        for branch, head in verdict.heads.items() - known.items():
            own.put(connection, f"{_HEAD}{branch}", head.seq.to_bytes(8, "big") + head.hash)
        if whole:
            told = {
                "at": office.now().isoformat(),
                **{name: getattr(verdict, name) for name in _TOLD},
            }
            own.put_text(connection, _WHOLE, json.dumps(told))


def _heads(connection: Any) -> dict[int, Head]:
    kept = own.beginning(connection, _HEAD)
    return {int(n.removeprefix(_HEAD)): Head(int.from_bytes(v[:8], "big"), v[8:]) for n, v in kept}


_TOLD: Final = ("events", "dossiers", "chain", "integrity", "differences")
