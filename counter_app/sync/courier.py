"""Carries messages to the district over HTTP, and says in one word what stood in the way."""

from __future__ import annotations

from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

import httpx

from counter_app.domain.errors import BadInput, Unreachable
from counter_app.sync.message import FORMAT, LARGEST

CONNECT_S: Final = 15.0
IDLE_S: Final = 30.0
"""Seconds without a byte after which a link counts as dead; no limit to the whole."""
_BUSY: Final = frozenset({429, 503})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def check_address(url: str) -> str:
    """The address, tidied; raises BadInput("not-a-server-address" | "plain-http")."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadInput("not-a-server-address", field="url", value=url) from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise BadInput("not-a-server-address", field="url", value=url)
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise BadInput("plain-http", field="url", value=url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


class Courier:
    """One connection, kept between messages: a new one costs a slow link half a second and more."""

    def __init__(self, url: str) -> None:
        self._url = check_address(url)
        waits = httpx.Timeout(IDLE_S, connect=CONNECT_S)
        self._client = httpx.Client(timeout=waits, follow_redirects=False, trust_env=False)
        self._client.headers.clear()  # some 100 bytes in each request that the server does not read

    def post(self, path: str, body: bytes) -> bytes:
        """The answer's body; raises Unreachable with what stood in the way."""
        try:
            with self._client.stream("POST", self._url + path, content=body) as response:
                _check(response)
                return _body(response)
        except httpx.TimeoutException as error:
            raise Unreachable("district-silent") from error
        except httpx.TransportError as error:
            raise Unreachable("district-unreachable") from error

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Courier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status in _BUSY:
        raise Unreachable("district-busy")
    if status >= 500:
        raise Unreachable("district-failed", status=status)
    if 300 <= status < 400 or status == 511:  # 511: RFC 6585, the network wants a login
        raise Unreachable("captive-portal")
    if status != 200:
        raise Unreachable("not-the-district", host=response.request.url.host)


def _body(response: httpx.Response) -> bytes:
    data = bytearray()
    for chunk in response.iter_raw():
        if not data and chunk and chunk[0] != FORMAT:
            raise Unreachable(
                "captive-portal" if chunk.lstrip()[:1] == b"<" else "not-the-district",
                host=response.request.url.host,
            )
        data += chunk
        if len(data) > LARGEST:
            raise Unreachable("not-the-district", host=response.request.url.host)
    return bytes(data)
