"""Who pays less: the group by two letters, then the number of the paper that was seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.instant import InstantPage
from counter_app.desk.pages.intake import IntakePage
from counter_app.desk.window import Window
from counter_app.services import fee_tables, lookup
from counter_app.services.office import Office
from tests.desk.hands import CARD, press, type_in
from tests.desk.test_intake import fill, saved_dossier, wait_saved

ENTER, F9 = Qt.Key.Key_Return, Qt.Key.Key_F9
TABLE = """procedure,channel,exemption,proof,fee_vnd,source
1.004884,,,,8000,NQ 23/2026
1.004884,online,,,0,NQ 23/2026
2.000815,,,,3000/bản,QĐ 5
*,,Hộ nghèo,Giấy chứng nhận hộ nghèo,miễn phí,NQ 23/2026
*,,Hộ cận nghèo,Giấy chứng nhận hộ cận nghèo,giảm 50%,NQ 23/2026
"""


@pytest.fixture(autouse=True)
def table(office: Office) -> None:
    fee_tables.import_fees(office, office.session(), TABLE)


@pytest.fixture
def charged(window: Window, intake: IntakePage, qtbot: QtBot) -> IntakePage:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(intake.form.rules.tariff.lines), timeout=60_000)
    return intake


def test_who_is_not_exempt_costs_no_key_more(charged: IntakePage, office: Office, qtbot: QtBot) -> None:
    fill(charged)

    assert charged.fee.amount.text() == "8.000"
    assert "8000 (NQ 23/2026)" in charged.fee._rule.text()
    assert not charged.fee.proof.isVisible()
    press(F9)
    wait_saved(charged, qtbot)
    assert saved_dossier(office).values["fee"] == {"amount": 8000, "rule": "8000 (NQ 23/2026)"}


def test_two_letters_name_the_group_and_its_paper_is_asked_for(
    charged: IntakePage, office: Office, qtbot: QtBot
) -> None:
    fill(charged)
    charged.fee.focus(charged.fee.exemption)
    type_in("hn")

    assert "Enter: Hộ nghèo" in charged.fee.exemption.accessibleName()
    press(ENTER)

    assert (charged.fee.exemption.text(), charged.fee.amount.text()) == ("Hộ nghèo", "0")
    assert charged.fee.proof.hasFocus()
    assert "hãy xem giấy rồi ghi số" in charged.form.reason.text()
    press(F9)
    assert charged.fee.proof.hasFocus() and charged.form.received is None
    type_in("12/2026")
    press(F9)
    wait_saved(charged, qtbot)
    kept = saved_dossier(office).values["fee"]
    assert kept["exemption"] == "Hộ nghèo"
    assert kept["proof"] == {"kind": "Giấy chứng nhận hộ nghèo", "number": "12/2026"}


def test_letters_that_were_left_standing_are_the_group_when_it_is_saved(charged: IntakePage) -> None:
    fill(charged)
    charged.fee.focus(charged.fee.exemption)
    type_in("hcn")
    press(F9)

    assert charged.fee.exemption.text() == "Hộ cận nghèo"
    assert charged.fee.proof.hasFocus() and charged.form.received is None
    assert charged.fee.amount.text() == "4.000"


def test_a_reason_of_the_officers_own_is_told_to_need_a_paper_till_one_is_named(charged: IntakePage) -> None:
    fill(charged)
    charged.fee.focus(charged.fee.exemption)
    type_in("Theo quyết định của Chủ tịch")

    assert (charged.fee.amount.text(), charged.fee.proof.isVisible()) == ("0", True)
    assert charged.form.save.isEnabled()
    assert "hãy xem giấy chứng minh" in charged.fee._rule.text()
    press(ENTER)
    assert charged.fee.proof.hasFocus()
    type_in("12/QĐ")
    assert "giấy chứng minh" not in charged.fee._rule.text()
    charged.fee.exemption.clear()
    charged.fee.focus(charged.fee.amount)
    charged.fee.amount.selectAll()
    type_in("1")
    assert "Phí ghi 1 đ, theo mức công bố là 8.000 đ" in charged.fee._rule.text()


def test_what_is_given_at_once_is_reckoned_by_the_table(window: Window, office: Office, qtbot: QtBot) -> None:
    press(Qt.Key.Key_F10)
    page = window.pages.currentWidget()
    assert isinstance(page, InstantPage)
    qtbot.waitUntil(lambda: bool(page.entry.less.tariff.lines and page.entry.entry.text()), timeout=60_000)
    type_in(CARD)
    press(ENTER)
    type_in("gks")
    press(ENTER)
    assert (page.entry.fee.text(), page.entry.pages.isVisible()) == ("3.000 đ", False)

    page.entry.focus(page.entry.exemption)
    type_in("hn")
    press(ENTER)
    assert page.entry.proof.hasFocus() and page.entry.fee.text() == "0 đ"
    assert page.entry.copies.isVisible(), "the register counts what nobody pays for"
    press(F9)
    assert page.entry.proof.hasFocus() and not page.entry.is_empty()
    type_in("9/2026")
    press(F9)

    qtbot.waitUntil(lambda: bool(lookup.newest(office)), timeout=60_000)
    (line,) = lookup.newest(office)
    assert lookup.story(office, line.dossier).values["fee"]["proof"]["number"] == "9/2026"
