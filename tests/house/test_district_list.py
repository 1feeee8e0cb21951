"""What the district's server installs: of the lock, whole, and without a window."""

import re
from importlib.metadata import distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
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


def test_no_window_and_no_paper_is_listed() -> None:
    assert WINDOW & set(LISTED) == set()
    assert LOCKED >= WINDOW
