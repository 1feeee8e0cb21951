"""The store to practise on: made of invented dossiers, opened like any other, begun anew at will.

It lies beside the real one and shares nothing with it: another folder, another keyring entry, an agency's
code that is nobody's, and a commune's id that papers and exchanges go by (domain/training.py).

Where the computer has no keyring, a passphrase that stands here opens it: whoever has the program can read
it. That is good enough for invented people, and for nothing else; a real store never has it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from counter_app.domain.commune import FIRST_OFFICER
from counter_app.domain.errors import NoKey, NotAllowed
from counter_app.domain.training import AGENCY
from counter_app.services import accounts, opening
from counter_app.services.office import Clock, Office
from counter_app.services.opening import NewStore, Openers, Vault
from counter_app.services.sample import acting, people
from counter_app.system import files, settings
from counter_app.system.files import cannot_write
from counter_app.system.paths import Places, training_data
from counter_app.system.settings import Settings

KEYRING: Final = "counter-app-tap-dung"
"""The service that its key is kept under, so that no keyring tool takes one for the other."""

NAME: Final = "UBND xã Nậm Mây (tập dùng)"
OFFICER: Final = "Vàng Thị Mai (tập dùng)"
_FALLBACK: Final = "tap dung, khong co that"  # where there is no keyring; no secret, as said above
_STATE: Final = "training"  # among the settings, which can be read without a key
_BEGUN, _WHOLE = "begun", "whole"

Told = Callable[[int, int], object]
Lost = Callable[[], object]


def open_or_make(places: Places, vault: Vault, clock: Clock, told: Told, lost: Lost = lambda: None) -> Office:
    """The training store, made and filled where it is missing, was cut short or lost its key.

    `told` hears how many of how many dossiers are in it; `lost`, that a store without its key went, and what
    was practised in it: somebody has to be told.
    Raises NotAllowed("not-training") for a folder in which something else lies.
    """
    if places.database.exists():
        try:
            office = opening.open_store(places, Openers(vault, lambda: _FALLBACK), clock)
        except NoKey:
            wipe(places)
            lost()
            return _make(places, vault, clock, told)
        if office.training and office.settings.other.get(_STATE) == _WHOLE:
            return office
        office.close()
        wipe(places)
    return _make(places, vault, clock, told)


def wipe(places: Places) -> None:
    """Takes the training store away, and no other: raises NotAllowed("not-training")."""
    state = settings.load(places.settings).other.get(_STATE)
    if training_data(places.data) != places.data or state not in (_BEGUN, _WHOLE):
        raise NotAllowed("not-training", path=places.data)
    try:
        for path in places.data.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            # The settings go last of all: they tell that the rest may go. The lock stays: who removed it
            # could take away one that another process has just got.
            elif path not in (places.settings, places.data / "window.lock"):
                path.unlink()
        places.settings.unlink()
    except OSError as error:
        raise cannot_write(places.data, error) from error


def _make(places: Places, vault: Vault, clock: Clock, told: Told) -> Office:
    files.private_folder(places.data)
    settings.save(places.settings, _settings(_BEGUN))
    # A practised card may be a real one: where the keyring keeps the key, nothing else opens the store.
    passphrase = secrets.token_hex(16) if vault.status() == "ok" else _FALLBACK
    order = NewStore(AGENCY, NAME, device="MÁY TẬP", passphrase=passphrase, training=True)
    office = opening.create(places, order, Openers(vault), clock)
    try:
        session = office.session()
        accounts.change_officer(office, session, FIRST_OFFICER, name=OFFICER)
        acting.live(office, session, told)
        office.settings = _settings(_WHOLE)
        settings.save(places.settings, office.settings)
    except BaseException:
        office.close()
        raise
    return office


def _settings(state: str) -> Settings:
    return Settings(
        office="Bộ phận Một cửa (tập dùng)",
        address=f"Trung tâm {people.COMMUNE}",
        other=MappingProxyType({_STATE: state}),
    )
