"""An S3 server of other people (moto) as a process of its own, and a bucket of it as the district's depot.

What lies in a bucket is looked at by plain HTTP, without the library that put it there.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

from counter_app.district.bucket import Bucket, Place

_SERVES = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""
SECRET = "not-a-real-secret-of-anybody"
KEYS = {
    "AWS_ACCESS_KEY_ID": "counter",
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
}


_SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=x/20261128/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=x",
    "Content-Type": "application/octet-stream",
}
"""The store looks at no signature, but takes who has none for a stranger."""


class ObjectStore:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        self._made = 0

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        with urlopen(Request(self.url + path, body, _SIGNED, method=method), timeout=60) as answer:
            data: bytes = answer.read()
        return data

    def bucket(self) -> str:
        """The name of a new one."""
        self._made += 1
        self.ask("PUT", f"/files-{self._made}")
        return f"files-{self._made}"

    def objects(self, bucket: str) -> dict[str, bytes]:
        listed = self.ask("GET", f"/{bucket}?list-type=2").decode()
        keys = re.findall("<Key>([^<]+)</Key>", listed)
        return {key: self.ask("GET", f"/{bucket}/{key}") for key in keys}

    def refuse(self, refused: bool) -> None:
        """Whether from now on only keys that it knows are let in, of which there are none."""
        self.ask("POST", "/moto-api/reset-auth", b"0" if refused else b"inf")

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class InBucket(Bucket):
    """A depot whose files the tests read whole, as they do those of the folder."""

    def __init__(self, store: ObjectStore, key: bytes, waits: Path, prefix: str = "xa") -> None:
        self.store, self.name = store, store.bucket()
        super().__init__(Place(self.name, store.url, prefix), key, waits)

    def read(self, digest: bytes) -> bytes:
        return self.piece(digest, 0, 1 << 30)

    def raw(self) -> list[bytes]:
        return list(self.store.objects(self.name).values())
