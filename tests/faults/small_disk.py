"""The real commands on a disk of 20 MB that fills up, and on one that nothing may be written to.

It runs as root of a namespace of its own (`unshare -rm`), so that it may mount; see test_small_disk.py. What
it prints is one JSON object: each situation, how its commands ended, and the words.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from counter_app.services import opening, room
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.faults import points
from tests.vaults import NoVault

SIZE = "20m"
NAMESPACE = ["unshare", "-rm"]


def able() -> bool:
    """Whether this user may mount something in a namespace of his own."""
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(
            [*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True
        ).returncode
    )


def main(folder: Path) -> None:
    mount, papers = folder / "disk", folder / "papers"
    data = mount / "kho"
    mount.mkdir()
    papers.mkdir()
    line = papers / "line.jsonl"
    line.write_text(
        json.dumps({"procedure": "2.000815", "applicant": {"name": "Sùng Thị Ú"}}) + "\n", "utf-8"
    )
    _mount("-t", "tmpfs", "-o", f"size={SIZE}", "none", mount)

    def run(*words: object) -> tuple[int, str, str]:
        return points.in_process(["--data", str(data), *map(str, words)])

    def keep(words: str) -> None:
        os.environ["COUNTER_RECOVERY"] = words

    order = NewStore("H55.242", "UBND xã thử", sheet=keep)
    opening.create(Places(data), order, Openers(NoVault()), clock.now).close()
    code = json.loads(run("receive", line)[1])["code"]
    label = ("print", code, "--form", "label", "--out", papers / "label.pdf")
    read, write = {"find": ("find", "--all"), "show": ("show", code)}, {"receive": ("receive", line)}
    full = mount / "full"
    told = {}

    def look(situation: str, commands: dict[str, tuple[object, ...]]) -> None:
        told[situation] = {name: run(*words) for name, words in commands.items()}

    room.keep_reserve(Places(data))  # as the window does a minute after its start
    full.write_bytes(bytes(shutil.disk_usage(mount).free - 4_000_000))
    look("nearly full", {**read, "print": label, **write})
    _fill(full)
    look("full", {**write, **read, "print": label})  # what gives way is used by what was begun alone
    _fill(full)
    look("full for good", {**read, "print": label, **write, "backup": ("backup", papers / "full.zip")})
    full.unlink()
    look("room again", write)
    room.keep_reserve(Places(data))
    told["reserve"] = {"made anew": (0, str(Places(data).reserve.stat().st_size), "")}
    _mount("-o", "remount,ro", mount)
    kept = {"backup": ("backup", papers / "read-only.zip")}
    look("read-only", {**read, **write, "verify": ("verify",), **kept})
    told["window"] = {"read-only": (0, *_window(data, code))}
    _mount("-o", "remount,rw", mount)
    look("writable again", {**write, "verify": ("verify",)})
    print(json.dumps(told, ensure_ascii=False))


def _window(data: Path, code: str) -> tuple[str, str]:
    """What the window says over its pages where nothing may be written, and of the dossier."""
    from PySide6.QtTest import QTest

    from counter_app.desk.app import Start, Surroundings
    from counter_app.desk.application import application
    from counter_app.desk.pages.find import FindPage
    from counter_app.desk.read_only import ReadOnlyBand
    from tests.desk.hands import FakePrinter

    app = application("vi")
    start = Start(data, Surroundings(vault=NoVault, printer=FakePrinter))
    start.window.show()
    start.open()

    def until(there: Callable[[], object]) -> None:
        end = time.monotonic() + 60
        while not there() and time.monotonic() < end:
            QTest.qWait(10)

    until(lambda: start.window.desk)
    page = start.window.go("find")
    assert isinstance(page, FindPage)
    page.search(code)
    until(lambda: "1 hồ sơ" in page.says())
    band = next(one.words() for one in start.window.findChildren(ReadOnlyBand))
    said = page.says()
    start.window.close()
    del app
    return band, said


def _mount(*words: object) -> None:
    subprocess.run(["mount", *map(str, words)], check=True)


def _fill(file: Path) -> None:
    try:
        with file.open("ab", buffering=0) as more:
            while True:
                more.write(bytes(4096))
    except OSError:
        return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
