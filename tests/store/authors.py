"""Somebody who holds a log's key, and writes into it what no program would."""

from __future__ import annotations

from copy import copy
from typing import Any

from counter_app.crypto.sealing import SealingKey
from counter_app.crypto.signing import HEAD, Signer
from counter_app.domain import canonical, hlc, kinds
from counter_app.domain.events import (
    NOTHING_BEFORE,
    Header,
    Ref,
    chain,
    head_data,
    log_name,
    payload_key,
    proof,
)
from counter_app.domain.runs import Packed, Run
from tests.domain.acts import START_MS
from tests.store.machines import Machine, dossier_id

COMMUNE = dossier_id(0xC00000FF)
SALT = bytes(range(16))


class Author:
    """Somebody who holds a log's key, and signs whatever he likes."""

    def __init__(self, seed: int = 7) -> None:
        self.signer = Signer(seed.to_bytes(32, "big"))
        self.log = log_name(self.signer.public)
        self.seq, self.head = 0, NOTHING_BEFORE
        self.packed: list[Packed] = []
        self.salts: dict[bytes, bytes] = {}
        self.first = 1

    def twin(self) -> Author:
        """One who writes on from the same place under the same key."""
        made = copy(self)
        made.packed, made.salts = list(self.packed), dict(self.salts)
        return made

    def opening(self, **said: Any) -> dict[str, Any]:
        keys = {"ed25519": self.signer.public.hex(), "x25519": SealingKey(bytes(32)).public.hex()}
        return {"commune": COMMUNE.hex(), **keys, "machine": "MÁY LẠ", **said}

    def open(self, dossier: bytes = COMMUNE, **said: Any) -> Author:
        return self.add("log_opened", dossier, self.opening(**said))

    def add(
        self,
        kind: str,
        dossier: bytes,
        payload: dict[str, Any] | bytes,
        *,
        salt: bytes = SALT,
        at: int = hlc.at(START_MS),
        fact: bool | None = None,
        version: int = 1,
        seen: tuple[Ref, ...] = (),
    ) -> Author:
        data = payload if isinstance(payload, bytes) else canonical.plain(payload)
        fact = kinds.KINDS[kind].fact if fact is None else fact
        self.seq += 1
        header = Header(self.log, self.seq, at, dossier, fact, kind, version, "ai đó", seen).to_bytes()
        self.head = chain(self.head, header, proof(payload_key(salt, self.seq), data))
        self.packed.append(Packed(header, data))
        self.salts[dossier] = salt
        return self

    def run(self) -> Run:
        """What was added since the last run, signed."""
        signature = self.signer.sign(HEAD, head_data(self.log, self.seq, self.head))
        run = Run(self.log, self.first, tuple(self.packed), dict(self.salts), signature)
        self.packed, self.salts, self.first = [], {}, self.seq + 1
        return run

    def paired_with(self, machine: Machine) -> Author:
        with machine.writing() as pen:
            pen.append("paired", pen.commune, self.opening(), "lan")
        return self
