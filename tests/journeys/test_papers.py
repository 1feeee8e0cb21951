"""Labels and pre-numbered slips through the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from counter_app.domain.zone import VIETNAM
from tests.journeys.command import Store
from tests.journeys.test_interface import entry, refused
from tests.paper import reading


def test_a_folder_gets_its_label_on_either_stock(store: Store, tmp_path: Path) -> None:
    code = store.receive(entry("Vũ Thị Lụa"))[0]["code"]
    paper = tmp_path / "label.pdf"
    command = ("print", code, "--form", "label", "--out", paper)

    roll = store.ok(*command).line
    assert roll == {"file": str(paper), "pages": 1}
    assert reading.codes(paper.read_bytes(), 203) == {"bars": code}
    sheet = store.ok(*command, "--stock", "a4", "--start", "23").line
    assert (sheet["pages"], sheet["next"]) == (1, 24)
    assert store.ok(*command, "--stock", "a4").line["next"] == 1
    refused(store.run(*command, "--stock", "a4", "--start", "25"))
    kinds = [event["kind"] for event in store.ok("show", code).line["events"]]
    assert kinds.count("printed") == 3


def test_a_pad_is_printed_ahead_keyed_in_later_and_every_number_is_explained(
    store: Store, tmp_path: Path
) -> None:
    paper = tmp_path / "pad.pdf"
    pad = store.ok("slips", "--count", "3", "--out", paper).line
    one, two, three = pad["codes"]
    assert pad["pages"] == 3
    assert reading.codes(paper.read_bytes(), 150, page=2)["bars"] == two
    assert [line["code"] for line in store.ok("slips", "--list").lines] == [one, two, three]

    now = datetime.now(VIETNAM)
    midnight = now.replace(hour=0, minute=0, second=0)  # the pad is of this day
    at = max(midnight, now - timedelta(minutes=40)).isoformat(timespec="seconds")
    keyed = entry("Vũ Thị Lụa", slip=two, received_at=at, late_reason="Mất điện")
    (answer,) = store.receive(keyed)
    assert (answer["code"], answer["received_at"]) == (two, at)
    assert "warnings" not in answer
    unused = store.ok("slips", "--unused", one, "--reason", "Kẹt giấy").line
    assert (unused["state"], unused["reason"]) == ("unused", "Kẹt giấy")

    assert [line["code"] for line in store.ok("slips", "--list").lines] == [three]
    states = [line["state"] for line in store.ok("slips", "--list", "--all").lines]
    assert states == ["unused", "used", "open"]
    day = f"20{one.split('-')[1]}"
    told = store.ok("slips", "--reconcile", f"{day[:4]}-{day[4:6]}-{day[6:]}").line
    assert (told["given"], told["received"], told["slips_open"], told["missing"]) == (3, 1, 1, [])
    refused(store.run("slips", "--unused", two, "--reason", "Nhầm"))
    refused(store.run("slips", "--unused", three))
    refused(store.run("slips", "--count", "3"))
    refused(store.run("slips", "--count", "201", "--out", paper))
    refused(store.run("slips", "--count", "3", "--out", store.data / "pad.pdf"))
    assert len(store.ok("slips", "--list", "--all").lines) == 3
