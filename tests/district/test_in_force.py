"""What was issued is in force at a counter with the exchange that brings it; what was promised stays."""

from __future__ import annotations

import io
import json
from datetime import date

import pypdf
import pytest

from counter_app.district.house import District, Places
from counter_app.district.issuing import issue
from counter_app.domain.issued import FEES, PROCEDURES, Issue, What
from counter_app.services import exchange, fee_tables, issued, lookup, papers, rules, syncing
from counter_app.words import receipt as words
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.district.test_issuing import CATALOGUE, TEMPLATE, changed, publish
from tests.services.stores import receive

YEAR = "# Thông báo của tỉnh\ndate,kind,note\n2026-11-23,holiday,nghỉ bão\n2026-11-24,holiday,\n"


@pytest.fixture
def district(server, commune, tmp_path):
    return District(server.base, server.who, Places(tmp_path / "district"))


@pytest.fixture
def met(server, commune, offices):
    """The first counter, and what brings it up to date."""
    road = enrol(server, commune, offices[0])
    return offices[0], lambda: syncing.sync(offices[0], road)


def tell(server, commune, what, name, text, version=0):
    with server.base.writing() as connection:
        issue(connection, server.who, commune, Issue(what, name, version, text), bases.START_MS)


def names(office):
    return {one.code: one.result for one in rules.catalogue(office)}


def test_a_catalogue_is_in_force_and_a_dossier_stays_with_its_own(met, district, tmp_path):
    office, sync = met
    before = receive(office, procedure="1.001193")
    publish(district, "catalogue", changed(tmp_path))
    sync()
    after = receive(office, procedure="1.001193")

    told = [lookup.story(office, one.dossier).values["procedure"] for one in (before, after)]

    assert [one["result"] for one in told] == ["Giấy khai sinh", "Giấy khai sinh (bản mới)"]
    assert lookup.story(office, before.dossier).due == before.due


def test_a_catalogue_whose_steps_exceed_its_limit_is_told_where_it_is_issued(met, district, tmp_path):
    office, sync = met
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,inner_steps"
    row = "1.004859,Cải chính,Hộ tịch,xã,3,ngày làm việc,0,Tờ khai,Trích lục,A: thẩm tra: 4 ngày làm việc"
    file = tmp_path / "long.csv"
    file.write_text(f"{head}\n{row}\n", "utf-8")

    (line,) = publish(district, "catalogue", file)
    sync()

    assert [said[:36] for said in line["warnings"]] == ["Thủ tục 1.004859: các bước cộng lại "]
    assert [one.code for one in rules.over_limit(office)] == ["1.004859"]
    assert "warnings" not in publish(district, "catalogue", CATALOGUE)[0]


def test_it_is_put_on_once_and_what_is_imported_afterwards_holds_until_the_next(met, district, tmp_path):
    office, sync = met
    publish(district, "catalogue", changed(tmp_path))
    sync()
    rules.import_catalogue(office, office.session(), CATALOGUE.read_text("utf-8"))
    receive(office)
    sync()
    assert names(office)["1.001193"] == "Giấy khai sinh"

    publish(district, "catalogue", changed(tmp_path, new="Giấy khai sinh (bản ba),"))
    sync()
    assert names(office)["1.001193"] == "Giấy khai sinh (bản ba)"


def test_fees_from_above_hold_over_the_communes_own_until_it_adopts_others(met, district, tmp_path):
    office, sync = met
    own = "procedure,fee_vnd\n1.004873,{}\n"
    fee_tables.import_fees(office, office.session(), own.format(3000))
    file = tmp_path / "fees.csv"
    file.write_text(own.format(5000) + "*,0\n", "utf-8")
    publish(district, "fees", file)
    before = [line.fee.text for line in office.fees().lines]
    sync()
    above = [line.fee.text for line in office.fees().lines]

    fee_tables.import_fees(office, office.session(), own.format(4000))
    here = [line.fee.text for line in office.fees().lines]
    file.write_text(own.format(6000), "utf-8")
    publish(district, "fees", file)
    sync()

    assert (before, above, here) == (["3000"], ["5000", "0"], ["4000"])
    assert [line.fee.text for line in office.fees().lines] == ["6000"]


def test_fees_that_a_later_program_wrote_leave_those_of_before(met, server, commune):
    office, sync = met
    fee_tables.import_fees(office, office.session(), "procedure,fee_vnd\n*,3000\n")
    tell(server, commune, What.FEES, FEES, "procedure,fee_vnd\n*,3000 đến 5000\n")
    sync()

    assert [issue.name for issue in issued.unreadable(office.commune())] == ["fees"]
    assert [line.fee.text for line in office.fees().lines] == ["3000"]


def test_no_counter_writes_an_event_for_it(met, server, commune, district):
    office, sync = met
    publish(district, "catalogue", CATALOGUE)
    sync()
    sync()

    kinds = [event.header.kind for event in office.commune().arranged.events]
    assert kinds.count("issued") == 1 and kinds.count("catalogue_adopted") == 1


def test_an_older_version_that_comes_later_changes_nothing(met, server, commune, tmp_path):
    office, sync = met
    text = CATALOGUE.read_text("utf-8")
    tell(server, commune, What.CATALOGUE, PROCEDURES, changed(tmp_path).read_text("utf-8"), 7)
    sync()
    with server.base.writing() as connection:
        from counter_app.district import journal
        from counter_app.district.ledger import CommuneLedger
        from counter_app.domain.issued import cut, payload_of

        ledger = CommuneLedger(connection, commune)
        ledger.lock()
        old = Issue(What.CATALOGUE, PROCEDURES, 6, text)
        acts = [("part_issued", {"text": part}) for part in cut(text)]
        journal.append_all(ledger, server.who, bases.START_MS, [*acts, ("issued", payload_of(old))])
        ledger.finish()
    told = sync()

    assert told.received > 0
    assert names(office)["1.001193"] == "Giấy khai sinh (bản mới)"


@pytest.mark.parametrize("text", ["của năm sau", "code\n1\n", ""])
def test_a_catalogue_that_cannot_be_read_is_kept_and_stops_nothing(met, server, commune, text):
    office, sync = met
    tell(server, commune, What.CATALOGUE, PROCEDURES, text)
    told = sync()

    assert told.received > 0 and names(office)["1.001193"] == "Giấy khai sinh"
    assert [one.text for one in issued.unreadable(office.commune())] == ([text] if text else [])


def test_an_issued_year_decides_the_return_date_and_a_promise_stays(met, server, commune):
    office, sync = met
    before = receive(office)
    tell(server, commune, What.CALENDAR, "2026", YEAR)
    sync()
    after = receive(office)

    assert (before.due.date(), after.due.date()) == (date(2026, 11, 30), date(2026, 12, 1))
    assert lookup.story(office, before.dossier).due == before.due


def test_a_year_that_the_commune_imports_afterwards_holds_until_the_next(met, server, commune):
    office, sync = met
    tell(server, commune, What.CALENDAR, "2026", YEAR)
    sync()
    rules.import_calendar(office, office.session(), "date,kind,note\n2026-11-24,holiday,\n")
    assert office.calendar().counts(date(2026, 11, 23)) and not office.calendar().counts(date(2026, 11, 24))

    tell(server, commune, What.CALENDAR, "2026", YEAR + "2026-11-25,holiday,\n")
    sync()
    assert not office.calendar().counts(date(2026, 11, 25))


def test_a_year_that_cannot_be_read_leaves_the_communes_own(met, server, commune):
    office, sync = met
    own = office.calendar().years[2026]
    tell(server, commune, What.CALENDAR, "2026", "date,kind,note\n2026-11-23,eclipse,\n")
    sync()

    assert office.calendar().years[2026] == own
    assert len(issued.unreadable(office.commune())) == 1


def printed(office, received):
    pdf = papers.print_receipt(office, office.session(), received.code, words.receipt_facts, reason="thử")
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def form(**changes):
    made = json.loads(TEMPLATE.read_text("utf-8"))
    return json.dumps({**made, **changes}, ensure_ascii=False, indent=1)


def test_receipts_are_printed_by_an_issued_template_from_its_day(met, server, commune):
    office, sync = met
    old = receive(office)
    tell(
        server,
        commune,
        What.TEMPLATE,
        "receipt-2026-11-21.json",
        form(valid_from="2026-11-21", title="MẪU MỚI"),
    )
    sync()
    assert "MẪU MỚI" not in printed(office, old)

    tell(server, commune, What.TEMPLATE, "receipt-2025-09-15.json", form(title="MẪU SỬA"))
    sync()
    assert "MẪU SỬA" in printed(office, old)


@pytest.mark.parametrize("text", ["{", form(layouts={}), form(form="poem")], ids=["JSON", "layouts", "form"])
def test_a_template_that_cannot_be_read_keeps_nobody_waiting(met, server, commune, text):
    office, sync = met
    received = receive(office)
    tell(server, commune, What.TEMPLATE, "receipt-2025-09-15.json", text)
    sync()

    assert received.code in printed(office, received)
    assert len(issued.unreadable(office.commune())) == 1


def test_nor_does_one_that_cannot_be_drawn(met, server, commune):
    office, sync = met
    tell(server, commune, What.TEMPLATE, "receipt-2025-09-15.json", form(title="MẪU SỬA"))
    sync()
    tried = []

    def draw(templates):
        tried.append([one.title for one in templates])
        if "MẪU SỬA" in tried[-1]:
            raise ZeroDivisionError
        return "drawn"

    assert issued.drawn(office.commune(), "receipt", draw) == "drawn"
    assert len(tried) == 2 and len(tried[0]) == len(tried[1])


def test_it_comes_by_a_stick_to_a_machine_that_no_server_knows(met, offices, district, tmp_path):
    one, sync = met
    two = offices[1]
    exchange.offer(two, tmp_path / "offer")
    exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(two, two.session(), tmp_path / "reply")
    publish(district, "catalogue", changed(tmp_path))
    sync()

    exchange.export(one, one.session(), tmp_path / "bundle")
    exchange.bring_in(two, two.session(), tmp_path / "bundle")

    assert names(two)["1.001193"] == "Giấy khai sinh (bản mới)"
