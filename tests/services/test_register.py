"""The register and the list of dossiers that change hands, as the store tells them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.errors import BadInput, NotFound
from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, handover_list, lookup, register
from counter_app.words.handover_list import list_facts
from counter_app.words.register import register_facts, register_row
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, receive

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "A").make()


@pytest.fixture
def office(counter):
    opened = counter.open()
    yield opened
    opened.close()


def rows(office, first, last):
    with register.Reading(office, register.span_of(office, first, last)) as reading:
        return {volume: list(found) for volume, found in reading.volumes(register_row)}


def text(pdf):
    return squeezed("".join(pages(pdf)))


def test_a_line_says_what_its_dossier_says(counter, office):
    got = receive(office, sets=2, applicant={"name": "Y Thao", "address": "Buôn Ky", "phone": "0900000123"})
    session, due = office.session(), lookup.story(office, got.dossier).due
    acts.extend(office, session, got.code, date(2026, 12, 21), "chờ xác minh")
    acts.finish(office, session, got.code)
    counter.wall.now += timedelta(days=3)
    acts.hand_back(office, session, got.code, "Y Thao")

    ((volume, (row,)),) = rows(office, *NOVEMBER).items()

    assert row.volume == volume and row.number == "1" and row.code == got.code
    assert (row.sets, row.name, row.reach) == (2, "Y Thao", "Buôn Ky; 0900000123")
    assert (row.received, row.due, row.returned) == (date(2026, 11, 20), due.date(), date(2026, 11, 23))
    assert (row.return_by, row.solving, row.note) == ("Tại quầy", "UBND xã Ea Mlung", "hẹn lại 21/12/2026")


def test_the_span_is_of_days_of_reception_and_ends_are_in_it(office):
    at = [datetime(2026, 10, 31, 23, 59), datetime(2026, 11, 1, 0, 0), datetime(2026, 11, 19, 9, 0)]
    for moment in at:
        receive(office, received_at=moment.replace(tzinfo=VIETNAM).isoformat(), late_reason="sổ giấy")

    found = [row.received for lines in rows(office, *NOVEMBER).values() for row in lines]

    assert found == [date(2026, 11, 1), date(2026, 11, 19)]
    assert [len(lines) for lines in rows(office, date(2026, 10, 31), date(2026, 10, 31)).values()] == [1]


def test_lines_stand_by_number_also_where_they_were_keyed_in_out_of_order(office):
    receive(office)
    receive(office, received_at="2026-11-02T09:00:00+07:00", late_reason="sổ giấy")
    receive(office)

    ((_, lines),) = rows(office, *NOVEMBER).items()

    assert [row.number for row in lines] == ["1", "2", "3"]


def test_what_ended_otherwise_is_explained(office):
    refused, voided = receive(office).code, receive(office).code
    acts.refuse(office, office.session(), refused, "không thuộc thẩm quyền")
    from counter_app.services import mending

    mending.void(office, office.session(), voided, "nhập nhầm")

    ((_, lines),) = rows(office, *NOVEMBER).items()

    assert [row.note for row in lines] == ["từ chối tiếp nhận", "đã hủy vì nhập nhầm"]
    assert all(row.returned is None for row in lines)


def test_it_is_printed_with_all_of_them_and_records_nothing(office):
    got = [receive(office, applicant={"name": f"Người {n}"}) for n in range(30)]
    before = len(lookup.story(office, got[0].dossier).entries)

    pdf = register.print_register(office, office.session(), *NOVEMBER, register_facts, register_row)

    said = text(pdf)
    assert all(one.code in said for one in got)
    assert len(lookup.story(office, got[0].dossier).entries) == before


def test_days_the_wrong_way_round_are_refused(office):
    with pytest.raises(BadInput, match="span-backwards"):
        register.print_register(
            office, office.session(), NOVEMBER[1], NOVEMBER[0], register_facts, register_row
        )


def test_a_list_names_each_dossier_once_and_both_hands_and_is_in_the_story(office):
    codes = [receive(office, applicant={"name": f"Người {n}"}).code for n in range(3)]

    pdf = handover_list.print_list(
        office, office.session(), [*codes, codes[0]], "Bộ phận Một cửa", "Địa chính", list_facts
    )

    read = [squeezed(page) for page in pages(pdf)]
    assert len(read) == 2 and read[0] == read[1], "one for each side"
    for words in (
        *codes,
        "Tổng số hồ sơ: 03",
        "Bên giao: Bộ phận Một cửa",
        "Bên nhận: Địa chính",
        "BÊN NHẬN",
    ):
        assert squeezed(words) in read[0]
    assert all(read[0].count(code) == 1 for code in codes)
    assert [e.payload["form"] for e in lookup.show(office, codes[0])[0].prints] == ["transfer"]


def test_a_list_with_a_code_that_nobody_knows_records_nothing(office):
    code = receive(office).code

    with pytest.raises(NotFound):
        handover_list.print_list(
            office, office.session(), [code, "H55.242-261120-9999"], "A", "B", list_facts
        )

    assert lookup.show(office, code)[0].prints == []


def test_a_long_list_goes_on_with_its_columns_named_by_what_it_is(office):
    codes = [receive(office).code for _ in range(45)]

    pdf = handover_list.print_list(office, office.session(), codes, "A", "B", list_facts, paper="a4")

    read = [squeezed(page) for page in pages(pdf)]
    assert len(read) > 2 and squeezed("Danh sách bàn giao hồ sơ (tiếp theo trang 1)") in read[1]
    assert all("".join(read).count(code) == 2 for code in codes)
