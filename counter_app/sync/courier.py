"""Carries messages to the district over HTTP, and says in one word what stood in the way."""

from __future__ import annotations

import ssl
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

import httpx

from counter_app.domain.errors import BadInput, Unreachable
from counter_app.sync.message import FORMAT, LARGEST

CONNECT_S: Final = 15.0
IDLE_S: Final = 30.0
"""Seconds without a byte after which a link counts as dead; no limit to the whole."""
_FORMATS: Final = frozenset(bytes((form,)) for form in range(FORMAT, 9))
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

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        """`tls` decides whom to trust; the system's authorities where it is None."""
        self._url = check_address(url)
        waits = httpx.Timeout(IDLE_S, connect=CONNECT_S)
        self._client = httpx.Client(
            timeout=waits, follow_redirects=False, trust_env=False, verify=True if tls is None else tls
        )
        self._client.headers.clear()  # some 100 bytes in each request that the server does not read

    def post(self, path: str, body: bytes) -> bytes:
        """The answer's body; raises Unreachable with what stood in the way."""
        return _checked(self._send("POST", path, body), self._url)

    def _send(self, method: str, path: str, body: bytes | None) -> bytes:
        try:
            with self._client.stream(method, self._url + path, content=body) as response:
                _check(response)
                return _body(response)
        except httpx.TimeoutException as error:
            raise Unreachable("district-silent") from error
        except httpx.TransportError as error:
            if _has_cause(error, ssl.SSLError):
                raise Unreachable("district-key-wrong", host=urlsplit(self._url).hostname) from error
            raise Unreachable("district-unreachable") from error

    def ask(self, path: str) -> None:
        """Asks whether a server of ours is there; raises Unreachable with what stood in the way."""
        self._send("GET", path, None)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Courier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _has_cause(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status in _BUSY:
        raise Unreachable("district-busy", after_s=_seconds(response.headers.get("retry-after", "")))
    if status >= 500:
        raise Unreachable("district-failed", status=status)
    if 300 <= status < 400 or status == 511:  # 511: RFC 6585, the network wants a login
        raise Unreachable("captive-portal")
    if status != 200:
        raise Unreachable("not-the-district", host=response.request.url.host)


def _seconds(told: str) -> int:
    """When to come again, as a busy server says it; 0 where it does not, or names a day."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0


def _body(response: httpx.Response) -> bytes:
    data = bytearray()
    for chunk in response.iter_raw():
        data += chunk
        if len(data) > LARGEST:
            raise Unreachable("not-the-district", host=response.request.url.host)
    return bytes(data)


def _checked(data: bytes, url: str) -> bytes:
    """The data, where it can be a message of ours: a network that wants a login answers with a page.

    One of a later format is of ours too, and refused by its reader with what is to be updated.
    """
    if data[:1] not in _FORMATS:
        why = "captive-portal" if data.lstrip()[:1] == b"<" else "not-the-district"
        raise Unreachable(why, host=urlsplit(url).hostname)
    return data
