"""A dead PC is replaced in one flow of the first run: typed, scanned, cut, refused; with the old disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.first_run import fetching
from counter_app.desk.first_run.agency import AgencyCode, AgencyName, OfficeFacts
from counter_app.desk.first_run.fetching import Fetching
from counter_app.desk.first_run.keys import KeyringTrial, Passphrase
from counter_app.desk.first_run.printer import PrinterTrial
from counter_app.desk.first_run.rejoining import Rejoining
from counter_app.desk.first_run.sheet import SheetPlace
from counter_app.services import accounts, first_run, lookup, safety
from counter_app.sync.enrolment import Invitation, OneTimeCode
from counter_app.system.paths import Places
from tests.desk import hands
from tests.desk.counters import Counter
from tests.desk.districts import District, answer_everywhere, district
from tests.desk.hands import seat_of
from tests.desk.test_first_run import CONTROL, ENTER, Walker, check_sheet

URL = "https://dongbo.example"
PIN = "1470"
Starts = Callable[..., Start]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "new")


@pytest.fixture
def above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    with district(tmp_path) as made:
        answer_everywhere(made, monkeypatch)
        yield made


@pytest.fixture
def dead(above: District, tmp_path: Path) -> Path:
    """The disk of a machine that died with one dossier safe and two that were never sent."""
    counter = Counter(tmp_path / "disk" / "Users" / "lan" / "AppData" / "Local" / "counter-app", "QUẦY CŨ")
    office = counter.office
    accounts.change_officer(office, counter.session, "admin", name="Nông Thị Xuyến")
    road = above.join(counter)
    accounts.set_pin(office, counter.session, PIN)
    counter.receive("Lò Văn Pâng")
    above.exchange(counter)
    assert road.bodies
    for name in ("H’Loan Niê Kđăm", "Y Bhăm Êban"):
        counter.receive(name)
    counter.close()
    return tmp_path / "disk"


@pytest.fixture
def begin(above: District, make_start: Starts, qtbot: QtBot) -> Callable[[Places], Walker]:
    def begun(places: Places) -> Walker:
        return Walker(make_start(places, lambda known: above), qtbot)

    return begun


def to_the_server(walker: Walker, tmp_path: Path) -> Rejoining:
    """A new machine that takes the place of another, up to where it asks for the server."""
    walker.at(AgencyName)
    walker.chord(Qt.Key.Key_M, CONTROL)
    walker.type("UBND xa Ea Mlung")
    walker.press(ENTER)
    walker.at(AgencyCode)
    walker.type("h99042")
    walker.press(ENTER)
    walker.at(OfficeFacts)
    walker.chord(ENTER, CONTROL)
    walker.at(KeyringTrial)
    walker.press(ENTER)
    walker.at(Passphrase)
    walker.chord(ENTER, CONTROL)
    page = walker.at(SheetPlace)
    page.path.setText(str(tmp_path / "sheet.pdf"))  # type: ignore[attr-defined]
    walker.press(ENTER)
    check_sheet(walker)
    asks = walker.at(Rejoining)
    assert isinstance(asks, Rejoining)
    return asks


def fetched(walker: Walker) -> Fetching:
    page = walker.at(Fetching)
    assert isinstance(page, Fetching)
    walker.qtbot.waitUntil(lambda: page._done, timeout=20_000)
    return page


def office_of(walker: Walker) -> Any:
    desk = walker.start.window.desk
    assert desk is not None
    return desk.office


def test_by_the_keyboard_all_that_was_safe_comes_and_the_rest_from_the_old_disk(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    walker = begin(places)
    to_the_server(walker, tmp_path)
    walker.type(URL)
    walker.press(ENTER)
    walker.type(above.invite(replaces=1).lower().replace("-", " "))
    walker.press(ENTER)
    walker.type(str(dead))
    walker.press(ENTER)
    page = fetched(walker)

    assert page.server.words().startswith("Từ máy chủ: 1 hồ sơ, ")
    assert page.given.words() == "Từ ổ đĩa cũ: 2 hồ sơ mà máy này chưa có; 1 hồ sơ đã có."
    assert page.said.text() == "Máy này nay có 3 hồ sơ, tất cả đã an toàn trên máy chủ."
    assert walker.wizard.onward.hasFocus()
    office = office_of(walker)
    assert len(lookup.newest(office)) == 3
    assert safety.counts(office).pending == 0
    assert office.commune().officers["admin"].name == "Nông Thị Xuyến"
    walker.press(ENTER)

    # The officers came along: nobody goes on who has not shown a PIN.
    seat_of(walker.start, qtbot)
    hands.type_in(PIN)
    hands.press(ENTER)
    walker.at(PrinterTrial)
    assert walker.start.window.windowTitle() == "Một cửa – UBND xã Ea Mlung"
    progress = first_run.read_at(places)
    assert {"replace", "officers"} <= progress.done and not progress.later & {"replace", "officers"}


def test_one_scan_into_any_field_fills_in_the_servers_address_and_code(
    begin: Callable[[Places], Walker], places: Places, above: District, dead: Path, tmp_path: Path
) -> None:
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    code = OneTimeCode.read(above.invite(replaces=1))
    page.disk.path.setFocus()

    walker.type(Invitation(URL, code).text)
    walker.press(ENTER)

    assert (page.address.text(), page.code.text(), page.disk.path.text()) == (URL, code.text, "")
    assert page.disk.path.hasFocus()
    walker.press(ENTER)
    ended = fetched(walker)
    assert "Chưa chọn ổ đĩa cũ" in ended.given.words()
    assert ended.said.text() == "Máy này nay có 1 hồ sơ, tất cả đã an toàn trên máy chủ."


@pytest.mark.parametrize(
    ("address", "code", "said", "field"),
    [
        ("khong phai", "AAAA-BBBB-CCCC-DDDD", "ịa chỉ", "address"),
        (URL, "AAAA", "Mã ghi danh gồm 16 chữ", "code"),
        (URL, "AAAA-BBBB-CCCC-DDDD", "Mã ghi danh này không đúng", "code"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_may_be_typed_again(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
    address: str,
    code: str,
    said: str,
    field: str,
) -> None:
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    page.address.setText(address)
    page.code.setText(code)
    page.disk.path.setFocus()
    walker.press(ENTER)
    qtbot.waitUntil(lambda: said in page.notice.words())
    assert getattr(page, field).hasFocus()

    page.address.setText(URL)
    page.code.setText(above.invite(replaces=1))
    page.disk.path.setFocus()
    walker.press(ENTER)

    fetched(walker)


def test_where_the_network_fails_it_goes_on_by_itself_and_enter_tries_at_once(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "_SHORTEST", 60_000)
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    page.address.setText(URL)
    page.code.setText(above.invite(replaces=1))
    page.disk.path.setText(str(dead))
    page.disk.path.setFocus()
    above.cut = True
    walker.press(ENTER)
    qtbot.waitUntil(lambda: "Chưa kết nối được máy chủ" in page.notice.words())
    above.cut = False
    asked: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(above, "post", lambda path, body: cut_after_the_first(above, asked, path, body))
        walker.press(ENTER)
        ended = walker.at(Fetching)
        assert isinstance(ended, Fetching)
        qtbot.waitUntil(lambda: "Chưa kết nối được máy chủ" in ended.notice.words())
        assert ended.next_words() == "Thử lại" and ended._again.isActive()
        assert "Máy sẽ tự thử lại" in ended.notice.words()

    above.cut = False
    walker.press(ENTER)

    assert fetched(walker).said.text().startswith("Máy này nay có 3 hồ sơ")


def cut_after_the_first(above: District, asked: list[str], path: str, body: bytes) -> bytes:
    asked.append(path)
    above.cut = len(asked) > 1
    return District.post(above, path, body)


def test_an_old_store_that_the_districts_key_does_not_open_asks_for_its_passphrase(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    page.address.setText(URL)
    page.code.setText(above.invite())  # of a machine that replaces nobody: no key is handed over
    page.disk.path.setText(str(dead))
    page.disk.path.setFocus()
    walker.press(ENTER)
    ended = walker.at(Fetching)
    assert isinstance(ended, Fetching)
    qtbot.waitUntil(lambda: "Chưa mở được kho cũ" in ended.notice.words(), timeout=10_000)
    qtbot.waitUntil(ended.secret.hasFocus)

    walker.type("sai")
    walker.press(ENTER)
    qtbot.waitUntil(lambda: "hãy gõ lại" in ended.notice.words(), timeout=10_000)
    assert ended.secret.hasFocus()
    ended.secret.setText("mật khẩu dài")
    walker.press(ENTER)

    assert fetched(walker).said.text() == "Máy này nay có 3 hồ sơ, tất cả đã an toàn trên máy chủ."
    assert ended.secret.text() == "" and not ended.secret.isVisible()


def test_a_disk_without_a_store_is_said_to_hold_none_and_may_be_left_for_later(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    page.address.setText(URL)
    page.code.setText(above.invite(replaces=1))
    page.disk.path.setText(
        str(tmp_path / "disk" / "Users" / "lan" / "AppData" / "Local" / "counter-app" / "logs")
    )
    page.disk.path.setFocus()
    walker.press(ENTER)
    ended = walker.at(Fetching)
    assert isinstance(ended, Fetching)
    qtbot.waitUntil(lambda: "Không thấy kho nào ở" in ended.notice.words(), timeout=10_000)

    walker.chord(ENTER, CONTROL)

    seat_of(walker.start, qtbot)
    qtbot.waitUntil(lambda: "replace" in first_run.read_at(places).later)


def test_after_a_power_cut_it_goes_on_where_it_was_and_asks_for_nothing_again(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walker = begin(places)
    page = to_the_server(walker, tmp_path)
    page.address.setText(URL)
    page.code.setText(above.invite(replaces=1))
    page.disk.path.setText(str(dead))
    page.disk.path.setFocus()
    asked: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(above, "post", lambda path, body: cut_after_the_first(above, asked, path, body))
        walker.press(ENTER)
        ended = walker.at(Fetching)
        qtbot.waitUntil(lambda: "Chưa kết nối được máy chủ" in ended.notice.words())
        walker.start.close()
        walker.start.window.close()
    above.cut = False
    assert first_run.read_at(places).disk == str(dead)

    again = begin(places)

    done = fetched(again)
    assert done.said.text() == "Máy này nay có 3 hồ sơ, tất cả đã an toàn trên máy chủ."


def test_put_off_the_counter_works_and_nobody_is_asked_to_name_himself(
    begin: Callable[[Places], Walker],
    places: Places,
    above: District,
    dead: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    walker = begin(places)
    to_the_server(walker, tmp_path)
    walker.chord(ENTER, CONTROL)

    walker.at(PrinterTrial)
    assert {"replace", "officers"} <= first_run.read_at(places).later


def test_who_chose_it_by_mistake_takes_it_back_and_sets_up_a_new_machine(
    begin: Callable[[Places], Walker], places: Places
) -> None:
    walker = begin(places)
    walker.at(AgencyName)
    _, row = walker.wizard._marks["replace"]
    assert not row.isVisible()
    walker.chord(Qt.Key.Key_M, CONTROL)
    assert row.isVisible() and "Thay máy cũ" in walker.wizard.page.notice.words()

    walker.chord(Qt.Key.Key_M, CONTROL)

    assert not row.isVisible() and walker.wizard.page.notice.words() == ""
    assert not walker.wizard.ground.progress.replaces
