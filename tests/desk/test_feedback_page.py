"""The page Phản ánh: a petition by keys until it is published, a hundred slips, the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.books import BooksPage
from counter_app.desk.pages.feedback import FeedbackPage, Look
from counter_app.desk.pages.petition_acts import NEW
from counter_app.desk.window import Window
from counter_app.domain import books
from counter_app.domain.petitions import Stage
from counter_app.services import drafts, petitions, surveys
from counter_app.services.office import Office
from tests.desk.counters import Counter, pair, swap
from tests.desk.hands import press, type_in
from tests.paper.reading import pages, squeezed

pytestmark = pytest.mark.usefixtures("app")
ENTER, F9 = Qt.Key.Key_Return, Qt.Key.Key_F9
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WAIT = {"source": "phone", "subject": "Chờ lâu", "content": "Chờ hai giờ"}


def opened(counter: Counter, qtbot: QtBot, rows: int = 0) -> FeedbackPage:
    page = FeedbackPage(counter.desk)
    counter.show(page)
    page.entered()
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == rows and (rows > 0 or page.petitions.says() != ""))
    return page


def test_a_petition_goes_from_its_reception_to_its_publication_by_keys(
    counter: Counter, qtbot: QtBot
) -> None:
    page = opened(counter, qtbot)
    form = page.petitions.form
    assert "Ctrl+N" in page.petitions.says()

    press(Qt.Key.Key_N, CTRL)
    press(ENTER)
    for words in ("Chờ lâu ở quầy", "Sáng nay chờ hai giờ", "H’Loan Niê", "0900000123", "", "quầy 2", ""):
        if words:
            type_in(words)
        press(ENTER)
    press(F9)
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == len(counter.paper.printed) == 1)

    (receipt, title, _), number = counter.paper.printed[0], page.petitions.rows()[0].petition.number
    assert title == number and squeezed("Sáng nay chờ hai giờ") in squeezed("".join(pages(receipt)))
    assert "H’Loan Niê, 0900000123" in form.says() and "quầy 2" in form.says()
    assert page.petitions.rows()[0].standing.days == 15

    press(ENTER, CTRL)
    type_in("Đã mở thêm một quầy")
    press(F9)
    qtbot.waitUntil(lambda: page.petitions.rows()[0].petition.stage is Stage.ANSWERED)
    qtbot.waitUntil(lambda: len(counter.paper.printed) == 2)
    assert squeezed("Đã mở thêm một quầy") in squeezed("".join(pages(counter.paper.printed[1][0])))

    press(ENTER, CTRL)
    type_in("bảng tin")
    press(F9)
    qtbot.waitUntil(lambda: page.petitions.rows()[0].petition.stage is Stage.PUBLISHED)
    assert "bảng tin" in form.says() and page.petitions.rows()[0].standing.days is None


def test_what_hurts_first_stands_first_and_a_refusal_needs_its_reason(counter: Counter, qtbot: QtBot) -> None:
    office, session = counter.office, counter.session
    counter.wall.go("1/4 08:00")
    late = petitions.receive(office, session, WAIT).number
    ended = petitions.receive(office, session, WAIT).number
    petitions.refuse(office, session, ended, "trùng")
    asked = petitions.receive(office, session, WAIT).number
    petitions.ask(office, session, asked, ["giờ đến"])
    counter.wall.go("29/4 08:00")
    fresh = petitions.receive(office, session, WAIT).number
    page = opened(counter, qtbot, rows=4)

    assert [row.petition.number for row in page.petitions.rows()] == [late, fresh, asked, ended]
    assert [row.standing.state for row in page.petitions.rows()] == ["late", "in_time", "paused", "in_time"]

    press(Qt.Key.Key_T, CTRL, SHIFT)
    press(F9)
    qtbot.waitUntil(lambda: page.petitions.form.notice.words() != "")
    assert "lý do" in page.petitions.form.notice.words().lower()
    press(Qt.Key.Key_Escape)
    assert page.petitions.form.doing == ""
    assert petitions.find(office, late).stage is Stage.RECEIVED


def test_two_answers_are_shown_until_one_is_kept(counter: Counter, qtbot: QtBot, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    other = Counter(folder / "two", "QUẦY 2", counter.wall)
    pair(counter, other, folder)
    number = petitions.receive(counter.office, counter.session, WAIT).number
    swap(counter, other, folder)
    petitions.answer(counter.office, counter.session, number, "Đã tăng quầy")
    petitions.answer(other.office, other.session, number, "Sẽ xem xét")
    swap(counter, other, folder)
    other.close()
    page = opened(counter, qtbot, rows=1)
    assert "Ghi khác nhau" in page.petitions.rows()[0].spoken
    qtbot.waitUntil(lambda: page.petitions.form.dispute.words() != "")
    press(Qt.Key.Key_N, CTRL)
    assert page.petitions.form.dispute.words() == "", "it is another petition that is typed"
    with qtbot.assertNotEmitted(page.petitions.form.kept):
        press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_Escape)
    kept = page.petitions.form.sides[1].words().removeprefix("Giữ: ")

    page.petitions.form.keep(1)
    page.petitions.begin()

    qtbot.waitUntil(lambda: not page.petitions.rows()[0].petition.conflicts)
    assert page.petitions.form.doing == NEW, "what came home ends nothing that was begun since"
    assert petitions.find(counter.office, number).answer == kept
    assert page.petitions.form.dispute.words() == ""


def test_a_petition_given_twice_is_one_and_what_is_typed_meanwhile_stays(
    counter: Counter, qtbot: QtBot
) -> None:
    page = opened(counter, qtbot)
    form, subject = page.petitions.form, page.petitions.form.fields["subject"]
    press(Qt.Key.Key_N, CTRL)
    subject.setText("Chờ lâu")
    form.commit()
    form.commit()
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == 1)
    assert form.doing == "" and len(petitions.listing(counter.office)) == 1

    press(Qt.Key.Key_N, CTRL)
    subject.setText("Thiếu ghế")
    form.commit()
    subject.setText("Thiếu nước uống")
    page.petitions.drafting.keep_now()
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == 2)
    assert (form.doing, subject.text()) == (NEW, "Thiếu nước uống")
    page.closing()

    def kept() -> list[str]:
        found = drafts.kept(counter.office, drafts.PETITION).drafts
        return [str(draft.fields["typed/subject"]) for draft in found]

    qtbot.waitUntil(lambda: kept() == ["Thiếu nước uống"])
    press(F9)
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == 3)
    assert kept() == []


def test_a_refused_petition_keeps_its_one_draft(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    form = page.petitions.form
    press(Qt.Key.Key_N, CTRL)
    form.fields["subject"].setText("Chờ lâu " * 60)
    press(F9)
    qtbot.waitUntil(lambda: form.notice.words() != "")
    assert form.doing == NEW and form.save.isEnabled()
    assert len(drafts.kept(counter.office, drafts.PETITION).drafts) == 1

    form.fields["subject"].setText("Chờ lâu")
    press(F9)
    qtbot.waitUntil(lambda: len(page.petitions.rows()) == 1)
    assert drafts.kept(counter.office, drafts.PETITION).drafts == []


def test_words_that_are_typed_stay_until_they_are_left_twice(counter: Counter, qtbot: QtBot) -> None:
    for _ in range(2):
        petitions.receive(counter.office, counter.session, WAIT)
    page = opened(counter, qtbot, rows=2)
    form, rows = page.petitions.form, page.petitions.rows()
    press(ENTER, CTRL)
    type_in("Đã mở thêm một quầy")

    press(Qt.Key.Key_N, CTRL)
    page.petitions.list.go_to(1)

    assert (form.doing, form.first.text()) == ("answer", "Đã mở thêm một quầy")
    assert form.petition is not None and form.petition.number == rows[0].petition.number

    form.first.setFocus()
    press(Qt.Key.Key_Escape)
    assert form.doing == "answer" and "Esc lần nữa" in form.notice.words()
    type_in("!")
    assert form.notice.words() == ""
    press(Qt.Key.Key_Escape)
    assert form.first.text() == "Đã mở thêm một quầy!"
    press(Qt.Key.Key_Escape)
    assert form.doing == form.first.text() == form.notice.words() == ""
    assert form.petition.number == rows[1].petition.number

    press(Qt.Key.Key_N, CTRL)
    form.fields["subject"].setText("Thiếu ghế")
    press(Qt.Key.Key_Escape)
    assert form.fields["subject"].text() == "Thiếu ghế" and "Esc lần nữa" in form.notice.words()


def test_what_is_typed_of_an_act_is_there_when_it_is_begun_again(counter: Counter, qtbot: QtBot) -> None:
    office = counter.office
    petitions.receive(office, counter.session, WAIT)

    def kept() -> list[str]:
        return [str(draft.fields["first"]) for draft in drafts.kept(office, drafts.PETITION_ACT).drafts]

    page = opened(counter, qtbot, rows=1)
    for key, words in ((Qt.Key.Key_G, "Lê Văn B"), (ENTER, "Đã mở thêm một quầy")):
        press(key, CTRL)
        type_in(words)
        page.petitions.acts.drafting.keep_now()
        qtbot.waitUntil(lambda words=words: words in kept())
        page = opened(counter, qtbot, rows=1)  # the power was cut

    press(Qt.Key.Key_B, CTRL)
    assert page.petitions.form.first.text() == "", "each act has its own words"
    press(Qt.Key.Key_Escape)
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: page.petitions.form.first.text() == "Đã mở thêm một quầy")
    press(F9)
    qtbot.waitUntil(lambda: page.petitions.rows()[0].petition.stage is Stage.ANSWERED)
    assert kept() == ["Lê Văn B"], "what was written is kept no more, in the same transaction"


def test_an_act_that_is_left_is_kept_no_more_and_a_refused_one_is(counter: Counter, qtbot: QtBot) -> None:
    office = counter.office
    petitions.receive(office, counter.session, WAIT)
    page = opened(counter, qtbot, rows=1)
    form = page.petitions.form
    press(ENTER, CTRL)
    form.first.setText("Đã mở thêm một quầy " * 250)
    press(F9)
    qtbot.waitUntil(lambda: form.notice.words() != "")
    qtbot.waitUntil(lambda: len(drafts.kept(office, drafts.PETITION_ACT).drafts) == 1)

    page = opened(counter, qtbot, rows=1)
    press(ENTER, CTRL)
    qtbot.waitUntil(lambda: page.petitions.form.first.text() != "")
    press(Qt.Key.Key_Escape)
    assert page.petitions.form.doing == "answer"
    press(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: drafts.kept(office, drafts.PETITION_ACT).drafts == [])
    press(ENTER, CTRL)
    assert page.petitions.form.first.text() == ""


def test_of_two_with_one_number_the_one_that_is_here_is_answered(counter: Counter, qtbot: QtBot) -> None:
    office, session = counter.office, counter.session
    one = petitions.receive(office, session, WAIT)
    twin = books.petition_page(commune(office), bytes(8))
    with office.writing() as (pen, _):  # as another copy of this store wrote it
        pen.append("petition_received", twin, {**(one.reception or {}), "subject": "Thiếu ghế"}, "admin")
    page = opened(counter, qtbot, rows=2)
    rows = page.petitions.rows()
    assert all(row.number == f"{one.number} · trùng số" and row.number in row.spoken for row in rows)
    page.petitions.list.go_to([row.petition.id for row in rows].index(twin))
    assert str(UUID(bytes=twin)) in page.petitions.form.says()

    press(ENTER, CTRL)
    type_in("Đã thêm ghế")
    press(F9)

    qtbot.waitUntil(lambda: petitions.find(office, twin.hex()).stage is Stage.ANSWERED)
    assert petitions.find(office, one.id.hex()).stage is Stage.RECEIVED
    qtbot.waitUntil(lambda: "Đã thêm ghế" in page.petitions.form.says())
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "In thư trả lời phản ánh" in page.petitions.form.says())


def commune(office: Office) -> bytes:
    with office.writing() as (pen, _):
        return pen.commune


def test_a_hundred_slips_take_two_keys_each_and_one_more(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    press(Qt.Key.Key_2, ALT)
    answers = "1" * 20 + "2" * 79 + "3"
    keys = 0
    for answer in answers:
        QTest.keyClick(QApplication.focusWidget(), answer)
        press(ENTER)
        keys += 2
    assert "100 phiếu chưa lưu – Rất hài lòng: 20, Hài lòng: 79, Không hài lòng: 1" in page.slips.says()

    with qtbot.waitSignal(page.told):
        press(F9)
    keys += 1
    assert page.slips.slips == []

    today = page.slips._today()
    (stack,) = surveys.stacks_of(counter.office, today, today)
    assert keys == 201 and len(stack.slips) == 100
    assert surveys.figures(counter.office, today, today).content == 99.0

    with qtbot.waitSignal(page.told):
        press(Qt.Key.Key_Z, CTRL)
    assert surveys.figures(counter.office, today, today).slips == 0
    press(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "chưa nhập phiếu nào" in page.slips.notice.words())


def test_what_was_typed_and_not_saved_is_there_again(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    for answer in "1123":
        type_in(answer)
        press(ENTER)
    page.choose(Look.PETITIONS)
    press(Qt.Key.Key_N, CTRL)
    for name, field in page.petitions.form.fields.items():
        field.setText("0900000123" if name == "phone" else f"Chờ lâu, {name}")
    page.petitions.form.source.setCurrentIndex(1)
    page.closing()
    office = counter.office
    qtbot.waitUntil(lambda: len(drafts.kept(office, drafts.SLIPS).drafts) == 1)
    qtbot.waitUntil(lambda: len(drafts.kept(office, drafts.PETITION).drafts) == 1)

    again = FeedbackPage(counter.desk)
    counter.show(again)
    again.entered()
    qtbot.waitUntil(lambda: len(again.slips.slips) == 4)
    qtbot.waitUntil(lambda: again.petitions.form.given() == page.petitions.form.given())
    press(F9)
    qtbot.waitUntil(lambda: len(again.petitions.rows()) == 1)
    said = again.petitions.rows()[0].petition.reception
    assert said is not None and (said["source"], said["about"]["officer"]) == ("phone", "Chờ lâu, officer")
    again.choose(Look.SLIPS)
    with qtbot.waitSignal(again.told):
        press(F9)

    assert drafts.kept(office, drafts.SLIPS).drafts == drafts.kept(office, drafts.PETITION).drafts == []
    today = again.slips._today()
    assert surveys.figures(office, today, today).slips == 4


def test_a_refused_stack_stands_there_as_it_was(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    for answer in "12":
        type_in(answer)
        press(ENTER)
    page.slips.day.setText("1/1/2020")

    press(F9)
    qtbot.waitUntil(lambda: page.slips.notice.words() != "")

    assert [slip["answer"] for slip in page.slips.slips] == ["very_content", "content"]
    page.slips.day.setText("20/4/2026")
    with qtbot.waitSignal(page.told):
        press(F9)
    assert drafts.kept(counter.office, drafts.SLIPS).drafts == []


def test_a_wrong_digit_is_told_and_backspace_mends_the_slip_before(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    type_in("1")
    press(ENTER)
    type_in("7")
    press(ENTER)
    assert "1, 2, 3" in page.slips.notice.words() and len(page.slips.slips) == 1

    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    assert page.slips.slips == [] and page.slips.answer.text() == "1"
    press(Qt.Key.Key_Backspace)
    type_in("3")
    page.slips.remark.setText("Chờ lâu")
    with qtbot.waitSignal(page.told):
        press(F9)

    today = page.slips._today()
    (stack,) = surveys.stacks_of(counter.office, today, today)
    assert stack.slips == ({"answer": "not_content", "remark": "Chờ lâu"},)


def test_a_slip_too_many_or_a_remark_too_long_is_told_at_once(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    type_in("1")
    page.slips.remark.setText("x" * (surveys.LONGEST_REMARK + 1))
    press(ENTER)
    assert str(surveys.LONGEST_REMARK) in page.slips.notice.words() and page.slips.slips == []
    assert page.slips.remark.text() != "", "it is there to be shortened"

    page.slips.remark.clear()
    page.slips.slips = [{"answer": "content"}] * surveys.MOST
    press(ENTER)
    assert str(surveys.MOST) in page.slips.notice.words() and len(page.slips.slips) == surveys.MOST


def test_a_stack_keeps_the_scale_that_it_was_begun_by(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    type_in("1")
    press(ENTER)
    page.slips.drafting.keep_now()
    page.slips.day.setText("19/4/2026")
    page.slips.remark.setText("Chờ lâu")
    page.slips.channel.setCurrentIndex(1)
    office = counter.office
    qtbot.waitUntil(  # no key is pressed any more: what changed beside the stack is kept by itself
        lambda: (
            [
                (d.fields["day"], d.fields["remark"], d.fields["channel"])
                for d in drafts.kept(office, drafts.SLIPS).drafts
            ]
            == [("19/4/2026", "Chờ lâu", "qr")]
        )
    )
    office.settings = replace(office.settings, survey_scale="stars")
    page.choose(Look.SLIPS)
    assert "Rất hài lòng: 1" in page.slips.says() and "3 – Không hài lòng" in page.slips.says()

    again = FeedbackPage(counter.desk)
    counter.show(again)
    again.choose(Look.SLIPS)
    qtbot.waitUntil(lambda: len(again.slips.slips) == 1)
    assert again.slips.remark.text() == "Chờ lâu"
    type_in("3")
    with qtbot.waitSignal(again.told):
        press(F9)

    day = date(2026, 4, 19)
    stacks = surveys.stacks_of(office, day, day)
    assert {stack.scale for stack in stacks} == {"three"}
    assert surveys.figures(office, day, day).content == 50.0
    again.choose(Look.SLIPS)
    assert "5 – " in again.slips.says(), "the next stack is asked by the new one"


def test_an_answer_is_of_the_scale_that_stood_there_when_it_was_typed(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)
    office, slips = counter.office, page.slips
    type_in("3")
    office.settings = replace(office.settings, survey_scale="stars")
    with qtbot.waitSignal(page.told):
        press(F9)  # without Enter: the answer still stands in its field
    assert {stack.scale for stack in surveys.stacks_of(office, slips._today(), slips._today())} == {"three"}

    assert "5 – " in slips.says()
    slips.day.setText("1/1/2020")
    type_in("5")
    office.settings = replace(office.settings, survey_scale="three")
    slips.commit()
    slips.day.setText("20/4/2026")
    type_in("1")
    qtbot.waitUntil(lambda: slips.notice.words() != "")
    with qtbot.waitSignal(page.told):
        press(F9)

    day = slips._today()
    assert [one.scale for one in surveys.stacks_of(office, day, day)] == ["three", "three"]
    qtbot.waitUntil(  # what was refused waits as a stack of its own
        lambda: [d.fields["scale"] for d in drafts.kept(office, drafts.SLIPS).drafts] == ["stars"]
    )


def test_the_figures_of_a_period_stand_as_they_are_published(counter: Counter, qtbot: QtBot) -> None:
    office, session = counter.office, counter.session
    number = petitions.receive(office, session, WAIT).number
    petitions.receive(office, session, WAIT)
    petitions.answer(office, session, number, "Đã mở thêm quầy")
    page = opened(counter, qtbot, rows=2)
    surveys.add(
        office, session, page.slips._today(), "qr", [{"answer": "1"}, {"answer": "3"}, {"answer": "2"}]
    )

    press(Qt.Key.Key_3, ALT)

    qtbot.waitUntil(lambda: "66,67 %" in page.figures.says())
    said = page.figures.says()
    assert "3 phiếu khảo sát" in said and "Rất hài lòng | 1 | 33,33 | 0 | 1 | 0" in said
    assert "đã nhận: 2 (điện thoại 2)" in said and "Đã trả lời 1, trong đó đúng hạn 1" in said
    assert "Đã xử lý 50 %" in said


def test_blank_slips_are_printed_and_the_wall_sheet_asks_for_the_page(counter: Counter, qtbot: QtBot) -> None:
    page = opened(counter, qtbot)
    page.choose(Look.SLIPS)

    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: len(counter.paper.printed) == 1)
    press(Qt.Key.Key_P, CTRL, SHIFT)
    qtbot.waitUntil(lambda: "trang khảo sát" in page.slips.notice.words())

    ((pdf, title, paper),) = counter.paper.printed
    assert (title, paper, len(pages(pdf))) == ("phieu-khao-sat", "a4", 25)


def test_a_key_leads_there_from_anywhere_and_the_books_tell_it(window: Window, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F7, SHIFT)
    assert isinstance(window.pages.currentWidget(), FeedbackPage)

    books = window.go("books")
    assert isinstance(books, BooksPage)
    books.feedback.click()

    assert isinstance(window.pages.currentWidget(), FeedbackPage)
