"""Giving results out: the slip, who collects, the fee, and what stands in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.hand_back import HandBackPage
from counter_app.desk.widgets.rows import Role
from counter_app.services import acts
from counter_app.services.office import Session
from counter_app.services.reception import Received
from tests.desk.counters import COPY, GUARDIAN, SHOP, Counter, pair, swap
from tests.desk.walking import Flashes, nameless

pytestmark = pytest.mark.usefixtures("app")
CTRL = Qt.KeyboardModifier.ControlModifier
OWNER, OTHER = "066174000123", "011074000456"


@pytest.fixture
def page(counter: Counter) -> HandBackPage:
    made = HandBackPage(counter.desk)
    counter.show(made)
    made.entered()
    return made


@pytest.fixture
def scan(page: HandBackPage, qtbot: QtBot) -> Callable[[str], None]:
    """A scanner's work: the text, then Enter; until the page has answered."""

    def scanned(text: str) -> None:
        with qtbot.waitSignal(page.answered):
            page.box.setFocus()
            page.box.setText(text)
            QTest.keyClick(page.box, Qt.Key.Key_Return)

    return scanned


def key(which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), which, held)


def words(page: HandBackPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def returned(counter: Counter, got: object) -> dict[str, str]:
    """What the dossier's last entry says of the return."""
    last = counter.story(got).entries[-1]
    assert last.name == "returned"
    return {name: value for name, value in last.payload.items() if name != "at"}


def test_an_empty_page_tells_what_to_scan(page: HandBackPage) -> None:
    assert "Quét ô vuông trên giấy hẹn" in words(page)
    assert page.box.hasFocus() and not page.record.isVisible()


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Return, Qt.Key.Key_F9])
def test_the_owner_takes_it_with_a_scan_and_one_key(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot, pressed: Qt.Key
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))

    scan(counter.slip(got))
    assert "Giấy hẹn thật" in words(page) and "Giàng A Páo" in words(page)
    with qtbot.waitSignal(page.told):
        key(pressed)

    assert returned(counter, got) == {"to": "Giàng A Páo"}
    assert "Đã trả kết quả cho Giàng A Páo" in page.says()
    assert page.box.hasFocus() and page.box.text() == ""


def test_the_code_typed_by_hand_does_the_same(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))

    scan(got.code)
    assert "Giấy hẹn thật" not in words(page)
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert counter.state(got) == "returned"


def test_one_who_is_authorised_leaves_name_number_and_paper(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))
    scan(got.code)

    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Tab)
    for text in ("Giàng Thị Mỷ", "066174000123", "5", "20/4/2026"):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(text)
        key(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_Return)

    assert returned(counter, got) == {
        "to": "Giàng Thị Mỷ",
        "id_number": "066174000123",
        "authority": "giấy ủy quyền số 5 ngày 20/4/2026",
    }


@pytest.mark.parametrize(
    ("name", "number", "paper", "complaint", "field"),
    [
        ("", "066174000123", "giấy số 5", "Người nhận kết quả còn trống", "Họ và tên"),
        ("Giàng Thị Mỷ", "12", "giấy số 5", "CMND hoặc hộ chiếu", "Số căn cước, hộ chiếu"),
        (
            "Giàng Thị Mỷ",
            "066174000123",
            "",
            "Giấy ủy quyền hoặc giấy chứng minh quan hệ còn trống",
            "Số giấy ủy quyền",
        ),
    ],
)
def test_a_refusal_stands_under_its_field_and_not_even_finishing_is_written(
    counter: Counter,
    page: HandBackPage,
    scan: Callable[[str], None],
    qtbot: QtBot,
    name: str,
    number: str,
    paper: str,
    complaint: str,
    field: str,
) -> None:
    got = counter.receive("Giàng A Páo")
    scan(got.code)
    page.collector.other.setChecked(True)
    for box, text in zip(
        (page.collector.name, page.collector.id_number, page.collector.authority),
        (name, number, paper),
        strict=True,
    ):
        box.setText(text)

    key(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: complaint in page.sheet.fault.words())
    here = QApplication.focusWidget()
    assert here is not None and here.accessibleName() == field
    assert counter.state(got) == "received"


def test_who_handed_in_for_the_owner_stands_ready(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    submitter = {"name": "Lò Văn Inh", "id_number": "011074000456"}
    got = counter.finish(counter.receive("Giàng A Páo", submitter=submitter))

    scan(got.code)

    assert (page.collector.name.text(), page.collector.id_number.text()) == ("Lò Văn Inh", "011074000456")


def test_an_unpaid_fee_is_shown_and_taken_here(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo", COPY, fee={"amount": 16000}))
    scan(counter.slip(got))
    page.collector.other.setChecked(True)
    page.collector.name.setText("Giàng Thị Mỷ")
    assert "Chưa thu 16.000 đ lệ phí." in words(page)

    key(Qt.Key.Key_L, CTRL)

    qtbot.waitUntil(lambda: "16.000 đ, đã thu" in words(page))
    assert counter.story(got).paid == 16000
    assert page.collector.name.text() == "Giàng Thị Mỷ"  # what was typed stays


def test_a_dossier_that_is_not_finished_is_finished_and_returned_by_one_key(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", COPY)

    scan(got.code)
    assert page.record.words() == "Xong và trả" and "Chưa ghi có kết quả" in page.says()
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert [entry.name for entry in counter.story(got).entries[-2:]] == ["finished", "returned"]


@pytest.mark.parametrize(
    ("stage", "why"),
    [("returned", "đã trả kết quả rồi"), ("asked", "Chờ bổ sung"), ("stopped", "Đã dừng")],
)
def test_what_cannot_be_returned_says_why_and_its_key_does_nothing(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], stage: str, why: str
) -> None:
    got = counter.receive("Giàng A Páo")
    if stage == "returned":
        acts.hand_back(counter.office, counter.session, counter.finish(got).code, "Giàng A Páo")
    elif stage == "asked":
        acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh"])
    else:
        acts.stop(counter.office, counter.session, got.code, "người nộp mất")
    before = len(counter.story(got).entries)

    scan(got.code)
    key(Qt.Key.Key_F9)

    assert why in page.says() and not page.record.isEnabled()
    assert len(counter.story(got).entries) == before


def test_a_forged_slip_opens_nothing(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    slip = counter.slip(counter.finish(counter.receive("Giàng A Páo")))

    scan(slip[:-3] + ("AAA" if not slip.endswith("AAA") else "BBB"))

    assert "không đúng chữ ký" in page.says() and not page.record.isVisible()


def test_a_slip_of_a_strange_machine_and_of_a_paired_one_are_told_apart(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], tmp_path: Path
) -> None:
    other = Counter(tmp_path / "two", "QUẦY 2", counter.wall)
    slip = other.slip(other.finish(other.receive("Lò Văn Inh")))

    scan(slip)
    strange = page.says()
    pair(counter, other, tmp_path)
    swap(counter, other, tmp_path)
    scan(slip)

    other.close()
    assert "máy lạ" in strange
    assert "Giấy hẹn thật" in words(page) and "Lò Văn Inh" in words(page)


def test_a_lost_slip_is_found_by_name_and_the_ready_one_stands_first(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    ready = counter.finish(counter.receive("Giàng A Páo", GUARDIAN))
    counter.receive("Giàng A Páo", COPY)

    scan("giang pao")
    assert page.choices.isVisible() and page.choices.here() == ready.dossier
    with qtbot.waitSignal(page.answered):
        key(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert counter.state(ready) == "returned"


def test_the_card_finds_the_persons_dossier(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    counter.finish(counter.receive("H’Loan Niê Kđăm", party={"id_number": "066174000123"}))
    counter.finish(counter.receive("Giàng A Páo"))

    scan("066174000123||H’Loan Niê Kđăm|12031974|Nữ|Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk|10052021")

    assert "H’Loan Niê Kđăm" in words(page) and page.record.isEnabled()


def test_nothing_found_says_what_to_do(page: HandBackPage, scan: Callable[[str], None]) -> None:
    scan("không có ai")

    assert "Không thấy hồ sơ nào khớp “không có ai”" in page.says()
    assert page.box.hasFocus() and page.box.selectedText() == "không có ai"


def test_a_second_scan_never_records_the_first_dossier(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    first = counter.finish(counter.receive("Giàng A Páo"))
    second = counter.finish(counter.receive("Lò Văn Inh"))
    scan(first.code)

    with qtbot.waitSignal(page.answered):
        for letter in second.code:  # as a scanner types, wherever the focus is
            QTest.keyClicks(QApplication.focusWidget(), letter)
        key(Qt.Key.Key_Return)

    assert "Lò Văn Inh" in words(page)
    assert (counter.state(first), counter.state(second)) == ("finished", "finished")


def test_escape_leaves_the_dossier_as_it_is(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))
    scan(got.code)

    key(Qt.Key.Key_Escape)

    assert page.box.hasFocus() and not page.record.isVisible()
    assert counter.state(got) == "finished"


def test_nobody_in_the_seat_is_told_so(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))
    scan(got.code)
    counter.desk.session = Session(None)

    key(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: "mã PIN" in page.sheet.fault.words())
    assert counter.state(got) == "finished" and page.record.isEnabled()


def test_nothing_pops_up_over_the_work(counter: Counter, app: QApplication, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    flashes = Flashes(app)

    page = HandBackPage(counter.desk)
    counter.show(page)
    page.entered()
    page.box.setText(got.code)
    with qtbot.waitSignal(page.answered):
        QTest.keyClick(page.box, Qt.Key.Key_Return)
    page.collector.other.setChecked(True)

    assert flashes.seen == ["HandBackPage"]


def test_whatever_takes_the_focus_has_a_name(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo", COPY, fee={"amount": 16000}))

    empty = nameless(page)
    scan(got.code)
    page.collector.other.setChecked(True)

    assert (empty, nameless(page)) == ([], [])


def card_of(name: str, number: str) -> str:
    return f"{number}||{name}|12031974|Nữ|Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk|10052021"


def owned(counter: Counter, name: str, number: str, procedure: str = GUARDIAN, **more: object) -> Received:
    return counter.finish(counter.receive(name, procedure, party={"id_number": number}, **more))


def test_the_owners_card_says_so_and_stands_in_the_return(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))

    scan(card_of("Y THAO", OWNER))
    assert page.collector.notice.words() == "Đúng chủ hồ sơ, theo thẻ căn cước."
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert returned(counter, got) == {"to": "Y Thao", "id_number": OWNER}


def test_anothers_card_fills_his_name_and_asks_for_a_paper(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))

    scan(card_of("Lò Văn Inh", OTHER))
    assert "không phải chủ hồ sơ" in page.collector.notice.words()
    key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "còn trống" in page.sheet.fault.words())
    page.collector.authority.setText("7")
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert returned(counter, got) == {
        "to": "Lò Văn Inh",
        "id_number": OTHER,
        "authority": "giấy ủy quyền số 7",
    }


def test_a_relative_shows_a_proof_where_civil_status_asks_no_more(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))
    scan(card_of("Lò Văn Inh", OTHER))

    page.collector.relative.setChecked(True)
    assert page.collector.notice.words() == ""
    page.collector.proof.setText("giấy khai sinh")
    key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.collector.relation.hasFocus())
    page.collector.relation.setCurrentIndex(3)
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert returned(counter, got)["relation"] == "child"
    assert returned(counter, got)["authority"] == "giấy khai sinh"


def test_outside_civil_status_a_relative_is_led_to_the_authorisation(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    scan(counter.slip(owned(counter, "Y Thao", OWNER, SHOP)))

    page.collector.relative.setChecked(True)
    assert "không thuộc hộ tịch" in page.collector.notice.words()
    page.collector.notice.findChildren(QPushButton)[0].click()

    assert page.collector.other.isChecked() and page.collector.authority.hasFocus()


def test_a_lost_receipt_needs_the_number_of_a_paper_and_is_told(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))
    assert page.collector.lost.isHidden()
    key(Qt.Key.Key_Escape)
    scan(got.code)

    page.collector.lost.setChecked(True)
    key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.collector.own_number.hasFocus())
    assert counter.state(got) == "finished"
    scan(card_of("Y Thao", OWNER))
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert returned(counter, got) == {"to": "Y Thao", "id_number": OWNER, "receipt_lost": True}


def test_slip_after_slip_makes_a_pile_that_one_key_gives_out(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    pile = [owned(counter, "Y Thao", OWNER, COPY, fee={"amount": 8000}) for _ in range(3)]
    for got in pile:
        scan(counter.slip(got))
    assert "3 hồ sơ trả cùng lúc" in words(page) and "Chưa thu 24.000 đ lệ phí." in words(page)

    key(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "24.000 đ, đã thu" in words(page))
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert [counter.state(got) for got in pile] == ["returned"] * 3
    assert [counter.story(got).paid for got in pile] == [8000] * 3
    assert "Đã trả 3 hồ sơ cho Y Thao" in page.says()


def test_a_card_lays_down_all_that_is_ready_and_a_tick_leaves_one_out(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    older, newer = owned(counter, "Y Thao", OWNER), owned(counter, "Y Thao", OWNER, COPY)
    waiting = counter.receive("Y Thao", party={"id_number": OWNER})

    scan(card_of("Y Thao", OWNER))
    assert len(page.sheet.rows.boxes) == 2
    page.sheet.rows.boxes[0].setFocus()
    key(Qt.Key.Key_Space)
    assert "1 trong 2 hồ sơ trả cùng lúc" in words(page)
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert [counter.state(got) for got in (newer, older, waiting)] == ["finished", "returned", "received"]
    assert returned(counter, older) == {"to": "Y Thao", "id_number": OWNER}


def test_anothers_slip_is_never_put_with_the_first_unasked(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    mine, yours = owned(counter, "Y Thao", OWNER), owned(counter, "Lò Văn Inh", OTHER)
    scan(counter.slip(mine))

    scan(counter.slip(yours))
    assert "Chưa ghi trả hồ sơ vừa mở của Y Thao" in page.fault.words()
    assert "trả cùng lúc" not in words(page)
    key(Qt.Key.Key_J, CTRL)
    assert "2 hồ sơ trả cùng lúc" in words(page) and not page.collector.owner.isEnabled()
    scan(card_of("Lò Văn Inh", OTHER))
    page.collector.authority.setText("9")
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    assert returned(counter, mine)["authority"] == "giấy ủy quyền số 9"
    assert returned(counter, yours) == {"to": "Lò Văn Inh", "id_number": OTHER}


def test_a_part_now_and_the_rest_later(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))

    key(Qt.Key.Key_M, CTRL)
    assert page.record.words() == "Ghi trả một phần" and page.sheet.given.hasFocus()
    page.sheet.given.setText("1 bản trích lục; sổ đỏ")
    key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Phần còn lại còn trống" in page.sheet.fault.words())
    assert page.sheet.left.hasFocus()
    page.sheet.left.setText("2 bản trích lục")
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    last = counter.story(got).entries[-1]
    assert (last.name, last.payload["given"]) == ("returned_partly", ["1 bản trích lục", "sổ đỏ"])
    assert counter.state(got) == "finished"
    scan(counter.slip(got))
    assert "còn lại: 2 bản trích lục" in page.says()


def test_a_card_scanned_anywhere_comes_to_the_page_that_gives_out(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    scan(counter.slip(owned(counter, "Y Thao", OWNER)))

    with qtbot.waitSignal(page.answered):
        page.take_scan(card_of("Y Thao", OWNER))

    assert "Đúng chủ hồ sơ" in page.collector.notice.words()


def test_the_slip_to_sign_comes_on_wish_after_the_return_is_recorded(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = owned(counter, "Y Thao", OWNER)
    scan(counter.slip(got))
    key(Qt.Key.Key_P, CTRL)
    assert counter.paper.printed == []
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_P, CTRL)

    ((pdf, title, _),) = counter.paper.printed
    assert pdf.startswith(b"%PDF") and "Thao" not in title
    assert [entry.name for entry in counter.story(got).entries[-2:]] == ["returned", "printed"]


def test_a_slip_that_is_quicker_than_the_disk_opens_after_the_return(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    first, second = owned(counter, "Y Thao", OWNER), owned(counter, "Y Thao", OWNER, COPY)
    scan(counter.slip(first))
    held = threading.Event()
    counter.desk.tasks.run("store", lambda: held.wait(10))

    key(Qt.Key.Key_F9)
    scan(counter.slip(second))
    with qtbot.waitSignal(page.answered):
        held.set()

    assert (counter.state(first), counter.state(second)) == ("returned", "finished")
    assert second.code in words(page) and first.code not in words(page)


def test_a_part_is_given_once_whatever_is_pressed_while_it_is_written(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))
    scan(counter.slip(got))
    key(Qt.Key.Key_M, CTRL)
    page.sheet.given.setText("giấy khai sinh")
    page.sheet.left.setText("thẻ bảo hiểm")
    held = threading.Event()
    counter.desk.tasks.run("store", lambda: held.wait(10))

    key(Qt.Key.Key_F9)
    page.collector.lost.toggle()
    page.sheet.changed.emit()
    key(Qt.Key.Key_F9)
    with qtbot.waitSignal(page.told):
        held.set()
    qtbot.wait(200)

    assert [entry.name for entry in counter.story(got).entries].count("returned_partly") == 1


def test_what_could_not_be_recorded_is_told_of_its_own_dossier(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    first, second = owned(counter, "Y Thao", OWNER), owned(counter, "Hờ Mỷ", OTHER)
    scan(counter.slip(first))
    held = threading.Event()
    counter.desk.tasks.run("store", lambda: held.wait(10))
    key(Qt.Key.Key_F9)
    scan(counter.slip(second))
    counter.wall.go("1/4 08:00")  # the clock is behind: nothing is written

    held.set()

    qtbot.waitUntil(lambda: "Y Thao: " in page.fault.words())
    assert page.sheet.fault.words() == ""
    assert counter.state(first) == "finished"


def test_the_slip_to_sign_is_not_printed_twice_by_two_presses(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None], qtbot: QtBot
) -> None:
    got = counter.finish(counter.receive("Giàng A Páo"))
    scan(counter.slip(got))
    with qtbot.waitSignal(page.told):
        key(Qt.Key.Key_F9)

    key(Qt.Key.Key_P, CTRL)
    key(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: len(counter.paper.printed) > 0)
    qtbot.wait(200)

    assert len(counter.paper.printed) == 1


def test_of_many_namesakes_the_ready_ones_stand_there_with_what_tells_them_apart(
    counter: Counter, page: HandBackPage, scan: Callable[[str], None]
) -> None:
    ready = counter.finish(
        counter.receive("Giàng A Páo", party={"birth_date": "1974", "address": "Bản Tả Van, xã Ea Mlung"})
    )
    for _ in range(9):  # more, and all newer, than there is room to choose from
        counter.receive("Giàng A Páo")

    scan("giang a")

    rows = page.choices.rows
    first = rows.index(0, 0).data(Role.ROW)
    assert rows.rowCount() == 8
    assert first.line.dossier == ready.dossier
    assert first.whose == "1974 · Bản Tả Van"
    assert "1974" in first.spoken
    assert "8 hồ sơ đầu" in page.fault.words()
    assert page.choices.hasFocus()
