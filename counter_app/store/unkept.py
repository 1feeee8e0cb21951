"""This machine's own list of scanned pages that are on no paper yet, a row each (services/unkept.py)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, text

from counter_app.store import own
from counter_app.store.prepared import Prepared

_ROOM: Final = "unkept/"  # then the dossier, and the page's id
_HEX: Final = 32


def name(dossier: bytes, id_: str) -> str:
    """What the row of a page is called."""
    return f"{_ROOM}{dossier.hex()}/{id_}"


def dossier_of(name: str) -> bytes:
    return bytes.fromhex(name[len(_ROOM) :][:_HEX])


def rows(connection: Connection, dossier: bytes | None = None) -> list[tuple[str, bytes]]:
    """The names and rows of all pages, or of the dossier's, as they came."""
    return own.beginning(connection, _ROOM if dossier is None else f"{_ROOM}{dossier.hex()}/")


def files_of(row: bytes) -> list[bytes]:
    """The SHA-256 of the files that hold a page."""
    said = json.loads(row)
    return [bytes.fromhex(said[part]) for part in ("jpeg", "whole") if said[part]]


def files(connection: Connection) -> list[bytes]:
    """Those of all pages, each once."""
    return list(dict.fromkeys(digest for _, row in rows(connection) for digest in files_of(row)))


def drop(connection: Connection, names: Iterable[str]) -> list[bytes]:
    """The rows go; the files that no other row names."""
    before = files(connection)
    for one in names:
        own.drop(connection, one)
    left = set(files(connection))
    return [digest for digest in before if digest not in left]


def code_of(connection: Connection, dossier: bytes) -> str:
    """The code of the dossier; "" where it is not here."""
    row = _CODE.first(connection, d=dossier)
    return str(row[0]) if row is not None and row[0] else ""


_CODE = Prepared(text("SELECT max(code) FROM dossiers WHERE dossier = :d"))
