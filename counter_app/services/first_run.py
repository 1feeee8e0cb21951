"""How far the first setting-up of a machine has come, kept so that a power cut costs no step twice.

What is kept lies among the settings and is nothing secret: names of steps, and the agency's own name and
code. The store itself is made at one stroke (services/opening); what was chosen before it exists is written
into the folder's settings, which the store then finds.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import NoKey
from counter_app.services.office import Office
from counter_app.services.opening import Vault
from counter_app.system import files, settings
from counter_app.system.paths import Places
from counter_app.system.settings import Settings

STEPS: Final = ("agency", "keys", "sheet", "officers", "printer", "scanner", "rules", "ready")
REPLACE: Final = "replace"
"""The step that only a machine has which takes the place of a dead one; it follows the sheet."""
_STATE: Final = "first_run"
_AFTER: Final = STEPS.index("sheet") + 1

Found = Literal["ok", "absent", "locked", "forgets"]


@dataclass(frozen=True)
class Progress:
    """`done` and `later` name steps; a step that was put off may be done at any time."""

    done: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    agency: str = ""
    name: str = ""
    replaces: bool = False
    """Whether this machine takes the place of a dead one."""
    disk: str = ""
    """The folder of that one's disk; "" where there is none at hand."""

    @property
    def steps(self) -> tuple[str, ...]:
        return (*STEPS[:_AFTER], REPLACE, *STEPS[_AFTER:]) if self.replaces else STEPS

    @property
    def next(self) -> str:
        """The first step that is neither done nor put off."""
        return next((step for step in self.steps if step not in self.done | self.later), STEPS[-1])

    @property
    def finished(self) -> bool:
        """Whether nothing is left that must be asked: a sheet that was never tried is."""
        return STEPS[-1] in self.done and self.next == STEPS[-1]


def read(kept: Settings) -> Progress | None:
    """None where this machine was set up in another way, such as by the command line."""
    state = kept.other.get(_STATE)
    if not isinstance(state, Mapping):
        return None
    return Progress(
        _names(state.get("done")),
        _names(state.get("later")),
        _text(state, "agency"),
        _text(state, "name"),
        state.get(REPLACE) is True,
        _text(state, "disk"),
    )


def read_at(places: Places) -> Progress:
    """Raises Damaged or CannotRead where the settings cannot be read."""
    return read(settings.load(places.settings)) or Progress()


def keep(places: Places, progress: Progress, office: Office | None = None, /, **changes: Any) -> Settings:
    """Writes how far it is, and settings along with it; on the disk at return.

    Raises BadInput for a setting, DiskFull or CannotWrite.
    """
    files.private_folder(places.data)
    before = office.settings if office is not None else settings.load(places.settings)
    state = {
        "done": sorted(progress.done),
        "later": sorted(progress.later),
        "agency": progress.agency,
        "name": progress.name,
        **({REPLACE: True, "disk": progress.disk} if progress.replaces else {}),
    }
    after = replace(before, **changes, other=MappingProxyType({**before.other, _STATE: state}))
    settings.save(places.settings, after)
    if office is not None:
        office.settings = after
    return after


def try_keyring(vault: Vault) -> Found:
    """Keeps a secret in the keyring, reads it and takes it away again: what it says is not enough."""
    name, probe = f"trial-{secrets.token_hex(8)}", os.urandom(32)
    try:
        vault.set(name, probe)
        kept = vault.get(name)
        vault.delete(name)
    except NoKey as failure:
        return "absent" if failure.why == "keyring-absent" else "locked"
    return "ok" if kept == probe else "forgets"


def check_sheet(places: Places, words: str) -> None:
    """That these words open the store; raises BadInput of the words, NoKey("wrong-recovery" | "no-…")."""
    KeyFile.from_bytes(files.read_bytes(places.keys)).open_with_recovery(words)


def has_passphrase(places: Places) -> bool:
    return any(wrap.kind == "passphrase" for wrap in KeyFile.from_bytes(files.read_bytes(places.keys)))


def _names(value: object) -> frozenset[str]:
    known = (*STEPS, REPLACE)
    return frozenset(step for step in known if isinstance(value, list) and step in value)


def _text(state: Mapping[str, object], name: str) -> str:
    value = state.get(name)
    return value if isinstance(value, str) else ""
