"""What is being entered survives: a pause, a power cut, the next citizen, a slip of the hand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.page import Desk
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.domain.errors import DiskFull
from counter_app.services import accounts, drafts, lookup, reception
from counter_app.services.office import Office, Session
from counter_app.store import own
from counter_app.system.paths import Places
from tests.desk.hands import CARD, press, type_in

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

_ENTERING = """
import os, sys
from pathlib import Path
from counter_app.desk import app as desk, application
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
app = application.application()
start = desk.Start(Path(sys.argv[1]), desk.Surroundings(environment={"COUNTER_PASSPHRASE": "mat khau"}))
start.window.show()
start.open()
def say():
    person = start.window.pages.currentWidget().person
    print(person.name.text(), person.phone.text(), flush=True)
    os._exit(0)
def look():
    page = start.window.pages.currentWidget()
    if type(page).__name__ != "IntakePage" or not page.procedure._catalogue:
        return
    looking.stop()
    if sys.argv[2] == "enter":
        page.person.name.setText("Giàng A Páo")
        page.person.phone.setText("0900000")  # not whole yet: a draft keeps what was typed
        QTimer.singleShot(1500, lambda: os.kill(os.getpid(), 9))
    else:
        QTimer.singleShot(1000, say)
looking = QTimer()
looking.timeout.connect(look)
looking.start(20)
app.exec()
"""


def fill(intake: IntakePage) -> None:
    intake.begin(CARD)
    type_in("0900000123")
    press(ENTER)
    type_in("lks")
    press(ENTER)
    press(SPACE)


def kept(office: Office) -> list[str]:
    return [draft.fields["person"].get("name", "") for draft in drafts.kept(office).drafts]


def test_a_draft_is_back_after_kill_minus_9(store: Places, tmp_path: Path) -> None:
    script = tmp_path / "entering.py"
    script.write_text(_ENTERING, encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()}

    def run(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(script), str(store.data), what]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)

    assert run("enter").returncode == -9
    told = run("look")

    assert told.stdout.strip() == "Giàng A Páo 0900000", told.stderr


def test_all_that_was_entered_comes_back(
    store: Places, window: Window, intake: IntakePage, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    fill(intake)
    intake.fee.note.setText("gọi sau 5 giờ")
    intake.fee.amount.setText("12.000")
    intake.person.has_submitter.setChecked(True)
    intake.person.other_name.setText("Sùng Thị Mỷ")
    expected = intake.turns.draft()
    assert expected is not None
    window.close()  # within the pause

    again = make_start(store)
    qtbot.waitUntil(lambda: isinstance(again.window.pages.currentWidget(), IntakePage))
    page = again.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.turns.draft() is not None)

    assert page.turns.draft() == expected
    assert page.components.is_open
    assert "nhập dở" in again.window.foot.told()


def test_ctrl_k_serves_the_next_citizen_and_alt_1_comes_back(
    intake: IntakePage, desk: Desk, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_K, CONTROL)
    assert intake.turns.draft() is None
    assert intake.aside.isVisible()
    assert intake.aside.buttons[0].words() == "H’Loan Niê Kđăm"

    type_in("Giang A Pao")
    press(Qt.Key.Key_1, ALT)

    assert intake.person.fields()["name"] == "H’Loan Niê Kđăm"
    assert [row.taken for row in intake.components.rows] == [True, False, False]
    assert intake.aside.buttons[0].words() == "Giang A Pao"
    qtbot.waitUntil(lambda: sorted(kept(office)) == ["Giang A Pao", "H’Loan Niê Kđăm"])


def test_a_received_dossier_leaves_no_draft(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    qtbot.waitUntil(lambda: kept(office) == ["H’Loan Niê Kđăm"])
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: intake.saved.isVisible())
    qtbot.wait(900)

    assert kept(office) == []
    assert len(lookup.newest(office)) == 1


def test_a_page_begun_afresh_by_mistake_is_had_back(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(intake)
    press(Qt.Key.Key_N, CONTROL)
    assert intake.turns.draft() is None
    assert intake.aside.buttons[0].accessibleName() == "vừa bỏ: H’Loan Niê Kđăm"

    type_in("Lo Van Inh")
    press(Qt.Key.Key_N, CONTROL)
    assert intake.aside.buttons[0].accessibleName() == "vừa bỏ: Lo Van Inh"
    qtbot.waitUntil(lambda: kept(office) == ["Lo Van Inh"])
    press(Qt.Key.Key_1, ALT)

    assert intake.person.fields()["name"] == "Lo Van Inh"
    assert not intake.aside.isVisible()


def test_an_empty_page_keeps_nothing(intake: IntakePage, office: Office, qtbot: QtBot) -> None:
    intake.clear()
    press(Qt.Key.Key_K, CONTROL)
    qtbot.wait(900)

    assert kept(office) == []
    assert not intake.aside.isVisible()


_NONSENSE = [
    b"{",
    b"[]",
    b"\xff",
    b'{"person": 5}',
    b'{"person": {"name": ["a"]}}',
    b'{"person": {"name": "\\ud800"}}',
    b'{"person": {"name": "A"}, "procedure": "1.004884", "papers": [5]}',
    b'{"person": {"name": "A"}, "procedure": "1.004884", "fee": {"pages": 99999999999999999999}}',
    b'{"person": {}, "papers": [{"name": {}}]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("broken", _NONSENSE)
def test_a_draft_that_cannot_be_read_keeps_no_counter_closed_and_is_told_once(
    broken: bytes,
    store: Places,
    window: Window,
    office: Office,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
) -> None:
    with office.database.writing() as connection:
        own.put(connection, "draft/" + "ab" * 16, broken)
    window.close()

    told = []
    for _ in range(2):
        again = make_start(store)
        qtbot.waitUntil(lambda start=again: isinstance(start.window.pages.currentWidget(), IntakePage))  # type: ignore[misc]
        page = again.window.pages.currentWidget()
        assert isinstance(page, IntakePage)
        qtbot.waitUntil(lambda page=page: page.turns.are_read)  # type: ignore[misc]
        qtbot.wait(200)
        told.append(page.heed.words())
        assert page.drafting.aside == []
        if len(told) == 1:
            again.window.close()

    assert "không đọc được" in told[0]
    assert told[1] == ""
    assert again.window.desk is not None
    with again.window.desk.office.database.reading() as connection:
        assert own.get(connection, "draft/" + "ab" * 16) == broken  # it lies where it lay


CARD2 = "012190000456||Giàng Thị Mỷ|02031990|Nữ|Bản Tả Van, xã Tả Van, tỉnh Lào Cai|10052021"


def test_another_citizens_card_sets_the_first_one_aside(intake: IntakePage) -> None:
    fill(intake)

    intake.begin(CARD2)

    assert intake.person.fields()["name"] == "Giàng Thị Mỷ"
    assert "phone" not in intake.person.fields()
    assert intake.procedure.procedure is None
    assert intake.aside.buttons[0].words() == "H’Loan Niê Kđăm"


def test_a_card_scanned_while_a_dossier_is_saved_waits_for_it(
    intake: IntakePage, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    slow = reception.receive

    def receive(*given: Any, **more: Any) -> Any:
        time.sleep(0.3)
        return slow(*given, **more)

    monkeypatch.setattr("counter_app.services.reception.receive", receive)
    fill(intake)
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_N, CONTROL)
    intake.begin(CARD2)
    assert intake.person.fields()["name"] == "H’Loan Niê Kđăm"

    qtbot.waitUntil(lambda: intake.person.fields().get("name") == "Giàng Thị Mỷ")
    (line,) = lookup.newest(office)
    assert line.applicant == "H’Loan Niê Kđăm"


def test_what_was_typed_and_taken_away_leaves_no_draft(
    intake: IntakePage, office: Office, qtbot: QtBot
) -> None:
    type_in("Sung Thi My")
    qtbot.waitUntil(lambda: kept(office) == ["Sung Thi My"])

    intake.person.name.clear()

    qtbot.waitUntil(lambda: kept(office) == [])


MANGLED = "066174000123||Nguyeenx Thij Lan|12031974|Nu|Xa Ea Mlung, Dak Lak|10052021"


def test_what_the_card_lost_is_still_said_when_the_draft_is_taken_up(intake: IntakePage) -> None:
    intake.begin(MANGLED)
    assert "mất dấu" in intake.person.notice.words()

    press(Qt.Key.Key_K, CONTROL)
    assert "mất dấu" not in intake.person.notice.words()
    press(Qt.Key.Key_1, ALT)

    assert "mất dấu" in intake.person.notice.words()


def test_who_takes_up_another_officers_draft_is_told_whose_it_is(
    intake: IntakePage, desk: Desk, office: Office, qtbot: QtBot
) -> None:
    mine = desk.session
    other = Session(accounts.add_officer(office, mine, "xuyen", "Nông Thị Xuyến", "officer"))
    fill(intake)
    press(Qt.Key.Key_K, CONTROL)

    desk.session = other
    press(Qt.Key.Key_1, ALT)

    assert mine.officer is not None
    assert f"{mine.officer.name} nhập dở" in intake.heed.words()
    press(Qt.Key.Key_K, CONTROL)
    assert intake.heed.words() == ""
    desk.session = mine
    press(Qt.Key.Key_1, ALT)
    assert intake.heed.words() == ""
    qtbot.waitUntil(lambda: len(drafts.kept(office).drafts) == 1)
    (draft,) = drafts.kept(office).drafts
    assert draft.fields["officer"] == {"id": mine.officer.id, "name": mine.officer.name}


def test_the_next_officer_on_the_seat_is_told_whose_work_stands_on_the_page(
    window: Window, intake: IntakePage, desk: Desk, office: Office
) -> None:
    other = Session(accounts.add_officer(office, desk.session, "xuyen", "Nông Thị Xuyến", "officer"))
    fill(intake)
    intake.drafting.keep_now()

    desk.session = other
    window.go("intake")

    assert "nhập dở hồ sơ này" in intake.heed.words()


def test_who_has_no_place_in_the_strip_is_counted_and_comes_into_it(intake: IntakePage) -> None:
    for number in range(7):
        type_in(f"Nguoi Thu {number}")
        press(Qt.Key.Key_K, CONTROL)
    assert [b.accessibleName() for b in intake.aside.buttons] == [f"Nguoi Thu {n}" for n in (6, 5, 4, 3, 2)]
    assert intake.aside.more.words() == "và 2 người nữa"

    press(Qt.Key.Key_6, ALT)
    assert intake.aside.buttons[0].accessibleName() == "Nguoi Thu 1"
    press(Qt.Key.Key_2, ALT)

    assert intake.person.fields()["name"] == "Nguoi Thu 0"
    assert intake.aside.more.words() == "và 1 người nữa"


def test_what_a_full_disk_refuses_stays_is_told_and_is_tried_again(
    intake: IntakePage, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    real, full = drafts.keep, [True]

    def keep(office: Office, draft: drafts.Draft, room: str) -> None:
        if full:
            raise DiskFull("disk-full")
        real(office, draft, room)

    monkeypatch.setattr("counter_app.services.drafts.keep", keep)
    fill(intake)
    press(Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: "Chưa giữ được" in intake.aside.notice.words())
    assert intake.aside.buttons[0].words() == "H’Loan Niê Kđăm"
    assert kept(office) == []

    full.clear()
    intake.drafting._again.start(0)

    qtbot.waitUntil(lambda: kept(office) == ["H’Loan Niê Kđăm"])
    qtbot.waitUntil(lambda: intake.aside.notice.words() == "")


def test_what_has_not_changed_is_not_written_again(
    intake: IntakePage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    real, written = drafts.keep, []

    def keep(office: Office, draft: drafts.Draft, room: str) -> None:
        written.append(draft)
        real(office, draft, room)

    monkeypatch.setattr("counter_app.services.drafts.keep", keep)
    fill(intake)
    qtbot.waitUntil(lambda: len(written) == 1)

    for _ in range(3):
        intake._on_time_passed()  # as every half minute
        intake.drafting.keep_now()
    qtbot.wait(100)
    assert len(written) == 1

    intake.person.phone.setText("0900000999")
    intake.drafting.keep_now()
    qtbot.waitUntil(lambda: len(written) == 2)
