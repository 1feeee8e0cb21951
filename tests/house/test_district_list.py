"""What the district's server installs: of the lock, whole, and without a window."""

import ast
import re
import subprocess
import sys
from importlib.metadata import distribution, distributions, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "counter_app" / "district"
LISTED = [
    line for line in (ROOT / "installers" / "district.txt").read_text("utf-8").splitlines() if line[0] != "#"
]
LOCKED = set(re.findall(r"^([a-z][\w-]*)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
WINDOW = {"pyside6-essentials", "shiboken6", "reportlab", "opencv-python-headless", "pypdfium2"}


def needed_by(name: str) -> set[str]:
    wanted = [Requirement(line) for line in distribution(name).requires or []]
    extras = {"psycopg": "binary"}.get(name, "")
    on_linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "extra": extras}
    return {
        canonicalize_name(each.name)
        for each in wanted
        if each.marker is None or each.marker.evaluate(on_linux)
    }


def test_the_list_is_in_order_and_each_of_it_is_locked() -> None:
    assert sorted(set(LISTED)) == LISTED
    assert set(LISTED) - LOCKED == set()


def test_whatever_a_listed_package_needs_is_listed_too() -> None:
    # Some of the list are for older Pythons alone.
    here = {canonicalize_name(each.name) for each in distributions()}

    assert {"httpx", "keyring", "psycopg", "starlette"} <= here
    assert {(name, need) for name in here & set(LISTED) for need in needed_by(name) - set(LISTED)} == set()


def test_whatever_the_server_imports_is_listed() -> None:
    rooms = [f"counter_app.district.{path.stem}" for path in ROOM.glob("*.py") if path.stem != "__init__"]
    load = (
        "import importlib, sys; before = set(sys.modules); "
        "[importlib.import_module(name) for name in sys.argv[1:]]; print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", load, *rooms], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # Beside what a start loads, what the room's own functions import when they are asked.
    nodes = [node for path in ROOM.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    later = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    later += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    tops = {name.partition(".")[0] for name in [*done.stdout.split(), *later]}
    installed = packages_distributions()
    homes = {top: {canonicalize_name(name) for name in installed.get(top, ())} for top in tops}

    assert {"sqlalchemy", "starlette"} <= tops
    assert {top for top, home in homes.items() if home - {"counter-app"} - set(LISTED)} == set()


def test_no_window_and_no_paper_is_listed() -> None:
    assert WINDOW & set(LISTED) == set()
    assert LOCKED >= WINDOW
