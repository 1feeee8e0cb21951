"""The demonstration as a newcomer sees it: one command, a month of a commune, papers to look at."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from counter_app.cli import demo
from counter_app.services import instant, opening
from counter_app.services.opening import Openers
from counter_app.services.sample import feedback, given, month, people
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.journeys.command import PROGRAM, Store
from tests.vaults import NoVault

pytestmark = pytest.mark.usefixtures("true_start")

HIDDEN = ("COUNTER_", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("demo")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(HIDDEN)}
    done = subprocess.run(
        [PROGRAM, "demo", "--headless", "--data", folder / "commune"],
        cwd=folder,
        env=outside,
        capture_output=True,
        encoding="utf-8",
        timeout=550,
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    summary: dict[str, Any] = json.loads(line)
    return summary


def test_two_hundred_dossiers_are_received_and_none_has_the_code_of_another(told: dict[str, Any]) -> None:
    store = Store(Path(told["data"]), {"COUNTER_PASSPHRASE": demo.PASSPHRASE})

    codes = [line["code"] for line in store.ok("find", "--all").lines]

    assert told["received"] == 200
    assert len(codes) == len(set(codes)) == 200 + told["given_at_once"]


def test_certified_copies_are_given_at_once_all_month_and_on_this_day_and_their_numbers_run_on(
    told: dict[str, Any],
) -> None:
    openers = Openers(NoVault(), lambda: demo.PASSPHRASE)
    office = opening.open_store(Places(Path(told["data"])), openers, clock.now)
    today = clock.today()
    days = [instant.given_on(office, today - timedelta(days=n)) for n in range(32)]
    office.close()

    numbers: dict[str, list[int]] = {}
    for one in [one for day in reversed(days) for one in reversed(day)]:
        if one.register is not None:
            numbers.setdefault(one.register.volume, []).append(one.register.number)
    assert sum(map(len, days)) == told["given_at_once"]
    assert len(days[0]) >= 5
    copies = [volume for volume in numbers if volume.endswith("SCT/BS")]
    assert told["given_at_once"] >= 40
    assert all(run == list(range(1, len(run) + 1)) for run in numbers.values())
    assert sum(len(numbers[volume]) for volume in copies) > sum(map(len, numbers.values())) / 2


def test_the_month_has_every_kind_of_ending_and_of_waiting(told: dict[str, Any]) -> None:
    states = told["states"]

    assert sum(states.values()) == 200 + told["given_at_once"]
    assert states["returned"] >= 15
    assert {"received", "processing", "waiting_supplement", "finished"} <= states.keys()
    assert {"refused", "stopped", "withdrawn", "voided"} <= states.keys()
    assert 1 <= told["overdue"] <= 12


def test_both_machines_verify_agree_and_show_the_same_conflict(told: dict[str, Any]) -> None:
    stores = [Store(Path(told[name]), {"COUNTER_PASSPHRASE": demo.PASSPHRASE}) for name in ("data", "laptop")]

    here, there = (store.ok("verify").line for store in stores)

    assert here == there
    assert (here["chain"], here["integrity"], here["differences"]) == ("ok", "ok", 0)
    assert here["conflicts"] == told["conflicts"] == 1


def test_the_papers_lie_outside_the_data_and_can_be_read(told: dict[str, Any]) -> None:
    papers = sorted(Path(told["papers"]).glob("*.pdf"))

    texts = {paper.name: PdfReader(paper).pages[0].extract_text() for paper in papers}

    assert len(papers) == 4 * demo.OF_EACH + 2
    assert all("nậm mây" in text.lower() for text in texts.values())
    assert not any(Path(told[name]) in paper.parents for name in ("data", "laptop") for paper in papers)
    assert not list(Path(told["data"]).rglob("*.pdf"))


def test_the_window_is_painted_with_what_was_made(told: dict[str, Any]) -> None:
    picture = Path(told["screenshot"])

    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("module", [demo, feedback, given, month, people], ids=lambda module: module.__name__)
def test_the_demonstration_knows_the_public_command_line_only(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))

    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    # What is invented may be shared; how it is lived may not.
    invented = {"counter_app.services.sample", given.__name__, month.__name__, people.__name__}
    rooms = {name.split(".")[1] for name in named - invented if name.startswith("counter_app.")}

    assert rooms <= {"cli", "domain", "system", "words"}


def test_invented_people_are_the_same_every_run_and_their_numbers_fit_them() -> None:
    from counter_app.domain.people import Party, warnings

    first, again = ([people.somebody(Random(n), 2026) for n in range(300)] for _ in range(2))
    parties = [Party.from_fields(who) for who in first]

    assert first == again
    assert [w for party in parties for w in warnings(party)] == []
    assert any("'" in party.name for party in parties)
    assert any(len(word) == 1 for party in parties for word in party.name.split() if word not in "AY")
    assert any(len(party.birth_date or "") == 4 for party in parties)
    assert any(party.contact_via and not party.phone for party in parties)
    assert all(party.phone is None or party.phone.startswith("09000") for party in parties)
