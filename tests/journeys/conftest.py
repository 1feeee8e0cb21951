"""Stores that the journeys begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.calendar import VIETNAM
from tests.journeys.command import Store

YEAR = datetime.now(VIETNAM).year
KNOWN_YEARS = range(YEAR - 3, YEAR + 2)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just after `init`, whose calendar knows the years around today."""
    folder = tmp_path_factory.mktemp("pristine")
    calendar = folder / "calendar.csv"
    days = "".join(f"{year}-01-01,holiday,Tết Dương lịch\n" for year in KNOWN_YEARS)
    calendar.write_text(f"# Lịch của bài kiểm tra\ndate,kind,note\n{days}", encoding="utf-8")
    Store(folder / "data").init("--calendar", calendar)
    return folder / "data"


@pytest.fixture
def store(pristine: Path, tmp_path: Path) -> Store:
    shutil.copytree(pristine, tmp_path / "data")
    return Store(tmp_path / "data")


@pytest.fixture
def new_store(tmp_path: Path) -> Callable[[str], Store]:
    """Stores with a log of their own, which may meet."""

    def make(name: str) -> Store:
        made = Store(tmp_path / name)
        made.init("--device", name)
        return made

    return make
