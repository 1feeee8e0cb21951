"""The real program on a real (virtual) screen, driven by a keyboard: card, procedure, papers, F9."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.services import lookup, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests import calendars
from tests.desk.screen import Screen, need_tools, until
from tests.vaults import OpenVault

pytestmark = pytest.mark.xvfb
CARD = "066074000456||Trần Văn Đức|05081974|Nam|Thôn 3, xã Ea Mlung, tỉnh Đắk Lắk|10052021"
PASSPHRASE = "mat khau cua kho"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    need_tools()
    places = Places(tmp_path / "data")
    order = NewStore(
        "H15.321",
        "UBND xã Ea Mlung",
        device="QUẦY 1",
        calendar=calendars.of_these_years(),
        passphrase=PASSPHRASE,
    )
    opening.create(places, order, Openers(OpenVault()), clock.now).close()
    (tmp_path / "home").mkdir()
    made = Screen(places.data, tmp_path / "home", {"COUNTER_PASSPHRASE": PASSPHRASE})
    yield made
    if made.program.poll() is None:
        made.end()


def test_a_dossier_is_received_on_a_real_screen(screen: Screen, tmp_path: Path) -> None:
    papers_folder = tmp_path / "home" / "Giay-hen"
    screen.find_window()

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
    office = opening.open_store(
        Places(tmp_path / "data"), Openers(OpenVault(), lambda: PASSPHRASE), clock.now
    )
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
