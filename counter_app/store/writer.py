"""One act, one transaction: events, signature, clock and caches are committed together or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection

from counter_app.crypto.signing import HEAD, LOG, Signer
from counter_app.domain import canonical, hlc, kinds
from counter_app.domain.events import (
    MOST_SEEN,
    SALT,
    Absent,
    Event,
    Header,
    Ref,
    chain,
    head_data,
    log_name,
    payload_key,
    proof,
)
from counter_app.domain.order import arrange, heads_for
from counter_app.store import caches, erasing, log, numbers, own
from counter_app.store.database import Database

RUN_BYTES: Final = 15 * 1024  # a signature at the latest after so much, for carriers that cut at 16 KB
_FEW: Final = 4  # dossiers that an officer's own act may touch: he waits for it
SYSTEM: Final = "system"  # the actor of events that no officer does


class Writer:
    """Appends to this store's own log. Everything that it touched is folded again at the end."""

    def __init__(
        self,
        connection: Connection,
        now_ms: int,
        notes: own.Notes | None = None,
        breathe: Callable[[], object] = lambda: None,
    ) -> None:
        """`breathe` is called between the small steps of long work."""
        self.connection = connection
        self.now_ms = now_ms
        self.breathe = breathe
        self.notes = notes or own.Notes(connection)
        self.map = log.read_map(connection)
        self.clock = self.notes.clock
        self._known: dict[bytes, list[Event]] = {}
        self._touched: set[bytes] = set()
        self.erased = 0
        """Payloads that a tombstone took with this transaction."""
        self._files: set[bytes] = set()
        self._led: set[bytes] = set()
        """Dossiers of which the last event is this writer's, and has seen all others."""
        self._unsigned = 0
        self._keys()

    def _keys(self) -> None:
        keys = self.notes.keys
        assert keys is not None, "a store is opened with its first log"
        self.signer = own.signer_of(keys.signing)
        self.log = log_name(self.signer.public)
        self.branch = keys.branch
        self.path = self.map.path(self.branch)
        self._head = log.head(self.connection, self.branch)

    @property
    def commune(self) -> bytes:
        return self.map.log_of(self.branch).commune

    @property
    def seq(self) -> int:
        """The place of the last event of this store's log."""
        return self._head.seq

    def events_of(self, dossier: bytes) -> list[Event]:
        if dossier not in self._known:
            self._known[dossier] = log.dossier_events(self.connection, dossier, self.map)
        return self._known[dossier]

    def _of_commune(self) -> list[Event]:
        """The commune's events under all the ids that its stores gave it, as its fold reads them."""
        ids = {row.commune for row in self.map.logs.values() if row.trust != log.ASIDE} | {self.commune}
        return [event for id_ in sorted(ids) for event in self.events_of(id_)]

    def append(self, kind: str, dossier: bytes, payload: Mapping[str, Any], actor: str) -> Event:
        """Writes one event that has seen all that is here of its dossier; raises BadInput."""
        known = self.events_of(dossier)
        self.clock = hlc.tick(self.clock, self.now_ms)
        rule = kinds.KINDS[kind]
        data = canonical.encode(payload)
        written = json.loads(data)  # as everybody will read it
        kinds.read(kind, rule.version, rule.fact, written)
        seq = self._head.seq + 1
        seen = () if dossier in self._led else self._heads(dossier)
        header = Header(self.log, seq, self.clock, dossier, rule.fact, kind, rule.version, actor, seen)
        raw = header.to_bytes()
        if self._unsigned and self._unsigned + len(raw) + len(data) > RUN_BYTES:
            self._sign()
        key = payload_key(self.salt(dossier), seq)
        hash_ = chain(self._head.hash, raw, proof(key, data))
        row = {"branch_id": self.branch, "seq": seq, "hash": hash_, "dossier": dossier}
        log.add_events(self.connection, [{**row, "header": raw, "payload": data, "absent": ""}])
        self._head = log.Head(seq, hash_)
        self._unsigned += len(raw) + len(data)
        if log.is_heard(header, self.branch, self.map):
            event = Event(header, hash_, written, self.path)
        else:  # the district has revoked this machine, and a bundle told it so
            event = Event(header, hash_, None, self.path, Absent.ASIDE)
        known.append(event)
        self._touched.add(dossier)
        if len(seen) < MOST_SEEN and dossier != self.commune:  # which has events under other ids as well
            self._led.add(dossier)
        return event

    def _heads(self, dossier: bytes) -> tuple[Ref, ...]:
        known = self._of_commune() if dossier == self.commune else self.events_of(dossier)
        return heads_for(arrange(known), self.log, self.path) if known else ()

    def touch(self, dossier: bytes) -> None:
        """Has the dossier folded again at the end: its events came by another road."""
        self._touched.add(dossier)
        self._led.discard(dossier)
        self._known.pop(dossier, None)

    def salt(self, dossier: bytes) -> bytes:
        """The salt that this log drew with its first event of the dossier; drawn now, before that one."""
        found = None
        if any(event.header.log == self.log for event in self.events_of(dossier)):
            found = log.salt_for(self.connection, self.branch, dossier, self.map)
        if found is None:
            found = os.urandom(SALT)
            log.draw_salt(self.connection, self.branch, dossier, found)
        return found

    def reload(self) -> None:
        """Reads logs, branches and the own head again, after an import changed them."""
        self.map = log.read_map(self.connection)
        self._known.clear()
        self._led.clear()
        self._keys()

    def open_log(self, machine: str, commune: bytes) -> None:
        """Starts a log under fresh keys; one that stands is left for ever and endorses its successor.

        A restored or forked store must: its old log may have gone on elsewhere.
        """
        signer, sealing = own.fresh_keys()
        left: dict[str, Any] | None = None
        if (old := self.notes.keys) is not None:
            self._keys()
            self._sign()
            left = {
                "log": self.log.hex(),
                "seq": self._head.seq,
                "head": self._head.hash.hex(),
                "endorsed": Signer(old.signing).sign(LOG, signer.public).hex(),
            }
        row = {
            "log": log_name(signer.public),
            "public": signer.public,
            "sealing": sealing.public,
            "machine": machine,
            "commune": commune,
            "trust": log.OWN,
        }
        _, branch = log.add_log(self.connection, row)
        self.notes.keys = own.Keys(signer.private, sealing.private, branch)
        self.notes.write()
        numbers.forget_series(self.connection)
        self.reload()
        opening = {
            "commune": commune.hex(),
            "ed25519": signer.public.hex(),
            "x25519": sealing.public.hex(),
            "machine": machine,
        }
        self.append("log_opened", commune, {**opening, **({"left": left} if left else {})}, SYSTEM)

    def finish(self) -> None:
        """Signs the head, keeps the clock and folds again what was touched."""
        self._sign()
        self.notes.clock = self.clock
        self.notes.write()
        many = len(self._touched) > _FEW
        for dossier in self._touched:
            if many:
                self.breathe()
            known = self.events_of(dossier)
            if erasing.has_tombstone(known):
                self._erase(dossier, known)
            caches.refresh(self.connection, dossier, self.events_of(dossier), self.map)
        if self.erased:
            erasing.forget_words(self.connection)
        for digest in self._files:
            erasing.forget_file(self.connection, digest)

    def _erase(self, dossier: bytes, known: list[Event]) -> None:
        gone = erasing.purge(self.connection, dossier, known, self.map)
        if gone.payloads:
            erasing.note(self.connection, dossier, self.now_ms)
            self.erased += gone.payloads
            self._files |= gone.files
            self._known.pop(dossier, None)

    def _sign(self) -> None:
        if self._unsigned:
            signature = self.signer.sign(HEAD, head_data(self.log, self._head.seq, self._head.hash))
            log.add_signature(self.connection, self.branch, self._head.seq, signature)
            self._unsigned = 0


class FirstWriter(Writer):
    """The writer of a store that has no log yet; `open_log` comes first."""

    def _keys(self) -> None:
        if self.notes.keys is not None:
            super()._keys()


@contextmanager
def writing(database: Database, now_ms: int, *, first: bool = False) -> Iterator[Writer]:
    """A writer whose events are on the disk when the block ends, or never were."""
    with database.writing() as connection:
        writer = (FirstWriter if first else Writer)(connection, now_ms)
        yield writer
        writer.finish()
