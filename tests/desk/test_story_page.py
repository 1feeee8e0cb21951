"""A dossier's story: what it says, the acts it offers, and disagreements settled by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from counter_app.desk import pasteboard
from counter_app.desk.pages.story import StoryPage
from counter_app.desk.parts import KeyButton
from counter_app.desk.pictures import read_codes
from counter_app.desk.widgets.acts import BY_KIND
from counter_app.desk.widgets.rows import Role
from counter_app.desk.widgets.story_act import said
from counter_app.desk.widgets.transfer_code import TransferCode
from counter_app.domain.commune import Officer
from counter_app.domain.commune import Role as Role_
from counter_app.domain.vietqr import Account, transfer
from counter_app.services import acts, closing, keeping, mending, money, preferences
from counter_app.services.office import Session
from counter_app.services.reception import Received
from tests.desk.counters import COPY, GUARDIAN, Counter, pair, swap
from tests.desk.walking import Flashes, nameless

pytestmark = pytest.mark.usefixtures("app")
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENDED = ("stopped", "withdrawn", "refused", "voided")  # without a result: by a key that no slip presses
Open = Callable[[Received], StoryPage]


@pytest.fixture
def open_story(counter: Counter, qtbot: QtBot) -> Open:
    def opened(got: Received) -> StoryPage:
        page = StoryPage(counter.desk)
        counter.show(page, 760)
        page.open(got.dossier)
        page.entered()
        qtbot.waitUntil(lambda: page.view.dossier is not None)
        return page

    return opened


def words(page: StoryPage) -> str:
    """All that can be read on the page."""
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return "\n".join([*labels, *page.view.timeline.sentences()])


def key(page: StoryPage, which: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, which, held)


def fill(*texts: str) -> None:
    """Writes each text where the focus is; Enter goes on, and after the last text does it."""
    for text in texts:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_story_says_who_what_when_and_what_is_next(counter: Counter, open_story: Open) -> None:
    counter.officer("Nông Thị Xuyến")
    got = counter.receive("Giàng A Páo", GUARDIAN, phone="0900000456")

    page = open_story(got)

    for part in ("Giàng A Páo", "Đăng ký giám hộ", got.code, "0900000456", "Còn 3 ngày", "Việc cần làm"):
        assert part in words(page)
    assert "Hẹn trả thứ năm 23/4/2026, trước 17 giờ" in words(page)
    newest = page.view.timeline.model().index(0, 0).data(Role.ROW)
    assert newest.by == "Nông Thị Xuyến · máy QUẦY 1" and newest.when.startswith("Hôm nay 08:15")


def test_the_newest_sentence_stands_first(counter: Counter, open_story: Open) -> None:
    got = counter.receive("Giàng A Páo")
    acts.finish(counter.office, counter.session, got.code, "bản chính")

    page = open_story(got)

    told = page.view.timeline.sentences()
    assert "bản chính" in told[0] and "Nhận đủ" in told[-1]


@pytest.mark.parametrize(
    ("kind", "pressed", "typed", "state"),
    [
        ("finished", Qt.Key.Key_Return, ["2 bản"], "finished"),
        ("step_taken", Qt.Key.Key_G, ["thẩm tra", "Lò Văn Inh"], "processing"),
        ("supplement_requested", Qt.Key.Key_B, ["ảnh 4×6; giấy chứng sinh", ""], "waiting_supplement"),
        ("stopped", Qt.Key.Key_D, ["người nộp đề nghị"], "stopped"),
        ("withdrawn", Qt.Key.Key_R, ["đổi ý"], "withdrawn"),
        ("refused", Qt.Key.Key_T, ["không thuộc xã"], "refused"),
        ("voided", Qt.Key.Key_H, ["nhập hai lần"], "voided"),
    ],
)
def test_each_act_is_done_from_the_keyboard_alone(
    counter: Counter,
    open_story: Open,
    qtbot: QtBot,
    kind: str,
    pressed: Qt.Key,
    typed: list[str],
    state: str,
) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)

    with qtbot.waitSignal(page.told) as told:
        key(page, pressed, CTRL | SHIFT if state in ENDED else CTRL)
        fill(*typed)

    assert counter.state(got) == state
    assert told.args == [said(BY_KIND[kind].done)]
    qtbot.waitUntil(lambda: len(page.view.timeline.sentences()) == 3)
    assert page.view.timeline.hasFocus()


@pytest.mark.parametrize(
    ("before", "pressed", "held", "typed", "state", "told"),
    [
        ("registered", Qt.Key.Key_Return, CTRL, None, "received", "Tiếp nhận hồ sơ đã đăng ký, hẹn trả"),
        ("", Qt.Key.Key_F, CTRL | SHIFT, ["15.000"], "waiting_payment", "Yêu cầu nộp 15.000 đ."),
        (
            "",
            Qt.Key.Key_A,
            CTRL | SHIFT,
            ["", "thiếu điều kiện"],
            "finished",
            "không đồng ý, chờ trả; lý do: thiếu",
        ),
        ("finish", Qt.Key.Key_C, CTRL | SHIFT, ["vắng nhà"], "finished", "chưa trả được; lý do: vắng nhà."),
        ("ask", Qt.Key.Key_V, CTRL | SHIFT, ["quá 30 ngày"], "stopped", "vì người nộp không nộp đủ"),
        ("ask", Qt.Key.Key_D, CTRL | SHIFT, ["đơn ngày 20/4"], "stopped", "theo yêu cầu của người nộp"),
        ("withdraw", Qt.Key.Key_D, CTRL | SHIFT, ["đã rút"], "stopped", "sau khi người nộp rút hồ sơ"),
    ],
)
def test_each_transition_has_its_key(
    counter: Counter,
    open_story: Open,
    qtbot: QtBot,
    before: str,
    pressed: Qt.Key,
    held: Qt.KeyboardModifier,
    typed: list[str] | None,
    state: str,
    told: str,
) -> None:
    got = counter.receive("Giàng A Páo", **({"registered": True} if before == "registered" else {}))
    here = counter.office, counter.session, got.code
    if before == "ask":
        acts.ask_supplement(*here, ["ảnh"])
    elif before == "withdraw":
        acts.withdraw(*here, "đổi ý")
    elif before == "finish":
        acts.finish(*here)
    page = open_story(got)

    key(page, pressed, held)
    if typed is None:
        key(page, Qt.Key.Key_Return)
    else:
        fill(*typed)

    qtbot.waitUntil(lambda: told in words(page), timeout=60_000)
    assert counter.state(got) == state


def test_a_fee_that_is_waited_for_is_filled_in_and_paying_it_goes_on(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN, fee={"amount": 8000, "paid": True})
    acts.charge(counter.office, counter.session, got.code, 15_000)
    counter.wall.go("22/4 09:00")
    page = open_story(got)

    key(page, Qt.Key.Key_L, CTRL)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == "15000"
    key(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "giải quyết tiếp" in words(page), timeout=60_000)
    assert counter.state(got) == "processing"


def test_a_second_request_is_warned_of_before_it_is_written(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    page = open_story(got)
    key(page, Qt.Key.Key_B, CTRL)
    assert page.view.band.warning() == ""
    fill("ảnh", "")
    qtbot.waitUntil(lambda: counter.state(got) == "waiting_supplement", timeout=60_000)
    acts.resubmit(counter.office, counter.session, got.code)
    page = open_story(got)

    key(page, Qt.Key.Key_B, CTRL)

    assert "yêu cầu lần nữa thì bị tính là trễ hạn" in words(page)
    assert counter.state(got) == "processing"
    fill("giấy chứng sinh", "")
    qtbot.waitUntil(lambda: counter.state(got) == "waiting_supplement", timeout=60_000)


@pytest.mark.parametrize(("day", "late"), [("23/4 09:00", False), ("24/4 09:00", True)])
def test_an_apology_after_the_date_is_warned_of(
    counter: Counter, open_story: Open, day: str, late: bool
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    counter.wall.go(day)
    page = open_story(got)

    key(page, Qt.Key.Key_H, CTRL)

    assert ("lời xin lỗi đến muộn" in page.view.band.warning()) is late


def test_lateness_is_told_by_the_first_date_less_the_waiting(counter: Counter, open_story: Open) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)  # thứ năm 23/4
    here = counter.office, counter.session, got.code
    acts.ask_supplement(*here, ["ảnh"])
    counter.wall.go("21/4 09:00")
    acts.resubmit(*here)

    page = open_story(got)
    assert "Hẹn lần đầu 23/4/2026, trừ lúc chờ người dân thì trễ hạn tính theo ngày 24/4/2026." in words(page)


def test_supplements_are_asked_one_by_one_and_taken_back_with_the_days_left(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh", "giấy chứng sinh"])
    counter.wall.go("22/4 09:00")
    page = open_story(got)

    key(page, Qt.Key.Key_Return, CTRL)
    key(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Nhận giấy tờ bổ sung" in words(page))
    assert counter.state(got) == "processing"


def test_a_new_date_keeps_the_first_one_in_sight(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    page = open_story(got)

    key(page, Qt.Key.Key_H, CTRL)
    fill("28/4", "chờ xác minh")

    qtbot.waitUntil(lambda: "Hẹn lần đầu 23/4/2026" in words(page))
    assert "thứ ba 28/4/2026" in words(page)
    assert counter.story(got).due.date().isoformat() == "2026-04-28"


def test_a_dossier_that_is_late_again_is_finished_not_put_off_a_second_time(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    counter.wall.go("24/4 09:00")
    assert "xin lỗi người dân" in words(open_story(got))
    acts.extend(counter.office, counter.session, got.code, date(2026, 4, 28), "chờ xác minh")
    counter.wall.go("29/4 09:00")

    page = open_story(got)

    assert "đã trễ và đã hẹn lại" in words(page)
    key(page, Qt.Key.Key_Return, CTRL)
    fill("bản chính")
    qtbot.waitUntil(lambda: "chờ trả" in words(page), timeout=60_000)
    assert counter.state(got) == "finished"


@pytest.mark.parametrize(
    ("typed", "complaint", "field"),
    [
        (["", "chờ"], "Ngày hẹn mới còn trống", "Ngày hẹn mới"),
        (["bao giờ xong", "chờ"], "không đọc được", "Ngày hẹn mới"),
        (["21/4", "chờ"], "phải muộn hơn ngày đã hẹn", "Ngày hẹn mới"),
        (["26/4", "chờ"], "là ngày nghỉ", ""),
        (["28/4", ""], "Lý do còn trống", "Lý do"),
    ],
)
def test_a_refusal_stands_in_the_band_at_its_field_and_nothing_is_written(
    counter: Counter, open_story: Open, qtbot: QtBot, typed: list[str], complaint: str, field: str
) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    page = open_story(got)
    key(page, Qt.Key.Key_H, CTRL)

    fill(*typed)

    qtbot.waitUntil(lambda: complaint in page.view.band.complain())
    assert len(counter.story(got).entries) == 2
    here = QApplication.focusWidget()
    assert isinstance(here, QLineEdit) and (not field or here.accessibleName() == field)


def test_what_was_refused_can_be_mended_and_done(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo", GUARDIAN)
    page = open_story(got)
    key(page, Qt.Key.Key_H, CTRL)
    fill("21/4", "chờ")
    qtbot.waitUntil(lambda: page.view.band.complain() != "")

    fill("28/4", "chờ xác minh")

    qtbot.waitUntil(lambda: not page.view.band.is_asking())
    assert counter.story(got).due.date().isoformat() == "2026-04-28"


def test_escape_leaves_the_fields_and_writes_nothing(counter: Counter, open_story: Open) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)
    key(page, Qt.Key.Key_D, CTRL | SHIFT)
    assert page.view.band.is_asking()

    key(page, Qt.Key.Key_Escape)

    assert not page.view.band.is_asking() and page.view.timeline.hasFocus()
    assert counter.state(got) == "received"


@pytest.mark.parametrize(
    ("stage", "offered", "not_offered"),
    [
        (
            "received",
            {"finished", "extended", "supplement_requested", "refused"},
            {"resubmitted", "returned"},
        ),
        ("waiting", {"resubmitted", "extended", "stopped"}, {"finished", "supplement_requested"}),
        ("finished", {"returned", "printed", "corrected"}, {"finished", "extended", "stopped"}),
        ("returned", {"printed", "corrected"}, {"voided", "returned", "finished"}),
    ],
)
def test_only_acts_that_the_state_allows_are_offered(
    counter: Counter, open_story: Open, stage: str, offered: set[str], not_offered: set[str]
) -> None:
    got = counter.receive("Giàng A Páo")
    if stage == "waiting":
        acts.ask_supplement(counter.office, counter.session, got.code, ["ảnh"])
    if stage in ("finished", "returned"):
        counter.finish(got)
    if stage == "returned":
        acts.hand_back(counter.office, counter.session, got.code, "Giàng A Páo")

    page = open_story(got)
    key(page, Qt.Key.Key_W, CTRL)

    assert {kind for kind in offered if said(BY_KIND[kind].words) not in words(page)} == set()
    assert {kind for kind in not_offered if said(BY_KIND[kind].words) in words(page).split("\n")} == set()


def test_a_corrected_phone_is_shown_and_the_earlier_one_is_told(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", phone="0900000456")
    page = open_story(got)

    key(page, Qt.Key.Key_S, CTRL)
    fill("Giàng A Páo", "0900000999", "số cũ không gọi được")

    qtbot.waitUntil(lambda: "0900000999" in words(page))
    assert counter.story(got).party()["phone"] == "0900000999"
    assert set(counter.story(got).entries[-1].payload["set"]) == {"applicant.phone"}


def test_a_bad_phone_is_refused_at_its_field(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)

    key(page, Qt.Key.Key_S, CTRL)
    fill("Giàng A Páo", "12", "gõ nhầm")

    qtbot.waitUntil(lambda: "điện thoại" in page.view.band.complain())
    assert counter.story(got).party()["phone"] == "0900000123"


def test_the_fee_is_filled_in_and_taken(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    page = open_story(got)
    assert "16.000 đ, chưa thu" in words(page)

    key(page, Qt.Key.Key_L, CTRL)
    key(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "16.000 đ, đã thu" in words(page))
    assert counter.story(got).paid == 16000


def test_a_transfer_with_its_bill_and_reference_is_two_fields_further(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    page = open_story(got)

    key(page, Qt.Key.Key_L, CTRL)
    key(page, Qt.Key.Key_Tab)
    key(page, Qt.Key.Key_2)
    fill("AA-26E 0001234", "FT26333")

    qtbot.waitUntil(lambda: "16.000 đ, đã thu" in words(page))
    paid = counter.story(got).entries[-1].payload
    assert paid is not None
    assert (paid["amount"], paid["method"]) == (16000, "transfer")
    assert (paid["receipt"], paid["reference"]) == ("AA-26E 0001234", "FT26333")


def test_more_than_is_owed_asks_for_the_reason_first_and_a_mistaken_sum_is_taken_back(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    page = open_story(got)
    key(page, Qt.Key.Key_L, CTRL)
    fields = page.view.band.findChildren(QLineEdit)
    assert not fields[-1].isVisible()
    fill("160000")
    qtbot.waitUntil(fields[-1].hasFocus)
    fill("người dân gửi thừa")
    qtbot.waitUntil(lambda: "lý do thu thừa: người dân gửi thừa" in page.view.timeline.sentences()[0])

    key(page, Qt.Key.Key_Z, CTRL | SHIFT)
    assert "Sẽ rút lại: Thu 160.000 đ" in words(page)
    QTest.keyClicks(QApplication.focusWidget(), "go thua so 0")
    key(page, Qt.Key.Key_F9)  # from any field

    qtbot.waitUntil(lambda: "16.000 đ, chưa thu" in words(page))
    assert counter.story(got).paid == 0


def test_which_entry_was_mistaken_is_chosen_by_its_number_before_anything_is_typed(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    page = open_story(got)
    said: list[str] = []
    page.view.told.connect(said.append)
    key(page, Qt.Key.Key_Z, CTRL | SHIFT)
    assert said == ["Hồ sơ này chưa ghi khoản tiền hay việc kết thúc nào để rút lại."]
    for amount in (9000, 7000):
        money.pay(counter.office, counter.session, got.code, amount)
    acts.stop(counter.office, counter.session, got.code, "xin dừng")
    page.view.refresh()
    qtbot.waitUntil(lambda: "xin dừng" in words(page))

    key(page, Qt.Key.Key_Z, CTRL | SHIFT)
    radios = page.view.band.findChildren(QRadioButton)
    offered = [one.text().rpartition(",")[0] for one in radios]
    assert offered == ["Dừng giải quyết", "Khoản thu 7.000 đ", "Khoản thu 9.000 đ"]
    key(page, Qt.Key.Key_Return)
    fill("nhầm")
    qtbot.waitUntil(lambda: "Việc ghi nhầm còn trống" in page.view.band.complain())
    QTest.keyClicks(QApplication.focusWidget(), "3")
    fill("thu của người khác")

    qtbot.waitUntil(lambda: counter.story(got).paid == 7000)
    assert counter.state(got) == "stopped"


def test_a_dispute_with_another_dossier_takes_back_here_or_opens_the_other_one(
    two: tuple[Counter, Counter], open_story: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = two
    got = [here.receive("Hà Thị Mơ", COPY, fee={"amount": 8000}) for here in two]
    for here, dossier in zip(two, got, strict=True):
        money.pay(here.office, here.session, dossier.code, 8000, method="transfer", reference="FT26333001")
    money.pay(one.office, one.session, got[0].code, 500)  # the transfer is the last sum no more
    swap(one, other, tmp_path)
    page = open_story(got[0])
    assert f"trùng số tham chiếu với hồ sơ {got[1].code}" in words(page)

    key(page, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: page.view.dossier.id == got[1].dossier)
    key(page, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: page.view.dossier.id == got[0].dossier)
    buttons = page.view.disputes.findChildren(KeyButton)
    [one for one in buttons if one.words() == "Rút lại khoản này"][-1].click()
    fill("của hồ sơ kia")

    qtbot.waitUntil(lambda: not page.view.disputes.isVisible())
    assert [one.story(dossier).conflicts for dossier in got] == [(), ()]
    assert one.story(got[0]).paid == 500


def test_who_pays_by_the_bank_is_shown_the_code_of_the_sum(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    preferences.change(counter.office, counter.session, bank="970436", account="0881000458086")
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    page = open_story(got)
    key(page, Qt.Key.Key_L, CTRL)
    (code,) = page.view.band.findChildren(TransferCode)
    assert not code.isVisible()

    key(page, Qt.Key.Key_Tab)
    key(page, Qt.Key.Key_2)

    account = Account("970436", "0881000458086")
    qtbot.waitUntil(lambda: read_codes(code.grab().toImage()) == [transfer(account, 16000, got.code)])
    assert {"16.000 đ", "0881000458086 (970436)"} <= {label.text() for label in code.findChildren(QLabel)}

    amount = page.view.band.findChildren(QLineEdit)[0]
    amount.setText("9.000")
    qtbot.waitUntil(lambda: read_codes(code.grab().toImage()) == [transfer(account, 9000, got.code)])
    amount.setText("chín")
    assert not code.isVisible()


def test_without_an_account_no_code_is_shown(counter: Counter, open_story: Open) -> None:
    page = open_story(counter.receive("Giàng A Páo", COPY, fee={"amount": 16000}))

    key(page, Qt.Key.Key_L, CTRL)
    key(page, Qt.Key.Key_Tab)
    key(page, Qt.Key.Key_2)

    assert not page.view.band.findChildren(TransferCode)[0].isVisible()


def test_a_fee_is_given_back_for_a_reason(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000, "paid": True})
    page = open_story(got)

    key(page, Qt.Key.Key_U, CTRL | Qt.KeyboardModifier.ShiftModifier)
    fill("16001")
    fill("thu nhầm mức")
    qtbot.waitUntil(lambda: "16.000" in page.view.band.complain())
    assert counter.story(got).paid == 16000
    fill("8.000")
    key(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: counter.story(got).paid == 8000)


def test_a_reprint_needs_its_reason_and_comes_out_as_a_copy(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)

    key(page, Qt.Key.Key_P, CTRL)
    fill("")
    qtbot.waitUntil(lambda: "lý do in lại" in page.view.band.complain())
    fill("giấy cũ ướt")

    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1)
    pdf, title, paper = counter.paper.printed[0]
    assert pdf.startswith(b"%PDF") and (title, paper) == (got.code, "a5")
    qtbot.waitUntil(lambda: "giấy cũ ướt" in page.view.timeline.sentences()[0])


def test_nobody_in_the_seat_is_told_so(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("Giàng A Páo")
    page = open_story(got)
    counter.desk.session = Session(None)

    key(page, Qt.Key.Key_Return, CTRL)
    fill("")

    qtbot.waitUntil(lambda: "mã PIN" in page.view.band.complain())
    assert counter.state(got) == "received"


def test_what_a_role_may_not_do_is_out_of_reach_and_says_for_whom_it_is(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo")
    counter.desk.session = Session(Officer("thu", "Lò Thị Thu", Role_.CASHIER))
    page = open_story(got)
    first = page.view.band._primary
    assert first is not None and not first.isEnabled()
    assert "Chỉ công chức Một cửa, phụ trách Một cửa và quản trị được làm việc này." in words(page)

    counter.desk.session = Session(Officer("lan", "H’Lan", Role_.OFFICER))
    page.entered()
    qtbot.waitUntil(lambda: bool(page.view.band._primary and page.view.band._primary.isEnabled()))
    with qtbot.waitSignal(page.told) as told:
        key(page, Qt.Key.Key_H, CTRL)

    assert told.args == ["Chỉ phụ trách Một cửa và quản trị được làm việc này."]
    assert not page.view.band.is_asking()


@pytest.fixture
def two(counter: Counter, tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    """Two machines of the commune that know each other."""
    other = Counter(tmp_path / "two", "QUẦY 2", counter.wall)
    pair(counter, other, tmp_path)
    yield counter, other
    other.close()


def test_a_disagreement_is_shown_field_by_field_and_settled_by_a_key(
    two: tuple[Counter, Counter], open_story: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    mending.correct(one.office, one.session, got.code, {"applicant.phone": "0900000111"}, "dân báo")
    mending.correct(other.office, other.session, got.code, {"applicant.phone": "0900000222"}, "dân báo")
    swap(one, other, tmp_path)

    page = open_story(got)
    assert page.view.disputes.isVisible()
    assert "0900000111" in words(page) and "0900000222" in words(page) and "máy QUẦY 2" in words(page)
    side = next(c for c in one.story(got).conflicts).sides[0]
    key(page, Qt.Key.Key_1, CTRL)

    qtbot.waitUntil(lambda: not page.view.disputes.isVisible())
    assert one.story(got).conflicts == ()
    assert one.story(got).party()["phone"] == side.value
    assert page.view.timeline.model().rowCount() == 5


def differ(one: Counter, other: Counter, got: Received, folder: Path) -> None:
    """Both machines correct the same three fields, each in its own way."""
    for counter, last in ((one, "1"), (other, "2")):
        changes = {
            "applicant.name": f"Giàng A Páo {last}",
            "applicant.phone": f"090000011{last}",
            "applicant.address": f"Thôn {last}",
        }
        mending.correct(counter.office, counter.session, got.code, changes, "dân báo")
    swap(one, other, folder)


def test_each_field_is_settled_on_its_own_by_keys_alone_and_neither_act_is_called_a_mistake(
    two: tuple[Counter, Counter], open_story: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    differ(one, other, got, tmp_path)
    page = open_story(got)
    fields = [found.field for found in one.story(got).conflicts]
    assert len(fields) == 3
    wanted = {}

    for settled, side in enumerate((0, 1, 0), start=1):
        first = one.story(got).conflicts[0]
        wanted[first.field] = first.sides[side].value
        key(page, (Qt.Key.Key_1, Qt.Key.Key_2)[side], CTRL)
        qtbot.waitUntil(lambda settled=settled: len(one.story(got).conflicts) == 3 - settled)
        qtbot.waitUntil(lambda settled=settled: len(page.view.dossier.conflicts) == 3 - settled)
        assert page.view.timeline.hasFocus()

    shown = one.story(got)
    assert {field: shown.values[field] for field in fields} == wanted
    assert [entry for entry in shown.entries if entry.mistaken] == []
    swap(one, other, tmp_path)
    assert other.story(got).fingerprint() == shown.fingerprint()


def test_sides_beyond_the_ninth_are_reached_by_tab(
    two: tuple[Counter, Counter], open_story: Open, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    for counter, last in ((one, "1"), (other, "2")):
        fields = ("name", "phone", "address", "contact_via", "email")
        texts = (f"Páo {last}", f"090000011{last}", f"Thôn {last}", f"ông Sử {last}", f"a{last}@b.vn")
        changes = {f"applicant.{name}": text for name, text in zip(fields, texts, strict=True)}
        mending.correct(counter.office, counter.session, got.code, changes, "dân báo")
    swap(one, other, tmp_path)
    page = open_story(got)

    buttons = page.view.disputes.findChildren(QPushButton)

    assert len(buttons) == 10
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
    assert len({button.accessibleName() for button in buttons}) == 10


def test_the_story_says_whether_the_district_has_it(counter: Counter, open_story: Open) -> None:
    page = open_story(counter.receive("Giàng A Páo"))

    assert "Chỉ nằm ở máy này: chưa ghi danh với máy chủ." in words(page)


def test_the_side_that_was_not_kept_is_struck_and_said(
    two: tuple[Counter, Counter], open_story: Open, tmp_path: Path
) -> None:
    one, other = two
    got = one.finish(one.receive("Giàng A Páo"))
    swap(one, other, tmp_path)
    acts.hand_back(one.office, one.session, got.code, "Giàng A Páo")
    acts.hand_back(other.office, other.session, got.code, "Giàng Thị Mỷ", authority="giấy số 5")
    swap(one, other, tmp_path)
    keep = one.story(got).conflicts[0].sides[0].event
    mending.resolve(one.office, one.session, got.code, str(keep))

    page = open_story(got)

    model = page.view.timeline.model()
    rows = [model.index(n, 0).data(Role.ROW) for n in range(model.rowCount())]
    struck = [row for row in rows if row.look == "mistaken"]
    assert len(struck) == 1 and struck[0].sentence[struck[0].struck :] == " (ghi nhầm, đã hủy)"


def test_a_settlement_that_is_refused_says_why_beside_the_sides(
    two: tuple[Counter, Counter], open_story: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    mending.correct(one.office, one.session, got.code, {"applicant.phone": "0900000111"}, "dân báo")
    mending.correct(other.office, other.session, got.code, {"applicant.phone": "0900000222"}, "dân báo")
    swap(one, other, tmp_path)
    page = open_story(got)
    one.desk.session = Session(None)

    key(page, Qt.Key.Key_2, CTRL)

    qtbot.waitUntil(lambda: "mã PIN" in page.view.disputes.fault.words())
    assert len(one.story(got).conflicts) == 1


def test_an_act_of_a_later_version_is_said_to_need_an_update(
    two: tuple[Counter, Counter], open_story: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_app.domain import kinds

    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    later = kinds.Kind("blessed", True, kinds.record(optional={"at": kinds.moment}))
    monkeypatch.setitem(kinds.KINDS, "blessed", later)
    with other.office.writing() as (pen, now):
        pen.append("blessed", got.dossier, {"at": now.isoformat()}, "admin")
    monkeypatch.undo()
    swap(one, other, tmp_path)

    page = open_story(got)

    assert "Cần cập nhật phần mềm" in words(page)
    assert "cần cập nhật" in page.view.timeline.sentences()[0]


def test_whatever_takes_the_focus_has_a_name(
    two: tuple[Counter, Counter], open_story: Open, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    mending.correct(one.office, one.session, got.code, {"applicant.phone": "0900000111"}, "dân báo")
    mending.correct(other.office, other.session, got.code, {"applicant.phone": "0900000222"}, "dân báo")
    swap(one, other, tmp_path)
    page = open_story(got)

    key(page, Qt.Key.Key_W, CTRL)
    folded = nameless(page)
    key(page, Qt.Key.Key_S, CTRL)

    assert (folded, nameless(page)) == ([], [])


def test_nothing_pops_up_over_the_work(
    two: tuple[Counter, Counter], open_story: Open, qtbot: QtBot, app: QApplication, tmp_path: Path
) -> None:
    one, other = two
    got = one.receive("Giàng A Páo")
    swap(one, other, tmp_path)
    mending.correct(one.office, one.session, got.code, {"applicant.phone": "0900000111"}, "dân báo")
    mending.correct(other.office, other.session, got.code, {"applicant.phone": "0900000222"}, "dân báo")
    swap(one, other, tmp_path)
    flashes = Flashes(app)

    page = open_story(got)
    key(page, Qt.Key.Key_W, CTRL)
    key(page, Qt.Key.Key_S, CTRL)
    fill("Giàng A Páo", "12", "gõ nhầm")
    qtbot.waitUntil(lambda: page.view.band.complain() != "")

    assert flashes.seen == ["StoryPage"]


def test_no_two_acts_share_a_key_in_one_state() -> None:
    from counter_app.domain import lifecycle

    for state in lifecycle.State:
        keys = [
            act.key
            for act in BY_KIND.values()
            if state in lifecycle.STEPS.get(act.kind, (frozenset(lifecycle.State), None))[0]
        ]
        assert len(keys) == len(set(keys)), state


def test_who_has_no_number_is_reached_through_somebody_and_it_reads_so(
    counter: Counter, open_story: Open
) -> None:
    got = counter.receive("Y Bliu Mlô", phone="", party={"contact_via": "trưởng buôn Y Khoa"})

    page = open_story(got)

    assert f"{got.code}  –  nhắn qua trưởng buôn Y Khoa" in words(page)


def test_a_key_copies_it_for_another_program(counter: Counter, open_story: Open, qtbot: QtBot) -> None:
    got = counter.receive("H’Loan Niê Kđăm")
    page = open_story(got)
    told = []
    page.told.connect(told.append)

    key(page, Qt.Key.Key_Y, CTRL | SHIFT)
    key(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)

    pasted = dict(line.split("\t") for line in QApplication.clipboard().text().splitlines())
    assert (pasted["MaHoSo"], pasted["ChuHoSo"], pasted["KenhThucHien"]) == (got.code, "H’Loan Niê Kđăm", "1")
    assert "rồi dán" in told[0]
    pasteboard.forget()
    assert QApplication.clipboard().text() == ""


def test_what_somebody_copied_since_stays_on_the_clipboard(app: QApplication) -> None:
    pasteboard.put("ChuHoSo\tH’Loan Niê Kđăm")
    QApplication.clipboard().setText("của chương trình khác")

    pasteboard.forget()

    assert QApplication.clipboard().text() == "của chương trình khác"


def test_an_erasure_asks_for_its_act_and_for_the_code_and_says_what_still_holds_it(
    counter: Counter, open_story: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    got = counter.receive("Giàng A Páo")
    acts.refuse(counter.office, counter.session, got.code, "không thuộc xã")
    own = tmp_path / "rieng.zip"
    keeping.backup(counter.office, own)
    counter.wall.now += timedelta(minutes=5)
    page = open_story(got)
    ruling = ("Quyết định 12/QĐ-UBND", "20/4", "Chủ tịch UBND xã", "công dân yêu cầu")

    key(page, Qt.Key.Key_Delete, CTRL | SHIFT)
    assert "người nộp, nội dung 3 việc" in page.view.band.warning()
    fill(*ruling, "")
    qtbot.waitUntil(lambda: f"gõ lại đúng mã “{got.code}”" in page.view.band.complain())
    assert page.view.band.begun() is not None and "confirm" not in page.view.band.begun()[1]
    assert counter.story(got).erased is None
    fill(got.code)
    qtbot.waitUntil(lambda: page.view.dossier is not None and page.view.dossier.erased is not None)

    said = words(page)
    for part in ("Đã xóa nội dung", "12/QĐ-UBND, ngày 20/4/2026", f"Tệp {own}", "hãy xóa tệp ấy"):
        assert part in said
    assert "Páo" not in said
    for pressed in (Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_E):
        key(page, pressed, CTRL)
        assert not page.view.band.is_asking()


def test_only_a_head_or_an_administrator_erases(counter: Counter, open_story: Open) -> None:
    counter.officer("Nông Thị Xuyến")
    got = counter.receive("Giàng A Páo")
    acts.refuse(counter.office, counter.session, got.code, "không thuộc xã")
    page = open_story(got)

    key(page, Qt.Key.Key_Delete, CTRL | SHIFT)

    assert not page.view.band.is_asking()


def test_what_is_to_be_looked_at_after_an_act_stands_beside_the_next_one(
    counter: Counter, open_story: Open, qtbot: QtBot
) -> None:
    got = counter.receive("Giàng A Páo", COPY, fee={"amount": 16000})
    closing.close(counter.office, counter.session, counter.wall.now.date())
    page = open_story(got)

    key(page, Qt.Key.Key_L, CTRL)
    key(page, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "16.000 đ, đã thu" in words(page))
    assert "đã chốt sổ ở máy này; hãy chốt lại" in page.view.warned.words()
    assert page.view.warned.isVisible()
    other = counter.receive("Y Thao Niê")
    page.view.open(other.dossier)
    qtbot.waitUntil(lambda: page.view.dossier is not None and page.view.dossier.id == other.dossier)
    assert not page.view.warned.isVisible()
