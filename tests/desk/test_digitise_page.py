"""Số hóa: pages come from files, the scanner and the watched folder, and go to the dossier's papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.digitise import DigitisePage
from counter_app.domain.attachments import Way
from counter_app.domain.digitising import PaperState
from counter_app.services import digitised, unkept
from counter_app.services.blobs import blobs_of
from counter_app.services.page_images import Doubt
from counter_app.services.reception import Received
from counter_app.services.reminders import reminders
from counter_app.words.keeping import reminded
from tests.desk.counters import Counter
from tests.desk.hands import press, type_in
from tests.desk.scans import HandCamera, picture

PAPERS = [
    {"name": "Tờ khai", "kind": "original", "count": 1},
    {"name": "Giấy chứng sinh", "kind": "original", "count": 1},
    {"name": "Thẻ căn cước", "kind": "shown", "count": 1},
    {"name": "Trích lục điện tử", "kind": "electronic", "count": 1},
]

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def got(counter: Counter) -> Received:
    return counter.receive("Hà Thị Mơ", components=PAPERS)


@pytest.fixture
def page(counter: Counter, got: Received, qtbot: QtBot) -> DigitisePage:
    page = DigitisePage(counter.desk)
    counter.show(page)
    page.open(got.dossier)
    page.entered()
    qtbot.waitUntil(lambda: len(page.rows()) == len(PAPERS))
    return page


def pages_come(page: DigitisePage, n: int, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.ways.at_work and sum(len(g.leaves) for g in page.groups()) == n)


def files_of(counter: Counter, got: Received) -> dict[int, list[tuple[int, Way]]]:
    found = digitised.of_dossier(counter.office, got.code).papers
    return {one.number: [(file.pages, file.way) for file in one.files if file.counts] for one in found}


def test_pages_are_parted_by_hand_asked_about_once_and_kept(
    page: DigitisePage, counter: Counter, got: Received, qtbot: QtBot, tmp_path: Path
) -> None:
    assert page.rows()[2].told == "Không quét: chỉ xuất trình"
    page.take_files([tmp_path / "none.pdf", picture(tmp_path / "a.tif", "một", "", "hai", "ba")])
    pages_come(page, 4, qtbot)
    assert "none.pdf" in page.says()

    press(Qt.Key.Key_End)
    press(Qt.Key.Key_2)  # the last page is of another paper
    press(Qt.Key.Key_F9)
    assert "1 trang trắng" in page.says() and files_of(counter, got)[1] == []
    page.view.pile.go_to(2)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã lưu" in page.says())

    assert files_of(counter, got) == {1: [(2, Way.FILE)], 2: [(1, Way.FILE)], 3: [], 4: []}
    qtbot.waitUntil(lambda: page.rows()[0].paper.state is PaperState.SCANNED)
    assert page.groups() == []


def test_pages_that_nobody_kept_are_there_again_after_a_power_cut(
    page: DigitisePage, counter: Counter, got: Received, qtbot: QtBot, tmp_path: Path
) -> None:
    page.take_files([picture(tmp_path / "a.tif", "một", "hai", "ba")])
    pages_come(page, 3, qtbot)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_2)
    page.view.pile.go_to(0)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: sum(one.out for one in unkept.kept(counter.office, got.dossier)) == 1)
    assert "3 trang" in reminded(reminders(counter.office, counter.desk.now()), counter.desk.now())[-1]

    again = DigitisePage(counter.desk)
    counter.show(again)
    again.open(got.dossier)
    again.entered()
    pages_come(again, 3, qtbot)
    assert [(group.key[1], len(group.leaves), group.pages) for group in again.groups()] == [
        (1, 2, 1),
        (2, 1, 1),
    ]
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã lưu" in again.says())

    assert files_of(counter, got) == {1: [(1, Way.FILE)], 2: [(1, Way.FILE)], 3: [], 4: []}
    qtbot.waitUntil(lambda: unkept.waiting(counter.office) == {})


def test_what_a_paper_may_not_have_stays_in_the_pile_and_is_not_thrown_away_unasked(
    page: DigitisePage, counter: Counter, got: Received, qtbot: QtBot, tmp_path: Path
) -> None:
    page.take_files([picture(tmp_path / "a.tif", "một", "hai")])
    pages_come(page, 2, qtbot)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "chỉ xuất trình" in page.view.fault.words())

    assert [len(group.leaves) for group in page.groups()] == [1]
    assert files_of(counter, got)[1] == [(1, Way.FILE)]
    press(Qt.Key.Key_Escape)
    assert page.groups() and "Còn 1 trang chưa lưu" in page.says()
    with qtbot.waitSignal(page.left):
        press(Qt.Key.Key_Escape)


def test_a_file_of_the_folder_goes_only_when_its_pages_are_kept(
    page: DigitisePage, counter: Counter, got: Received, qtbot: QtBot, tmp_path: Path
) -> None:
    came = picture(tmp_path / "quet.tif", "một")
    page.take_files([came], Way.FOLDER)
    pages_come(page, 1, qtbot)
    assert came.exists()

    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not came.exists())

    assert files_of(counter, got)[1] == [(1, Way.FOLDER)]
    qtbot.waitUntil(lambda: bool(page.rows()[0].counted))
    page.view.papers.go_to(0)
    page.view.papers.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.view.sheet.has_picture)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    type_in("nhầm")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.rows()[0].paper.state is PaperState.PAPER)


def test_what_a_citizen_brings_as_a_file_is_kept_as_it_is_where_no_scan_may_go(
    page: DigitisePage, counter: Counter, got: Received, qtbot: QtBot, tmp_path: Path
) -> None:
    brought = picture(tmp_path / "trích lục.tif", "một", "hai")
    press(Qt.Key.Key_4)
    page.take_files([brought])
    pages_come(page, 2, qtbot)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã là bản điện tử" in page.view.fault.words())
    press(Qt.Key.Key_Space)
    page.view.pile.go_to(2)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.groups() == [])

    page.take_files([brought, tmp_path / "none.pdf"], Way.ELECTRONIC)
    pages_come(page, 1, qtbot)
    assert "none.pdf" in page.says()
    again = DigitisePage(counter.desk)  # it is there after a power cut, as what it is
    counter.show(again)
    again.open(got.dossier)
    again.entered()
    pages_come(again, 1, qtbot)
    again.view.pile.setFocus()
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã lưu 2 trang" in again.says())

    assert files_of(counter, got)[4] == [(2, Way.ELECTRONIC)]
    [file] = digitised.of_dossier(counter.office, got.code).papers[3].files
    assert blobs_of(counter.office).read(file.sha256) == brought.read_bytes()
    qtbot.waitUntil(lambda: again.rows()[3].paper.state is PaperState.ELECTRONIC)


@pytest.fixture
def camera(page: DigitisePage) -> HandCamera:
    page.camera.cameras = camera = HandCamera()
    return camera


def looks(page: DigitisePage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: not page.view.camera.picture.pixmap().isNull(), timeout=60_000)


def test_pages_before_a_camera_are_turned_upright_and_go_the_way_of_scanned_ones(
    page: DigitisePage, camera: HandCamera, counter: Counter, got: Received, qtbot: QtBot
) -> None:
    looks(page, qtbot)
    assert page.camera.is_open() and "72 điểm/inch, dưới mức 200" in page.view.camera.words.text()

    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Space)
    pages_come(page, 1, qtbot)
    camera.covered = True
    press(Qt.Key.Key_Space)
    pages_come(page, 2, qtbot)

    [group] = page.groups()
    pictures = [leaf.page.picture for leaf in group.leaves]
    assert (group.key[1], {leaf.way for leaf in group.leaves}) == (2, {Way.CAMERA})
    assert all(one.height > one.width for one in pictures)
    assert [leaf.page.doubt for leaf in group.leaves] == [None, Doubt.BLACK]
    qtbot.waitUntil(lambda: len(unkept.kept(counter.office, got.dossier)) == 2)
    press(Qt.Key.Key_F9)
    assert "1 trang đen kín" in page.view.fault.words()
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã lưu" in page.says())

    assert files_of(counter, got)[2] == [(2, Way.CAMERA)]
    qtbot.waitUntil(lambda: camera.open_now == 0)


def test_another_camera_is_chosen_and_one_that_is_pulled_out_says_so(
    page: DigitisePage, camera: HandCamera, counter: Counter, qtbot: QtBot
) -> None:
    looks(page, qtbot)
    assert page.view.camera.ports.isVisible()
    press(Qt.Key.Key_Up)  # there is none above the first
    press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: camera.opened == ["Camera bàn", "Máy chụp tài liệu"])
    qtbot.waitUntil(lambda: counter.office.settings.scan_camera == "Máy chụp tài liệu")

    camera.gone = True
    qtbot.waitUntil(lambda: "Camera không gửi hình nữa" in page.view.fault.words())
    assert not page.camera.is_open()
    qtbot.waitUntil(lambda: camera.open_now == 0)
    camera.gone = False
    looks(page, qtbot)
    assert camera.opened[2:] == ["Máy chụp tài liệu"]
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: camera.open_now == 0)
    camera.ports = list  # type: ignore[method-assign]
    press(Qt.Key.Key_Return, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: "Không mở được camera" in page.view.fault.words())
