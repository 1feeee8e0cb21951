"""Bundles that somebody carries to the district, sealed to its key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from counter_app.district import journal
from counter_app.district.database import Base
from counter_app.district.filing import Filing
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import aliases
from counter_app.domain.errors import CannotRead, Refused
from counter_app.domain.events import log_name
from counter_app.sync import bundle
from counter_app.sync.file_message import WHOLE
from counter_app.sync.taking import take


def take_whole(base: Base, who: Identity, filing: Filing | None, source: Path) -> dict[str, Any]:
    """`take_in`, and then `take_files` where this server keeps files."""
    with base.writing() as connection:
        found = take_in(connection, who, source)
    if filing is None:
        return found
    came = take_files(filing, who, source)
    return {**found, "files": came["files"], "refused": [*found["refused"], *came["refused"]]}


def take_in(connection: Connection, who: Identity, source: Path) -> dict[str, Any]:
    """Takes what the bundle proves into the commune of its sender, each event once; `take_files` is next.

    Raises CannotRead("file-missing"), Refused("bundle-…") for one that is damaged, for others, or from a
    machine that no commune here knows.
    """
    try:
        file = source.open("rb")
    except OSError as error:
        raise CannotRead("file-missing", path=source) from error
    with file:
        label, runs = bundle.read(file, who.sealing)
        home = connection.execute(select(aliases.c.commune).where(aliases.c.id == label.commune)).scalar()
        if home is None or log_name(label.sender) != label.log:
            raise Refused("bundle-from-stranger")
        ledger = CommuneLedger(connection, home)
        ledger.lock()
        if not ledger.knows(label.sender):
            raise Refused("bundle-from-stranger")
        taken = take(ledger, runs)
        journal.settle_trust(ledger)
        ledger.finish()
    return {
        "received": taken.new,
        "known": taken.known,
        "forks": taken.forks,
        "refused": [{"log": name, "why": why} for name, _, why in taken.refused],
    }


def take_files(filing: Filing, who: Identity, source: Path) -> dict[str, Any]:
    """Takes in the scanned files of a bundle whose events were taken in: each once, as that of a dossier that
    names it. To do it again is harmless, and mends what a cut left.

    Raises CannotRead("file-missing"), Refused("bundle-…"); why one file is not taken is told.
    """
    whole, refused = set[bytes](), dict[bytes, str]()
    try:
        with source.open("rb") as file:
            label, pieces = bundle.read_files(file, who.sealing)
            for piece in pieces:
                if piece.digest in whole or piece.digest in refused:
                    continue
                try:
                    answer = filing.carried(piece.as_request(label.log))
                except Refused as refusal:
                    refused[piece.digest] = refusal.why
                    continue
                if answer.verdict == WHOLE:
                    whole.add(piece.digest)
    except FileNotFoundError as error:
        raise CannotRead("file-missing", path=source) from error
    return {
        "files": len(whole),
        "refused": [{"file": digest.hex(), "why": why} for digest, why in refused.items()],
    }
