"""The control slip is filled from the dossier's own events: who gave, who took, when, and how punctually."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.hops import COUNTER, By, Pace, hops_of
from counter_app.domain.zone import VIETNAM
from counter_app.services import accounts, acts, control_slip, lookup, passing
from counter_app.words.control import control_facts
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, receive


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "A").make()


@pytest.fixture
def office(counter):
    opened = counter.open()
    yield opened
    opened.close()


def slip(office, code, **how):
    return control_slip.print_control(office, office.session(), code, control_facts, **how)


def text(pdf):
    return squeezed("".join(pages(pdf)))


def hops(office, code):
    return [(one.gave, one.took, one.pace) for one in hops_of(lookup.show(office, code)[0])]


def test_each_change_of_hands_is_a_block_and_a_step_of_the_same_holder_is_none(office):
    code, session = receive(office).code, office.session()
    acts.process(office, session, code, "thẩm tra", "Lan")
    acts.process(office, session, code, "xác minh")
    acts.process(office, session, code, "ký duyệt", "Phó Chủ tịch")
    acts.finish(office, session, code, "Trích lục khai sinh")

    said = text(slip(office, code))

    assert hops(office, code) == [
        (COUNTER, "Lan", None),
        ("Lan", "Phó Chủ tịch", None),
        ("Phó Chủ tịch", COUNTER, Pace.EARLY),
    ]
    for words in (
        *("1. Giao: Bộ phận Một cửa 2. Nhận: Lan", "1. Giao: Lan 2. Nhận: Phó Chủ tịch"),
        *("1. Giao: Phó Chủ tịch 2. Nhận: Bộ phận Một cửa", "8 giờ 15 phút, ngày 20 tháng 11 năm 2026"),
    ):
        assert squeezed(words) in said
    assert squeezed("thẩm tra") in said and "xácminh" not in said


@pytest.mark.parametrize("days, pace", [(-1, Pace.EARLY), (0, Pace.ON_TIME), (1, Pace.LATE)])
def test_how_punctual_the_end_is_goes_by_the_first_appointment(counter, office, days, pace):
    code, session = receive(office).code, office.session()
    due = lookup.show(office, code)[0].due
    acts.process(office, session, code, "thẩm tra", "Lan")
    acts.extend(office, session, code, date(2026, 12, 21), "chờ xác minh")
    counter.wall.now = due + timedelta(days=days, hours=-1)
    acts.finish(office, session, code)

    assert hops(office, code)[-1] == ("Lan", COUNTER, pace)


def test_the_days_of_a_supplement_are_not_counted(counter, office):
    code, session = receive(office).code, office.session()
    due = lookup.show(office, code)[0].due
    acts.process(office, session, code, "thẩm tra", "Lan")
    acts.ask_supplement(office, session, code, ["ảnh"])
    counter.wall.now = due + timedelta(days=7)
    acts.resubmit(office, session, code)
    acts.finish(office, session, code)

    assert hops(office, code)[-1][-1] is Pace.EARLY


def test_it_is_printed_anew_without_a_reason_and_says_so(office):
    code = receive(office).code

    first, again = text(slip(office, code)), text(slip(office, code))
    third = text(slip(office, code, reason="tờ trước đã kín"))

    assert "BẢNINLẠI" not in first and squeezed("BẢN IN LẠI lần 2") in again
    assert squeezed("BẢN IN LẠI lần 3: tờ trước đã kín") in third
    printed = [e.payload for e in lookup.show(office, code)[0].prints]
    assert [(one["form"], one["copy"]) for one in printed] == [("control", n) for n in (1, 2, 3)]


def test_an_older_dossier_has_the_older_form(office):
    at = datetime(2025, 6, 10, 9, 0, tzinfo=VIETNAM)
    code = receive(office, received_at=at.isoformat(), late_reason="sổ giấy").code

    assert "/BPTNTKQ" in text(slip(office, code))
    assert "/TTPVHCC" in text(slip(office, receive(office).code))


def test_who_gave_and_who_took_in_the_program_stand_in_their_block(office):
    accounts.add_officer(office, office.session(), "inh", "Lò Văn Inh", "officer", "1234")
    inh = office.session("inh", lambda: "1234")
    first, second = receive(office, inh).code, receive(office, inh).code
    passing.pass_on(office, inh, [first, second], passing.Passing(to="Tư pháp", by=By.ELECTRONIC))
    passing.take_over(office, inh, [first])
    passing.take_over(office, inh, [second], signed_by="Hoàng Thị Mai")

    taken, signed = (
        text(control_slip.print_control(office, inh, code, control_facts)) for code in (first, second)
    )

    assert squeezed("1. Giao: Bộ phận Một cửa (Lò Văn Inh) 2. Nhận: Tư pháp (Lò Văn Inh)") in taken
    assert squeezed("Nhận: Tư pháp (") not in signed
    assert squeezed("Hoàng Thị Mai ký nhận") in signed
