"""Finds what people told in any bytes, whatever a program has made of it: encoded, folded, hashed, packed."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import json
import unicodedata
import zipfile
import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

import numpy as np
import zstandard

from counter_app.domain.names import fold

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
_DIGESTS: Final = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s", "sha3_256")
_PREFIX: Final = 10  # bytes of a digest by which it is known: a name may be cut short
_HEX: Final = 16
_SHORTEST: Final = 6  # bytes of a form that does not arise by chance in sealed ones
_LARGEST: Final = 4 * 1024 * 1024  # bytes that are unpacked of a stream
_DEEPEST: Final = 3
_ZLIB: Final = tuple(bytes([0x78, level]) for level in (0x01, 0x5E, 0x9C, 0xDA))
SIGNS: Final = {
    b"%PDF-1": "a PDF",
    b"\x89PNG\r\n": "a PNG",
    b"\xff\xd8\xff\xe0\x00\x10JFIF": "a JPEG",
    b"SQLite format 3": "a bare database",
    b"xl/worksheets": "a workbook",
    b"$argon2id$": "a PIN's verifier",
}
"""What no file of ours begins with, or holds, unless it lies sealed in it."""
Forms = Mapping[bytes, str]


def forms_of(
    secrets: Iterable[str], contents: Iterable[bytes] = (), *, words: bool = True
) -> dict[bytes, str]:
    """How a program might leave a text: in any encoding, folded, word by word, reversed, hashed; and how it
    might leave a content: its first bytes, and its digests."""
    forms: dict[bytes, str] = dict(SIGNS)
    for secret in secrets:
        texts = {secret, unicodedata.normalize("NFD", secret), fold(secret), secret.upper(), secret.lower()}
        texts |= {fold(secret).replace(" ", ""), secret[::-1], json.dumps(secret)[1:-1], quote(secret)}
        texts |= {html.escape(secret), secret.encode("ascii", "xmlcharrefreplace").decode()}
        if words:
            texts |= {word for text in texts for word in text.split() if len(word) > 5}
        for text in texts:
            for encoding in _ENCODINGS:
                forms[text.encode(encoding)] = f"{secret!r} as {text!r} in {encoding}"
        for text in (secret, unicodedata.normalize("NFD", secret), fold(secret), secret.upper()):
            data = text.encode()
            forms |= dict.fromkeys(_transported(data), f"{secret!r} as {text!r} in hex or base64")
            forms |= dict.fromkeys(_digests(data), f"{secret!r} as a digest of {text!r}")
    for number, content in enumerate(contents):
        forms |= dict.fromkeys(_digests(content), f"a digest of content {number}")
    return {form: said for form, said in forms.items() if len(form) >= _SHORTEST}


def _transported(data: bytes) -> Iterator[bytes]:
    yield data.hex().encode()
    yield data.hex().upper().encode()
    for shift in range(3):  # base64 of what stands anywhere in a longer text; its ends hang on the neighbours
        whole = b64encode(b"\0" * shift + data).rstrip(b"=")
        yield whole[4 if shift else 0 : -4]


def _digests(data: bytes) -> Iterator[bytes]:
    for name in _DIGESTS:
        digest = hashlib.new(name, data).digest()
        yield digest[:_PREFIX]
        yield digest.hex()[:_HEX].encode()
        yield digest.hex()[:_HEX].upper().encode()
        yield b64encode(digest)[:12]


class Search:
    """For many forms at once: each place is looked up by two bytes, then by four."""

    def __init__(self, forms: Forms) -> None:
        self._by_four: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for form, said in forms.items():
            self._by_four[form[:4]].append((form, said))
        self._first, self._then = np.zeros(1 << 16, bool), np.zeros(1 << 16, bool)
        for four in self._by_four:
            self._first[four[0] << 8 | four[1]] = True
            self._then[four[2] << 8 | four[3]] = True

    def found(self, data: bytes) -> Iterator[str]:
        """What stands readable in the bytes."""
        every = np.frombuffer(data, np.uint8).astype(np.uint16)
        if len(every) < 4:
            return
        twos = every[:-1] << 8 | every[1:]
        for at in np.flatnonzero(self._first[twos[:-2]] & self._then[twos[2:]]):
            for form, said in self._by_four.get(data[at : at + 4], ()):
                if data.startswith(form, at):
                    yield said

    def deep(self, data: bytes, depth: int = 0) -> Iterator[str]:
        """The same, also in what is packed inside by zlib, deflate, gzip, zstd or zip."""
        yield from self.found(data)
        if depth < _DEEPEST:
            for inner in unpacked(data):
                yield from (f"{said}, packed" for said in self.deep(inner, depth + 1))


def unpacked(data: bytes) -> Iterator[bytes]:
    """Whatever opens as a stream of a common kind, wherever it begins."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(member) for member in archive.infolist())
    for sign in _ZLIB:
        yield from _streams(data, sign, lambda part: zlib.decompressobj().decompress(part, _LARGEST))
    yield from _streams(
        data, b"\x1f\x8b\x08", lambda part: gzip.GzipFile(fileobj=io.BytesIO(part)).read(_LARGEST)
    )
    yield from _streams(
        data,
        zstandard.FRAME_HEADER,
        lambda part: zstandard.ZstdDecompressor().decompressobj().decompress(part),
    )
    for start in (0, 8, 16):  # behind a header of ours
        yield from _streams(
            data[start : start + _LARGEST],
            b"",
            lambda part: zlib.decompressobj(-15).decompress(part, _LARGEST),
        )


def _streams(data: bytes, sign: bytes, opened: Callable[[bytes], bytes]) -> Iterator[bytes]:
    at = data.find(sign)
    while at >= 0:
        try:
            inner = opened(data[at : at + _LARGEST])
        except (zlib.error, OSError, EOFError, zstandard.ZstdError):
            inner = b""
        if len(inner) > 16:
            yield inner
        at = data.find(sign, at + 1) if sign else -1


def leaks(search: Search, *roots: Path) -> list[str]:
    """In each file and each name under the folders: the path, and what stands there."""
    found = []
    for root in roots:
        for path in [root, *root.rglob("*")]:
            parts = [path.name.encode(), path.read_bytes() if path.is_file() else b""]
            found += [f"{path}: {said}" for part in parts for said in search.deep(part)]
    return found
