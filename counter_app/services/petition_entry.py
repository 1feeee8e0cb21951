"""What is given of a petition, and what stands of it in its event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from counter_app.domain.errors import BadInput
from counter_app.domain.names import clean_line
from counter_app.domain.people import Party
from counter_app.domain.petitions import Petition, Source
from counter_app.domain.zone import VIETNAM
from counter_app.services.entry import OLDEST, Fields, moment_in, one_of_in, text_in

LONGEST_SUBJECT: Final = 300  # letters
LONGEST_CONTENT: Final = 4000
_KNOWN: Final = ("id", "source", "subject", "content", "sender", "about", "received_at")
_SAID: Final = ("source", "subject", "content", "sender", "about")
_ABOUT: Final = ("procedure", "officer", "dossier")


def read_petition(fields: Fields, now: datetime) -> dict[str, Any]:
    """The payload of what was given, its number and its days left out; raises BadInput."""
    if not isinstance(fields, Mapping):
        raise BadInput("not-an-object", field="petition")
    for name in fields:
        if name not in _KNOWN:
            raise BadInput("unknown-field", field=str(name))
    at = moment_in(fields, "received_at")
    if at is not None and at > now:
        raise BadInput("in-the-future", field="received_at", value=fields["received_at"])
    if at is not None and at < now - OLDEST:
        raise BadInput("too-long-ago", field="received_at", value=fields["received_at"])
    payload: dict[str, Any] = {
        "source": one_of_in(fields, "source", tuple(Source)),
        "subject": needed(text_in(fields, "subject", LONGEST_SUBJECT), "subject", LONGEST_SUBJECT),
        "content": needed(text_in(fields, "content", LONGEST_CONTENT), "content", LONGEST_CONTENT),
        "received_at": stamp(at or now),
    }
    if at is not None:
        payload["entered_at"] = stamp(now)
    if fields.get("sender") not in (None, {}):
        payload["sender"] = Party.from_fields(fields["sender"], "sender", today=now.date()).to_fields()
    if about := _about(fields.get("about")):
        payload["about"] = about
    return payload


def require_same(before: Petition, payload: Mapping[str, Any]) -> None:
    """Raises BadInput("told-otherwise") where the petition that stands here says something else."""
    told = before.reception
    if told is not None and any(told.get(name) != payload.get(name) for name in _SAID):
        raise BadInput("told-otherwise", field="id", code=before.number)


def _about(given: Any) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadInput("not-an-object", field="about")
    for name in given:
        if name not in _ABOUT:
            raise BadInput("unknown-field", field=f"about.{name}")
    return {name: text for name in _ABOUT if (text := text_in(given, name, LONGEST_SUBJECT, "about"))}


def needed(text: str, field: str, most: int) -> str:
    """What was typed, on one line, of at most so many letters; raises BadInput("empty" | "too-long")."""
    value = clean_line(text)
    if not value:
        raise BadInput("empty", field=field)
    if len(value) > most:
        raise BadInput("too-long", field=field, value=value, limit=most)
    return value


def stamp(moment: datetime) -> str:
    """A moment as petitions tell it: Vietnam's time, to the second."""
    return moment.astimezone(VIETNAM).replace(microsecond=0).isoformat()
