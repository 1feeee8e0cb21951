"""Restoring over a store at work asks one of its heads."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Here, deliver


def test_a_store_at_work_is_replaced_only_with_a_heads_pin(store: Here, tmp_path: Path) -> None:
    deliver(store, applicant={"name": "Người Trước"})
    store.ok("backup", tmp_path / "kept")
    deliver(store, applicant={"name": "Người Sau"})
    store.ok("officer", "add", "hoa", "--name", "Hoa", "--role", "head", COUNTER_NEW_PIN="4826")
    restore = ("restore", tmp_path / "kept", "--replace")

    for words, pin in (((), ""), (("--officer", "hoa"), "1111"), (("--officer", "nobody"), "4826")):
        answer = store.run(*restore, *words, COUNTER_PIN=pin)
        assert answer.code == 2 and answer.out == "" and answer.sentence
    assert len(store.ok("find", "--all").lines) == 2

    told = store.ok(*restore, "--officer", "hoa", COUNTER_PIN="4826").line

    assert told["dossiers"] == 1
    assert [line["applicant"] for line in store.ok("find", "--all").lines] == ["Người Trước"]
    aside = Here(Path(told["set_aside"]), store.environment)
    assert len(aside.ok("find", "--all").lines) == 2


def test_a_damaged_settings_file_hides_no_dossier_and_nothing_is_written_by_other_settings(
    store: Here,
) -> None:
    code = deliver(store, applicant={"name": "Người Trước"})
    file = store.data / "settings.json"
    file.write_text("{", encoding="utf-8")

    found, taken = store.run("find", code), store.run("finish", code)

    assert (found.code, found.line["code"]) == (0, code) and "Tệp cài đặt bị hỏng" in found.sentence
    assert (taken.code, taken.out) == (3, "") and "Tệp cài đặt bị hỏng" in taken.sentence
    assert file.read_text(encoding="utf-8") == "{"


def test_a_store_of_another_key_is_replaced_as_before(store: Here, new_store, tmp_path: Path) -> None:
    other = new_store("other")
    deliver(other, applicant={"name": "Nơi Khác"})
    other.ok("backup", tmp_path / "kept")
    deliver(store, applicant={"name": "Ở Đây"})
    store.ok("officer", "add", "hoa", "--name", "Hoa", "--role", "head", COUNTER_NEW_PIN="4826")

    told = Here(store.data, other.environment).ok("restore", tmp_path / "kept", "--replace").line

    assert told["dossiers"] == 1 and Path(told["set_aside"]).is_dir()
