"""What a statement of account says reaches the dossiers, once, beside what a counter has marked by hand."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta

import pytest

from counter_app.district import devices, statements
from counter_app.district.house import District, Places
from counter_app.domain.errors import BadInput, BadLine, NotAllowed
from counter_app.domain.lifecycle import State
from counter_app.services import acts, keeping, lookup, mending, money, syncing
from counter_app.services.cashbook import cash_book
from counter_app.words.story import conflict, tell
from tests.district import bases
from tests.district.test_exchange import enrol
from tests.district.test_whole import verdict_of
from tests.services.stores import MORNING, receive

NOON = MORNING + timedelta(hours=4)


@pytest.fixture(params=["sqlite", "postgres"])
def server(request, tmp_path):
    if request.param == "sqlite":
        base = bases.fresh(tmp_path)
    else:
        base = bases.fresh(tmp_path, request.getfixturevalue("postgres_url"))
    yield bases.Server(base)
    base.close()


@pytest.fixture
def district(server, commune, tmp_path):
    server.now_ms = round(MORNING.timestamp() * 1000)
    return District(server.base, server.who, Places(tmp_path / "district"))


@pytest.fixture
def counter(server, commune, district, offices):
    road = enrol(server, commune, offices[0])
    return offices[0], lambda: syncing.sync(offices[0], road)


def told(district, tmp_path, *given, now=NOON):
    file = tmp_path / "statement"
    whole = [one if isinstance(one, str) else json.dumps(one) for one in given]
    file.write_text("\n".join(whole), "utf-8")
    return list(statements.pay(district, str(file), "", lambda: now))


def line(code, amount=8000, reference="FT1", **more):
    return {"code": code, "amount": amount, "reference": reference, **more}


def test_a_waiting_dossier_goes_on_with_what_the_statement_says(counter, district, server, commune, tmp_path):
    office, sync = counter
    code = receive(office, fee={"amount": 0}).code
    acts.charge(office, office.session(), code, 50_000)
    before = lookup.show(office, code)[0]
    sync()

    at = (NOON - timedelta(hours=1)).isoformat()
    [answer] = told(district, tmp_path, line(code, 50_000, at=at))
    again = told(district, tmp_path, line(code, 50_000, at=at))
    sync()

    assert answer == {
        "line": 1,
        "commune": "H55.242",
        "code": code,
        "reference": "FT1",
        "amount": 50_000,
        "resumes": True,
    }
    assert [one.get("again") for one in again] == [True]
    now = lookup.show(office, code)[0]
    assert (before.state, now.state) == (State.WAITING_PAYMENT, State.PROCESSING)
    assert (now.paid, now.charged, now.unpaid, now.overpaid) == (50_000, 0, 0, 0)
    assert now.due is not None and now.entries[-1].happened_at == datetime.fromisoformat(at)
    assert "Thu 50.000 đ, chuyển khoản, tham chiếu FT1, giải quyết tiếp" in tell(now.entries[-1])
    assert keeping.verify(office).state == verdict_of(server, commune).state


def test_a_transfer_that_a_counter_marked_too_counts_once_in_dossier_and_cash_book(
    counter, district, server, commune, tmp_path
):
    office, sync = counter
    code = receive(office, fee={"amount": 8000}).code
    sync()
    money.pay(office, office.session(), code, 8000, method="transfer")  # nobody has seen the other's
    told(district, tmp_path, line(code))
    sync()

    here = lookup.show(office, code)[0]
    assert (here.paid, here.unpaid, here.overpaid, here.conflicts) == (8000, 0, 0, ())
    assert sum(cash_book(office, MORNING.date()).by_method.values()) == 8000
    told(district, tmp_path, line(code, reference="FT2"))
    sync()
    assert lookup.show(office, code)[0].overpaid == 8000
    assert keeping.verify(office).state == verdict_of(server, commune).state


def test_a_statement_of_the_next_day_leaves_the_officers_day_and_receipt_in_the_cash_book(
    counter, district, tmp_path
):
    office, sync = counter
    code = receive(office, fee={"amount": 8000}).code
    money.pay(office, office.session(), code, 8000, method="transfer", receipt="AA-26E 7")
    sync()
    before = cash_book(office, MORNING.date()).moved
    told(district, tmp_path, line(code), now=NOON + timedelta(days=1))
    sync()

    assert cash_book(office, MORNING.date()).moved == before
    assert before[0].receipt == "AA-26E 7" and before[0].amount == 8000
    assert cash_book(office, MORNING.date() + timedelta(days=1)).moved == ()


def test_what_the_statement_has_told_is_not_marked_by_hand_once_more(counter, district, tmp_path):
    office, sync = counter
    code = receive(office, fee={"amount": 8000}).code
    sync()
    told(district, tmp_path, line(code))
    sync()

    for reference in ("", "ft1"):
        with pytest.raises(NotAllowed, match="money-known"):
            money.pay(office, office.session(), code, 8000, method="transfer", reference=reference)
    money.pay(office, office.session(), code, 8000, method="transfer", reference="FT2")

    assert lookup.show(office, code)[0].paid == 16_000


def test_a_purpose_that_names_two_dossiers_is_answered_with_what_to_write_in_its_place(
    counter, district, tmp_path
):
    office, sync = counter
    one, two = (receive(office, fee={"amount": 8000}) for _ in range(2))
    sync()

    [both] = told(district, tmp_path, line(f"nop phi {one.code} {two.code}"))
    [by_id] = told(district, tmp_path, line(one.dossier.hex()))

    assert f"nhắc đến nhiều hồ sơ: {one.code} và {two.code}; hãy ghi mã của một hồ sơ" in both["error"]
    assert by_id["code"] == one.code


def test_a_bad_line_is_told_and_the_others_go_on(counter, district, tmp_path):
    office, sync = counter
    one, two = receive(office, fee={"amount": 8000}).code, receive(office, fee={"amount": 8000}).code
    sync()
    told(district, tmp_path, line(one))

    answers = told(
        district,
        tmp_path,
        line(one, 9000),
        line(two, reference="FT1"),
        line("H55.242-261120-9999"),
        line(two, 0),
        line(two, "8000.5"),
        line(two, reference=""),
        line(two, method="cash"),
        line(two, at=(NOON + timedelta(days=1)).isoformat()),
        line(two, at=(NOON - timedelta(days=1)).isoformat()),
        "{",
        line(two, reference="FT2"),
    )

    said = [answer.get("error", "") for answer in answers]
    assert all(said[:10]) and not said[10]
    assert f"tham chiếu FT1 đã ghi 8.000 đ cho hồ sơ {one}" in said[0] and one in said[1]
    sync()
    assert [lookup.show(office, code)[0].paid for code in (one, two)] == [8000, 8000]


@pytest.mark.parametrize(
    ("amount", "read"),
    [("1.000", 1000), ("1.000,00", 1000), ("1,000.0 VND", 1000), ("8000.00", 8000), ("1 000 000 đ", 10**6)],
)
def test_an_amount_is_read_as_banks_write_it(amount, read):
    assert statements.read_line(line("X", amount), NOON).payment.amount == read


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"amount": "1.000.00"}, "amount-unreadable"),
        ({"amount": "1.000,000"}, "amount-unreadable"),
        ({"amount": "1.000.0"}, "amount-unreadable"),
        ({"reference": "---"}, "not-a-reference"),
        ({"at": "2020-11-20T08:15:00+07:00"}, "too-long-ago"),
        ({"ma": "x"}, "unknown-cell"),
    ],
)
def test_what_no_statement_says_is_refused_by_what_is_wrong(fields, why):
    with pytest.raises(BadInput, match=why):
        statements.read_line({**line("X"), **fields}, NOON)


def test_a_banks_csv_is_read_by_its_header_and_a_code_is_found_in_the_purpose(counter, district, tmp_path):
    office, sync = counter
    code = receive(office, fee={"amount": 8000}).code
    sync()
    purpose = f"MBVCB.66.{code.replace('.', ' ').replace('-', ' ')}.CT tu 0123"

    answers = told(
        district,
        tmp_path,
        "# Sao kê ngày 20/11",
        "STT,reference,code,amount,at",
        f'1,FT7,{purpose},"8.000",',
        "2,FT8,chuyen tien an trua,50000,",
    )

    assert [answer.get("code") for answer in answers] == [code, None]
    assert [answer["line"] for answer in answers] == [3, 4]
    with pytest.raises(BadLine, match="column-missing"):
        told(district, tmp_path, "code,amount", f"{code},8000")


def test_a_purpose_that_may_be_of_another_dossier_is_told_and_not_booked(counter, district, tmp_path):
    office, sync = counter
    tails = ("1001", "1001001", "1002", "0363", "036342001")
    codes = [f"H55.242-261120-{tail}" for tail in tails]
    for code in codes:
        receive(office, slip=code, fee={"amount": 8000})
    sync()

    answers = told(
        district,
        tmp_path,
        line("H55 242 261120 0363", reference="CUT"),  # a bank's line ended here
        line("H55 242 261120 1002 004", reference="BROKEN"),  # of one that has not come yet
        line("H55 242 261120 1001 001", reference="BOTH"),
        line("H55242261120036342001 CT tu 0123", reference="FT1"),
        line(codes[0], reference="FT2"),
        line("H55 242 261120 1002.004", reference="FT3"),
    )

    assert [answer.get("code") for answer in answers] == [None, None, None, codes[4], codes[0], codes[2]]
    assert all("hãy" in answer["error"] for answer in answers[:3])


def test_one_reference_is_one_transfer_in_all_communes(server, commune, counter, district, offices, tmp_path):
    office, sync = counter
    here = receive(office, fee={"amount": 8000}).code
    with server.base.writing() as connection:
        other = devices.add_commune(connection, "H55.243", "UBND xã Khác", "2025-07-01", os.urandom)
    road = enrol(server, other, offices[1])
    there = receive(offices[1], fee={"amount": 8000}).code
    sync()
    syncing.sync(offices[1], road)

    first, second, third = told(
        district, tmp_path, line(here), line(there), line(here, reference="FT2", method="portal")
    )

    assert first["commune"] == "H55.242" and "reference" in third
    assert f"tham chiếu FT1 đã ghi 8.000 đ cho hồ sơ {here}" in second["error"]
    [again] = told(district, tmp_path, line(there))
    assert again["error"].removeprefix("Dòng 1") == second["error"].removeprefix("Dòng 2")


def test_what_a_statement_gives_to_another_dossier_is_disputed_where_it_was_marked_by_hand(
    server, commune, counter, district, tmp_path
):
    office, sync = counter
    one, two = receive(office, fee={"amount": 8000}).code, receive(office, fee={"amount": 8000}).code
    by_transfer = {"method": "transfer", "reference": "ft-1"}
    money.pay(office, office.session(), two, 8000, **by_transfer)
    sync()
    for _ in range(2):
        answers = told(district, tmp_path, line(one), line(two))
    sync()

    assert f"cho hồ sơ {one}" in answers[1]["error"]
    [dispute] = lookup.show(office, two)[0].conflicts
    assert (dispute.field, [side.value for side in dispute.sides]) == ("transfer", [8000, 0])
    elsewhere = tell(lookup.show(office, two)[0].entries[-1])
    assert elsewhere == f"Sao kê ghi tham chiếu FT1 cho hồ sơ khác: {one}."
    assert "theo sao kê là của hồ sơ khác" in conflict(dispute)
    assert keeping.verify(office).state == verdict_of(server, commune).state
    mending.resolve(office, office.session(), two, str(dispute.sides[1].event))
    there = lookup.show(office, two)[0]
    assert (there.conflicts, there.paid, lookup.show(office, one)[0].paid) == ((), 0, 8000)
    with pytest.raises(NotAllowed, match="reference-of-another"):
        money.pay(office, office.session(), two, 8000, **by_transfer, receipt="AA-26E 7")
