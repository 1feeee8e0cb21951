"""Notices of the district at this machine: which stand today, and which were read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from counter_app.domain.errors import NotFound
from counter_app.domain.hlc import moment
from counter_app.domain.issued import Issue, What
from counter_app.domain.zone import VIETNAM
from counter_app.services.issued import unreadable
from counter_app.services.office import Office, commune_in
from counter_app.store import own

_READ: Final = "notice/"  # own: + its name -> the version that was read


@dataclass(frozen=True)
class Notice:
    issue: Issue
    read: bool


@dataclass(frozen=True)
class News:
    """`left` are what the machine has not been told it was read, the newest first; `unreadable` what else was
    issued that this program is too old for."""

    left: tuple[Issue, ...] = ()
    unreadable: tuple[Issue, ...] = ()


def standing(office: Office) -> list[Notice]:
    """Those that stand today, the newest first."""
    today = office.now().date()
    with office.reading() as (connection, where):
        found = commune_in(connection, where).issued.of(What.NOTICE)
        read = dict(own.beginning(connection, _READ))
    shown = [
        Notice(issue, read.get(_READ + issue.name) == _version(issue))
        for issue in found
        if (issue.first or date.min) <= today <= (issue.last or date.max)
    ]
    return sorted(shown, key=lambda one: (one.issue.at, one.issue.name), reverse=True)


def news(office: Office) -> News:
    left = tuple(one.issue for one in standing(office) if not one.read)
    return News(left, tuple(unreadable(office.commune())))


def read(office: Office, name: str) -> None:
    """Keeps that the notice, as it stands, was read at this machine; raises NotFound("no-such-notice")."""
    issue = next((one.issue for one in standing(office) if one.issue.name == name), None)
    if issue is None:
        raise NotFound("no-such-notice", id=name)
    with office.writing(guard_clock=False) as (pen, _now):
        own.put(pen.connection, _READ + name, _version(issue))


def _version(issue: Issue) -> bytes:
    return str(issue.version).encode()


def to_line(one: Notice) -> dict[str, Any]:
    """What `notices` prints."""
    issue = one.issue
    days = {"from": issue.first, "until": issue.last}
    return {
        "id": issue.name,
        "version": issue.version,
        "title": issue.title,
        "text": issue.text,
        "issued": moment(issue.at).astimezone(VIETNAM).isoformat(timespec="seconds"),
        **{name: day.isoformat() for name, day in days.items() if day},
        "read": one.read,
    }
