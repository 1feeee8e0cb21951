"""One serving process: devices at one address, and where it is asked for, Prometheus at another."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prometheus_client import start_http_server

from counter_app.district import app
from counter_app.district.exchange import Exchange
from counter_app.district.filing import Filing
from counter_app.domain.errors import CannotRead

LOCAL: Final = "127.0.0.1"
BACKLOG: Final = 1024
KEPT_ALIVE_S: Final = 300
"""Seconds that a connection may rest: a new one costs a slow link its handshakes."""


@dataclass(frozen=True)
class Addresses:
    """`tls` are the files of certificate and key; without `metrics_port` nothing is told to Prometheus."""

    host: str = LOCAL
    port: int = 8470
    tls: tuple[Path, Path] | None = None
    metrics_host: str = LOCAL
    metrics_port: int | None = None


def serve(
    exchange: Exchange, at: Addresses, told: Callable[[str, str], object], filing: Filing | None = None
) -> None:
    """Until it is stopped; `told` is given both URLs once they listen, the second empty where there is none.

    Raises CannotRead("port-taken").
    """
    import uvicorn  # lazily: it loads whatever it finds that could colour its own lines

    _hold_many()
    with _listening(at) as listening, _metrics(exchange, at) as metrics:
        host, port = listening.getsockname()[:2]
        told(_url("https" if at.tls else "http", host, port), metrics)
        certificate, key = at.tls or (None, None)
        config = uvicorn.Config(
            app.make(exchange, filing),
            access_log=False,
            log_config=None,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEPT_ALIVE_S,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _hold_many() -> None:
    """Takes as many open files as it may have: each counter keeps its connection, and 1,024 is the custom."""
    try:
        from resource import RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # not on Windows, which sets no such limit
        return
    _, most = getrlimit(RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # where it may not be raised, the server runs as it is
        setrlimit(RLIMIT_NOFILE, (most, most))


@contextmanager
def _listening(at: Addresses) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    # Named, since asyncio turns Nagle's delay off only for what is called TCP: it costs a round trip.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((at.host, at.port))
            listening.listen(BACKLOG)  # whoever reads the address may use it at once
        except OSError as error:
            raise CannotRead("port-taken", port=at.port) from error
        yield listening


@contextmanager
def _metrics(exchange: Exchange, at: Addresses) -> Iterator[str]:
    if at.metrics_port is None:
        yield ""
        return
    exchange.meter.watch_database(exchange.base)
    try:
        server, _ = start_http_server(at.metrics_port, at.metrics_host, exchange.meter.registry)
    except OSError as error:
        raise CannotRead("port-taken", port=at.metrics_port) from error
    try:
        yield _url("http", at.metrics_host, server.server_port) + "/metrics"
    finally:
        server.shutdown()
        server.server_close()


def _url(scheme: str, host: str, port: int) -> str:
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
