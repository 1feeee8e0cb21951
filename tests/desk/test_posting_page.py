"""What is posted is found without tones, read, printed and taken up at the counter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.find import FindPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.pages.posting import PostingPage
from counter_app.desk.window import Window
from counter_app.services import fee_tables, rules
from counter_app.services.office import Office
from tests.desk.hands import FakePrinter, press, type_in
from tests.paper.reading import codes, pages

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TABLE = "procedure,exemption,proof,fee_vnd\n1.004884,,,8000\n*,Hộ nghèo,Sổ hộ nghèo,miễn phí\n"


@pytest.fixture
def page(window: Window, office: Office, qtbot: QtBot) -> PostingPage:
    fee_tables.import_fees(office, office.session(), TABLE)
    press(Qt.Key.Key_F2, SHIFT)
    page = window.pages.currentWidget()
    assert isinstance(page, PostingPage)
    qtbot.waitUntil(lambda: page.chosen() is not None, timeout=60_000)
    return page


def code_of(page: PostingPage) -> str:
    chosen = page.chosen()
    return chosen.code if chosen is not None else ""


def test_a_procedure_is_found_and_told_with_its_fees_and_begun_at_the_counter(
    window: Window, page: PostingPage
) -> None:
    assert len(page._rows) > 50 and page.box.hasFocus()
    type_in("dang ky lai khai sinh")

    assert code_of(page) == "1.004884"
    said = page.says()
    assert "9. Phí, lệ phí\n8.000 đ\nHộ nghèo: Miễn phí, xuất trình Sổ hộ nghèo" in said
    assert "12. Căn cứ pháp lý" in said
    first = page.list.currentIndex().row()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    assert page.list.currentIndex().row() == first
    press(Qt.Key.Key_Return, CONTROL)

    intake = window.pages.currentWidget()
    assert isinstance(intake, IntakePage)
    assert intake.form.chosen is not None and intake.form.chosen.code == "1.004884"


def test_another_procedure_that_is_being_entered_stays(
    window: Window, page: PostingPage, qtbot: QtBot
) -> None:
    type_in("1.004884")
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_F2, SHIFT)
    qtbot.waitUntil(page.box.hasFocus, timeout=60_000)
    type_in("1.001193")
    intake = window.go("intake")
    assert isinstance(intake, IntakePage)
    window.go("posting")

    with qtbot.waitSignal(intake.told) as told:
        page.begin.click()

    assert "Ctrl+K" in told.args[0]
    assert intake.form.chosen is not None and intake.form.chosen.code == "1.004884"


def test_the_sheet_goes_to_the_printer_and_the_board_into_a_file(
    page: PostingPage, printer: FakePrinter, tmp_path: Path, qtbot: QtBot
) -> None:
    type_in("1.004884")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: bool(printer.printed), timeout=60_000)
    pdf = printer.printed[0][0]
    assert "NIÊM YẾT CÔNG KHAI" in pages(pdf)[0]
    assert codes(pdf, 200, 1)["qr"].endswith("=1.004884")

    with qtbot.waitSignal(page.told, timeout=60_000, check_params_cb=lambda said: "board.html" in said):
        page.write(tmp_path / "board.html")
    assert "Đăng ký lại khai sinh" in (tmp_path / "board.html").read_text("utf-8")


def test_the_way_to_it_stands_beside_the_search_for_dossiers(window: Window, page: PostingPage) -> None:
    found = window.go("find")
    assert isinstance(found, FindPage)

    found.posting.click()

    assert window.pages.currentWidget() is page


def test_steps_that_sum_to_more_than_the_limit_are_told_over_the_list(
    window: Window, page: PostingPage, office: Office, qtbot: QtBot
) -> None:
    assert page.over.words() == ""
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,inner_steps\n"
    line = "{},Cải chính,Hộ tịch,xã,1,ngày làm việc,0,Tờ khai,Trích lục,A: thẩm tra: 3 ngày làm việc\n"
    for numbers, said in (
        (["1.000001"], "Thủ tục 1.000001: các bước cộng lại 3 ngày làm việc, quá thời hạn 1 ngày làm việc"),
        (
            [f"1.00000{n}" for n in range(5)],
            "Thủ tục 1.000000, 1.000001, 1.000002 và 2 thủ tục nữa: các bước",
        ),
    ):
        rules.import_catalogue(office, office.session(), head + "".join(map(line.format, numbers)))
        page.entered()
        qtbot.waitUntil(lambda said=said: page.over.words().startswith(said), timeout=60_000)
