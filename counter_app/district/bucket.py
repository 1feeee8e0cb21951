"""Files in a bucket of an S3-compatible store, sealed as in the folder and under the same names.

    key     PREFIX/ab/abcd...: the name of crypto/blobs.py behind its first two letters
    body    the bytes of crypto/blobs.py

So a folder may be copied into a bucket, or back, by any tool. A file is sealed into a place of this server's
own until it is whole and verified, then put by one request (an object is there whole or not at all), and
looked at before anybody is told of it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, CredentialRetrievalError, NoCredentialsError
from botocore.exceptions import PartialCredentialsError as PartialCredentials
from botocore.session import get_session

from counter_app.crypto.blobs import BlobKeys
from counter_app.crypto.sealing import FRAME
from counter_app.domain.errors import BadInput, Damaged, DiskFull, NotFound, Surroundings, Unreachable
from counter_app.system import files

CONNECT_S: Final = 3
ANSWER_S: Final = 20
"""Seconds that the store may be silent: with the embedded database all exchanges wait behind a file."""
RESTS_S: Final = 15
"""After it did not answer it is not asked for so many seconds, and machines hear at once to come later."""
_TRIES: Final = 2
_IN_MEMORY: Final = 1 << 20  # bytes; a longer file waits on the disk
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_HEAD: Final = 64  # bytes: a sealed file's head, and what a frame is longer than its content
_FULL: Final = {507}  # RFC 4918, 11.5; what MinIO and Ceph answer
_FULL_CODES: Final = {"QuotaExceeded", "XMinioStorageFull"}
_BUSY: Final = {408, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Place:
    """Without `url` the bucket is one of Amazon's; `prefix` stands before each key."""

    bucket: str
    url: str = ""
    prefix: str = ""
    region: str = ""

    def __post_init__(self) -> None:
        """Raises BadInput("not-a-bucket" | "not-a-bucket-address")."""
        if not _BUCKET.fullmatch(self.bucket):
            raise BadInput("not-a-bucket", field="bucket", value=self.bucket)
        if self.url and not _is_address(self.url):  # not repeated: it may hold a key
            raise BadInput("not-a-bucket-address", field="url")

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc or "s3.amazonaws.com"

    def to_json(self) -> dict[str, str]:
        return asdict(self)


def _is_address(url: str) -> bool:
    try:
        at = urlsplit(url)
        _ = at.port
    except ValueError:
        return False
    plain = not (at.username or at.password or at.query or at.fragment)
    return at.scheme in ("http", "https") and bool(at.hostname) and plain


class Bucket:
    """A Depot in a bucket; several processes may use one.

    Its keys come from the environment, or from wherever else botocore looks for them
    (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html). `waits` is a folder of
    this server's own for what is longer than a megabyte, sealed, until it is put.
    """

    def __init__(
        self, place: Place, store_key: bytes, waits: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._place, self._keys, self._waits, self._clock = place, BlobKeys(store_key), waits, clock
        self._client = _client(place)
        self._silent_until = -1.0

    def put(self, digest: bytes, parts: Iterable[bytes]) -> None:
        self._awake()
        try:
            with SpooledTemporaryFile(_IN_MEMORY, dir=str(files.private_folder(self._waits))) as sealed:
                for frame in self._keys.seal(digest, parts):  # writelines would look at the size at its end
                    sealed.write(frame)
                size = sealed.tell()
                sealed.seek(0)
                self._ask("put_object", digest, Body=sealed, ContentLength=size)
        except OSError as error:
            raise files.cannot_write(self._waits, error) from error
        _, kept = self._range(digest, 0, 1)
        if kept != size:
            raise self._silent()

    def has(self, digest: bytes) -> bool:
        try:
            self._range(digest, 0, 1)  # HEAD has no body, and so does not tell a lost bucket from a lost file
        except NotFound:
            return False
        return True

    def piece(self, digest: bytes, offset: int, size: int) -> bytes:
        try:
            return self._piece(digest, offset, size)
        except Damaged:  # another process may have put it, under another salt, between two looks at it
            return self._piece(digest, offset, size)

    def _piece(self, digest: bytes, offset: int, size: int) -> bytes:
        first = _HEAD + FRAME if offset < FRAME else _HEAD
        file = _Object(lambda at, n: self._range(digest, at, n), first)
        return self._keys.piece(digest, file, offset, size)

    def drop(self, digest: bytes) -> None:
        self._ask("delete_object", digest)

    def prove(self) -> None:
        """That files may be put there, read and dropped; raises Surroundings."""
        known = b"counter-district"
        digest = sha256(known).digest()
        self.put(digest, (known,))
        if self.piece(digest, 0, len(known)) != known:
            raise self._silent()
        self.drop(digest)

    def _range(self, digest: bytes, start: int, size: int) -> tuple[bytes, int]:
        """Those bytes of the sealed file, and how many it has."""
        answer = self._ask("get_object", digest, Range=f"bytes={start}-{start + size - 1}")
        whole = str(answer.get("ContentRange", "")).rpartition("/")[2]
        if not whole.isdigit():
            raise self._silent()  # somebody else answers in its place
        return answer["Body"], int(whole)

    def _ask(self, act: str, digest: bytes, **more: Any) -> dict[str, Any]:
        self._awake()
        name = self._keys.name(digest)
        key = "/".join(filter(None, (self._place.prefix.strip("/"), name[:2], name)))
        try:
            answer: dict[str, Any] = getattr(self._client, act)(Bucket=self._place.bucket, Key=key, **more)
            if "Body" in answer:
                with closing(answer["Body"]) as body:
                    answer["Body"] = body.read()
            return answer
        except ClientError as error:
            raise self._meant(error.response) from error
        except _KEYLESS as error:
            raise Unreachable("bucket-keyless") from error
        except BotoCoreError as error:
            raise self._silent() from error

    def _awake(self) -> None:
        if self._clock() < self._silent_until:
            raise Unreachable("bucket-unreachable", host=self._place.host)

    def _meant(self, answer: dict[str, Any]) -> NotFound | Surroundings:
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        code, bucket = answer.get("Error", {}).get("Code", ""), self._place.bucket
        if code == "NoSuchKey":
            return NotFound("attachment-not-here")
        if code == "NoSuchBucket":
            return Unreachable("bucket-missing", bucket=bucket)
        if code == "InvalidRange":
            return Damaged("attachment-damaged")
        if status in _FULL or code in _FULL_CODES:
            return DiskFull("bucket-full", bucket=bucket)
        if status in _BUSY or status == 404:  # a 404 of another sort is no object store's
            return self._silent()
        return Unreachable("bucket-refused", bucket=bucket, code=code or status)

    def _silent(self) -> Unreachable:
        self._silent_until = self._clock() + RESTS_S
        return Unreachable("bucket-unreachable", host=self._place.host)


class _Object:
    """A sealed file in the bucket as crypto/blobs.py reads one; `first` bytes of it are fetched at once."""

    def __init__(self, fetch: Callable[[int, int], tuple[bytes, int]], first: int) -> None:
        self._fetch = fetch
        self._at = self._start = 0
        self._kept, self._size = fetch(0, first)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._at = offset + (self._size if whence == os.SEEK_END else 0)
        return self._at

    def read(self, size: int, /) -> bytes:
        first = self._at - self._start
        last = min(self._at + size, self._size) - self._start
        if first < 0 or last > len(self._kept):
            self._kept, _ = self._fetch(self._at, size)
            self._start, first, last = self._at, 0, size
        self._at += size
        return self._kept[first:last]


def _client(place: Place) -> Any:
    try:
        session = get_session()
        region = place.region or session.get_config_variable("region") or "us-east-1"
        return session.create_client("s3", endpoint_url=place.url or None, region_name=region, config=_ASKED)
    except BotoCoreError as error:  # a file of its own settings that cannot be read
        raise Unreachable("bucket-keyless") from error


_KEYLESS: Final = (NoCredentialsError, PartialCredentials, CredentialRetrievalError)
_ASKED: Final = Config(
    connect_timeout=CONNECT_S,
    read_timeout=ANSWER_S,
    retries={"mode": "standard", "total_max_attempts": _TRIES},
    max_pool_connections=16,
    # The body's SHA-256 is in the signature, so that the store verifies it; botocore's own checksums ask for
    # trailers that many stores do not know.
    s3={"payload_signing_enabled": True},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
