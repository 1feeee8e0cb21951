"""10,000 dossiers by stick to the district and back: `python -m benchmarks.sticks [count [folder]]`.

The folder may lie on a real stick. The district is a program of its own, and its figures hold its start.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import lives, stores
from benchmarks.figures import machine
from benchmarks.served import Server
from benchmarks.sync import big
from counter_app.services import safety, stick_down, stick_up, syncing
from counter_app.sync.courier import Courier


def main(count: int = 10_000, stick: Path | None = None) -> None:
    print(machine())
    with tempfile.TemporaryDirectory(dir=stores.scratch()) as place:
        folder = Path(place)
        usb = stick or folder / "usb"
        usb.mkdir(exist_ok=True)
        shutil.copytree(big(count), folder / "office")
        server = Server.make(folder / "district")
        office = lives.after_all(folder / "office")[0]
        with server.serving(words=("--metrics-port", "0")) as url, Courier(url) as road:
            syncing.enrol(office, office.session(), road, url, server.invite())
        began = time.perf_counter()
        copied = stick_up.copy_out(office, office.session(), usb)
        out = time.perf_counter()
        told = server.run("bundle", "import", str(usb), "--out", str(usb))
        up = time.perf_counter()
        home = stick_down.bring_home(office, office.session(), usb)
        down = time.perf_counter()
        left = safety.counts(office).pending
        print(f"{count:,} dossiers, {copied.events:,} events: {copied.parts} parts, {copied.bytes:,} B")
        print(
            f"onto the stick {out - began:.1f} s; at the district {up - out:.1f} s, took {told['received']:,}"
        )
        print(f"home {down - up:.2f} s, {home.bytes:,} B, {home.acknowledged:,} confirmed; {left} left")
        again = time.perf_counter()
        server.run("bundle", "import", str(usb), "--out", str(usb))
        print(f"the same stick once more at the district {time.perf_counter() - again:.1f} s")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory {peak:.0f} MB at the machine, {child:.0f} MB at the district")
        office.close()


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]), *(Path(word) for word in sys.argv[2:3]))
