"""The exchange over a thin link, TCP as it is: run by root on Linux, elsewhere not measured."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import linkemu, lives
from benchmarks.served import Server
from counter_app.services import syncing
from counter_app.services.enrolled import district
from counter_app.services.roads import road_to
from counter_app.sync import courier

ONES, HUNDREDS = 9, 3  # how often each is measured
_PORT = 8470
Times = dict[str, list[float]]  # what -> seconds


def measure(server: Server, data: Path, words: Sequence[str] = ()) -> Times:
    """Seconds of each synchronisation of the office in `data` with the server, over the link.

    `words` go to the server: its certificate, where the office was enrolled with it by TLS.
    """
    with (
        linkemu.link() as (near, far),
        server.serving(inside=far, host=linkemu.FAR, port=_PORT, words=words) as url,
    ):
        client = [*near, sys.executable, "-m", "benchmarks.shaped", str(data), url]
        told = subprocess.run(client, check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    found: Times = json.loads(told.stdout)
    return found


def main(data: str, url: str) -> None:
    """The client's side, within its namespace."""
    # The link stands in for a private network; over anything but loopback the program itself demands TLS.
    courier.check_address = str
    office, watch = lives.after_all(Path(data))
    counter = lives.Counter(office, watch)
    known = district(office)
    assert known is not None, "the office was enrolled before"
    there = replace(known, url=url)
    times: Times = {"idle": [], "idle, new": [], "one": [], "one, new": [], "hundred": []}

    @contextmanager
    def timed(what: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        times[what].append(time.monotonic() - began)

    with road_to(there) as road:
        counter.receive(lives.deeds(20, 41, watch.now.date()))
        syncing.sync(office, road)
        for _ in range(ONES):
            with timed("idle"):
                syncing.sync(office, road)
            counter.touch(1)
            with timed("one"):
                syncing.sync(office, road)
        for number in range(HUNDREDS):
            counter.live(lives.deeds(100, 50 + number, watch.now.date() + timedelta(days=1)))
            with timed("hundred"):
                syncing.sync(office, road)
    for number in range(ONES):
        what = ("idle, new", "one, new")[number % 2]
        if number % 2:
            counter.touch(1)
        with timed(what), road_to(there) as road:
            syncing.sync(office, road)
    office.close()
    print(json.dumps(times))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
