"""The real program on a real (virtual) screen, driven by a keyboard: card, procedure, papers, F9."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.services import lookup
from tests.desk.screen import Screen, at_work, left, until

pytestmark = pytest.mark.xvfb
CARD = "066074000456||Trần Văn Đức|05081974|Nam|Thôn 3, xã Ea Mlung, tỉnh Đắk Lắk|10052021"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with at_work(tmp_path) as made:
        yield made


def test_a_dossier_is_received_on_a_real_screen(screen: Screen, tmp_path: Path) -> None:
    papers_folder = tmp_path / "home" / "Giay-hen"
    screen.type(CARD)
    screen.key("Return")
    screen.see("focus: Điện thoại")
    screen.type("0900000123")
    screen.key("Return")
    screen.type("lks")
    screen.key("Return")
    screen.see("Đăng ký lại khai sinh")
    screen.key("space", "Return", "space")
    screen.shoot(tmp_path / "intake.png")
    screen.key("Return", "space", "Return")
    screen.see("focus: Phí, lệ phí (đồng)")
    screen.key("F9")
    until(lambda: bool(list(papers_folder.glob("*.pdf"))), 60, screen.told)
    time.sleep(0.5)
    screen.shoot(tmp_path / "saved.png")
    said = screen.end()

    # The store was never opened by two: the window has let it go.
    office = left(tmp_path)
    (line,) = lookup.newest(office)
    office.close()
    assert line.applicant == "Trần Văn Đức"
    assert line.procedure_code == "1.004884"
    assert [path.stem for path in papers_folder.glob("*.pdf")] == [line.code]
    assert "Traceback" not in said
    for shot in ("intake.png", "saved.png"):
        with Image.open(tmp_path / shot) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 20  # not an empty screen
