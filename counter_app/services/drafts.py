"""Receptions that are still being entered: kept at every pause, so that a power cut takes nothing away.

A draft is no event: nobody has promised anything yet. It lies in the encrypted store, in this machine's own
values, until the dossier is received (in the same transaction) or the officer discards it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from counter_app.services.office import Office
from counter_app.store import own

_DRAFT: Final = "draft/"


@dataclass(frozen=True)
class Draft:
    """`id` is the dossier's to be; `fields` is what the page holds, as it was typed."""

    id: bytes
    fields: Mapping[str, Any]


def keep(office: Office, draft: Draft) -> None:
    """On the disk at return, in the place of an earlier state of the same draft."""
    with office.database.writing() as connection:
        own.put_text(connection, _DRAFT + draft.id.hex(), json.dumps(draft.fields, ensure_ascii=False))


def discard(office: Office, draft: bytes) -> None:
    with office.database.writing() as connection:
        forget(connection, draft)


def forget(connection: Any, draft: bytes) -> None:
    """Inside the transaction that receives the dossier."""
    own.drop(connection, _DRAFT + draft.hex())


def kept(office: Office) -> list[Draft]:
    """All drafts of this machine, the newest first; one that cannot be read is left where it lies."""
    found = []
    with office.reading() as (connection, _):
        for name, value in own.beginning(connection, _DRAFT):
            try:
                draft = Draft(bytes.fromhex(name.removeprefix(_DRAFT)), json.loads(value))
            except ValueError:
                continue
            if _is_whole(draft.fields):
                found.append(draft)
    return sorted(found, key=lambda draft: draft.id, reverse=True)  # ids begin with the time


def _is_whole(fields: Any) -> bool:
    kinds = {"person": dict, "fee": dict, "papers": list}
    if not isinstance(fields, dict):
        return False
    return all(isinstance(fields.get(name, kind()), kind) for name, kind in kinds.items())
