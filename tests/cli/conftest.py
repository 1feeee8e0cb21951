"""The command line inside this process: its exit code, its lines and its words."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from counter_app.cli.main import main
from counter_app.words import language
from tests import schema
from tests.journeys.command import Answer, Store, json_lines, sheet_words

_PROBE = ("COUNTER_", "DBUS_SESSION_BUS_ADDRESS")


class Here(Store):
    """A store whose commands run in this process, which is much faster than in ones of their own."""

    def run(self, *words: object, stdin: str | bytes = b"", **environment: str) -> Answer:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, said = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(said):
            for name in [name for name in os.environ if name.startswith(_PROBE)]:
                patch.delenv(name)
            for name, value in {**self.environment, **environment}.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
            try:
                code = main(["--data", str(self.data), *map(str, words)])
            except SystemExit as end:
                code = int(end.code or 0)
        return Answer(code, out.getvalue(), said.getvalue())


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    yield
    language.use(language.SOURCE)


@pytest.fixture
def new_store(tmp_path: Path) -> Callable[[str], Here]:
    """Stores with a log of their own, opened by their sheets."""

    def make(name: str) -> Here:
        sheet = tmp_path / f"{name}.pdf"
        with schema.remembered():
            Here(tmp_path / name, {}).init("--device", name, "--recovery", sheet)
        return Here(tmp_path / name, {"COUNTER_RECOVERY": sheet_words(sheet)})

    return make


@pytest.fixture
def store(new_store: Callable[[str], Here]) -> Here:
    return new_store("data")


@pytest.fixture
def store_less(tmp_path: Path) -> Here:
    """A folder where nothing was ever made."""
    return Here(tmp_path / "nothing", {})


def join(new: Store, old: Store, folder: Path) -> None:
    """Pairs two stores by files."""
    new.ok("pair", "offer", folder / "offer")
    old.ok("pair", "accept", folder / "offer", "--out", folder / "reply")
    new.ok("pair", "finish", folder / "reply")


def carry(giver: Store, taker: Store, folder: Path) -> None:
    giver.ok("bundle", "export", folder / "bundle")
    taker.ok("bundle", "import", folder / "bundle")


def deliver(store: Store, **line: object) -> str:
    """Receives one dossier; its code."""
    given = {"procedure": "1.004884", **line}
    return str(store.ok("receive", "-", stdin=json_lines([given])).line["code"])
