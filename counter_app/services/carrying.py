"""A whole synchronisation: the events, then the files, and the events again as soon as any are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.services import yielding
from counter_app.services.delivering import Delivered, Ended, FileProgress, deliver, written
from counter_app.services.office import Office
from counter_app.services.syncing import Road, Synced, sync

Note = Callable[[Synced], object]


@dataclass
class Carried:
    """What came of it: of the events, and of the files."""

    events: Synced = field(default_factory=Synced)
    files: Delivered = field(default_factory=Delivered)


def carry(
    office: Office,
    road: Road,
    begin: Callable[[], Note] = lambda: lambda so_far: None,
    progress: Callable[[FileProgress], object] = lambda so_far: None,
    stops: Callable[[], bool] = lambda: False,
    *,
    rationed: bool = True,
) -> Carried:
    """`begin` gives what is told of each round's exchanges, `progress` is told of files; with `stops` no
    further piece of a file goes; what is not `rationed` goes at any hour, however much.

    Raises what `sync` and `deliver` do; what was confirmed by then is kept.
    """
    carried = Carried()
    while True:
        since = written(office)
        done = sync(office, road, begin())
        _add(carried.events, done)
        if done.revoked:
            return carried
        if done.received:
            yielding.give_way(office)
        came = deliver(office, road, since, progress, stops, rationed=rationed)
        carried.files = _sum(carried.files, came)
        if came.ended is not Ended.EVENTS:
            return carried


def _add(all_: Synced, done: Synced) -> None:
    for name in ("sent", "received", "requests", "bytes_up", "bytes_down"):
        setattr(all_, name, getattr(all_, name) + getattr(done, name))
    all_.waiting, all_.more, all_.revoked = done.waiting, done.more, done.revoked
    all_.refused = done.refused


def _sum(before: Delivered, now: Delivered) -> Delivered:
    return Delivered(
        before.files + now.files,
        before.bytes_up + now.bytes_up,
        before.bytes_down + now.bytes_down,
        before.requests + now.requests,
        now.refused,
        now.ended,
    )
