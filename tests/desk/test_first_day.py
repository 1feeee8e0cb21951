"""A machine's first day on a real screen with a real print queue: set up, a birth registered, given out.

Everything goes through the keyboard, as a person's hands and a scanner's would; what was printed is read back
from the pixels of the page that came out of the queue.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from counter_app.domain.scanner_trial import SAMPLE
from counter_app.services import lookup, opening
from counter_app.services.opening import Openers
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.desk.screen import Screen, need_tools, until
from tests.paper.reading import codes, pages
from tests.print_server import PrintServer
from tests.vaults import OpenVault

pytestmark = [pytest.mark.xvfb, pytest.mark.cups]
CARD = "066174000456||Trần Văn Đức|05081974|Nam|Thôn 3, xã Ea Mlung, tỉnh Đắk Lắk|10052021"
NO_CALENDAR = "Đã xem kỹ, hẹn ngày này"
PASSPHRASE = "ba con bo vang tren nuong"


@pytest.fixture
def screen(tmp_path: Path, print_server: PrintServer) -> Iterator[Screen]:
    need_tools()
    print_server.add_pdf("LASER")
    print_server.run("lpadmin", "-d", "LASER")
    (tmp_path / "home").mkdir()
    made = Screen(tmp_path / "data", tmp_path / "home", print_server.environment)
    yield made
    if made.program.poll() is None:
        made.end()
    print_server.run("lpadmin", "-x", "LASER")


def test_from_an_empty_folder_to_a_result_given_out(
    screen: Screen, print_server: PrintServer, tmp_path: Path
) -> None:
    home, shots = tmp_path / "home", Path(os.environ.get("COUNTER_SHOTS", tmp_path))
    screen.find_window()

    set_up(screen, home, shots)
    screen.see("Tiếp nhận hồ sơ")
    code = receive(screen, shots)
    out = print_server.paper(code)
    try:
        pdf = out.read_bytes()
    finally:
        out.unlink()
    read = codes(pdf, 150, 2)
    assert read["bars"] == code
    screen.see(f"Đã in xong giấy hẹn {code}", "Đã in xong")
    screen.shoot(shots / "first-day-printed.png")
    give_out(screen, read["qr"], shots)
    said = screen.end()

    office = opening.open_store(
        Places(tmp_path / "data"), Openers(OpenVault(), lambda: PASSPHRASE), clock.now
    )
    (line,) = lookup.newest(office)
    officers = [(one.name, one.role.value) for one in office.commune().officers.values()]
    office.close()
    assert (line.applicant, line.code, line.state) == ("Trần Văn Đức", code, "returned")
    assert officers == [("Nong Thi Xuyen", "administrator")]
    assert "Traceback" not in said
    for shot in shots.glob("first-day-*.png"):
        with Image.open(shot) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20  # not an empty screen


def set_up(screen: Screen, home: Path, shots: Path) -> None:
    """The wizard, a fact a page."""
    screen.see("Cơ quan nào?")
    screen.type("UBND xa Ea Mlung")
    screen.shoot(shots / "first-day-agency.png")
    screen.key("Return")
    screen.see("Mã của cơ quan?")
    screen.type("h15321")
    screen.key("Return")
    screen.see("focus: Tên Bộ phận Một cửa", "Đường dây nóng")
    screen.key("Return", "Return", "Return")
    screen.see("Máy này không có kho khóa", "Kho khóa của máy đang khóa")
    screen.key("Return")
    screen.see("Đặt mật khẩu của kho")
    screen.type(PASSPHRASE)
    screen.key("Return")
    screen.type(PASSPHRASE)
    screen.key("Return")
    screen.see("Có máy in: phiếu in ra ngay khi tạo kho.")
    screen.key("Return")
    asked = re.findall(r"Từ số (\d) trên phiếu", screen.see("Từ số"))
    (sheet,) = home.rglob("phieu-khoi-phuc.pdf")
    words = codes(sheet.read_bytes(), 150)["qr"].split()
    assert all(word in "".join(pages(sheet.read_bytes())) for word in words)
    screen.shoot(shots / "first-day-sheet.png")
    for number in dict.fromkeys(asked):
        screen.type(words[int(number) - 1])
        screen.key("Return")
    screen.see("focus: Họ và tên", "Ai quản trị", "Tên của bạn")
    screen.type("Nong Thi Xuyen")
    screen.key("Return")
    screen.type("2580")
    screen.key("Return")
    screen.type("2580")
    screen.key("Return")
    screen.see("Thêm")
    screen.key("Return")
    screen.see("Thấy máy in LASER, sẵn sàng.")
    screen.key("Return")
    screen.see("Giấy đã ra chưa")
    screen.shoot(shots / "first-day-printer.png")
    screen.key("Return")
    screen.see("Quét thử", "máy quét")
    screen.type(SAMPLE)
    screen.key("Return")
    screen.see("Tốt")
    screen.key("Return")
    screen.see("thủ tục")
    screen.key("Return")
    screen.see("Tiếp nhận hồ sơ đầu tiên")
    screen.shoot(shots / "first-day-ready.png")
    screen.key("F2")


def receive(screen: Screen, shots: Path) -> str:
    """A card is scanned, a birth registered anew; the code that the window says."""
    screen.key("Escape")
    screen.type(CARD)
    screen.key("Return")
    screen.see("focus: Điện thoại")
    screen.type("0900000123")
    screen.key("Return")
    screen.type("lks")
    screen.key("Return", "ctrl+d")
    screen.see("Đăng ký lại khai sinh")
    screen.shoot(shots / "first-day-intake.png")
    screen.key("F9")
    found: list[str] = []

    def saved() -> bool:
        found[:] = re.findall(r"H15\.321-\d{6}-\d+", screen.seen())
        return bool(found)

    until(lambda: saved() or NO_CALENDAR in screen.seen(), 60, screen.told)
    if not found:  # the calendars that ship end with a year
        screen.key("space", "F9")
    until(saved, 60, screen.told)
    return found[0]


def give_out(screen: Screen, slip: str, shots: Path) -> None:
    """The citizen's paper is scanned, and the result is in his hands."""
    screen.key("F5")
    screen.see("Quét ô vuông trên giấy hẹn")
    screen.type(slip)
    screen.key("Return")
    screen.see("Xong và trả")
    screen.shoot(shots / "first-day-return.png")
    screen.key("F9")
    screen.see("Đã trả kết quả cho Trần Văn Đức")
