"""The district over HTTP: what devices post, a receipt's public page, and whether it is well."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from typing import Final

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from counter_app.district import public_page
from counter_app.district.database import at_once
from counter_app.district.exchange import Exchange
from counter_app.district.filing import Filing
from counter_app.district.pages import Pages
from counter_app.district.places import Crowded, Gone, Places
from counter_app.domain.errors import Surroundings
from counter_app.domain.receipt_code import token_of
from counter_app.sync.message import LARGEST

IDLE_S: Final = 30.0
"""Seconds without a byte after which a request counts as dead."""
READERS: Final = 2
"""Pages that are looked up at a time, beside the devices."""
MOST_READERS: Final = 50
"""Who comes when so many wait is told to come again."""
_LAST: Final = {"Connection": "close"}  # what is left of the body is not read


def make(exchange: Exchange, filing: Filing | None = None) -> Starlette:
    """The application; it keeps nothing between two requests. Without `filing` it takes no files."""
    places: list[Places] = []
    readers: list[CapacityLimiter] = []
    authority = exchange.who.name
    pages = Pages(exchange.base, authority, lambda error: exchange.notes.failure("request-failed", error))

    async def answered(request: Request, answer: Callable[[bytes], bytes]) -> Response:
        if not places:  # made inside the loop that they belong to
            places.append(Places(at_once(exchange.base)))
            exchange.meter.watch_places(places[0])
        try:
            body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return failed(408, _LAST)
        if body is None:
            exchange.notes.log("body-too-long")
            return failed(413, _LAST)
        came = time.perf_counter()
        try:
            told = await places[0].run(answer, body, request.is_disconnected)
        except Crowded as crowd:
            return failed(503, {"Retry-After": str(ceil(crowd.after_s))})  # RFC 9110, 10.2.3
        except Gone:
            return failed(408, _LAST)
        except Surroundings as error:
            exchange.notes.failure("request-failed", error)
            return failed(503)
        except Exception as error:  # noqa: BLE001 - a bug of ours: told without the data that it met
            exchange.notes.failure("request-failed", error)
            return failed(500)
        exchange.meter.answered(len(body), len(told), time.perf_counter() - came)
        return Response(told)

    def failed(status: int, headers: dict[str, str] | None = None) -> Response:
        exchange.meter.failed(status)
        return Response(status_code=status, headers=headers)

    async def exchanged(request: Request) -> Response:
        return await answered(request, exchange.answer)

    async def enrolled(request: Request) -> Response:
        return await answered(request, exchange.enrol)

    async def filed(request: Request) -> Response:
        return failed(404) if filing is None else await answered(request, filing.answer)

    async def page(request: Request) -> Response:
        if not readers:  # as above
            readers.append(CapacityLimiter(READERS))
        if readers[0].statistics().tasks_waiting >= MOST_READERS:
            return read(503, public_page.busy(authority), {"Retry-After": "60"})
        token = token_of(request.path_params["token"])
        try:
            found = None if token is None else await to_thread.run_sync(pages.find, token, limiter=readers[0])
        except Surroundings as error:
            exchange.notes.failure("request-failed", error)
            return read(503, public_page.busy(authority), {"Retry-After": "60"})
        if found is None:
            return read(404, public_page.missing(authority))
        return read(200, public_page.shown(found, datetime.fromtimestamp(exchange.clock() / 1000, UTC)))

    def read(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
        return HTMLResponse(text, status, {**public_page.HEADERS, **(headers or {})})

    async def health(request: Request) -> Response:
        def look() -> None:
            with exchange.base.reading() as connection:
                connection.exec_driver_sql("SELECT 1").scalar()

        try:
            await to_thread.run_sync(look)  # not in the devices' queue: a busy server is well
        except Surroundings:
            return Response(status_code=503)
        return Response(b"ok\n")

    return Starlette(
        routes=[
            Route("/sync/v1/exchange", exchanged, methods=["POST"]),
            Route("/sync/v1/enrol", enrolled, methods=["POST"]),
            Route("/sync/v1/file", filed, methods=["POST"]),
            Route("/r/{token}", page, methods=["GET"]),
            Route("/health", health, methods=["GET"]),
        ]
    )


async def _body(request: Request) -> bytes | None:
    """The body; None where it is longer than any message of ours, of which no more is read.

    Raises TimeoutError, ClientDisconnect.
    """
    data, stream = bytearray(), request.stream()
    while True:
        with fail_after(IDLE_S):
            chunk = await anext(stream, None)
        if chunk is None:
            return bytes(data)
        data += chunk
        if len(data) > LARGEST:
            return None
