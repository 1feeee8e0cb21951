"""A machine is enrolled in the window, typed or by one scan; what is wrong is said in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk.pages.sync import SyncPage
from counter_app.district import devices
from counter_app.services import enrolled, safety, syncing
from counter_app.sync.enrolment import Invitation, OneTimeCode
from tests.desk.counters import Counter
from tests.desk.districts import District, answer_everywhere, district
from tests.desk.hands import press, type_in
from tests.district.test_exchange import invite

ENTER, F9 = Qt.Key.Key_Return, Qt.Key.Key_F9
URL = "http://localhost:8470"
Show = Callable[[Counter], SyncPage]


@pytest.fixture
def above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """A district that answers at every address; a machine that asks it has no network to cross."""
    with district(tmp_path) as made:
        answer_everywhere(made, monkeypatch)
        yield made


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(counter: Counter) -> SyncPage:
        page = SyncPage(counter.desk)
        counter.show(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.entered()
        qtbot.waitUntil(page.is_settled)
        return page

    return shown


def test_address_and_code_are_typed_and_the_machine_is_enrolled(
    counter: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    page = show(counter)
    qtbot.waitUntil(page.form.address.hasFocus)

    type_in(URL)
    press(ENTER)
    type_in(invite(above.server, above.commune).lower().replace("-", " "))
    with qtbot.waitSignal(page.told) as told:
        press(ENTER)

    assert told.args == ["Máy này đã ghi danh với Sở mẫu; đang đồng bộ."]
    known = enrolled.district(counter.office)
    assert known is not None and known.url == URL
    qtbot.waitUntil(lambda: "An toàn trên máy chủ: 0/0" in page.head.says())
    assert not page.form.isVisible()


def test_one_scan_fills_in_both_and_f9_enrols(
    counter: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    page = show(counter)
    code = OneTimeCode.read(invite(above.server, above.commune))

    assert page.take_scan(Invitation(URL, code, (bytes(32),)).text)
    assert (page.form.address.text(), page.form.code.text()) == (URL, code.text)
    with qtbot.waitSignal(page.told):
        press(F9)

    assert enrolled.district(counter.office) is not None


def test_a_card_that_is_scanned_is_not_the_forms(counter: Counter, above: District, show: Show) -> None:
    assert not show(counter).take_scan("066174000456||Trần Văn Đức|05081974|Nam||")


def test_a_part_of_an_invitation_is_said_to_be_one(counter: Counter, above: District, show: Show) -> None:
    page = show(counter)

    assert page.take_scan("mc-enrol:https://dongbo.example#K7QX")

    assert page.form.notice.words().startswith("Mã QR ghi danh đọc không trọn")


@pytest.mark.parametrize(
    ("address", "code", "said", "field"),
    [
        ("khong phai", "AAAA-BBBB-CCCC-DDDD", "địa chỉ", "address"),
        (URL, "AAAA", "mã ghi danh", "code"),
        (URL, "AAAA-BBBB-CCCC-DDDD", "", "address"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_typed_and_nothing_is_enrolled(
    counter: Counter,
    above: District,
    show: Show,
    qtbot: QtBot,
    address: str,
    code: str,
    said: str,
    field: str,
) -> None:
    page = show(counter)
    page.form.address.setText(address)
    page.form.code.setText(code)
    page.form.code.setFocus()

    press(F9)

    qtbot.waitUntil(lambda: page.form.go.isEnabled() and page.form.notice.words() != "")
    assert said in page.form.notice.words().lower()
    assert getattr(page.form, field).hasFocus()
    assert enrolled.district(counter.office) is None


def test_who_may_not_enrol_is_told_who_may(counter: Counter, above: District, show: Show) -> None:
    counter.officer("Nông Thị Xuyến")

    page = show(counter)

    assert "Quản trị ghi danh máy ở đây, bằng mã của huyện." in page.head.says()
    assert not page.form.isVisible()


def test_a_machine_that_was_revoked_is_offered_to_enter_anew(
    counter: Counter, above: District, show: Show, qtbot: QtBot
) -> None:
    road = above.join(counter)
    above.exchange(counter)
    with above.base.writing() as connection:
        devices.revoke(connection, above.server.who, 1, "Máy bị mất", above.server.now_ms)
    syncing.sync(counter.office, road)
    last = safety.last_answer(counter.office)
    assert last is not None and last.revoked
    page = show(counter)
    qtbot.waitUntil(page.form.isVisible)
    assert "Huyện đã thu hồi máy này" in page.head.says()

    page.form.address.setText(URL)
    page.form.code.setText(invite(above.server, above.commune))
    with qtbot.waitSignal(page.told):
        press(F9)

    done = syncing.sync(counter.office, road)
    assert not done.revoked
