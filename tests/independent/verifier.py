"""A second reading of stores and bundles, from the written formats alone; it shares no code with the program.

    python tests/independent/verifier.py store PATH --key HEX
    python tests/independent/verifier.py bundle PATH --private HEX [--store PATH --key HEX]

One JSON line; exit 0 where all holds, 1 where something does not. A bundle seldom holds whole logs: what its
runs go on from, and the keys of their authors, are looked up in the store, where one is named.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import hmac
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

import msgpack
import sqlcipher3.dbapi2 as sqlcipher
import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

GENESIS = bytes(32)
BETWEEN_SIGNATURES = 16 * 1024


class Fault(Exception):
    """The first thing that does not hold; `args[0]` names it."""


@dataclass
class Report:
    """What was found. `missing`: seen events not here; `unanchored`: runs that go on from elsewhere."""

    kind: str
    faults: list[str] = field(default_factory=list)
    logs: int = 0
    events: int = 0
    signatures: int = 0
    forks: int = 0
    missing: int = 0
    absent: int = 0
    dossiers: int = 0
    disputed: int = 0
    runs: int = 0
    unanchored: int = 0
    heads: dict[tuple[bytes, int], set[bytes]] = field(default_factory=dict, repr=False)
    publics: dict[bytes, bytes] = field(default_factory=dict, repr=False)

    @property
    def healthy(self) -> bool:
        return not self.faults

    def line(self) -> str:
        shown = [f.name for f in dataclasses.fields(self) if f.repr]
        return json.dumps({"healthy": self.healthy, **{name: getattr(self, name) for name in shown}})


# Bytes of an event.


@dataclass(frozen=True)
class Head:
    """A header taken apart; `seen` holds (log, seq, mark)."""

    log: bytes
    seq: int
    hlc: int
    dossier: bytes
    fact: bool
    kind: str
    version: int
    actor: str
    seen: tuple[tuple[bytes, int, bytes], ...]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.left = data

    def take(self, count: int) -> bytes:
        if len(self.left) < count:
            raise Fault("header-short")
        taken, self.left = self.left[:count], self.left[count:]
        return taken

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")


def read_header(data: bytes) -> Head:
    cursor = _Cursor(data)
    if cursor.number(1) != 1:
        raise Fault("header-format")
    log, seq, hlc, dossier = cursor.take(8), cursor.number(8), cursor.number(8), cursor.take(16)
    flags = cursor.number(1)
    try:
        kind = cursor.take(cursor.number(1)).decode("ascii")
        version = cursor.number(2)
        actor = cursor.take(cursor.number(1)).decode()
    except UnicodeDecodeError:
        raise Fault("header-text") from None
    seen = tuple((cursor.take(8), cursor.number(8), cursor.take(8)) for _ in range(cursor.number(1)))
    if cursor.left:
        raise Fault("header-long")
    if not 1 <= seq < 2**63 or hlc >= 2**63 or version < 1 or flags > 1:
        raise Fault("header-range")
    if not re.fullmatch("[a-z][a-z_]{0,31}", kind) or len(actor.encode()) > 64:
        raise Fault("header-text")
    if unicodedata.normalize("NFC", actor) != actor:
        raise Fault("header-text")
    if len(seen) > 16 or any(one >= other for one, other in pairwise(seen)):
        raise Fault("seen-not-sorted")
    return Head(log, seq, hlc, dossier, flags == 1, kind, version, actor, seen)


def write_json(value: Any, depth: int = 0) -> str:
    """Canonical JSON spelled out by hand; raises Fault where the value has none."""
    if depth > 8:
        raise Fault("payload-deep")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if not -(2**53) < value < 2**53:
            raise Fault("payload-number")
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(write_json(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        if not all(re.fullmatch("[ -~]*", key) for key in value):
            raise Fault("payload-key")
        rows = (f"{_quoted(key)}:{write_json(value[key], depth + 1)}" for key in sorted(value))
        return "{" + ",".join(rows) + "}"
    raise Fault("payload-type")


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def _quoted(text: str) -> str:
    if unicodedata.normalize("NFC", text) != text or re.search("[\ud800-\udfff]", text):
        raise Fault("payload-text")
    letters = (_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text)
    return '"' + "".join(letters) + '"'


def read_payload(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Fault("payload-json") from None
    if not isinstance(value, dict) or write_json(value).encode() != data:
        raise Fault("payload-not-canonical")
    return value


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def key_of(salt: bytes, seq: int) -> bytes:
    return mac(sized(salt, 16, "salt"), seq.to_bytes(8, "big"))


def link(before: bytes, header: bytes, stand_in: bytes) -> bytes:
    return hashlib.sha256(b"mc/event/1" + before + header + sized(stand_in, 32, "proof")).digest()


def sized(data: Any, size: int, what: str) -> bytes:
    if not isinstance(data, bytes) or len(data) != size:
        raise Fault(f"{what}-size")
    return data


def signed(public: bytes, label: bytes, data: bytes, signature: Any) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, label + b"\0" + data)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def head_signed(public: bytes, log: bytes, seq: int, head: bytes, signature: Any) -> bool:
    return signed(public, b"mc/head/1", log + seq.to_bytes(8, "big") + head, signature)


def name_of(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:8]


def from_hex(value: Any, size: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{size * 2}}}", value):
        raise Fault("opening-malformed")
    return bytes.fromhex(value)


# The store.


@dataclass
class Log:
    id: int
    name: bytes
    public: bytes
    sealing: bytes
    machine: str
    commune: bytes
    trust: str


@dataclass
class Branch:
    id: int
    log: Log
    parent: int | None
    from_seq: int
    from_hash: bytes | None
    until: int | None  # what it holds after that place is set aside: the district revoked its machine
    line: tuple[int, ...] = ()  # the ids from the log's root down to here
    last: int = 0
    head: bytes = GENESIS
    unsigned: int = 0  # bytes of header and payload since the last signature


@dataclass
class Event:
    id: int
    branch: Branch
    head: Head
    hash: bytes
    payload: dict[str, Any] | None

    @cached_property
    def rank(self) -> tuple[int, bytes, int, bytes]:
        return (self.head.hlc, self.head.log, self.head.seq, self.hash)

    @property
    def ref(self) -> tuple[bytes, int, bytes]:
        return (self.head.log, self.head.seq, self.hash[:8])

    @property
    def heard(self) -> bool:
        """Whether its log counts so far; what a store itself joined it obeys in any case."""
        trust, until = self.branch.log.trust, self.branch.until
        if until is None or self.head.seq <= until or (trust == "own" and self.head.kind == "joined"):
            return trust != "aside"
        return False

    @property
    def counts(self) -> bool:
        return self.payload is not None and self.heard


def verify_store(path: str, key: bytes) -> Report:
    """Reads the file under SQLCipher's raw key `key` and proves all that it says."""
    report = Report("store")
    database = sqlcipher.connect(str(path), isolation_level=None)
    try:
        database.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        database.execute("PRAGMA query_only=1")
        _Store(database, report).verify()
    except sqlcipher.Error:
        report.faults.append("file-unreadable")
    finally:
        database.close()
    return report


class _Store:
    def __init__(self, database: Any, report: Report) -> None:
        self.sql = database.execute
        self.report = report
        self.events: list[Event] = []
        self.logs: dict[int, Log] = {}
        self.branches: dict[int, Branch] = {}

    def fault(self, what: str, log: bytes = b"", seq: int = 0) -> None:
        self.report.faults.append(f"{what} {log.hex()}:{seq}" if log else what)

    def verify(self) -> None:
        self.logs = {row[0]: Log(*row) for row in self.sql(_LOGS)}
        self.report.logs = len(self.logs)
        for log in self.logs.values():
            self.report.publics[log.name] = log.public
            if name_of(log.public) != log.name or log.trust not in _STANDINGS:
                self.fault("log-misnamed", log.name)
        self._branches()
        for branch in self.branches.values():
            try:
                self._walk(branch)
            except Fault as fault:
                self.fault(str(fault), branch.log.name, branch.last + 1)
                return  # what follows in the chain, and the fold of it, cannot be judged
        self._ends()
        self._openings()
        self._trust()
        self._limits()
        self._dossiers()

    def _branches(self) -> None:
        rows = {row[0]: row for row in self.sql(_BRANCHES)}
        waiting = dict(rows)
        while waiting:  # parents first
            free = [row for row in waiting.values() if row[2] not in waiting]
            if not free:
                return self.fault("branches-in-a-ring")
            for row in free:
                del waiting[row[0]]
                id_, log_id, parent, from_seq, from_hash, until = row
                if log_id not in self.logs:
                    return self.fault("branch-of-no-log")
                branch = Branch(id_, self.logs[log_id], parent, from_seq, from_hash, until, (id_,))
                if parent is not None:
                    above = self.branches.get(parent)
                    if above is None or above.log is not branch.log:
                        return self.fault("branch-misplaced", branch.log.name, from_seq)
                    branch.line = (*above.line, id_)
                self.branches[id_] = branch
        for log in self.logs.values():
            roots = [b for b in self.branches.values() if b.log is log and b.parent is None]
            if [(b.from_seq, b.from_hash) for b in roots] != [(1, None)]:
                self.fault("log-without-one-root", log.name)

    def _children(self, branch: Branch) -> list[Branch]:
        return [other for other in self.branches.values() if other.parent == branch.id]

    def _walk(self, branch: Branch) -> None:
        branch.last = branch.from_seq - 1
        if branch.parent is not None:
            above = self.branches[branch.parent]
            branch.head, branch.unsigned = above.head, above.unsigned
            if above.last != branch.last:
                raise Fault("branch-does-not-join")
        signatures = dict(self.sql("SELECT seq, signature FROM signatures WHERE branch_id=?", [branch.id]))
        for row in self.sql(_EVENTS, [branch.id]):
            self._event(branch, row, signatures.pop(branch.last + 1, None))
        if signatures:
            raise Fault("signature-without-event")

    def _event(self, branch: Branch, row: Any, signature: Any) -> None:
        id_, seq, hash_, dossier, header, payload, stand_in, key, absent = row
        log, head = branch.log, read_header(header)
        if seq != branch.last + 1:
            raise Fault("seq-has-a-gap")
        if (head.log, head.seq, head.dossier) != (log.name, seq, dossier):
            raise Fault("header-against-columns")
        value = self._payload(payload, stand_in, key, absent)
        if payload is not None:
            if key is None:
                key = key_of(self._salt(branch, dossier), seq)
            stand_in = mac(sized(key, 32, "key"), payload)
        branch.head = link(branch.head, header, stand_in)
        branch.last = seq
        if hash_ != branch.head or (seq == branch.from_seq and branch.from_hash not in (None, hash_)):
            raise Fault("chain-broken")
        branch.unsigned += len(header) + len(payload or b"")
        if log.trust == "own" and branch.unsigned > BETWEEN_SIGNATURES:
            raise Fault("signatures-too-far-apart")
        if signature is not None:
            if not head_signed(log.public, log.name, seq, hash_, signature):
                raise Fault("signature-wrong")
            branch.unsigned = 0
            self.report.signatures += 1
        self.report.events += 1
        self.report.absent += payload is None
        self.report.heads.setdefault((log.name, seq), set()).add(hash_)
        self.events.append(Event(id_, branch, head, hash_, value))

    def _payload(self, payload: Any, stand_in: Any, key: Any, absent: str) -> dict[str, Any] | None:
        if payload is None:
            if absent not in ("erased", "not_carried") or key is not None:
                raise Fault("absence-unexplained")
            return None
        if stand_in is not None or absent not in ("", "unreadable"):
            raise Fault("absence-contradicted")
        try:
            value = read_payload(payload)
        except Fault:
            if absent != "unreadable":
                raise
            return None
        if absent:
            raise Fault("absence-contradicted")
        return value

    def _salt(self, branch: Branch, dossier: bytes) -> Any:
        """The branch's own, else that of the nearest branch it parted from."""
        for id_ in reversed(branch.line):
            found = self.sql(
                "SELECT salt FROM salts WHERE branch_id=? AND dossier=?", [id_, dossier]
            ).fetchone()
            if found:
                return found[0]
        raise Fault("salt-missing")

    def _ends(self) -> None:
        for branch in self.branches.values():
            children = self._children(branch)
            if not children:
                if branch.last < branch.from_seq or branch.unsigned:
                    self.fault("end-not-signed", branch.log.name, branch.last)
            elif len(children) < 2 or len({child.from_hash for child in children}) < len(children):
                self.fault("fork-of-one", branch.log.name, branch.last + 1)
            self.report.forks += max(0, len(children) - 1)
        held = self.sql("SELECT count(*) FROM events").fetchone()[0]
        if held != len(self.events):
            self.fault("events-outside-branches")

    def _openings(self) -> None:
        for log in self.logs.values():
            firsts = [e for e in self.events if e.branch.log is log and e.head.seq == 1]
            try:
                # Of two first events one at least introduces the log; the other is a fork like any.
                if not any(self._introduces(log, event) for event in firsts):
                    raise Fault("log-not-introduced")
            except Fault as fault:
                self.fault(str(fault), log.name, 1)

    def _introduces(self, log: Log, event: Event) -> bool:
        if event.head.kind != "log_opened" or event.payload is None:
            return False
        said = event.payload
        stated = (
            from_hex(said.get("ed25519"), 32),
            from_hex(said.get("x25519"), 32),
            said.get("machine"),
            from_hex(said.get("commune"), 16),
            event.head.dossier,
        )
        return stated == (log.public, log.sealing, log.machine, log.commune, log.commune)

    def _trust(self) -> None:
        """Follows own logs, pairings and endorsements; what that reaches must be what is trusted."""
        reached = {log.name for log in self.logs.values() if log.trust == "own"}
        while True:
            more = {log.name for log in self.logs.values() if self._let_in(log, reached)} - reached
            if not more:
                break
            reached |= more
        for log in self.logs.values():
            if (log.trust != "aside") != (log.name in reached):
                self.fault("trust-unfounded", log.name)
            if (log.trust == "district") != (log.name in reached and self._is_above(log, reached)):
                self.fault("district-unfounded", log.name)

    def _let_in(self, log: Log, reached: set[bytes]) -> bool:
        if self._is_above(log, reached):
            return True
        for event in self.events:
            said, kind = event.payload or {}, event.head.kind
            above = event.branch.log.trust == "district"
            if (kind == "paired" or (kind == "enrolled" and above)) and event.head.log in reached:
                let_in = event.counts and said.get("ed25519") == log.public.hex()
            else:
                opens = kind == "log_opened" and event.head.log == log.name and "left" in said
                let_in = opens and self._endorsed(log, said["left"], reached)
            if let_in:
                return True
        return False

    def _is_above(self, log: Log, reached: set[bytes]) -> bool:
        """Whether a district that a trusted log joined has named the log as its own."""
        joined = {
            (event.payload or {}).get("ed25519")
            for event in self.events
            if event.head.kind == "joined" and event.counts and event.head.log in reached
        }
        for event in self.events:
            if event.head.kind != "log_opened" or event.head.log != log.name:
                continue
            named = (event.payload or {}).get("district")
            if not _LETTERS["A"](named) or named["ed25519"] not in joined:
                continue
            try:
                identity, word = from_hex(named["ed25519"], 32), from_hex(named["endorsed"], 64)
            except Fault:
                continue
            if signed(identity, b"mc/log/1", log.public, word):
                return True
        return False

    def _limits(self) -> None:
        """What the district says of revoked machines must be what each branch is cut off at."""
        ends: dict[bytes, set[bytes]] = {}
        for event in self.events:
            above = event.branch.log.trust == "district" and event.counts
            if event.head.kind in ("revoked", "admitted") and above and event.payload:
                log, hash_ = (
                    from_hex(event.payload[name], size) for name, size in (("log", 8), ("hash", 32))
                )
                ends.setdefault(log, set()).add(hash_)
        limited = set(ends)
        while more := {log.name for log in self.logs.values() if self._follows(log, limited)} - limited:
            limited |= more
        last = {event.hash: event for event in self.events if event.hash in ends.get(event.head.log, ())}
        for branch in self.branches.values():
            until = None
            if branch.log.name in limited:
                until = 0
                for event in last.values():
                    if branch is event.branch:
                        until = max(until, event.head.seq)
                    elif branch.id in event.branch.line:
                        until = max(until, branch.last)
            if branch.until != until:
                self.fault("limit-unfounded", branch.log.name, branch.until or 0)

    def _follows(self, log: Log, limited: set[bytes]) -> bool:
        """Whether it says that it succeeds one of these, and nobody let it in by itself."""
        let_in = any(
            event.counts and (event.payload or {}).get("ed25519") == log.public.hex()
            for event in self.events
            if event.head.kind == "paired"
            or (event.head.kind == "enrolled" and event.branch.log.trust == "district")
        )
        left = [
            (event.payload or {}).get("left")
            for event in self.events
            if event.head.kind == "log_opened" and event.head.log == log.name
        ]
        named = {one["log"] for one in left if isinstance(one, dict) and isinstance(one.get("log"), str)}
        return not let_in and bool(named & {name.hex() for name in limited})

    def _endorsed(self, log: Log, left: Any, reached: set[bytes]) -> bool:
        if not _LETTERS["L"](left):
            return False
        try:
            old, endorsement = from_hex(left["log"], 8), from_hex(left["endorsed"], 64)
            head, seq = from_hex(left["head"], 32), left["seq"]
        except Fault:
            return False
        if old not in reached or not signed(self.report.publics[old], b"mc/log/1", log.public, endorsement):
            return False
        here = self.report.heads.get((old, seq))
        if here is not None and head not in here and log.trust != "aside":
            self.fault("left-from-nowhere", log.name, 1)
        return True

    def _dossiers(self) -> None:
        found: dict[bytes, list[Event]] = {}
        stood = {log.commune for log in self.logs.values() if log.trust != "aside"}
        for event in self.events:  # those of the commune under all its ids have one order
            dossier = event.head.dossier
            found.setdefault(min(stood) if dossier in stood else dossier, []).append(event)
        lines = {row[0]: row[1:] for row in self.sql(_DOSSIERS)}
        for dossier, events in found.items():
            try:
                ordered, behind, missing = arrange(events)
            except Fault as fault:
                self.fault(f"{fault} {dossier.hex()}")
                continue
            self.report.missing += missing
            heard = {event.head.kind for event in events if event.heard}
            spoken_of = bool(heard - _OF_BOOKS - {"erased"}) or heard == {"erased"}
            if spoken_of and dossier not in stood:
                self._compare(dossier, fold(ordered, behind), lines.pop(dossier, None))
        if lines:
            self.fault("dossier-without-events")

    def _compare(self, dossier: bytes, folded: Folded, line: Any) -> None:
        self.report.dossiers += 1
        if line is None:
            return self.fault(f"dossier-not-listed {dossier.hex()}")
        code, state, due, applicant, conflicts = line
        if conflicts:
            self.report.disputed += 1
            return None
        shown = (folded.code, folded.values["state"], folded.due, folded.values["applicant.name"])
        if folded.disputed or shown != (code, state, datetime.fromisoformat(due) if due else None, applicant):
            self.fault(f"dossier-differs {dossier.hex()}")
        return None


_LOGS = "SELECT id, log, public, sealing, machine, commune, trust FROM logs"
_STANDINGS = ("own", "trusted", "district", "aside")
_BRANCHES = "SELECT id, log_id, parent_id, from_seq, from_hash, until FROM branches ORDER BY id"
_EVENTS = (
    "SELECT id, seq, hash, dossier, header, payload, proof, key, absent FROM events"
    " WHERE branch_id=? ORDER BY seq"
)
_DOSSIERS = "SELECT dossier, code, state, due, applicant, conflicts FROM dossiers"


# The order of one dossier's events, and what they make of it.

Behind = list[set[int]]


def arrange(events: Iterable[Event]) -> tuple[list[Event], Behind, int]:
    """Events in causal order, for each the places it reaches, and how many seen events are not here."""
    pool = sorted(events, key=lambda event: event.rank)
    before: list[set[int]] = []
    missing = 0
    for event in pool:
        mine = {i for i, other in enumerate(pool) if _earlier_in_log(other, event)}
        for ref in event.head.seen:
            found = {i for i, other in enumerate(pool) if other.ref == ref}
            missing += not found
            if ref[0] == event.head.log and any(_earlier_in_log(pool[i], event) for i in found):
                raise Fault("seen-is-implied")
            mine |= found
        before.append(mine)
    placed: list[int] = []
    while len(placed) < len(pool):
        free = [i for i in range(len(pool)) if i not in placed and before[i] <= set(placed)]
        if not free:
            raise Fault("seen-in-a-ring")  # a hash would have to contain itself
        placed.append(free[0])
    behind: Behind = []
    for i in placed:
        direct = {placed.index(other) for other in before[i]}
        behind.append(direct.union(*(behind[place] for place in direct)))
    return [pool[i] for i in placed], behind, missing


def _earlier_in_log(one: Event, other: Event) -> bool:
    """Whether `one` was written before `other` on the way from the log's start to `other`."""
    if one.head.log != other.head.log or one.head.seq >= other.head.seq:
        return False
    return one.branch.id in other.branch.line


@dataclass
class Folded:
    code: str
    values: dict[str, Any]
    disputed: bool

    @property
    def due(self) -> datetime | None:
        return datetime.fromisoformat(self.values["due"]) if self.values["due"] else None


_LINE = ("received", "processing", "finished", "returned")  # along it, whoever is further on is right
_ONWARD = {"received", "registered", "accepted", "step_taken", "resubmitted", "paid", "finished", "returned",
           "returned_partly"}  # fmt: skip
_ENDS = ("refused", "withdrawn", "stopped", "finished")
_SHOWN = ("state", "due", "applicant.name")
_STATE_AFTER = {
    "received": "received",
    "registered": "registered",
    "accepted": "received",
    "resubmitted": "processing",
    "step_taken": "processing",
    "returned": "returned",
    "returned_partly": "finished",
    "refused": "refused",
    "supplement_requested": "waiting_supplement",
    "payment_requested": "waiting_payment",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
    "finished": "finished",
}


def effects(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What an act says of the state, the appointment and the applicant's name."""
    said: dict[str, Any] = {}
    if kind in _STATE_AFTER:
        said["state"] = _STATE_AFTER[kind]
    resumes = kind == "paid" and payload.get("resumes")
    if resumes:
        said["state"] = "processing"
    if (kind in ("received", "registered", "accepted", "resubmitted") or resumes) and "due" in payload:
        said["due"] = payload["due"]
    if kind in ("received", "registered"):
        said["applicant.name"] = payload["applicant"]["name"]
    if kind == "extended":
        said["due"] = payload["until"]
    if kind == "erased" and "state" in payload:
        said["state"] = payload["state"]
    if kind in ("corrected", "voided", "resolved"):
        said |= {name: value for name, value in payload["set"].items() if name in _SHOWN}
    return said


def counting(ordered: list[Event], read: list[bool]) -> dict[int, Event]:
    """Acts by their places that no one marked as mistaken, and payments that are not told of twice."""
    spoken: dict[str, bool] = {}  # whether the last word on an act is that it was a mistake
    for event, readable in reversed([*zip(ordered, read, strict=True)]):
        said = event.payload if readable and event.payload is not None else {}
        if event.head.kind in ("voided", "resolved") and not spoken.get(named(event)):
            for name in said.get("keep", ()):
                spoken.setdefault(name, False)
            for name in said.get("events" if event.head.kind == "voided" else "over", ()):
                spoken.setdefault(name, True)
    stand = {at: event for at, event in enumerate(ordered) if read[at] and not spoken.get(named(event))}
    again = told_again({at: e.payload or {} for at, e in stand.items() if e.head.kind == "paid"})
    return {at: event for at, event in stand.items() if at not in again}


def named(event: Event) -> str:
    return f"{event.head.log.hex()}:{event.head.seq}:{event.hash[:8].hex()}"


def never_ended(ordered: list[Event], behind: Behind, acts: Mapping[int, Event]) -> set[int]:
    """Places of ends that others took back, and of those acts; but not where somebody who knew nothing of it
    went on from an end, or ended the work too."""
    at_name = {named(event): at for at, event in enumerate(ordered)}
    back: dict[int, set[int]] = {}
    for at, event in acts.items():
        names = (event.payload or {}).get("events", []) if event.head.kind == "voided" else []
        if not names or (event.payload or {})["set"].get("state") == "voided":
            continue
        ends = {at_name.get(name, -1) for name in names}
        if -1 not in ends and all(ordered[end].head.kind in _ENDS for end in ends):
            back[at] = ends
    apart = lambda one, two: one not in behind[two] and two not in behind[one]  # noqa: E731
    enough = unseen_enough(acts)
    states = [
        at for at, e in acts.items() if "state" in effects(e.head.kind, enough.get(at, e.payload or {}))
    ]
    out: set[int] = set()
    for end in sorted(set().union(*back.values()), reverse=True):
        who = {at for at in back if end in back[at]}
        against = [
            at
            for at in states
            if at not in who | out and not behind[at] & who
            if end in behind[at]
            or (ordered[at].head.kind in _ENDS and all(apart(at, one) for one in (end, *who)))
        ]
        if not against:
            out |= {end, *(at for at in who if back[at] <= out | {end})}
    return out


def told_again(payments: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Payments that only repeat money which counts already: of one reference one counts, and a statement's
    transfer that nobody marked under its reference is one that was marked without any."""
    again: set[int] = set()
    references: dict[str, list[int]] = {}
    for at, said in payments.items():
        if said.get("method", "cash") != "cash" and said["amount"] > 0 and said.get("reference"):
            spelt = "".join(sign for sign in said["reference"].upper() if sign.isalnum())
            references.setdefault(spelt or said["reference"], []).append(at)
    confirming = []
    for places in references.values():
        rank = {at: (bool(payments[at].get("statement")), payments[at]["amount"]) for at in places}
        first = max(places, key=lambda at: (*rank[at], payments[at]["method"], -at))
        again |= set(places) - {first}
        if all(payments[at].get("statement") for at in places):
            confirming.append(first)
    for way, amount in {(payments[at]["method"], payments[at]["amount"]) for at in confirming}:

        def told(how: str, amount: int = amount) -> list[int]:
            like = (at for at in confirming if payments[at]["amount"] == amount)
            return sorted(at for at in like if payments[at]["method"] == how)

        def bare(how: str, amount: int = amount) -> list[int]:
            like = (
                at for at, said in payments.items() if (said.get("method"), said["amount"]) == (how, amount)
            )
            return sorted(
                at for at in like if not payments[at].get("reference") and not payments[at].get("statement")
            )

        marked = bare(way)
        if way == "transfer":  # the portal's money comes to the account as one
            marked += bare("portal")[len(told("portal")) :]
        again |= {max(pair) for pair in zip(told(way), marked, strict=False)}
    return again


def unseen_enough(acts: Mapping[int, Event]) -> dict[int, dict[str, Any]]:
    """Parts of a charge that none of their writers saw to be enough, and what the last of them to come says:
    with it the work goes on."""
    found = {}
    asked = missing = 0
    parts: list[Mapping[str, Any]] = []
    for at, event in sorted(acts.items()):
        kind, said = event.head.kind, event.payload or {}
        if kind == "payment_requested":
            asked = missing = said["amount"]
            parts = []
        elif kind == "refunded":
            missing = min(asked, missing + said["amount"])
        elif kind == "paid":
            waited, missing = missing > 0, missing - said["amount"]
            if said.get("resumes") is False and "at" in said:
                parts.append(said)
                if waited and missing <= 0:
                    found[at] = {**max(parts, key=lambda part: datetime.fromisoformat(part["at"]))}
                    found[at]["resumes"] = True
    return found


def fold(ordered: list[Event], behind: Behind) -> Folded:
    writes: dict[str, list[tuple[int, Any]]] = {name: [] for name in _SHOWN}
    code = ""
    read = [e.counts and e.payload is not None and reads(e.head, e.payload) is True for e in ordered]
    tombs = {place for place, event in enumerate(ordered) if event.head.kind == "erased" and read[place]}
    if tombs:  # erased, whether or not the bytes are still here
        read = [is_ and (at in tombs or bool(behind[at] & tombs)) for at, is_ in enumerate(read)]
    acts = counting(ordered, read)
    enough, never = unseen_enough(acts), never_ended(ordered, behind, acts)
    for place, event in enumerate(ordered):
        head = event.head
        if not read[place] or event.payload is None:
            continue
        if head.kind in ("received", "registered"):
            code = code or event.payload["code"]
        if head.kind == "erased" and event.payload["codes"]:
            code = code or event.payload["codes"][0]
        said = {} if place in never else effects(head.kind, enough.get(place, event.payload))
        for name, value in said.items():
            standing = [(at, old) for at, old in writes[name] if at not in behind[place]]
            writes[name] = [*standing, (place, value)]
    values: dict[str, Any] = {"state": "registered", "due": "", "applicant.name": ""}
    disputed = False
    for name, sides in writes.items():
        if not sides:
            continue
        _, shown = max(sides, key=lambda side: (ordered[side[0]].head.fact, side[0]))
        if any(value != sides[0][1] for _, value in sides):
            if name == "state" and all(v in _LINE and ordered[at].head.kind in _ONWARD for at, v in sides):
                shown = max((value for _, value in sides), key=_LINE.index)
            else:
                disputed = True
        if shown is not None:
            values[name] = shown
    return Folded(code, values, disputed)


# Payloads: a letter a field (s text, i whole, b flag, m object, t time with zone, d day, S texts, M objects,
# P party, Q procedure, C components, F fee), and the same behind "?" where it may be left out.

_PARTY = (
    "kind:s name:s ?id_number:s ?tax_code:s ?birth_date:s ?sex:s ?address:s ?phone:s ?contact_via:s ?email:s"
)
_ACT = " ?at:t ?note:s"
_TAKEN_IN = " ?received_at:t ?volume:s ?number:i"
_RECEPTION = (
    "code:s agency:s applicant:P procedure:Q channel:s received_at:t sets:i ?due:t ?promise:m ?return_by:s"
    " ?note:s ?fee:F ?components:C ?submitter:P ?codes:S ?volume:s ?number:i ?late_reason:s ?entered_at:t"
    " ?slip:s ?warnings:M ?calendar_confirmed:b ?assisted_by:s ?decided_by:s ?clock_set:b"
)
_LEFT = "log:s seq:i head:s endorsed:s"
_ABOVE = "ed25519:s endorsed:s"
FACTS = {
    "received": _RECEPTION,
    "registered": _RECEPTION,
    "accepted": "?due:t ?promise:m" + _TAKEN_IN + _ACT,
    "printed": "form:s copy:i ?reason:s ?paper:s ?about:s ?sha256:s ?signed_by:s" + _ACT,
    "spoiled": "form:s ?reason:s ?about:s" + _ACT,
    "paid": "amount:i ?method:s ?receipt:s ?reference:s ?statement:b ?resumes:b ?due:t ?promise:m" + _ACT,
    "refunded": "amount:i ?reason:s ?receipt:s" + _ACT,
    "original_taken": "component:i ?name:s" + _ACT,
    "original_returned": "component:i ?name:s ?to:s" + _ACT,
    "resubmitted": "?components:C ?due:t ?promise:m" + _TAKEN_IN + _ACT,
    "passed_on": "to:s ?frm:s ?step:s ?due:t ?by:s ?batch:s" + _ACT,
    "taken_over": "to:s ?frm:s ?batch:s ?signed_by:s ?unannounced:b" + _ACT,
    "returned": "to:s ?id_number:s ?authority:s ?relation:s ?receipt_lost:b" + _ACT,
    "returned_partly": "to:s given:S left:S ?id_number:s ?authority:s ?relation:s ?receipt_lost:b" + _ACT,
    "collection_failed": "?reason:s" + _ACT,
    "called": "outcome:s ?phone:s ?on:d ?to:s" + _ACT,
    "attached": "component:i sha256:s bytes:i ?name:s ?pages:i ?media:s ?way:s ?signed:b" + _ACT,
    "erased": "act:s codes:S ?procedure:Q ?received_at:t ?channel:s ?state:s ?reason:s ?dated:d ?decided_by:s"
    " ?places:N ?registers:E ?money:K ?given:t" + _ACT,
    "log_opened": "commune:s ed25519:s x25519:s machine:s ?left:L ?district:A",
    "clock_set": "to:t frm:t ?reason:s",
    "number_unused": "code:s reason:s",
    "cash_counted": "day:d counted:i expected:i at:t ?note:s",
    "day_closed": "day:d at:t received:i returned:i cash:i transfer:i portal:i expected:i given:i missing:i"
    " unprinted:i unpaid:i ?counted:i ?waiting:i ?oldest:t ?note:s",
    "surveyed": "day:d channel:s scale:s slips:V at:t",
    "petition_received": "number:s source:s subject:s content:s received_at:t ?sender:P ?about:G ?due:t"
    " ?limits:m ?entered_at:t",
    "petition_supplied": "text:s ?due:t" + _ACT,
    "petition_answered": "answer:a ?publish_by:t" + _ACT,
    "petition_published": "published:p" + _ACT,
    "petition_printed": "form:s copy:i ?about:s ?paper:s ?reason:s" + _ACT,
    "enrolled": "commune:s ed25519:s x25519:s machine:s device:i",
    "wiped": "officers:S reason:s",
    "escrowed": "store:s sealed:s",
    "released": "log:s store:s sealed:s",
    "leased": "log:s slot:i first:d last:d",
}
DECISIONS = {
    "refused": "reason:s" + _ACT,
    "step_taken": "step:s ?holder:s" + _ACT,
    "assigned": "holder:s" + _ACT,
    "supplement_requested": "needs:S ?reason:s" + _ACT,
    "payment_requested": "amount:i" + _ACT,
    "extended": "until:t reason:s ?promise:m ?late:b" + _ACT,
    "withdrawn": "reason:s" + _ACT,
    "stopped": "reason:s ?cause:s" + _ACT,
    "finished": "?result:s ?negative:b ?reason:s" + _ACT,
    "noted": "text:s ?to:s" + _ACT,
    "corrected": "set:m reason:s" + _ACT,
    "voided": "set:m reason:s ?events:S" + _ACT,
    "resolved": "set:m keep:S over:S" + _ACT,
    "survey_voided": "events:S ?reason:s" + _ACT,
    "petition_assigned": "to:s" + _ACT,
    "petition_asked": "needs:S" + _ACT,
    "petition_refused": "reason:s" + _ACT,
    "petition_voided": "reason:s" + _ACT,
    "petition_settled": "set:m keep:S over:S" + _ACT,
    "officer_set": "officer:s set:m",
    "paired": "commune:s ed25519:s x25519:s machine:s",
    "calendar_adopted": "year:i source:s days:M",
    "catalogue_adopted": "sha256:s count:i ?source:s",
    "fees_adopted": "sha256:s count:i part:i parts:i text:s ?source:s ?over:i",
    "agency_named": "agency:s name:s ?since:d",
    "joined": "ed25519:s x25519:s name:s url:s commune:i device:i",
    "revoked": "log:s seq:i hash:s ?reason:s",
    "posted": "log:s since:d ?until:d ?reason:s",
    "merged": "communes:S agency:s name:s district:m over:S since:d",
    "admitted": "log:s seq:i hash:s ?reason:s",
}
_CORRECTABLE = {f"{role}.{name}": "s" for role in ("applicant", "submitter") for name in
                re.findall(r"(\w+):s", _PARTY)} | {
    "components": "C", "fee": "F", "due": "t", "return_by": "s", "note": "s", "sets": "i", "channel": "s",
    "received_at": "t",
}  # fmt: skip
_SETTLED = _CORRECTABLE | {
    "state": "z", "reception": "s", "return": "s", "open": "b", "holder": "s", "step": "s", "needs": "S",
    "result": "s", "promise": "m", "procedure": "Q",
}  # fmt: skip
_OF_PETITION = {
    "state": "y", "holder": "s", "needs": "S", "reason": "s", "due": "t", "answer": "a", "published": "p",
}  # fmt: skip
_OF_BOOKS = {  # written on pages that are no dossiers
    kind for kind in FACTS | DECISIONS if kind.startswith(("cash_", "survey", "petition_"))
}  # fmt: skip
_STAGES = {"received", "asked", "refused", "answered", "published", "voided"}
_STATES = {"registered", "voided", *_STATE_AFTER.values()}


def _time(value: Any, pattern: str) -> bool:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _each(letter: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(_LETTERS[letter](item) for item in value)


def _record(fields: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and fits(fields, value)


_LETTERS: dict[str, Callable[[Any], bool]] = {
    "s": lambda value: isinstance(value, str),
    "i": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "b": lambda value: isinstance(value, bool),
    "m": lambda value: isinstance(value, dict),
    "t": lambda value: _time(value, r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d"),
    "d": lambda value: _time(value, r"\d{4}-\d\d-\d\d"),
    "z": lambda value: isinstance(value, str) and value in _STATES,
    "y": lambda value: isinstance(value, str) and value in _STAGES,
    "S": _each("s"),
    "M": _each("m"),
    "P": _record(_PARTY),
    "Q": _record("code:s name:s ?version:s ?field:s ?result:s ?resubmission:s"),
    "F": _record("?amount:i ?rule:s ?exemption:s ?proof:W"),
    "W": _record("number:s ?kind:s"),
    "C": _each("c"),
    "c": _record("name:s kind:s count:i ?file:s ?required:b"),
    "V": _each("v"),
    "v": _record("answer:s ?procedure:s ?dossier:s ?remark:s"),
    "G": _record("?procedure:s ?officer:s ?dossier:s"),
    "a": _record("text:s by:s"),
    "p": _record("where:s on:d"),
    "N": _each("n"),
    "n": _record("volume:s number:i"),
    "K": _each("k"),
    "k": _record("event:s at:t amount:i ?method:s"),
    "E": _each("e"),
    "e": _record("volume:s entry:i"),
    "L": _record(_LEFT),
    "A": _record(_ABOVE),
}


def fits(fields: str, payload: Mapping[str, Any]) -> bool:
    for entry in fields.split():
        name, letter = entry.removeprefix("?").split(":")
        if name in payload:
            if not _LETTERS[letter](payload[name]):
                return False
        elif not entry.startswith("?"):
            return False
    return True


def reads(head: Head, payload: Mapping[str, Any]) -> bool | None:
    """Whether the payload is what its kind says; None for a kind or version unknown here."""
    fields = FACTS.get(head.kind) or DECISIONS.get(head.kind)
    if fields is None or head.version > 1:
        return None
    if head.fact != (head.kind in FACTS) or not fits(fields, payload):
        return False
    may_set = {"corrected": _CORRECTABLE, "voided": _SETTLED, "resolved": _SETTLED}
    allowed = {**may_set, "petition_settled": _OF_PETITION}.get(head.kind)
    return allowed is None or all(
        name in allowed and (value is None or _LETTERS[allowed[name]](value))
        for name, value in payload["set"].items()
    )


# The bundle.


def verify_bundle(path: str, private: bytes, store: Report | None = None) -> Report:
    """Opens a sealed bundle with the recipient's X25519 key and proves every run in it."""
    report = Report("bundle")
    if store is not None:
        report.heads = {place: set(heads) for place, heads in store.heads.items()}
        report.publics = dict(store.publics)
    try:
        with open(path, "rb") as file:
            sender, body = unseal(file.read(), private)
        _Bundle(report, sender, _values(body)).verify()
    except Fault as fault:
        report.faults.append(str(fault))
    return report


def unseal(data: bytes, private: bytes) -> tuple[bytes, bytes]:
    """The sender's public key, and what he sealed."""
    if data[:8] != b"mc/seal\x01":
        raise Fault("container-format")
    if len(data) < 41 or data[40] == 0 or len(data) < 89 + 48 * data[40] + 16 + 64:
        raise Fault("container-short")
    ephemeral, frames = data[8:40], 41 + 48 * data[40]
    content = _content_key(ephemeral, data[41:frames], private)
    aead = AESGCM(content)
    sender = _opened(aead, 0, False, data[frames : frames + 48])
    sealed, signature = data[frames + 48 : -64], data[-64:]
    if not signed(sender, b"mc/bundle/1", hashlib.sha256(data[:-64]).digest(), signature):
        raise Fault("container-signature")
    cuts = list(range(0, len(sealed), 65552))
    body = [_opened(aead, n, at == cuts[-1], sealed[at : at + 65552]) for n, at in enumerate(cuts, 1)]
    if not body[-1] and len(body) > 1:
        raise Fault("container-frames")
    return sender, b"".join(body)


def _content_key(ephemeral: bytes, wraps: bytes, private: bytes) -> bytes:
    own = X25519PrivateKey.from_private_bytes(private)
    mine = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    except ValueError:
        raise Fault("container-key") from None
    info = b"mc/seal/1\x00" + ephemeral + mine
    kek = AESGCM(HKDF(SHA256(), 32, b"", info).derive(shared))
    for at in range(0, len(wraps), 48):
        try:
            return kek.decrypt(bytes(12), wraps[at : at + 48], b"")
        except InvalidTag:
            continue
    raise Fault("container-not-for-this-key")


def _opened(aead: AESGCM, number: int, last: bool, sealed: bytes) -> bytes:
    try:
        return aead.decrypt(number.to_bytes(11, "big") + bytes([last]), sealed, b"")
    except (InvalidTag, ValueError):
        raise Fault("container-frame") from None


def _values(body: bytes) -> Iterator[Any]:
    stream = zstandard.ZstdDecompressor().decompressobj()
    try:
        plain = stream.decompress(body)
        if not stream.eof or stream.unused_data:
            raise Fault("body-not-one-stream")
        unpacker = msgpack.Unpacker(strict_map_key=False, max_buffer_size=len(plain) + 1)
        unpacker.feed(plain)
        yield from unpacker
    except (zstandard.ZstdError, msgpack.UnpackException, ValueError, TypeError):
        raise Fault("body-unreadable") from None
    if unpacker.tell() != len(plain):
        raise Fault("body-cut-off")


class _Bundle:
    def __init__(self, report: Report, sender: bytes, values: Iterator[Any]) -> None:
        self.report = report
        self.sender = sender
        self.values = values
        self.after: dict[tuple[bytes, bytes], set[bytes]] = {}  # (log, head) -> the events that go on from it

    def verify(self) -> None:
        label = next(self.values, None)
        if not isinstance(label, dict) or not isinstance(label.get("made"), int):
            raise Fault("bundle-format")
        if (version := label.get("bundle")) not in (1, 2):
            raise Fault("bundle-format")
        files: dict[bytes, tuple[int, bytes]] = {}
        pieces = 0
        sized(label.get("commune"), 16, "commune")
        if label.get("log") != name_of(self.sender):
            raise Fault("bundle-of-another")
        for value in self.values:
            if isinstance(value, dict):
                if value != {"end": self.report.runs + pieces} or next(self.values, None) is not None:
                    raise Fault("bundle-end")
                break
            if version == 2 and isinstance(value, list) and value[:1] == ["file"]:
                pieces += 1
                self._piece(files, *value[1:])
                continue
            self.report.runs += 1
            try:
                self._run(*value)
            except (TypeError, ValueError, AttributeError):
                raise Fault("run-malformed") from None
        else:
            raise Fault("bundle-without-end")
        for digest, (size, content) in files.items():
            if len(content) != size or hashlib.sha256(content).digest() != digest:
                raise Fault("file-broken")
        self._known(label.get("vector"))
        self.report.logs = len({log for log, _ in self.report.heads})

    def _piece(
        self,
        files: dict[bytes, tuple[int, bytes]],
        dossier: bytes,
        digest: bytes,
        size: int,
        offset: int,
        piece: bytes,
    ) -> None:
        sized(dossier, 16, "dossier")
        so_far = files.get(digest, (size, b""))[1]
        if offset != len(so_far):
            raise Fault("file-not-in-sequence")
        files[digest] = (size, so_far + piece)

    def _run(
        self, log: bytes, first: int, rows: list[Any], salts: dict[bytes, bytes], signature: bytes
    ) -> None:
        heads = [read_header(row[0]) for row in rows]
        if not heads or [(h.log, h.seq) for h in heads] != [(log, first + n) for n in range(len(heads))]:
            raise Fault("run-not-in-sequence")
        proofs = [self._proof(head, row, salts) for head, row in zip(heads, rows, strict=True)]
        public = self._author(log, heads[0], rows[0][1])
        starts = {GENESIS} if first == 1 else self.report.heads.get((log, first - 1), set())
        self.report.events += len(heads)
        if public is None or not starts:
            self.report.unanchored += 1
            return
        for start in starts:
            chain = [start]
            for row, proof in zip(rows, proofs, strict=True):
                chain.append(link(chain[-1], row[0], proof))
            if head_signed(public, log, heads[-1].seq, chain[-1], signature):
                break
        else:
            raise Fault(f"run-not-proven {log.hex()}:{first}")
        self.report.signatures += 1
        for head, before, hash_ in zip(heads, chain[:-1], chain[1:], strict=True):
            self.report.heads.setdefault((log, head.seq), set()).add(hash_)
            after = self.after.setdefault((log, before), set())
            self.report.forks += bool(after) and hash_ not in after
            after.add(hash_)

    def _proof(self, head: Head, row: Any, salts: dict[bytes, bytes]) -> bytes:
        _, payload, key, proof, absent = row
        if payload is None:
            if absent not in ("erased", "not_carried"):
                raise Fault("absence-unexplained")
            self.report.absent += 1
            return sized(proof, 32, "proof")
        if proof is not None:
            raise Fault("absence-contradicted")
        if key is None:
            key = key_of(salts[head.dossier], head.seq) if head.dossier in salts else None
        return mac(sized(key, 32, "key"), payload)

    def _author(self, log: bytes, head: Head, payload: Any) -> bytes | None:
        if log not in self.report.publics and head.seq == 1 and head.kind == "log_opened" and payload:
            public = from_hex(read_payload(payload).get("ed25519"), 32)
            if name_of(public) != log:
                raise Fault("log-misnamed")
            self.report.publics[log] = public
        return self.report.publics.get(log)

    def _known(self, vector: Any) -> None:
        """Of a place that is also here, the sender must know an event that is here."""
        for log, places in vector:
            for seq, *hashes in places:
                here = self.report.heads.get((log, seq))
                if here and not here & set(hashes):
                    raise Fault(f"vector-contradicted {log.hex()}:{seq}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["store", "bundle"])
    parser.add_argument("path")
    parser.add_argument("--key", type=bytes.fromhex)
    parser.add_argument("--private", type=bytes.fromhex)
    parser.add_argument("--store")
    given = parser.parse_args(arguments)
    if given.what == "store":
        report = verify_store(given.path, given.key)
    else:
        store = verify_store(given.store, given.key) if given.store else None
        report = verify_bundle(given.path, given.private, store)
    print(report.line())
    return 0 if report.healthy else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
