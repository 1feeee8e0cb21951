"""Trả ngay as an officer works it: certified copies by keys alone, one citizen after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.app import Start
from counter_app.desk.pages.instant import InstantPage
from counter_app.desk.pages.instant_day import skipped
from counter_app.desk.window import Window
from counter_app.domain.certification import RegisterNumber
from counter_app.domain.errors import DiskFull
from counter_app.domain.lifecycle import State
from counter_app.services import drafts, instant, lookup
from counter_app.services.instant import Given
from counter_app.services.office import Office
from counter_app.system.paths import Places
from tests.desk.hands import CARD, FakePrinter, HandClock, press, type_in
from tests.desk.walking import nameless

ENTER, TAB, F9, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_F9, Qt.Key.Key_Down
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOTHER = "066152001234||Hờ Thị Mỷ|01051952|Nữ|Bản Sín Chải, xã Ea Mlung, tỉnh Đắk Lắk|10052021"


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> InstantPage:
    """The page in front, certified copies chosen, the register's next line told."""
    press(Qt.Key.Key_F10)
    page = window.pages.currentWidget()
    assert isinstance(page, InstantPage)
    qtbot.waitUntil(lambda: bool(page.entry.entry.text()))
    qtbot.waitUntil(page.entry.name.hasFocus)
    return page


def give(page: InstantPage, qtbot: QtBot, name: str = "Nguyen Thi Anh", paper: str = "gks") -> Given:
    """One act with its keys, written and told."""
    before = page.last.given
    type_in(name)
    press(ENTER)
    type_in(paper)
    press(F9)
    return given_after(page, qtbot, before)


def given_after(page: InstantPage, qtbot: QtBot, before: Given | None) -> Given:
    qtbot.waitUntil(lambda: page.last.given is not before)
    given = page.last.given
    assert given is not None
    return given


def test_a_card_a_paper_its_pages_and_copies_and_f9_do_it_all(
    page: InstantPage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    type_in(CARD)
    press(ENTER)
    type_in("gks")
    press(ENTER)
    type_in("5")
    press(ENTER)
    type_in("3")

    assert page.entry.fee.text() == "21.000 đ"
    assert page.entry.why.text() == "(2 trang × 2.000 + 3 trang × 1.000 = 7.000) × 3 bản"
    press(F9)
    given = given_after(page, qtbot, None)

    dossier = lookup.story(office, given.dossier)
    assert dossier.state is State.RETURNED
    assert dossier.party()["id_number"] == "066174000123"
    assert dossier.party()["address"] == "Buôn Ea Mlung, xã Ea Mlung, tỉnh Đắk Lắk"
    assert (given.what, given.pages, given.copies, given.paid) == ("Giấy khai sinh", 5, 3, 21_000)
    assert page.last.number.text() == "Số 1"
    assert printer.printed == [], "a receipt only on wish"


def test_the_page_is_ready_for_the_next_citizen_with_the_next_number(page: InstantPage, qtbot: QtBot) -> None:
    give(page, qtbot)

    assert page.entry.is_empty()
    assert page.entry.name.hasFocus()
    assert page.entry.procedure is not None and page.entry.procedure.code == "2.000815"
    assert page.entry.entry.text() == "2"
    qtbot.waitUntil(lambda: page.day.sums.text() == "1 việc · 1 bản · 2.000 đ")


def test_before_the_first_act_of_the_day_its_words_stand_at_the_top(page: InstantPage) -> None:
    nothing = page.day.nothing

    assert nothing.isVisible()
    assert page.last.height() <= page.last.sizeHint().height() + 8
    assert nothing.mapTo(page, nothing.rect().topLeft()).y() < page.height() // 3


def test_the_number_that_is_told_is_the_one_on_the_disk(
    page: InstantPage, office: Office, qtbot: QtBot
) -> None:
    proposed = int(page.entry.entry.text())

    given = give(page, qtbot)

    assert given.register is not None and given.register.number == proposed
    assert lookup.story(office, given.dossier).register_numbers == (given.register,)


def test_a_card_scanned_anywhere_fills_this_page_while_it_is_in_front(
    window: Window, page: InstantPage, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    assert window.scan_box.hasFocus()
    type_in(CARD)
    press(ENTER)
    qtbot.waitUntil(lambda: page.entry.number.text() == "066174000123")

    assert window.pages.currentWidget() is page
    assert page.entry.what.hasFocus()

    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Escape)
    type_in(MOTHER)
    press(ENTER)
    qtbot.waitUntil(lambda: type(window.pages.currentWidget()).__name__ == "IntakePage")


def test_a_card_over_another_name_says_whose_place_it_took(
    window: Window, page: InstantPage, qtbot: QtBot
) -> None:
    type_in("Giang A Pao")

    with qtbot.waitSignal(page.told) as told:
        page.take_scan(CARD)

    assert told.args == ["Thẻ vừa quét thay cho tên đã gõ: Giang A Pao"]
    assert page.entry.name.text() == "H’Loan Niê Kđăm"


def test_ctrl_n_begins_afresh(page: InstantPage) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("gks")

    press(Qt.Key.Key_N, CONTROL)

    assert page.entry.is_empty()
    assert page.entry.name.hasFocus()


def test_only_what_matters_is_asked(page: InstantPage, qtbot: QtBot) -> None:
    def choose(letters: str) -> None:
        press(Qt.Key.Key_F, CONTROL)
        type_in(letters)
        press(ENTER)

    shown = [page.entry.pages.isVisible(), page.entry.copies.isVisible(), page.entry.cases.isVisible()]
    assert shown == [True, True, False]
    choose("ctck")
    assert [page.entry.pages.isVisible(), page.entry.cases.isVisible()] == [False, True]
    qtbot.waitUntil(lambda: page.entry.volume.text().endswith("-SCT/CK,ĐC"))
    choose("ks")
    assert not page.entry.entry.isVisible(), "civil status stands in registers of its own"
    assert page.entry.fee.text() == "0 đ"


def test_only_same_day_procedures_are_offered(page: InstantPage) -> None:
    press(Qt.Key.Key_F, CONTROL)
    type_in("lks")  # đăng ký lại khai sinh takes five days

    assert page.procedure.found.topLevelItemCount() == 0


def test_letters_stand_for_a_paper_and_down_takes_the_next_one(page: InstantPage) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("btn")
    assert "Bằng tốt nghiệp THPT" in page.entry.short_for.text()
    press(DOWN)
    press(ENTER)

    assert page.entry.what.text() == "Bằng tốt nghiệp THCS"
    assert page.entry.pages.hasFocus()


def test_a_name_of_its_own_stays_as_typed(page: InstantPage, qtbot: QtBot) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("Giấy khen")
    press(ENTER)
    press(F9)

    assert given_after(page, qtbot, None).what == "Giấy khen"


def test_what_is_missing_is_said_and_f9_writes_nothing(page: InstantPage, office: Office) -> None:
    assert (page.save.isEnabled(), page.reason.text()) == (False, "Quét thẻ, hoặc gõ tên người dân")
    type_in("Anh")
    assert page.reason.text() == "Ghi tên giấy tờ"
    press(F9)

    assert page.entry.what.hasFocus()
    assert "Sổ chứng thực cần tên giấy tờ" in page.entry.notice.words()
    assert lookup.newest(office) == []


def test_the_same_citizens_next_paper_needs_no_name(page: InstantPage, office: Office, qtbot: QtBot) -> None:
    type_in(CARD)
    press(ENTER)
    type_in("gks")
    press(F9)
    first = given_after(page, qtbot, None)

    press(Qt.Key.Key_T, CONTROL)
    assert page.entry.what.hasFocus()
    type_in("hb")
    press(F9)
    second = given_after(page, qtbot, first)

    parties = [lookup.story(office, one.dossier).party() for one in (first, second)]
    assert parties[0] == parties[1]
    assert (second.what, second.register.number if second.register else 0) == ("Học bạ", 2)


def test_a_receipt_is_printed_when_it_is_asked_for(
    page: InstantPage, office: Office, printer: FakePrinter, qtbot: QtBot
) -> None:
    given = give(page, qtbot)

    with qtbot.waitSignal(page.told):
        press(Qt.Key.Key_P, CONTROL)
    assert len(printer.printed) == 1
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.printed) == 2)

    assert [title for _, title, _ in printer.printed] == [given.code] * 2
    assert [e.payload["copy"] for e in lookup.story(office, given.dossier).prints if e.payload] == [1, 2]


def test_the_last_one_is_taken_back_with_its_reason_and_can_be_entered_aright(
    page: InstantPage, office: Office, qtbot: QtBot
) -> None:
    wrong = give(page, qtbot, paper="hb")

    press(Qt.Key.Key_Z, CONTROL)
    assert page.last.reason.hasFocus()
    type_in("nham giay")
    press(ENTER)
    qtbot.waitUntil(lambda: page.last.given is not None and page.last.given.taken_back)

    dossier = lookup.story(office, wrong.dossier)
    assert dossier.state is State.VOIDED
    assert dossier.entries[-1].payload is not None
    assert dossier.entries[-1].payload["reason"] == "nham giay"
    assert page.entry.name.text() == "Nguyen Thi Anh", "what was entered is back, to be mended"
    qtbot.waitUntil(lambda: page.entry.entry.text() == "2")
    page.entry.focus(page.entry.what)
    type_in("gks")
    press(F9)
    right = given_after(page, qtbot, page.last.given)
    assert (right.what, right.register.number if right.register else 0) == ("Giấy khai sinh", 2)


def test_ctrl_z_takes_back_typing_first(page: InstantPage, qtbot: QtBot) -> None:
    give(page, qtbot)
    type_in("Lan")

    press(Qt.Key.Key_Z, CONTROL)

    assert page.entry.name.text() == ""
    assert not page.last.asks()


def test_esc_leaves_the_last_one_as_it_is(page: InstantPage, office: Office, qtbot: QtBot) -> None:
    given = give(page, qtbot)
    press(Qt.Key.Key_Z, CONTROL)

    press(Qt.Key.Key_Escape)

    assert page.entry.name.hasFocus()
    assert lookup.story(office, given.dossier).state is State.RETURNED


def test_after_some_minutes_it_says_that_it_is_too_late(
    page: InstantPage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    given = give(page, qtbot)
    clock.pass_by(minutes=6)
    press(Qt.Key.Key_Z, CONTROL)
    press(ENTER)

    qtbot.waitUntil(lambda: "không rút lại được" in page.last.notice.words())
    assert lookup.story(office, given.dossier).state is State.RETURNED


def test_the_officers_own_number_goes_first_and_a_used_one_is_refused_in_place(
    page: InstantPage, office: Office, qtbot: QtBot
) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("gks")
    page.entry.focus(page.entry.entry)
    type_in("40")
    press(F9)
    first = given_after(page, qtbot, None)
    assert first.register is not None and first.register.number == 40
    assert page.entry.entry.text() == "41"

    type_in("Lan")
    press(ENTER)
    type_in("hb")
    page.entry.focus(page.entry.entry)
    type_in("40")
    press(F9)
    qtbot.waitUntil(lambda: first.code in page.entry.notice.words())

    assert (page.entry.name.text(), page.entry.what.text()) == ("Lan", "Học bạ"), "nothing entered is lost"
    assert page.entry.entry.hasFocus()
    assert len(lookup.newest(office)) == 1
    type_in("52")
    press(F9)
    second = given_after(page, qtbot, first)
    assert second.register is not None and second.register.number == 52


def test_another_volume_goes_on_with_the_numbers(page: InstantPage, qtbot: QtBot) -> None:
    give(page, qtbot)
    page.entry.focus(page.entry.volume)
    type_in("2")
    press(TAB)
    type_in("")
    page.entry.focus(page.entry.name)
    given = give(page, qtbot)

    assert given.register == RegisterNumber("02/2026-SCT/BS", 2)
    assert page.entry.volume.text() == "02/2026-SCT/BS"


def test_a_full_disk_says_so_and_everything_entered_is_back(
    page: InstantPage, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*given: Any, **more: Any) -> None:
        raise DiskFull("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(instant, "give_at_once", full)
        type_in("Anh")
        press(ENTER)
        type_in("gks")
        press(ENTER)
        type_in("7")
        press(F9)
        type_in("Lan")  # the next one begins while the first is on its way
        qtbot.waitUntil(lambda: "Ổ đĩa đã đầy" in page.fault.words())

    assert (page.entry.name.text(), page.entry.pages.value()) == ("Anh", 7)
    press(F9)
    given = given_after(page, qtbot, None)
    assert (given.name, given.pages) == ("Anh", 7)
    assert page.entry.name.text() == "Lan", "who began meanwhile is back as well"
    assert len(lookup.newest(office)) == 1


def test_whoever_began_while_a_full_disk_refused_another_is_in_no_way_lost(
    page: InstantPage, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*given: Any, **more: Any) -> None:
        raise DiskFull("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(instant, "give_at_once", full)
        type_in("Anh")
        press(ENTER)
        type_in("gks")
        for name in ("Lan", "Binh"):  # each begins while Anh's is on its way once more
            press(F9)
            type_in(name)
            qtbot.waitUntil(lambda: page.entry.name.text() == "Anh")

    def kept() -> set[str]:
        return {draft.fields["entry"]["name"] for draft in drafts.kept(office, drafts.AT_ONCE).drafts}

    qtbot.waitUntil(lambda: kept() == {"Anh", "Lan", "Binh"}, timeout=3_000)
    names = []
    for _ in range(3):
        names.append(page.entry.name.text())
        before = page.last.given
        page.entry.focus(page.entry.what)
        type_in("gks")
        press(F9)
        given_after(page, qtbot, before)
    assert sorted(names) == ["Anh", "Binh", "Lan"]
    qtbot.waitUntil(lambda: kept() == set())


def test_the_next_paper_of_the_same_citizen_takes_no_other_ones_place(
    page: InstantPage, qtbot: QtBot
) -> None:
    give(page, qtbot)
    type_in("Giang A Pao")
    press(ENTER)

    press(Qt.Key.Key_T, CONTROL)

    assert page.entry.name.text() == "Giang A Pao"


def test_the_next_paper_is_that_of_the_citizen_whose_act_is_being_written(
    page: InstantPage, qtbot: QtBot
) -> None:
    give(page, qtbot, "Nguyen Thi Anh")
    held = threading.Event()
    page.desk.tasks.run("store", lambda: held.wait(10))
    type_in("Giang A Pao")
    press(ENTER)
    type_in("hb")
    press(F9)

    press(Qt.Key.Key_T, CONTROL)
    held.set()

    assert page.entry.name.text() == "Giang A Pao"


def test_what_is_being_entered_survives_a_power_cut(
    store: Places, window: Window, page: InstantPage, make_start: Callable[[Places], Start], qtbot: QtBot
) -> None:
    type_in("Giang A Pao")
    press(ENTER)
    type_in("hb")
    press(ENTER)
    type_in("7")
    office = page.desk.office
    qtbot.waitUntil(lambda: bool(drafts.kept(office, drafts.AT_ONCE).drafts), timeout=3_000)
    (kept,) = drafts.kept(office, drafts.AT_ONCE).drafts
    window.close()

    again = make_start(store)
    qtbot.waitUntil(lambda: again.window.desk is not None, timeout=10_000)
    back = again.window.go("instant")
    assert isinstance(back, InstantPage)
    qtbot.waitUntil(lambda: back.entry.name.text() == "Giang A Pao", timeout=5_000)
    assert (back.entry.what.text(), back.entry.pages.value()) == ("Học bạ", 7)

    press(F9)
    given = given_after(back, qtbot, None)
    assert given.dossier == kept.id
    assert drafts.kept(back.desk.office, drafts.AT_ONCE).drafts == []


def test_what_was_begun_afresh_is_kept_no_more(page: InstantPage, office: Office, qtbot: QtBot) -> None:
    type_in("Anh")
    page.drafting.keep_now()
    qtbot.waitUntil(lambda: bool(drafts.kept(office, drafts.AT_ONCE).drafts))

    press(Qt.Key.Key_N, CONTROL)

    qtbot.waitUntil(lambda: drafts.kept(office, drafts.AT_ONCE).drafts == [])


def test_f9_twice_is_one_act(page: InstantPage, office: Office, qtbot: QtBot) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("gks")
    press(F9)
    press(F9)
    given_after(page, qtbot, None)
    qtbot.wait(50)

    assert len(lookup.newest(office)) == 1


def test_an_exemption_takes_no_fee(page: InstantPage, qtbot: QtBot) -> None:
    type_in("Anh")
    page.entry.focus(page.entry.exemption)
    type_in("ho ngheo")
    assert page.entry.fee.text() == "0 đ"
    assert page.entry.why.text() == "Miễn, giảm: ho ngheo"
    page.entry.focus(page.entry.what)
    type_in("gks")
    press(F9)

    given = given_after(page, qtbot, None)
    assert (given.fee, given.paid) == (0, 0)


def test_the_days_list_opens_a_dossier(window: Window, page: InstantPage, qtbot: QtBot) -> None:
    give(page, qtbot)
    qtbot.waitUntil(lambda: page.day.list.rows.rowCount() == 1)
    page.day.list.setFocus()
    page.day.list.go_to(0)

    press(ENTER)

    assert type(window.pages.currentWidget()).__name__ == "StoryPage"


def test_numbers_that_were_passed_by_are_told(office: Office) -> None:
    def at(number: int, volume: str = "01/2026-SCT/BS") -> Given:
        line = RegisterNumber(volume, number)
        return Given(b"", "", office.now(), "", "", "", 1, 1, None, line, 0, 0)

    assert skipped([at(9), at(5), at(3), at(2), at(40, "02/2026-SCT/BS")]) == ["4", "6–8"]


def test_enter_alone_walks_from_the_name_to_the_written_act(
    page: InstantPage, office: Office, qtbot: QtBot
) -> None:
    type_in("Anh")
    press(ENTER)
    type_in("gks")
    for _ in range(3):
        press(ENTER)
    assert page.save.hasFocus()

    press(ENTER)
    given_after(page, qtbot, None)
    assert len(lookup.newest(office)) == 1


def test_every_control_of_the_page_has_a_name_and_a_place(page: InstantPage, qtbot: QtBot) -> None:
    give(page, qtbot)
    press(Qt.Key.Key_Z, CONTROL)

    assert nameless(page) == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_the_fee_and_the_keys_are_on_the_screen(
    window: Window, page: InstantPage, size: tuple[int, int], qtbot: QtBot
) -> None:
    window.resize(*size)
    give(page, qtbot)

    for part in (page.entry.name, page.entry.what, page.entry.fee, page.entry.entry, page.save, page.last):
        seen = part.visibleRegion().boundingRect()
        assert seen.height() >= part.height() - 1 and seen.width() >= part.width() - 1, part


class Hands:
    """Counts the officer's keys, and lets the time pass that they take."""

    KEY, LOOK, SCAN = 0.5, 1.35, 2.0
    """Seconds: a slow typist's key and the pause to think before a group of them (the keystroke-level model,
    Card, Moran & Newell 1980), and holding a card under the scanner."""

    def __init__(self, clock: HandClock) -> None:
        self.clock, self.keys = clock, 0

    def think(self) -> None:
        self.clock.pass_by(seconds=self.LOOK)

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        self.keys += 1 + len(held)
        self.clock.pass_by(seconds=self.KEY * (1 + len(held)))
        press(key, *held)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.clock.pass_by(seconds=self.KEY * len(text))
        type_in(text)

    def scan(self, card: str) -> None:
        """The scanner types, the officer does not."""
        self.clock.pass_by(seconds=self.SCAN)
        type_in(card)
        press(ENTER)


def test_thirty_certified_copies_take_under_ten_minutes_and_eight_keys_each(
    page: InstantPage, office: Office, clock: HandClock, qtbot: QtBot
) -> None:
    """Twenty citizens with a card (8 keys each: three letters of the paper, Enter, pages, Enter, copies, F9),
    ten without (their names typed, telex as people type it)."""
    hands, began = Hands(clock), clock.at
    papers = ("gks", "btn", "hb", "cc", "gplx")
    by_card: list[int] = []
    typed_: list[int] = []

    for number in range(30):
        before, last = hands.keys, page.last.given
        hands.think()
        if number % 3 < 2:
            hands.scan(f"0661740{number:05d}||Lò Văn Inh|12031974|Nam|Buôn Ea Mlung|10052021")
        else:
            hands.type("Nguyeenx Thij Anhs")
            hands.press(ENTER)
        hands.think()
        hands.type(papers[number % 5])
        hands.press(ENTER)
        hands.think()
        hands.type(str(1 + number % 4))
        hands.press(ENTER)
        hands.type(str(1 + number % 3))
        hands.press(F9)
        given_after(page, qtbot, last)
        (by_card if number % 3 < 2 else typed_).append(hands.keys - before)

    assert (clock.at - began).total_seconds() < 600
    assert max(by_card) <= 9 and sum(by_card) / len(by_card) <= 8
    assert max(typed_) <= 28
    given = instant.given_on(office, clock.at.date())
    assert [one.register.number for one in given if one.register] == list(range(30, 0, -1))
    assert all(lookup.story(office, one.dossier).state is State.RETURNED for one in given)
    wanted = f"30 việc · {sum(one.copies or 0 for one in given)} bản"
    qtbot.waitUntil(lambda: page.day.sums.text().startswith(wanted))


def test_a_key_is_answered_at_once(page: InstantPage, qtbot: QtBot) -> None:
    import time

    spent = []
    for letter in "Nguyen Thi Anh":
        start = time.perf_counter()
        type_in(letter)
        spent.append(time.perf_counter() - start)

    assert sorted(spent)[len(spent) // 2] < 0.05
