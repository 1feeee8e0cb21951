"""Giao nhận: a pile is scanned and handed on as one, another takes it over, a power cut loses none of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.passing import PassingPage
from counter_app.desk.pages.passing_view import Side
from counter_app.domain.hops import By, hops_of
from counter_app.services import acts, drafts, lookup, passing
from counter_app.services.passing import Passing
from tests.desk.counters import COPY, Counter
from tests.desk.hands import press, type_in
from tests.paper.reading import pages, squeezed

JUSTICE = "Công chức tư pháp – hộ tịch"
EXTRACT = "2.000908"
ENTER = Qt.Key.Key_Return


def made(counter: Counter, qtbot: QtBot) -> PassingPage:
    page = PassingPage(counter.desk)
    counter.show(page)
    page.entered()
    qtbot.waitUntil(page.box.hasFocus, timeout=60_000)
    return page


@pytest.fixture
def page(counter: Counter, qtbot: QtBot) -> PassingPage:
    return made(counter, qtbot)


def scan(page: PassingPage, code: str, qtbot: QtBot) -> None:
    """As a scanner does: the code and Enter, wherever the focus is."""
    with qtbot.waitSignal(page.answered, timeout=60_000):
        type_in(code)
        press(ENTER)


def until(qtbot: QtBot, page: PassingPage, rows: int) -> None:
    qtbot.waitUntil(lambda: len(page.rows()) == rows, timeout=60_000)


def test_five_are_scanned_handed_on_listed_and_taken_over_by_another(
    page: PassingPage, counter: Counter, qtbot: QtBot
) -> None:
    codes = [counter.receive(f"Người {n}", EXTRACT).code for n in range(5)]

    for code in codes:
        type_in(code)  # the next scan does not wait for the answer to this one
        press(ENTER)
    until(qtbot, page, 5)
    qtbot.waitUntil(lambda: page.view.to.text() == JUSTICE, timeout=60_000)  # whose step comes next
    qtbot.waitUntil(lambda: page.rows()[0].step == ("thẩm tra", "hạn 10:15 20/4"), timeout=60_000)
    scan(page, codes[0], qtbot)
    assert "không thêm lần nữa" in page.says()
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã giao 5 hồ sơ" in page.says(), timeout=60_000)

    assert [row.candidate.line.code for row in page.rows()] == []
    hops = [hops_of(lookup.show(counter.office, code)[0])[-1] for code in codes]
    assert {(hop.took, hop.waits, hop.by) for hop in hops} == {(JUSTICE, True, By.ELECTRONIC)}
    assert len({hop.batch for hop in hops}) == 1
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(counter.paper.printed), timeout=60_000)
    said = squeezed("".join(pages(counter.paper.printed[0][0])))
    assert all(code in said for code in codes) and squeezed(JUSTICE) in said

    counter.officer("Lò Văn Inh")
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    until(qtbot, page, 5)
    assert not page.write.isEnabled()
    page.list.setFocus()
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã ghi nhận 5 hồ sơ" in page.says(), timeout=60_000)

    stories = [lookup.show(counter.office, code)[0] for code in codes]
    assert all(hops_of(one)[-1].taken for one in stories)
    assert {one.entries[-1].event.header.actor for one in stories} == {"xuyen"}


def test_the_last_pile_is_listed_again_after_a_restart_and_taken_back_until_somebody_has_it(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.officer("Lò Văn Inh")
    codes = [counter.receive(f"Người {n}", COPY).code for n in range(3)]
    for of_pile, to in ((codes[:1], "Địa chính"), (codes[1:], "xuyen")):
        passing.pass_on(counter.office, counter.session, of_pile, Passing(to))
    page = made(counter, qtbot)  # nothing of it was seen by this window
    qtbot.waitUntil(lambda: "2 hồ sơ cho Lò Văn Inh" in page.says(), timeout=60_000)

    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(counter.paper.printed), timeout=60_000)
    said = squeezed("".join(pages(counter.paper.printed[0][0])))
    assert [code in said for code in codes] == [False, True, True] and squeezed("Lò Văn Inh") in said

    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.view.last.reason.hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.box.hasFocus() and not page.view.last.asks()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    type_in("nhầm chồng")
    press(ENTER)
    qtbot.waitUntil(lambda: "Đã rút lại 2 hồ sơ" in page.says(), timeout=60_000)
    qtbot.waitUntil(lambda: "1 hồ sơ cho Địa chính" in page.says(), timeout=60_000)
    stories = [lookup.show(counter.office, code)[0] for code in codes]
    assert [len(hops_of(one)) for one in stories] == [1, 0, 0]
    assert (stories[1].entries[-1].payload or {})["reason"] == "nhầm chồng"

    passing.take_over(counter.office, counter.session, codes[:1])
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(ENTER)
    qtbot.waitUntil(lambda: "đã được Địa chính nhận" in page.says(), timeout=60_000)


def test_what_does_not_fit_is_told_in_its_row_and_keeps_the_pile(
    page: PassingPage, counter: Counter, qtbot: QtBot
) -> None:
    plain, ended = counter.receive("Lý Tài Múi", COPY), counter.finish(counter.receive("Hà Thị Mơ", COPY))
    acts.hand_back(counter.office, counter.session, ended.code, "Hà Thị Mơ")
    elsewhere = counter.receive("Y Thao Niê", COPY)
    passing.pass_on(counter.office, counter.session, [elsewhere.code], Passing("Địa chính"))
    page.view.to.setText("Công an xã")

    for got in (plain, ended, elsewhere):
        scan(page, got.code, qtbot)
    scan(page, "khongcoai", qtbot)
    assert "chưa thêm vào chồng" in page.says()
    until(qtbot, page, 3)
    assert ["bàn giao được" in row.warning for row in page.rows()] == [False, True, False]
    assert page.rows()[2].warning == "Đã giao Địa chính, chưa nhận"
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: ended.code in page.says(), timeout=60_000)
    assert [entry.name for entry in lookup.show(counter.office, plain.code)[0].entries][-1] != "passed_on"

    page.list.setFocus()
    page.list.go_to(1)
    press(Qt.Key.Key_Delete)
    until(qtbot, page, 2)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã giao 2 hồ sơ cho Công an xã" in page.says(), timeout=60_000)


def test_a_pile_outlives_a_kill_and_is_gone_once_it_was_handed_on(
    page: PassingPage, counter: Counter, qtbot: QtBot
) -> None:
    codes = [counter.receive(f"Người {n}", COPY).code for n in range(2)]
    page.view.to.setText("Công an xã")
    page.view.on_paper.setChecked(True)
    for code in codes:
        scan(page, code, qtbot)
    qtbot.waitUntil(lambda: len(drafts.kept(counter.office, drafts.PILE).drafts) == 1, timeout=60_000)

    again = made(counter, qtbot)  # as after a start: the first page never wrote
    until(qtbot, again, 2)
    assert (again.view.to.text(), again.view.on_paper.isChecked()) == ("Công an xã", True)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã giao 2 hồ sơ" in again.says(), timeout=60_000)

    assert drafts.kept(counter.office, drafts.PILE).drafts == []
    hops = [hops_of(lookup.show(counter.office, code)[0]) for code in codes]
    assert {(hop.took, hop.by, hop.waits) for (hop,) in hops} == {("Công an xã", By.PAPER, False)}


def test_a_paper_pile_that_nobody_announced_is_taken_over_by_scanning_it(
    page: PassingPage, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    code = counter.receive("Lý Tài Múi", COPY).code
    page.choose(Side.TAKE)
    page.view.signed.setText("Y Wang")

    scan(page, code, qtbot)
    until(qtbot, page, 1)
    assert page.rows()[0].warning == "Chưa ai ghi giao cho Quản trị"
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã ghi nhận 1 hồ sơ" in page.says(), timeout=60_000)

    (hop,) = hops_of(lookup.show(counter.office, code)[0])
    assert (hop.took, hop.given, hop.signed_by) == ("Quản trị", False, "Y Wang")


def test_what_was_scanned_just_before_f9_goes_with_its_pile_once(
    page: PassingPage, counter: Counter, qtbot: QtBot
) -> None:
    codes = [counter.receive(f"Người {n}", COPY).code for n in range(5)]
    passing.pass_on(counter.office, counter.session, codes[4:], Passing("Địa chính"))
    page.view.to.setText("Công an xã")
    for code in codes[:3]:
        scan(page, code, qtbot)
    until(qtbot, page, 3)

    scan(page, codes[3], qtbot)
    press(Qt.Key.Key_F9)  # before the fourth has its row
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã giao" in page.says(), timeout=60_000)

    assert "Đã giao 4 hồ sơ" in page.says()
    page.view.to.setText("Công an xã")
    scan(page, codes[4], qtbot)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Chưa ghi" in page.says(), timeout=60_000)
    assert f"{codes[4]}: Đã giao Địa chính, chưa nhận" in page.says()
    assert [entry.name for entry in lookup.show(counter.office, codes[4])[0].entries].count("passed_on") == 1
    press(Qt.Key.Key_F9)  # it was seen
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã giao 1 hồ sơ" in page.says(), timeout=60_000)

    assert drafts.kept(counter.office, drafts.PILE).drafts == []
    counts = [
        [entry.name for entry in lookup.show(counter.office, code)[0].entries].count("passed_on")
        for code in codes
    ]
    assert counts == [1, 1, 1, 1, 2]


def test_what_was_scanned_just_before_f9_is_taken_over_with_the_others_once(
    page: PassingPage, counter: Counter, qtbot: QtBot
) -> None:
    codes = [counter.receive(f"Người {n}", COPY).code for n in range(3)]
    passing.pass_on(counter.office, counter.session, codes, Passing("Quản trị"))
    page.choose(Side.TAKE)
    until(qtbot, page, 3)
    scan(page, codes[0], qtbot)
    qtbot.waitUntil(lambda: [row.ticked for row in page.rows()].count(True) == 1, timeout=60_000)

    scan(page, codes[1], qtbot)
    press(Qt.Key.Key_F9)  # its row stands there, and has no tick yet
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "Đã ghi nhận" in page.says(), timeout=60_000)

    assert "Đã ghi nhận 2 hồ sơ" in page.says()
    counts = [
        [entry.name for entry in lookup.show(counter.office, code)[0].entries].count("taken_over")
        for code in codes
    ]
    assert counts == [1, 1, 0]
    until(qtbot, page, 1)
