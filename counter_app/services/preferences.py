"""What this machine's settings hold, changed by those who may, on the disk before it counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line
from counter_app.domain.rights import Right
from counter_app.services.office import Office, Session
from counter_app.system import settings
from counter_app.system.settings import Settings

LONGEST: Final = 120  # letters of a line that a receipt's head or the window's top has to hold


def change(office: Office, session: Session, /, **changes: Any) -> Settings:
    """Sets what is named and keeps the rest; all of it or nothing.

    Raises NotPermitted, BadInput("too-long" | "setting-type" | "setting-unknown" | "setting-range" |
    "not-sync-hours" | "bank-unreadable" | "account-unreadable"), DiskFull or CannotWrite.
    """
    session.require(Right.SET_COUNTER)
    if office.settings_fault is not None:
        raise office.settings_fault
    cleaned = {name: _line(name, value) for name, value in changes.items()}
    changed = replace(office.settings, **cleaned)
    settings.save(office.places.settings, changed)
    office.settings = changed
    return changed


def _line(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    line = clean_line(value)
    if len(line) > LONGEST:
        raise BadInput("too-long", field=name, value=value, limit=LONGEST)
    return line
