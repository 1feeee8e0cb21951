"""A new machine takes the place of a dead one: what the district holds comes, then what the old disk has."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.domain.errors import NoKey, Refused
from counter_app.services import safety, syncing
from counter_app.services.office import Office, Session
from counter_app.services.opening import Openers, Vault
from counter_app.services.salvage import salvage
from counter_app.services.syncing import Road, Synced
from counter_app.services.yielding import give_way
from counter_app.store import keeping

_COUNTED: Final = 0.5  # seconds between two counts of the dossiers
_WORDS: Final = 4  # fewer are no recovery sheet's


@dataclass(frozen=True)
class Fetched:
    """What is here of the commune now; `size` in bytes, of this exchange."""

    dossiers: int
    size: int
    waiting: int = 0
    """Dossiers that the district does not hold whole yet."""
    agency: str = ""
    guarded: bool = False
    """Whether an officer of the commune has a PIN: whoever sits here next shows it."""


@dataclass(frozen=True)
class Salvaged:
    """What an old disk gave."""

    dossiers: int
    """That were not here."""
    known: int
    """Dossiers of it that were here before."""
    events: int
    """That were not here, of dossiers of either sort."""
    aside: bool = False
    """Whether its machine is none of this commune's as far as is known here: what it wrote does not count."""
    refused: tuple[str, ...] = ()  # why


def fetch(office: Office, road: Road, tell: Callable[[Fetched], object] = lambda so_far: None) -> Fetched:
    """Exchanges until both hold the same.

    Raises what `syncing.sync` raises, and Refused("device-revoked").
    """
    counted = 0.0

    def note(done: Synced) -> None:
        nonlocal counted
        now = time.monotonic()
        if now - counted >= _COUNTED:
            counted = now
            tell(Fetched(_dossiers(office), done.bytes_down))

    done = syncing.sync(office, road, note)
    if done.revoked:
        raise Refused("device-revoked")
    if give_way(office):
        more = syncing.sync(office, road)
        done.bytes_down += more.bytes_down
    standing, known = safety.standing(office), office.commune()
    waiting = standing.waiting if standing else 0
    return Fetched(_dossiers(office), done.bytes_down, waiting, known.name, known.guarded)


def from_disk(office: Office, session: Session, folder: Path, vault: Vault, secret: str = "") -> Salvaged:
    """What the old store still holds; `secret` is its passphrase, or the words of its recovery sheet.

    Raises what `salvage` raises: NoKey where neither the district's key nor the secret opens it, BadInput of
    the words.
    """
    before = _dossiers(office)
    try:
        told = salvage(office, session, folder, Openers(vault, lambda: secret))
    except NoKey:
        if len(secret.split()) < _WORDS:
            raise
        told = salvage(office, session, folder, Openers(vault, recovery=secret))
    refused = tuple(one["why"] for one in told["refused"])
    new = _dossiers(office) - before
    return Salvaged(new, max(0, told["dossiers"] - new), told["received"], told["aside"], refused)


def _dossiers(office: Office) -> int:
    with office.reading() as (connection, _):
        return keeping.dossiers_in(connection)
