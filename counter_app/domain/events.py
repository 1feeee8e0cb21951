"""An event to the byte: header, payload, chain. ARCHITECTURE.md follows one by hand.

    header = 01 | log 8 | seq 8 | hlc 8 | dossier 16 | flags 1 | kind 1+n | version 2 | actor 1+n | seen 1+24n
    seen   = log 8 | seq 8 | first 8 bytes of that event's hash        (strictly ascending, at most 16)
    k      = HMAC-SHA-256(salt, seq 8)          p = HMAC-SHA-256(k, payload)
    hash   = SHA-256("mc/event/1" | hash before, or 32 zero bytes | header | p)

Numbers are big-endian and unsigned. A log's head is the hash of its last event.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from counter_app.domain import hlc as clocks
from counter_app.domain.errors import BadInput

NOTHING_BEFORE = bytes(32)
MOST_SEEN = 16
SALT = 16
_LABEL = b"mc/event/1"
_FORMAT = 1
_FIXED = struct.Struct(">B8sQQ16sB")
_SEEN = struct.Struct(">8sQ8s")
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_FACT = 1
_NONE_SEEN = bytes(1)


class Ref(NamedTuple):
    """Names an event: its log, its place there, and the first 8 bytes of its hash."""

    log: bytes
    seq: int
    mark: bytes

    def __str__(self) -> str:
        return f"{self.log.hex()}:{self.seq}:{self.mark.hex()}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Reads `log:seq:mark` as printed; raises BadInput("not-an-event")."""
        try:
            log, seq, mark = text.split(":")
            ref = cls(bytes.fromhex(log), int(seq), bytes.fromhex(mark))
        except ValueError as error:
            raise BadInput("not-an-event", value=text) from error
        if len(ref.log) != 8 or len(ref.mark) != 8 or ref.seq < 1 or str(ref) != text:
            raise BadInput("not-an-event", value=text)
        return ref


class Header(NamedTuple):
    """All of an event but its payload.

    A tuple, as are all values that come by the hundred thousand: Python makes one in a sixth of the time.

    `log` 8 bytes of its writer; `seq` from 1 without gaps; `hlc` see hlc.py; `dossier` the 16 bytes of its
    UUID (or the commune's); `fact` whether it tells what physically happened; `actor` the officer's id.
    """

    log: bytes
    seq: int
    hlc: int
    dossier: bytes
    fact: bool
    kind: str
    version: int
    actor: str
    seen: tuple[Ref, ...] = ()

    def to_bytes(self) -> bytes:
        """The canonical header; raises BadInput where a field does not fit."""
        if not 1 <= self.seq <= clocks.LARGEST or not 0 <= self.hlc <= clocks.LARGEST:
            raise BadInput("header-out-of-range")
        seen = self.seen
        if seen and (len(seen) > MOST_SEEN or list(seen) != sorted(set(seen))):
            raise BadInput("seen-not-sorted")
        flags = _FACT if self.fact else 0
        fixed = _FIXED.pack(_FORMAT, self.log, self.seq, self.hlc, self.dossier, flags)
        what = _what_to_bytes(self.kind, self.version, self.actor)
        if not seen:
            return fixed + what + _NONE_SEEN
        return b"".join((fixed, what, bytes((len(seen),)), *(_SEEN.pack(*ref) for ref in seen)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Header:
        """Reads a canonical header, and no other bytes; raises BadInput("header-unreadable")."""
        header = cls.known(data)
        if header.to_bytes() != data:
            raise BadInput("header-unreadable")
        return header

    @classmethod
    def known(cls, data: bytes) -> Header:
        """The header of bytes that `from_bytes` took before, in two thirds of its time."""
        try:
            form, log, seq, hlc, dossier, flags = _FIXED.unpack_from(data)
            at = _FIXED.size
            actor_at = at + 1 + data[at] + 2
            end = actor_at + 1 + data[actor_at]
            kind, version, actor = _what_from_bytes(data[at:end])
            count, at = data[end], end + 1
            seen = tuple(Ref(*_SEEN.unpack_from(data, at + n * _SEEN.size)) for n in range(count))
            header = cls(log, seq, hlc, dossier, flags == _FACT, kind, version, actor, seen)
            if form != _FORMAT:
                raise BadInput("header-unreadable")
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise BadInput("header-unreadable") from error
        return header


KIND_AT: Final = _FIXED.size
"""Bytes of a header before its kind, of which the length comes first."""


def kind_in(header: bytes) -> str:
    """The kind alone, of a header that was read before."""
    at = _FIXED.size + 1
    return header[at : at + header[at - 1]].decode()


# A log has few kinds and officers, and many events.


@lru_cache(maxsize=1024)
def _what_to_bytes(kind: str, version: int, actor: str) -> bytes:
    """A header's bytes from its kind to its actor."""
    told, who = kind.encode(), actor.encode()
    if not _KIND.fullmatch(kind) or not 1 <= version <= 0xFFFF or len(who) > 64:
        raise BadInput("header-out-of-range")
    return b"".join((bytes((len(told),)), told, version.to_bytes(2, "big"), bytes((len(who),)), who))


@lru_cache(maxsize=1024)
def _what_from_bytes(data: bytes) -> tuple[str, int, str]:
    """Kind, version, actor; raises IndexError, UnicodeDecodeError, BadInput where they are not that."""
    kind, at = _take(data, 0)
    version, at = int.from_bytes(data[at : at + 2], "big"), at + 2
    actor, _ = _take(data, at)
    name = actor.decode()
    if not unicodedata.is_normalized("NFC", name):
        raise BadInput("header-unreadable")
    return kind.decode(), version, name


def _take(data: bytes, at: int) -> tuple[bytes, int]:
    end = at + 1 + data[at]
    return data[at + 1 : end], end


def payload_key(salt: bytes, seq: int) -> bytes:
    """k: opens one payload's proof without giving away the salt of the others."""
    return hmac.digest(salt, seq.to_bytes(8, "big"), "sha256")


def proof(key: bytes, payload: bytes) -> bytes:
    """p: stands for the payload in the chain, and tells nothing about it once the key is destroyed."""
    return hmac.digest(key, payload, "sha256")


def chain(before: bytes, header: bytes, payload_proof: bytes) -> bytes:
    """The event's hash, which is its log's head after it."""
    return hashlib.sha256(_LABEL + before + header + payload_proof).digest()


def log_name(public: bytes) -> bytes:
    """A log's permanent name: the first 8 bytes of SHA-256 of its writer's Ed25519 public key."""
    return hashlib.sha256(public).digest()[:8]


def head_data(log: bytes, seq: int, head: bytes) -> bytes:
    """What the author signs, under the label mc/head/1, at each commit."""
    return log + seq.to_bytes(8, "big") + head


class Absent(StrEnum):
    """Why an event has no payload here, or none that counts."""

    NO = ""
    ERASED = "erased"  # đã xóa
    NOT_CARRIED = "not_carried"  # không mang theo
    UNREADABLE = "unreadable"
    ASIDE = "aside"  # of a log that is not trusted, or set aside by the district


class Branch(NamedTuple):
    """Where a forked log parted: the first differing seq and the hash there."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """An event as the fold reads it. `path` names the forks between the log's start and this event."""

    header: Header
    hash: bytes
    payload: Mapping[str, Any] | None = field(hash=False)
    path: tuple[Branch, ...] = ()
    absent: Absent = Absent.NO

    @property
    def ref(self) -> Ref:
        return Ref(self.header.log, self.header.seq, self.hash[:8])

    @property
    def order_key(self) -> tuple[int, bytes, int, bytes]:
        return (self.header.hlc, self.header.log, self.header.seq, self.hash)

    def follows_in_log(self, other: Event) -> bool:
        """Whether the same log had written `other` before this, on the way to this one's branch."""
        return (
            self.header.log == other.header.log
            and other.header.seq < self.header.seq
            and self.path[: len(other.path)] == other.path
        )
