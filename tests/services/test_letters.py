"""Letters of a dossier say what its last act says that counts, in the form of the dossier's own days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.errors import BadInput, NotAllowed
from counter_app.domain.letters import act_of, letters_of, owed
from counter_app.domain.zone import VIETNAM
from counter_app.paper import forms
from counter_app.paper.facts import day_words
from counter_app.services import acts, letters, lookup, mending, preferences
from counter_app.words.letters import letter_facts
from tests.paper.reading import pages, sizes, squeezed
from tests.services.stores import Counter, receive

OLD = {"received_at": datetime(2025, 6, 10, 9, 0, tzinfo=VIETNAM).isoformat(), "late_reason": "sổ giấy"}


@pytest.fixture
def office(tmp_path):
    opened = Counter(tmp_path / "A").make().open()
    yield opened
    opened.close()


def letter(office, code, form, **how):
    return letters.print_letter(office, office.session(), code, form, letter_facts, **how)


def text(pdf):
    return squeezed("".join(pages(pdf)))


def prints(office, code):
    return [entry.payload for entry in lookup.show(office, code)[0].prints]


def ask(office, code, *needs, **how):
    acts.ask_supplement(office, office.session(), code, list(needs), **how)


def test_a_supplement_says_what_the_event_asks_for_and_is_in_the_story(office):
    code = receive(office).code
    ask(office, code, "Giấy chứng sinh", "ảnh 3×4", reason="tờ khai chưa đủ")

    said = text(letter(office, code, forms.SUPPLEMENT))

    for words in ("1. Giấy chứng sinh", "2. ảnh 3×4", "Lý do: tờ khai chưa đủ", "H’Loan Niê Kđăm", code):
        assert squeezed(words) in said
    assert "BẢNINLẠI" not in said
    act = act_of(lookup.show(office, code)[0], forms.SUPPLEMENT)
    (printed,) = prints(office, code)
    assert (printed["form"], printed["copy"], printed["about"]) == ("supplement", 1, str(act.ref))


def test_again_needs_a_reason_and_is_called_a_reprint_but_a_new_act_is_a_new_letter(office):
    code = receive(office).code
    ask(office, code, "Giấy chứng sinh")
    letter(office, code, forms.SUPPLEMENT)

    with pytest.raises(BadInput, match="reprint-reason"):
        letter(office, code, forms.SUPPLEMENT, reason="  ")
    again = text(letter(office, code, forms.SUPPLEMENT, reason="giấy ướt"))
    acts.resubmit(office, office.session(), code)
    ask(office, code, "Căn cước của cha")
    new = text(letter(office, code, forms.SUPPLEMENT))

    assert squeezed("BẢN IN LẠI lần 2: giấy ướt") in again
    assert "BẢNINLẠI" not in new and squeezed("1. Căn cước của cha") in new and "chứngsinh" not in new
    assert [one["copy"] for one in prints(office, code)] == [1, 2, 1]


@pytest.mark.parametrize("form", forms.LETTERS)
def test_without_its_act_there_is_no_letter_and_nothing_is_recorded(office, form):
    code = receive(office).code

    with pytest.raises(NotAllowed, match="no-act-to-print"):
        letter(office, code, form)

    assert prints(office, code) == []


def test_an_act_that_was_a_mistake_is_no_act(office):
    code = receive(office).code
    ask(office, code, "Giấy chứng sinh")
    mending.void(office, office.session(), code, "nhập nhầm")

    with pytest.raises(NotAllowed, match="no-act-to-print"):
        letter(office, code, forms.REFUSAL)


def test_an_apology_says_the_day_before_and_the_new_one(office):
    code, session = receive(office).code, office.session()
    first = lookup.show(office, code)[0].due
    preferences.change(office, session, max_extensions=2)
    acts.extend(office, session, code, date(2026, 12, 1), "chờ xác minh")
    acts.extend(office, session, code, date(2026, 12, 8), "chờ xác minh lần hai")

    said = text(letter(office, code, forms.APOLOGY))

    assert first is not None and first.day == 30
    for words in ("ngày 01 tháng 12 năm 2026", "ngày 08 tháng 12 năm 2026", "chờ xác minh lần hai"):
        assert squeezed(words) in said
    assert squeezed(day_words(first)) not in said


def test_the_head_who_signs_stands_in_the_settings(office):
    code = receive(office).code
    acts.stop(office, office.session(), code, "không nộp bổ sung")
    before = text(letter(office, code, forms.STOP))
    preferences.change(office, office.session(), head_title="Chủ tịch", head_name="Nguyễn Văn An")

    after = text(letter(office, code, forms.STOP, reason="có tên người ký"))

    assert squeezed("THỦ TRƯỞNG CƠ QUAN") in before and squeezed("Nguyễn Văn An") not in before
    assert squeezed("CHỦ TỊCH") in after and squeezed("Nguyễn Văn An") in after


def test_a_withdrawal_is_the_request_that_a_stop_answers(office):
    code = receive(office).code
    acts.withdraw(office, office.session(), code, "người nộp xin rút")
    alone = text(letter(office, code, forms.STOP))
    acts.stop(office, office.session(), code, "theo đơn của người nộp")

    both = text(letter(office, code, forms.STOP))

    day = squeezed("Ngày Ông/Bà đề nghị dừng giải quyết: ngày 20 tháng 11 năm 2026")
    assert day in alone and squeezed("người nộp xin rút") in alone
    assert day in both and squeezed("theo đơn của người nộp") in both


@pytest.mark.parametrize(
    "form, act, old, new",
    [
        (forms.APOLOGY, "extended", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "VĂN BẢN XIN LỖI"),
        (forms.REFUSAL, "refused", "/BPTNTKQ", "/TTPVHCC"),
        # The form came in 2025; a dossier of before that is stopped today is owed the notice too.
        (forms.STOP, "stopped", "THÔNG BÁO DỪNG GIẢI QUYẾT", "THÔNG BÁO DỪNG GIẢI QUYẾT"),
    ],
)
def test_the_form_is_that_of_the_day_of_reception(office, form, act, old, new):
    session = office.session()
    for fields, title in ((OLD, old), ({}, new)):
        code = receive(office, **fields).code
        if act == "extended":
            acts.extend(office, session, code, date(2026, 12, 8), "chờ xác minh")
        else:
            {"refused": acts.refuse, "stopped": acts.stop}[act](office, session, code, "có lý do")

        assert squeezed(title) in text(letter(office, code, form))


def test_a_stop_of_days_that_had_no_form_for_it_is_refused_and_not_recorded(office):
    code = receive(office, **OLD).code
    at = datetime(2025, 7, 1, 9, 0, tzinfo=VIETNAM)
    acts.stop(office, office.session(), code, "người nộp đề nghị", at)

    with pytest.raises(BadInput, match="no-template"):
        letter(office, code, forms.STOP)

    assert prints(office, code) == []


def test_letters_come_on_office_paper_whatever_the_receipts_come_on(office):
    code = receive(office).code
    ask(office, code, "Giấy chứng sinh")
    preferences.change(office, office.session(), paper="80mm")

    assert sizes(letter(office, code, forms.SUPPLEMENT))[0] == pytest.approx((419.5, 595.3), abs=0.1)
    with pytest.raises(BadInput, match="not-one-of"):
        letter(office, code, forms.SUPPLEMENT, paper="80mm", reason="x")


def test_a_letter_is_dated_by_its_act_not_by_its_print(tmp_path):
    counter = Counter(tmp_path / "B").make()
    office = counter.open()
    code = receive(office).code
    ask(office, code, "Giấy chứng sinh")
    counter.wall.now += timedelta(days=4)

    said = text(letter(office, code, forms.SUPPLEMENT))

    assert squeezed("Ea Mlung, ngày 20 tháng 11 năm 2026") in said
    office.close()


def test_the_letter_about_where_it_stands_is_owed_until_it_is_printed(office):
    code, session = receive(office).code, office.session()
    now = lambda: lookup.show(office, code)[0]  # noqa: E731
    assert owed(now()) == "" and letters_of(now()) == ()

    ask(office, code, "ảnh")
    assert owed(now()) == "supplement"
    letter(office, code, forms.SUPPLEMENT)
    assert owed(now()) == ""
    acts.resubmit(office, session, code)
    ask(office, code, "căn cước")
    assert owed(now()) == "supplement"
    acts.resubmit(office, session, code)
    assert owed(now()) == "", "they came without it"
    acts.extend(office, session, code, date(2026, 12, 21), "chờ xác minh")
    assert owed(now()) == "apology" and letters_of(now()) == ("supplement", "apology")
    acts.stop(office, session, code, "người nộp đề nghị")
    assert owed(now()) == "stop"
