"""Where devices find the district, and by which keys of TLS they know it; kept for the codes to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from counter_app.crypto.pinning import PIN
from counter_app.district.identity import one_at_a_time
from counter_app.district.tables import server

_URL, _PINS = "url", "pins"
MOST_PINS: Final = 4


def url(connection: Connection) -> str:
    """The address that devices were last sent to; empty before the first."""
    return (_kept(connection, _URL) or b"").decode()


def keep_url(connection: Connection, told: str) -> str:
    """The address, tidied; raises BadInput("not-a-server-address" | "plain-http")."""
    from counter_app.sync.courier import check_address  # lazily: no server needs a client of HTTP

    found = check_address(told)
    _keep(connection, _URL, found.encode())
    return found


def pins(connection: Connection) -> tuple[bytes, ...]:
    """Those that the last serving process showed; none without TLS."""
    kept = _kept(connection, _PINS) or b""
    return tuple(kept[at : at + PIN] for at in range(0, len(kept), PIN))


def keep_pins(connection: Connection, shown: Sequence[bytes]) -> None:
    _keep(connection, _PINS, b"".join(shown[:MOST_PINS]))


def _kept(connection: Connection, name: str) -> bytes | None:
    found = connection.execute(select(server.c.value).where(server.c.name == name)).scalar()
    return None if found is None else bytes(found)


def _keep(connection: Connection, name: str, value: bytes) -> None:
    one_at_a_time(connection)
    if (_kept(connection, name) or b"") != value:
        connection.execute(delete(server).where(server.c.name == name))
        connection.execute(insert(server).values(name=name, value=value))
