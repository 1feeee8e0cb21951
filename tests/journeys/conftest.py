"""Stores that the journeys begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.domain.zone import VIETNAM
from tests import calendars
from tests.journeys import command
from tests.journeys.command import PASSPHRASE, Store, sheet_words

YEAR = datetime.now(VIETNAM).year


@pytest.fixture
def true_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command is a start of the installed program, as at a counter, and not a fork."""
    monkeypatch.setattr(command, "FORKED", False)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just after `init`, whose calendar knows the years around today, and its sheet."""
    folder = tmp_path_factory.mktemp("pristine")
    calendar = folder / "calendar.csv"
    calendar.write_text(calendars.of_these_years(), encoding="utf-8")
    Store(folder / "data").init("--calendar", calendar, "--recovery", folder / "sheet.pdf")
    return folder


def _opened_by(sheet: Path, data: Path) -> Store:
    # A passphrase is stretched for a third of a second at each command; the sheet's words are not.
    return Store(data, {"COUNTER_RECOVERY": sheet_words(sheet), "COUNTER_PASSPHRASE": PASSPHRASE})


@pytest.fixture
def store(pristine: Path, tmp_path: Path) -> Store:
    shutil.copytree(pristine / "data", tmp_path / "data")
    return _opened_by(pristine / "sheet.pdf", tmp_path / "data")


@pytest.fixture
def new_store(tmp_path: Path) -> Callable[[str], Store]:
    """Stores with a log of their own, which may meet."""

    def make(name: str) -> Store:
        sheet = tmp_path / f"{name}.pdf"
        Store(tmp_path / name).init("--device", name, "--recovery", sheet)
        return _opened_by(sheet, tmp_path / name)

    return make
