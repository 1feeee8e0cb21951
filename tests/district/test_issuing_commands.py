"""From the district's command line to the counter's, as processes: a catalogue and a notice come down."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.system import paths
from tests.district.serving import Serving, district
from tests.journeys.command import Store, sheet_words

CATALOGUE = paths.resource("catalogue/procedures.csv")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    sheet = tmp_path / "sheet.pdf"
    Store(tmp_path / "counter", {}).init("--recovery", sheet)
    return Store(tmp_path / "counter", {"COUNTER_RECOVERY": sheet_words(sheet)})


def test_what_the_district_publishes_is_in_force_at_the_counter(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "district"
    district(folder, "init")
    district(folder, "commune", "add", "H55.242", "UBND xã Nậm Mây")
    code = district(folder, "device", "add", "H55.242", "QUẦY 1")["code"]
    changed = tmp_path / "changed.csv"
    text = CATALOGUE.read_text("utf-8").replace("Đăng ký khai sinh,", "Khai sinh mới,", 1)
    changed.write_text(text.replace(": thẩm tra: 2 giờ", ": thẩm tra: 9 giờ", 1), "utf-8")
    serving = Serving(folder)
    try:
        store.ok("enrol", serving.url, "--code", code)
        assert district(folder, "publish", "catalogue", str(changed))["new"] is True
        sent = district(folder, "notice", "send", "Mai nghỉ bão.", "--title", "Nghỉ bão")
        store.ok("sync")
        [line] = store.receive({"procedure": "1.004884", "applicant": {"name": "Lò Thị Xuân"}})
        store.ok("charge", line["code"], "--amount", "50000")
        store.ok("sync")
        file = tmp_path / "statement.csv"
        file.write_text(f"code,amount,reference\n{line['code']},50.000,FT1\n", "utf-8")
        assert district(folder, "paid", str(file))["resumes"] is True
        assert district(folder, "paid", str(file))["again"] is True
        store.ok("sync")
    finally:
        serving.kill()

    shown = store.ok("show", line["code"]).line
    assert (shown["state"], shown["fee"]["collected"]) == ("processing", 50_000)
    assert district(folder, "issued")["name"] == "procedures"
    told = store.ok("notices")
    notice = told.line
    assert "các bước cộng lại" in told.said
    assert (notice["id"], notice["text"], notice["read"]) == (sent["name"], "Mai nghỉ bão.", False)
    assert store.ok("notices", "--read", sent["name"]).line["read"] is True
    refused = store.run("notices", "--read", "khác")
    assert (refused.code, refused.lines) == (2, [])

    told = store.ok("catalogue", "import", CATALOGUE)
    assert told.line["amended"] == 2
    assert "lần ban hành sau sẽ thay danh mục vừa nhập" in told.said

    by_stick(store, folder, tmp_path / "usb")


def by_stick(store: Store, folder: Path, usb: Path) -> None:
    """No network any more: a dossier goes up by stick, a notice comes down with the answer."""
    usb.mkdir()
    [line] = store.receive({"procedure": "1.004884", "applicant": {"name": "Hồ Văn Lâm"}})
    sent = district(folder, "notice", "send", "Điện có lại.", "--title", "Điện")

    copied = store.ok("bundle", "export", usb).line
    assert (copied["parts"], copied["pending"] > 0) == (1, True)
    brought = district(folder, "bundle", "import", str(usb), "--out", str(usb))
    assert (brought["received"], brought["refused"]) == (copied["sent"], [])
    home = store.ok("bundle", "import", usb).line
    assert (home["pending"], home["refused"]) == (0, [])
    assert store.ok("find", line["code"]).line["sync"] == "safe"
    assert sent["name"] in {notice["id"] for notice in store.ok("notices").lines}

    (answer,) = map(str, brought["answers"])
    wrong = store.run("bundle", "import", copied_badly(Path(answer)))
    assert (wrong.code, wrong.lines) == (2, [])


def copied_badly(answer: Path) -> Path:
    bad = answer.with_name("bad.goi")
    bad.write_bytes(answer.read_bytes()[:-1])
    return bad
