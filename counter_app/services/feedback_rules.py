"""What ships as data about feedback: how long petitions may take, and the levels of a survey."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from counter_app.domain.petition_limits import Limit, parse_limits
from counter_app.domain.surveys import Scale, parse_scales
from counter_app.system import paths
from counter_app.system.settings import Settings

_FOLDER: Final = "feedback"


@lru_cache(maxsize=1)
def limits() -> tuple[Limit, ...]:
    """By which rule each act on a petition is due."""
    return parse_limits(_text("petition_limits.csv"))


@lru_cache(maxsize=1)
def scales() -> dict[str, Scale]:
    """The scales by name; slips of one that is gone keep their answers."""
    return parse_scales(_text("survey_scales.csv"))


def scale_of(settings: Settings) -> Scale:
    """The scale that this office asks by; the first one where its own is not known here."""
    known = scales()
    return known.get(settings.survey_scale) or next(iter(known.values()))


def _text(name: str) -> str:
    return (paths.resource(_FOLDER) / name).read_text(encoding="utf-8")
