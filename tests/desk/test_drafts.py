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
from counter_app.services import drafts, lookup, reception
from counter_app.services.office import Office
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
    return [draft.fields["person"].get("name", "") for draft in drafts.kept(office)]


def test_a_draft_is_back_after_kill_minus_9(store: Places, tmp_path: Path) -> None:
    script = tmp_path / "entering.py"
    script.write_text(_ENTERING, encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.getcwd()}

    def run(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(script), str(store.data), what]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

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
    expected = intake._draft()
    assert expected is not None
    window.close()  # within the pause

    again = make_start(store)
    qtbot.waitUntil(lambda: isinstance(again.window.pages.currentWidget(), IntakePage))
    page = again.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page._draft() is not None)

    assert page._draft() == expected
    assert page.components.is_open
    assert "nhập dở" in again.window.foot.told()


def test_ctrl_k_serves_the_next_citizen_and_alt_1_comes_back(
    intake: IntakePage, desk: Desk, office: Office, qtbot: QtBot
) -> None:
    fill(intake)
    press(Qt.Key.Key_K, CONTROL)
    assert intake._draft() is None
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
    assert intake._draft() is None
    assert intake.aside.buttons[0].words() == "vừa bỏ: H’Loan Niê Kđăm"

    type_in("Lo Van Inh")
    press(Qt.Key.Key_N, CONTROL)
    assert intake.aside.buttons[0].words() == "vừa bỏ: Lo Van Inh"
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


@pytest.mark.parametrize("broken", ["{", "[]", '{"person": 5}'])
def test_a_draft_that_cannot_be_read_keeps_no_counter_closed(
    broken: str,
    store: Places,
    window: Window,
    office: Office,
    make_start: Callable[[Places], Start],
    qtbot: QtBot,
) -> None:
    from counter_app.store import own

    with office.database.writing() as connection:
        own.put_text(connection, "draft/" + "ab" * 16, broken)
    window.close()

    again = make_start(store)
    qtbot.waitUntil(lambda: isinstance(again.window.pages.currentWidget(), IntakePage))
    page = again.window.pages.currentWidget()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page._drafts_read)
    qtbot.wait(200)


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
