"""Dossiers whose retention has run out: told by the table, and never erased by it."""

from __future__ import annotations

from datetime import date, timedelta
from zipfile import ZipFile

import pytest

from counter_app.domain.errors import BadInput
from counter_app.services import acts, erasing, retention
from counter_app.services.erasing import Ruling
from counter_app.words import retention as words
from tests.services.stores import Counter, receive
from tests.services.test_instant import give

SIGNED = "2.000884"
HEAD = "of,years,counted_from,checked,valid_from,source\n"


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "kho").make()


@pytest.fixture
def office(counter):
    office = counter.open()
    yield office
    office.close()


def told(office, on):
    return [one.code for one in retention.expired(office, on).rows]


def test_what_ended_is_told_once_its_term_is_over_and_until_it_is_erased(counter, office):
    old = give(office, procedure=SIGNED, what="Giấy ủy quyền")
    ended = counter.wall.now.date()
    birth, running = receive(office).code, receive(office).code
    acts.refuse(office, office.session(), birth, "không thuộc thẩm quyền")
    counter.wall.now += timedelta(days=366)
    young = give(office, procedure=SIGNED, what="Giấy ủy quyền")
    last = date(ended.year + 2, 12, 31)

    assert told(office, last) == []
    assert told(office, last + timedelta(days=1)) == [old.code]
    assert told(office, last + timedelta(days=366)) == [old.code, young.code]
    listing = retention.expired(office, last + timedelta(days=1))
    assert listing.unchecked and listing.rows[0].until == last and listing.rows[0].ended == ended
    said = " ".join(words.told(listing))
    assert "chưa đối chiếu với văn bản gốc" in said and "Máy không tự xóa" in said
    assert running not in [one.code for one in retention.ended_in(office, ended.year).rows]

    [one] = erasing.erase_all(office, office.session(), [old.code], Ruling("QĐ 12"), "1")
    assert one.payloads and told(office, last + timedelta(days=1)) == []


def test_the_office_s_own_table_takes_the_place_of_the_one_that_ships(office):
    code = receive(office).code
    acts.refuse(office, office.session(), code, "không thuộc thẩm quyền")
    year = office.now().year
    assert told(office, date(year + 30, 1, 1)) == []
    with pytest.raises(BadInput, match="kind-unknown"):
        retention.adopt(office, office.session(), HEAD + "*,5,tuần,yes,2020-01-01,a\n")

    assert retention.adopt(office, office.session(), HEAD + "*,5,year,yes,2020-01-01,QĐ 9\n") == 1

    assert told(office, date(year + 6, 1, 1)) == [code]
    assert not retention.expired(office, date(year + 6, 1, 1)).unchecked
    assert retention.adopt(office, office.session(), " ") == 0 and told(office, date(year + 30, 1, 1)) == []


def test_the_list_for_the_archive_is_a_table_of_the_year(office, tmp_path):
    code = give(office, procedure=SIGNED, what="Giấy ủy quyền").code
    found = retention.ended_in(office, office.now().year)
    rows = [words.row(number, one) for number, one in enumerate(found.rows, start=1)]

    text = retention.table(office, tmp_path / "nop-luu.csv", words.headings(), rows).decode("utf-8-sig")
    book = tmp_path / "nop-luu.xlsx"
    book.write_bytes(retention.table(office, book, words.headings(), rows))

    assert text.splitlines()[0].startswith("Số TT,Mã hồ sơ,Tiêu đề hồ sơ")
    assert code in text and "2 năm" in text and "Điều 14 khoản 2" in text and ",chưa" in text
    with ZipFile(book) as parts:
        assert code in parts.read("xl/sharedStrings.xml").decode()
    with pytest.raises(BadInput, match="not-one-of"):
        retention.table(office, tmp_path / "nop-luu.pdf", words.headings(), rows)
    with pytest.raises(BadInput, match="out-of-range"):
        retention.ended_in(office, 0)
