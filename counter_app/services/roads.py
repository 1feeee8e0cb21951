"""The way to a district: over HTTP, to the key that enrolment has proven."""

from __future__ import annotations

from counter_app.crypto.pinning import PinnedContext
from counter_app.domain.errors import Unreachable
from counter_app.services.enrolled import District
from counter_app.sync.courier import Courier


def road_to(known: District) -> Courier:
    """To the district that this machine is enrolled with."""
    return Courier(known.url, PinnedContext(known.pins) if known.pins else None)


class FirstRoad:
    """To a district that is not known yet: the enrolment itself proves whose key answered."""

    def __init__(self, url: str, pins: tuple[bytes, ...] = ()) -> None:
        """With `pins`, as an invitation names them, no other key is spoken to."""
        self._tls = PinnedContext(pins)
        self._url = url
        self._courier = Courier(url, self._tls)

    def post(self, path: str, body: bytes) -> bytes:
        return self._courier.post(path, body)

    def confirm(self, pins: tuple[bytes, ...]) -> None:
        """Raises Unreachable("district-key-wrong") where another than the district answered.

        Where it names no key, something stands before it whose name the system's authorities must vouch for.
        """
        if pins and self._tls.seen and self._tls.seen not in pins:
            raise Unreachable("district-key-wrong", host=self._url)
        if not pins and self._tls.seen:
            with Courier(self._url) as vouched:
                vouched.ask("/health")

    def __enter__(self) -> FirstRoad:
        return self

    def __exit__(self, *error: object) -> None:
        self._courier.close()
