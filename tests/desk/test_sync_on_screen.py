"""On a real screen, with a real server behind a thin link: progress, a pause, exits, a link that is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from counter_app.services import enrolled, entry, opening, reception, rules, safety, syncing
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.services.roads import FirstRoad, road_to
from counter_app.store import own
from counter_app.system import clock
from counter_app.system.paths import Places
from tests.desk.screen import PASSPHRASE, Screen, need_tools, until
from tests.district.serving import Serving, district
from tests.district.thin import ThinLink
from tests.vaults import OpenVault

pytestmark = pytest.mark.xvfb
NAMES = ("Giàng A Páo", "H’Loan Niê Kđăm", "Thạch Sa Rết", "Triệu Mùi Pham", "Y Jut Êban", "Nông Thị Xuyến")
MANY = 120
OPENERS = Openers(OpenVault(), lambda: PASSPHRASE)


def receive(office: Office, number: int) -> None:
    """Each unlike the others, so that a batch of them does not shrink to nothing."""
    given = {
        "procedure": "1.004884",
        "applicant": {
            "name": f"{NAMES[number % 6]} {number * 7919 % 9973}",
            "phone": f"09{number * 104729 % 10**8:08d}",
            "address": f"Thôn {number * 31 % 97}, xã Ea Mlung",
        },
        "note": f"{number * 15485863:x} {number * 32452843:x}",
    }
    form = entry.read_form(given, rules.catalogue(office), office.now())
    reception.receive(office, office.session(), form, paper="a5")


@pytest.fixture
def link(tmp_path: Path) -> Iterator[ThinLink]:
    """A kilobyte and a half a second to a server of its own."""
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu")
    district(folder, "commune", "add", "H15.321", "UBND xã Ea Mlung")
    serving = Serving(folder)
    made = ThinLink(urlsplit(serving.url).port or 0, 1_500)
    yield made
    made.close()
    serving.kill()


@pytest.fixture
def places(tmp_path: Path, link: ThinLink) -> Places:
    """A machine that was enrolled and has worked on without a network."""
    need_tools()
    made = Places(tmp_path / "data")
    order = NewStore("H15.321", "UBND xã Ea Mlung", device="QUẦY 1", passphrase=PASSPHRASE)
    office = opening.create(made, order, OPENERS, clock.now)
    code = district(tmp_path / "district", "device", "add", "H15.321", "QUẦY 1")["code"]
    with FirstRoad(link.url) as road:
        syncing.enrol(office, office.session(), road, link.url, code, road.confirm)
    for number in range(MANY):
        receive(office, number)
    with office.writing() as (pen, _):
        own.put_text(pen.connection, "sync/room", "2048")  # as after a link that broke
    office.close()
    (tmp_path / "home").mkdir()
    return made


@pytest.fixture
def screen(places: Places, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(places.data, tmp_path / "home", {"COUNTER_PASSPHRASE": PASSPHRASE})
    made.find_window()
    yield made
    if made.server.poll() is None:
        made.end()


def waiting(places: Places) -> int:
    office = opening.open_store(places, OPENERS, clock.now)
    found = safety.standing(office)
    office.close()
    assert found is not None
    return found.waiting


def test_progress_a_pause_and_an_exit_over_a_thin_link(
    places: Places, link: ThinLink, screen: Screen, tmp_path: Path
) -> None:
    seen = screen.see(" KB, khoảng ", seconds=120)
    screen.shoot(tmp_path / "progress.png")
    assert f"/{MANY} hồ sơ, còn " in seen
    screen.key("ctrl+shift+F8")
    screen.see("Tạm dừng đồng bộ đến ")
    screen.shoot(tmp_path / "paused.png")
    carried = link.carried
    screen.close_window()
    screen.see("chưa gửi lên máy chủ, vẫn nguyên ở máy này.")
    screen.shoot(tmp_path / "asked.png")
    assert link.carried - carried < 20_000  # no more than the message that was under way
    screen.key("Escape")
    until(lambda: "chưa gửi lên máy chủ" not in screen.seen())
    screen.close_window()
    screen.see("chưa gửi lên máy chủ, vẫn nguyên ở máy này.")
    link.cut = True
    screen.key("Return")
    screen.see("Chưa kết nối được máy chủ")
    screen.shoot(tmp_path / "cut.png")
    link.cut, link.rate = False, 6_000
    screen.key("Return")
    screen.see("gửi xong thì thoát")
    screen.shoot(tmp_path / "sending.png")
    until(lambda: screen.program.poll() == 0, 90, screen.seen)
    said = screen.end()

    assert waiting(places) == 0
    assert "Traceback" not in said


def test_who_leaves_in_the_midst_of_a_message_is_gone_at_once_and_loses_nothing(
    places: Places, link: ThinLink, screen: Screen
) -> None:
    link.rate = 300
    before = link.carried
    until(lambda: link.carried > before + 600, 60, screen.seen)  # the first of its batches is under way

    screen.close_window()
    screen.see("Thoát, gửi lần sau")
    screen.key("alt+F4")

    until(lambda: screen.program.poll() == 0, 5, screen.seen)
    said = screen.end()
    assert "Traceback" not in said
    link.rate = 1_000_000
    office = opening.open_store(places, OPENERS, clock.now)
    known = enrolled.district(office)
    assert known is not None
    with road_to(known) as road:
        syncing.sync(office, road)
    office.close()
    assert waiting(places) == 0
