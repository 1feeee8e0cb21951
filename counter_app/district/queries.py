"""What the ledger of a commune asks of its tables, and what it writes.

`c` is the commune, `b` a branch, `s` a seq.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, select

from counter_app.district.bulk import Among, Bulk
from counter_app.district.tables import (
    aliases,
    branches,
    communes,
    devices,
    events,
    logs,
    salts,
    signatures,
    stale,
)

_PAGE: Final = 200  # events of a log that are read at a time
HOME = select(aliases.c.commune).where(aliases.c.id == bindparam("id"))
ENROLLED = select(devices.c.device).where(
    devices.c.commune == bindparam("c"), devices.c.log == bindparam("log")
)
LOGS = (
    select(
        logs.c.id,
        logs.c.log,
        logs.c.public,
        logs.c.sealing,
        logs.c.machine,
        logs.c.origin,
        logs.c.trust,
    )
    .where(logs.c.commune == bindparam("c"))
    .order_by(logs.c.id)
)
BRANCHES = (
    select(
        branches.c.id,
        branches.c.log_id,
        branches.c.parent_id,
        branches.c.from_seq,
        branches.c.from_hash,
        branches.c.until,
    )
    .where(branches.c.commune == bindparam("c"))
    .order_by(branches.c.id)
)
_HERE = (events.c.commune == bindparam("c"), events.c.branch_id == bindparam("b"))
_SIGNED = (signatures.c.commune == bindparam("c"), signatures.c.branch_id == bindparam("b"))
LOCK = select(communes.c.position).where(communes.c.commune == bindparam("c")).with_for_update()
TOP_BRANCH = select(func.max(branches.c.id)).where(branches.c.commune == bindparam("c"))
HEAD = select(events.c.seq, events.c.hash).where(*_HERE).order_by(events.c.seq.desc()).limit(1)
HASH_AT = select(events.c.hash).where(*_HERE, events.c.seq == bindparam("s"))
AFTER = (
    select(
        events.c.seq,
        events.c.dossier,
        events.c.header,
        events.c.payload,
        events.c.key,
        events.c.proof,
        events.c.absent,
    )
    .where(*_HERE, events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
    .limit(_PAGE)
)
SALTS = Among(salts, "dossier", "salt", at=("commune", "branch_id"), among="dossier")
HELD = Among(events, "hash", "absent", at=("commune", "branch_id"), among="seq")
LAST_SIGNED = select(func.max(signatures.c.seq)).where(*_SIGNED)
SIGNATURES = (
    select(signatures.c.seq, signatures.c.signature)
    .where(*_SIGNED, signatures.c.seq > bindparam("s"))
    .order_by(signatures.c.seq)
)
KEPT: Final = ("payload", "proof", "key", "absent")
"""Columns that tell what of an event's payload is here."""
ADD = Bulk(events, "commune", "position", "branch_id", "seq", "hash", "dossier", "header", *KEPT)
ADD_SALTS = Bulk(salts, "commune", "branch_id", "dossier", "salt", again=True)
SIGN = Bulk(signatures, "commune", "branch_id", "seq", "signature")
STALE = Bulk(stale, "commune", "dossier", again=True)
