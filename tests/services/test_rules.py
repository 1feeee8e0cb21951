"""Catalogue and calendar come in as dated data; a proposal decides nothing."""

from datetime import date

import pytest

from counter_app.domain.calendar import DayKind, parse_calendar
from counter_app.domain.errors import BadInput, NotFound
from counter_app.services import lookup, rules
from tests.services.stores import Counter, receive

HEAD = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,valid_from,valid_to\n"


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def test_a_proposed_year_is_a_calendar_file_that_says_it_is_none():
    text = rules.propose_year(2026)

    (year,) = parse_calendar(text)
    marks = {mark.day: mark.kind for mark in year.marks}
    assert "chưa phải lịch nghỉ" in text
    assert marks[date(2026, 4, 27)] is DayKind.COMPENSATORY
    assert marks[date(2026, 8, 31)] is DayKind.SWAPPED_OFF
    assert marks[date(2026, 8, 22)] is DayKind.SWAPPED_WORKING
    assert date(2026, 1, 2) not in marks, "the package has learnt the swap: the shipped year may say so"


def test_an_imported_year_decides_the_return_date(office):
    before = receive(office)
    counts = rules.import_calendar(
        office,
        office.session(),
        "# Thông báo thử\ndate,kind,note\n2026-11-23,holiday,nghỉ bão\n2026-11-24,holiday,Ngày Văn hóa\n",
    )
    after = receive(office)

    assert (before.due.date(), after.due.date()) == (date(2026, 11, 30), date(2026, 12, 1))
    assert counts["new"] == 1 and counts["years"] == [2026]


def test_an_import_counts_what_changed_and_changes_nothing_the_second_time(office):
    text = HEAD + "1.001193,Đăng ký khai sinh,Hộ tịch,xã,2,ngày làm việc,0,Tờ khai,Giấy khai sinh,,\n"

    first = rules.import_catalogue(office, office.session(), text)
    second = rules.import_catalogue(office, office.session(), text)

    assert first == {"new": 0, "amended": 1, "abolished": 64, "unchanged": 0}
    assert second == {"new": 0, "amended": 0, "abolished": 0, "unchanged": 1}


def test_a_dossier_stays_with_the_version_that_it_was_received_under(office):
    received = receive(office, procedure="1.001193")
    pinned = lookup.story(office, received.dossier).values["procedure"]["version"]
    text = HEAD + "1.001193,Đăng ký khai sinh mới,Hộ tịch,xã,9,ngày làm việc,0,Tờ khai,Giấy khai sinh,,\n"
    rules.import_catalogue(office, office.session(), text)

    after = lookup.story(office, received.dossier)

    assert after.values["procedure"] == {**after.values["procedure"], "version": pinned}
    assert after.values["procedure"]["name"] == "Đăng ký khai sinh"
    assert after.due == received.due


def test_a_late_entry_is_received_under_the_version_of_its_day(office):
    row = "1.001193,{name},Hộ tịch,xã,{days},ngày làm việc,0,Tờ khai,Giấy khai sinh,{first},{last}\n"
    text = (
        HEAD
        + row.format(name="Khai sinh cũ", days=1, first="2025-07-01", last="2026-10-31")
        + row.format(name="Khai sinh mới", days=3, first="2026-11-01", last="")
    )
    rules.import_catalogue(office, office.session(), text)

    old = receive(office, procedure="1.001193", received_at="2026-10-30T09:00:00+07:00")
    new = receive(office, procedure="1.001193")

    names = [lookup.story(office, r.dossier).values["procedure"]["name"] for r in (old, new)]
    assert names == ["Khai sinh cũ", "Khai sinh mới"]
    with pytest.raises(NotFound):
        receive(office, procedure="1.001193", received_at="2025-06-30T09:00:00+07:00")


def test_a_year_beyond_the_package_is_refused():
    with pytest.raises(BadInput):
        rules.propose_year(1999)
