"""Settings come back as they were saved, also those of a later version."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.errors import BadInput, CannotRead, Damaged
from counter_app.system.settings import Queue, Settings, load, save


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == Settings()


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = Settings(office="Bộ phận Một cửa xã Phú Lộc", hotline="1022", paper="80mm", slip_width_mm=48)

    save(path, settings)

    assert load(path) == settings


def test_what_a_later_version_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"office": "A", "theme": {"dark": True}}))

    save(path, replace(load(path), office="B"))

    kept = json.loads(path.read_text())
    assert (kept["office"], kept["theme"]) == ("B", {"dark": True})


def test_texts_are_composed_at_the_door() -> None:
    decomposed = unicodedata.normalize("NFD", "Phú Lộc")

    assert Settings(office=decomposed).office == "Phú Lộc"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"office": 7}',
        b'{"slip_width_mm": "72"}',
        b'{"slip_width_mm": true}',
        b'{"paper": "a3"}',
        b'{"other": 1, "office": null}',
    ],
)
def test_a_damaged_file_is_named_rather_than_overlooked(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    with pytest.raises(Damaged):
        load(path)


def test_a_file_that_cannot_be_read_is_no_absent_one(tmp_path: Path) -> None:
    with pytest.raises(CannotRead):
        load(tmp_path)


@pytest.mark.parametrize("wrong", [{"paper": "a3"}, {"slip_width_mm": 5}, {"office": None}])
def test_settings_are_true_from_birth(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refusal:
        Settings(**wrong)  # type: ignore[arg-type]

    assert refusal.value.facts["field"] in wrong


def test_each_queue_keeps_its_paper_and_a_bad_one_is_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(path, replace(Settings(receipts="LASER"), paper="a4").with_queue("LASER", Queue("80mm", 48)))

    kept = load(path)

    assert kept.queue(kept.queue_for("receipts")) == Queue("80mm", 48)
    assert kept.queue("other") == Queue("a4", 72)
    for wrong in ({"paper": "a3"}, {"printable_mm": 5}, {"printable_mm": "72"}, 7):
        path.write_text(json.dumps({"queues": {"LASER": wrong}}))
        with pytest.raises(Damaged):
            load(path)
