"""Chờ ký: the head sees what will miss its date, and signs the letters as a stack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.crypto.pdf_checking import Verdict, check
from counter_app.desk.pages.apologies import ApologiesPage
from counter_app.services import acts, lookup
from tests.crypto import authority
from tests.desk.counters import COPY, SHOP, Counter
from tests.desk.hands import press, type_in
from tests.paper.reading import pages, squeezed


@pytest.fixture
def page(counter: Counter, qtbot: QtBot, tmp_path: Path) -> ApologiesPage:
    for name, procedure in (("Lò Thị Pâng", COPY), ("Hà Thị Mơ", SHOP), ("Y Thao Niê", COPY)):
        got = counter.receive(name, procedure)
        acts.process(counter.office, counter.session, got.code, "thẩm tra", "Địa chính")
    made = ApologiesPage(counter.desk)
    made.stack.folder = lambda: tmp_path / "letters"  # type: ignore[method-assign]
    counter.show(made)
    made.entered()
    qtbot.waitUntil(lambda: bool(made.rows()) and made.list.hasFocus())
    return made


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "head.p12").write_bytes(authority.p12(authority.ECDSA))
    return tmp_path / "head.p12"


def names(page: ApologiesPage, *, ticked: bool = False) -> list[str]:
    return [row.row.line.applicant for row in page.rows() if row.ticked or not ticked]


def due_of(counter: Counter, dossier: bytes) -> date:
    due = lookup.story(counter.office, dossier).due
    assert due is not None
    return due.date()


def test_the_head_sees_who_holds_each_and_signs_what_he_ticked(
    page: ApologiesPage, counter: Counter, key: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    assert names(page) == ["Lò Thị Pâng", "Y Thao Niê", "Hà Thị Mơ"]
    assert [row.held for row in page.rows()] == [("Địa chính", "giữ từ 20/4")] * 3
    first, second, third = page.rows()
    assert first.row.standing.days == 0 and third.row.standing.days == 3

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)  # the second is left out
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert page.form.day.hasFocus()
    type_in("29/4")
    press(Qt.Key.Key_Tab)
    page.form.reason.selectAll()
    type_in("mất điện")
    page.form.key.setText(str(key))
    page.form.passphrase.setText("sai")
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "không đúng" in page.form.notice.words())
    assert names(page, ticked=True) == ["Lò Thị Pâng", "Hà Thị Mơ"] and not (tmp_path / "letters").exists()

    page.form.passphrase.setText(authority.PASSPHRASE)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "đã ký 2 thư" in page.form.notice.words())

    assert names(page) == ["Y Thao Niê"] and not page.rows()[0].ticked
    assert page.form.passphrase.text() == ""
    assert counter.office.settings.signing_file == str(key)
    letters = sorted((tmp_path / "letters").iterdir())
    assert [one.name for one in letters] == [f"{row.draft.code}-xin-loi.pdf" for row in (first, third)]
    for letter in letters:
        (checked,) = check(letter.read_bytes(), counter.wall.now, [authority.root()])
        assert (checked.verdict, checked.signer) == (Verdict.VERIFIED, authority.SIGNER)
    assert squeezed("Lý do: mất điện") in squeezed(pages(letters[0].read_bytes())[0])
    dues = [due_of(counter, row.row.line.dossier) for row in (first, second, third)]
    assert dues[0] == date(2026, 4, 29) and dues[1] == date(2026, 4, 20) and dues[2] == third.until


def test_all_are_printed_for_the_pen_and_what_the_rules_forbid_is_said(
    page: ApologiesPage, counter: Counter, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert names(page, ticked=True) == [] and not page.form.sign.isEnabled()
    press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    acts.finish(counter.office, counter.session, page.rows()[0].draft.code)

    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "để ký tay" in page.form.notice.words())

    assert len(counter.paper.printed) == 2
    assert names(page) == ["Lò Thị Pâng"]
    fault = page.rows()[0].fault
    assert fault and fault in page.form.notice.words()


def test_who_is_no_head_reads_and_signs_nothing(page: ApologiesPage, counter: Counter) -> None:
    counter.officer("Nguyễn Thị Hoa")

    page._renew()

    assert not page.form.sign.isEnabled() and not page.form.print.isEnabled()
    assert "phụ trách" in page.form.notice.words()
