"""Receptions that are still being entered: kept at every pause, so that a power cut takes nothing away.

A draft is no event: nobody has promised anything yet. It lies in the encrypted store, in this machine's own
values, until the dossier is received (in the same transaction) or the officer discards it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from counter_app.services.office import Office
from counter_app.store import own

RECEPTION: Final = "draft/"
AT_ONCE: Final = "draft-at-once/"  # what is entered to be given at once
PILE: Final = "draft-pile/"  # dossiers that are about to be handed on, and to be taken over (passing.py)
TAKEN: Final = "draft-taken/"
SLIPS: Final = "draft-slips/"  # a stack of survey slips
PETITION: Final = "draft-petition/"
PETITION_ACT: Final = "draft-petition-act/"  # what an act on a petition says (petitions.py)
_TOLD: Final = "draft-told/"
_LARGEST: Final = 2**31  # a number that a field of the page cannot hold is nonsense


@dataclass(frozen=True)
class Draft:
    """`id` is the dossier's to be; `fields` is what the page holds, as it was typed."""

    id: bytes
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """The `drafts`, newest first, and the names of those `unread` that nobody was told of yet."""

    drafts: list[Draft]
    unread: Sequence[str] = ()


def keep(office: Office, draft: Draft, room: str = RECEPTION) -> None:
    """On the disk at return, in the place of an earlier state of the same draft."""
    with office.database.writing() as connection:
        own.put_text(connection, room + draft.id.hex(), json.dumps(draft.fields, ensure_ascii=False))


def discard(office: Office, draft: bytes, room: str = RECEPTION) -> None:
    with office.database.writing() as connection:
        forget(connection, draft, room)


def forget(connection: Any, draft: bytes, room: str = RECEPTION) -> None:
    """Inside the transaction that receives the dossier."""
    own.drop(connection, room + draft.hex())


def kept(office: Office, room: str = RECEPTION) -> Kept:
    """All drafts of this machine in a room; one that cannot be read is left where it lies."""
    found, unread = [], []
    with office.reading() as (connection, _):
        told = {name.removeprefix(_TOLD) for name, _ in own.beginning(connection, _TOLD)}
        for key, value in own.beginning(connection, room):
            name = key.removeprefix(room)
            draft = _read(name, value)
            if draft is not None:
                found.append(draft)
            elif name not in told:
                unread.append(name)
    found.sort(key=lambda draft: draft.id, reverse=True)  # ids begin with the time
    return Kept(found, unread)


def told_of(office: Office, unread: Sequence[str]) -> None:
    """The officer has been told that these cannot be read; it is not said again."""
    with office.database.writing() as connection:
        for name in unread:
            own.put_text(connection, _TOLD + name, "")


def _read(name: str, value: bytes) -> Draft | None:
    try:
        id_, fields = bytes.fromhex(name), json.loads(value)
        json.dumps(fields, ensure_ascii=False).encode()  # half a letter cannot be written again
    except (ValueError, RecursionError):
        return None
    whole = len(id_) == 16 and isinstance(fields, dict) and all(map(_is_whole, fields, fields.values()))
    return Draft(id_, fields) if whole else None


def _is_whole(name: str, value: Any) -> bool:
    """Whether the page can take this part up; parts that it does not know do no harm."""
    if name in ("person", "fee", "late", "officer", "entry", "card"):
        return _is_flat(value)
    if name in ("papers", "card_warnings"):
        return isinstance(value, list) and all(_is_flat(one) for one in value)
    return _is_plain(value)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_plain, value.values()))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < _LARGEST)
