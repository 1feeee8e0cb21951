"""Online dossiers come down to the counters under their own code, and are accepted or refused there."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from counter_app.district import registering, statements
from counter_app.district.house import District, Places
from counter_app.domain.lifecycle import State
from counter_app.domain.postings import Posting
from counter_app.services import acts, boards, keeping, lookup, records, register, syncing
from counter_app.services.boards import Group
from counter_app.words.register import register_facts, register_row
from tests.district.test_exchange import enrol
from tests.district.test_posting import enter
from tests.district.test_whole import shown, verdict_of
from tests.independent import verifier
from tests.services.stores import MORNING, receive

CODE = "h55.242-261119-ab0001"  # not as our own would be written
LINE = {
    "code": CODE,
    "procedure": "1.004884",
    "applicant": {"name": "H’Loan Niê Kđăm", "phone": "0900000123", "id_number": "066174000123"},
    "received_at": "2026-11-19T21:30:00+07:00",
    "fee": {"amount": 8000, "paid": True},
}


@pytest.fixture
def district(server, commune, tmp_path):
    server.now_ms = round(MORNING.timestamp() * 1000)
    return District(server.base, server.who, Places(tmp_path / "district"))


@pytest.fixture
def counters(server, commune, district, offices):
    """Two counters of the commune, and the roads that they go."""
    roads = [enrol(server, commune, office) for office in offices]
    return [*zip(offices, roads, strict=True)]


def hand_down(district, tmp_path, *given, code="H55.242", at=MORNING):
    file = tmp_path / "lines.json"
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in given]
    file.write_bytes(b"\n".join(lines))
    return list(registering.register(district, code, str(file), lambda: at))


def meet(*counters):
    for office, road in [*counters, *counters]:
        syncing.sync(office, road)


def of(office):
    [folded] = lookup.show(office, CODE.upper())
    return folded


def test_a_dossier_from_above_is_accepted_at_one_counter_and_known_at_both(
    server, commune, district, counters, tmp_path
):
    assert hand_down(district, tmp_path, LINE) == [
        {"line": 1, "code": CODE, "received_at": LINE["received_at"]}
    ]
    meet(*counters)
    (one, other) = (office for office, _ in counters)
    for office in (one, other):
        came = of(office)
        assert (came.code, came.state, came.due, came.paid) == (CODE, State.REGISTERED, None, 8000)
        [section] = [s for s in boards.board(office, MORNING) if s.group is Group.REGISTERED]
        assert [item.line.code for item in section.items] == [CODE]
    assert [line.code for line in lookup.find(one, "hloan nie")] == [CODE]

    due = acts.accept(one, one.session(), CODE.upper(), MORNING)
    meet(*counters)

    assert due is not None and due > MORNING
    for office in (one, other):
        taken = of(office)
        assert (taken.code, taken.codes, taken.state, taken.due) == (CODE, (CODE,), State.RECEIVED, due)
        assert taken.received_at == MORNING
        assert taken.values["channel"] == "online"
        assert taken.place[1] == 1
    table = records.table("national", MORNING.date())
    sent = records.record(one, one.session(), of(one).id, table)
    assert (sent["MaHoSo"], sent["KenhThucHien"], sent["DuocThanhToanTrucTuyen"]) == (CODE, 2, 1)
    assert keeping.verify(one).state == keeping.verify(other).state == verdict_of(server, commune).state
    [line] = shown(server, commune)
    assert (line["code"], line["national_status"]) == (CODE, 2)


def test_one_that_is_refused_ends_with_its_reason(district, counters, tmp_path):
    hand_down(district, tmp_path, LINE)
    meet(*counters)
    one, other = (office for office, _ in counters)
    day = MORNING.date() - timedelta(days=1)
    assert _registered_rows(one, day) == 0

    acts.refuse(other, other.session(), CODE, "thiếu giấy chứng sinh")
    meet(*counters)

    assert (of(one).state, of(one).national_status, of(one).code) == (State.REFUSED, 3, CODE)


def test_the_register_has_it_once_it_is_accepted(district, counters, tmp_path):
    hand_down(district, tmp_path, LINE)
    (one, road), _ = counters
    syncing.sync(one, road)
    receive(one)
    acts.accept(one, one.session(), CODE)

    assert _registered_rows(one, MORNING.date()) == 2
    assert of(one).place[1] == 2
    assert register.print_register(
        one, one.session(), MORNING.date() - timedelta(days=1), MORNING.date(), register_facts, register_row
    ).startswith(b"%PDF")


def test_one_that_was_asked_for_papers_first_is_taken_in_with_them(
    server, commune, district, counters, tmp_path
):
    hand_down(district, tmp_path, LINE)
    meet(*counters)
    one, other = (office for office, _ in counters)
    receive(one)
    acts.ask_supplement(other, other.session(), CODE, ["Giấy chứng sinh"])
    meet(*counters)
    acts.resubmit(one, one.session(), CODE)

    taken = of(one)
    assert (taken.state, taken.place[1], taken.received_at.date()) == (State.PROCESSING, 2, MORNING.date())
    assert _registered_rows(one, MORNING.date() - timedelta(days=1), MORNING.date()) == 2
    acts.ask_supplement(one, one.session(), CODE, ["Bản chính"])
    acts.resubmit(one, one.session(), CODE)
    assert of(one).place == taken.place
    assert receive(one).code and len(numbers_of(one)) == 3 == max(numbers_of(one))
    report = verifier.verify_store(str(one.places.database), one.database.key)
    assert report.healthy


def numbers_of(office):
    return [dossier.place[1] for line in lookup.newest(office) for dossier in lookup.show(office, line.code)]


def test_every_machine_lists_it_on_the_day_that_it_was_accepted(district, counters, tmp_path):
    hand_down(district, tmp_path, LINE)
    (one, road), (other, late) = counters
    syncing.sync(one, road)
    acts.accept(one, one.session(), CODE)
    meet((one, road), (other, late))

    days = MORNING.date() - timedelta(days=1), MORNING.date()
    assert [[_registered_rows(office, day) for day in days] for office in (one, other)] == [[0, 1], [0, 1]]
    assert [line.code for line in lookup.find(one, "hloan nie")] == [CODE]
    assert keeping.verify(one).healthy


def _registered_rows(office, day, last=None):
    with register.Reading(office, register.span_of(office, day, last or day)) as reading:
        return sum(len(list(rows)) for _, rows in reading.volumes(register_row))


def test_the_same_line_again_changes_nothing_and_bad_ones_are_told(
    server, commune, district, counters, tmp_path
):
    good = {**LINE, "code": "G09.20-20261119-0092637"}
    own = receive(counters[0][0]).code
    meet(*counters)
    hand_down(district, tmp_path, LINE)
    before = verdict_of(server, commune).events

    told = hand_down(
        district,
        tmp_path,
        {**LINE, "code": CODE.upper()},
        b'{"code": "H55',
        {**LINE, "code": "=cmd|' /C calc'!A0"},
        {**LINE, "applicant": {"name": "Người Khác"}},
        {**LINE, "code": own},
        {**LINE, "channel": "counter"},
        {**LINE, "id": "019aa5b2-c3d4-7000-8011-2233445566ff"},
        {name: value for name, value in LINE.items() if name != "code"},
        {**LINE, "code": "H55.242-261119-AB0002", "procedure": "9.999999"},
        b"[1]",
        good,
    )

    assert told[0] == {"line": 1, "code": CODE, "received_at": LINE["received_at"], "again": True}
    assert [one["line"] for one in told if "error" in one] == [*range(2, 11)]
    assert all(one["error"].startswith(f"Dòng {one['line']}: ") for one in told if "error" in one)
    assert "\n" not in "".join(one.get("error", "") for one in told)
    assert told[10]["code"] == good["code"]
    assert verdict_of(server, commune).events == before + 2  # registered and paid
    meet(*counters)
    assert len(lookup.newest(counters[1][0])) == 3


def test_what_the_portal_took_after_it_handed_a_dossier_down_comes_with_the_line_again(
    server, commune, district, counters, tmp_path
):
    owed = {**LINE, "fee": {"amount": 8000}}
    hand_down(district, tmp_path, owed)
    meet(*counters)
    assert of(counters[0][0]).unpaid == 8000

    told = [hand_down(district, tmp_path, LINE)[0] for _ in range(2)]
    meet(*counters)

    assert [one.get("paid") for one in told] == [8000, None]
    assert all(one["again"] for one in told)
    for office, _ in counters:
        assert (of(office).paid, of(office).unpaid, of(office).overpaid) == (8000, 0, 0)
    assert keeping.verify(counters[0][0]).state == verdict_of(server, commune).state


def test_the_portals_money_counts_once_beside_the_statement_that_tells_of_it(
    server, commune, district, counters, tmp_path
):
    named = {**LINE, "code": "H55.242-261119-AB0002", "fee": {**LINE["fee"], "reference": "DVC 7"}}
    assert not any("error" in one for one in hand_down(district, tmp_path, LINE, named))
    file = tmp_path / "statement"
    told = [{"code": CODE, "amount": 8000, "reference": "FT1"}]
    told += [{"code": named["code"], "amount": 8000, "reference": "dvc7"}]
    file.write_text("\n".join(map(json.dumps, told)), "utf-8")
    assert not any("error" in one for one in statements.pay(district, str(file), "", lambda: MORNING))

    otherwise = {**named, "fee": {**LINE["fee"], "reference": "DVC8"}}
    again = hand_down(district, tmp_path, LINE, named, otherwise, {**LINE, "fee": named["fee"]})
    meet(*counters)

    office = counters[0][0]
    assert [one.get("paid") for one in again] == [None] * 4
    assert "tham chiếu khác" in again[2]["error"] and all("error" not in again[n] for n in (0, 1, 3))
    for code in (CODE, named["code"]):
        [folded] = lookup.show(office, code)
        assert (folded.paid, folded.overpaid, folded.conflicts) == (8000, 0, ())
    assert keeping.verify(office).state == verdict_of(server, commune).state


def test_what_is_told_otherwise_of_a_dossier_is_not_passed_over(district, commune, tmp_path):
    otherwise = {
        "số tiền phí, lệ phí": {"fee": {"amount": 9000}},
        "lý do miễn, giảm phí": {"fee": {"amount": 8000, "exemption": "Hộ nghèo"}},
        "số bộ hồ sơ": {"sets": 2},
        "ghi chú": {"note": "gọi trước"},
        "người nộp thay": {"submitter": {"name": "Y Thao"}},
        "giờ tiếp nhận": {"received_at": "2026-11-19T22:00:00+07:00"},
        "thành phần hồ sơ": {"components": [{"name": "Tờ khai"}]},
        "người nộp": {"applicant": {"name": "Người Khác"}},
    }

    told = hand_down(district, tmp_path, LINE, *({**LINE, **one} for one in otherwise.values()))

    for field, one in zip(otherwise, told[1:], strict=True):
        assert f"đã chuyển xuống với {field} khác; hãy" in one["error"]


def test_money_for_a_dossier_without_a_fee_is_no_part_of_its_line(
    server, commune, district, counters, tmp_path
):
    free = {**LINE, "fee": {"amount": 0}}
    hand_down(district, tmp_path, free)

    [told] = hand_down(district, tmp_path, LINE)
    meet(*counters)

    assert "lệ phí" in told["error"]
    assert (of(counters[0][0]).paid, of(counters[0][0]).overpaid) == (0, 0)


def test_what_a_counter_has_typed_in_under_that_code_is_not_handed_down_a_second_time(
    server, commune, district, counters, tmp_path
):
    typed = receive(counters[0][0], codes=[CODE.upper()])
    meet(*counters)

    told = hand_down(district, tmp_path, LINE)

    assert "đã là của một hồ sơ khác" in told[0]["error"]
    meet(*counters)
    assert [line.code for line in lookup.newest(counters[1][0])] == [typed.code]


def test_a_machine_outside_its_days_is_given_no_dossier_from_above(
    server, commune, district, offices, tmp_path
):
    today = MORNING.date()
    days = Posting(today, today + timedelta(days=1))
    own, lent = enrol(server, commune, offices[0]), enter(server, commune, offices[1], days)
    for office, road in zip(offices, (own, lent), strict=True):
        syncing.sync(office, road)

    server.now_ms += 3 * 24 * 3600 * 1000
    hand_down(district, tmp_path, LINE)
    for office, road in zip(offices, (own, lent), strict=True):
        syncing.sync(office, road)

    assert [len(lookup.newest(office)) for office in offices] == [1, 0]


def test_a_server_that_was_put_back_hands_the_same_dossier_down_and_not_another(
    server, commune, district, counters, tmp_path
):
    hand_down(district, tmp_path, LINE)
    meet(*counters)
    with server.base.writing() as connection:
        registering.identity.renew(connection, server.who, server.now_ms)

    again = hand_down(district, tmp_path, LINE, {**LINE, "code": "H55.242-261119-AB0009"})
    meet(*counters)

    assert again[0]["again"] is True
    for office, _ in counters:
        assert len(lookup.newest(office)) == 2
        assert keeping.verify(office).healthy
