"""The few settings of one machine that are no events: what papers print of the office, and how."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Final

from counter_app.domain.errors import BadInput, CannotRead, Damaged
from counter_app.system import files

PAPERS: Final = ("a5", "a4", "80mm")
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True)
class Settings:
    """What an office may change without a trace in the log; `other` keeps what a later version wrote."""

    office: str = ""
    """The receiving office (Bộ phận Một cửa) as papers name it."""
    address: str = ""
    hotline: str = ""
    hours: str = ""
    """When the counter is open, in words."""
    district: str = ""
    """What the screen calls the other end of a sync."""
    paper: str = "a5"
    slip_width_mm: int = 72
    """How wide the slip printer's head really prints: 72 on an 80 mm roll, 48 on a 58 mm one."""
    lock_minutes: int = 10
    """After so long without a touch the window asks for the officer's PIN again, where he has one."""
    language: str = "vi"
    """What the window speaks from its next start on; papers are Vietnamese."""
    other: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "other":
                continue
            if type(value) is not type(one.default):
                raise BadInput("setting-type", field=one.name, value=value)
            if isinstance(value, str):
                object.__setattr__(self, one.name, unicodedata.normalize("NFC", value))
        if self.paper not in PAPERS:
            raise BadInput("setting-unknown", field="paper", value=self.paper)
        if self.language not in LANGUAGES:
            raise BadInput("setting-unknown", field="language", value=self.language)
        if not 30 <= self.slip_width_mm <= 120:
            raise BadInput(
                "setting-range", field="slip_width_mm", value=self.slip_width_mm, least=30, most=120
            )
        if not 1 <= self.lock_minutes <= 240:
            raise BadInput("setting-range", field="lock_minutes", value=self.lock_minutes, least=1, most=240)


_NAMES: Final = frozenset(one.name for one in fields(Settings)) - {"other"}


def load(path: Path) -> Settings:
    """The file's settings, the defaults where there is none; Damaged("settings-damaged") or CannotRead."""
    try:
        data = files.read_bytes(path)
    except CannotRead as failure:
        if failure.why == "file-missing":
            return Settings()
        raise
    try:
        content = json.loads(data)
        known = {name: value for name, value in content.items() if name in _NAMES}
        other = {name: value for name, value in content.items() if name not in _NAMES}
        return Settings(**known, other=MappingProxyType(other))
    except (ValueError, AttributeError, RecursionError, BadInput) as error:
        raise Damaged("settings-damaged", path=path) from error


def save(path: Path, settings: Settings) -> None:
    """Raises DiskFull or CannotWrite; the old file then still stands."""
    content = {**settings.other, **{name: getattr(settings, name) for name in _NAMES}}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    files.write_atomically(path, text.encode() + b"\n")
