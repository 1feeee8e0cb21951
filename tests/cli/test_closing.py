"""A day is closed, the store backed up and drilled, from scripts."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Here, deliver
from tests.paper.reading import pages, squeezed


def test_a_day_is_told_closed_backed_up_and_drilled(store: Here, tmp_path: Path) -> None:
    deliver(store, applicant={"name": "Giàng A Páo"}, fee={"amount": 8000, "paid": True})
    before = store.ok("day").line
    assert (before["received"], before["cash"], before["closed"], before["missing"]) == (1, 8000, False, [])
    assert store.run("drill").code == 2  # there is no backup yet

    done = store.ok("day", "--close", "--note", "đủ")

    assert done.line["closed"] and [one["note"] for one in done.line["closes"]] == ["đủ"]
    (kept,) = (tmp_path / "data-sao-luu").glob("*.zip")
    assert kept.name in done.said
    drilled = store.ok("drill").line
    assert list(drilled)[:7] == ["file", "made", "events", "dossiers", "chain", "integrity", "missing"]
    assert (drilled["file"], drilled["opened"]) == (str(kept), "recovery")
    assert (drilled["dossiers"], drilled["chain"], drilled["integrity"], drilled["missing"]) == (
        1,
        "ok",
        "ok",
        0,
    )
    store.ok(
        "print", "day-close", "--from", done.line["day"], "--paper", "a4", "--out", tmp_path / "ngay.pdf"
    )
    paper = squeezed("".join(pages((tmp_path / "ngay.pdf").read_bytes())))
    assert squeezed("SỔ CHỐT NGÀY") in paper and squeezed("đủ") in paper


def test_a_backup_without_a_file_goes_where_the_machine_keeps_them(store: Here, tmp_path: Path) -> None:
    told = store.ok("backup").line

    assert Path(told["file"]).parent == tmp_path / "data-sao-luu" and told["second"] is None
    assert told["bytes"] == Path(told["file"]).stat().st_size
    wrong = store.run("drill", told["file"], COUNTER_RECOVERY="không phải phiếu này đâu")
    assert wrong.code != 0 and wrong.out == "" and wrong.sentence
    assert store.run("day", "--on", "2999-01-01").code == 2
