"""Acts after the reception: what the state allows, what is never forgotten, how disputes are settled."""

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.errors import BadInput, Disputed, NotAllowed, NotFound, NotPermitted
from counter_app.domain.lifecycle import State, StopCause
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    accounts,
    acts,
    cashbook,
    exchange,
    lookup,
    mending,
    money,
    papers,
    preferences,
    rules,
)
from counter_app.words.receipt import receipt_facts
from counter_app.words.story import tell
from tests.paper.reading import pages, squeezed
from tests.services.stores import Counter, Wall, receive


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def office(tmp_path, wall):
    office = Counter(tmp_path / "store", wall).make().open()
    yield office
    office.close()


@pytest.fixture
def two(tmp_path):
    """Two paired counters, and the way of a bundle from one to the other."""
    offices = [Counter(tmp_path / n, device=n).make().open() for n in ("QUẦY 1", "QUẦY 2")]
    one, other = offices
    exchange.offer(other, tmp_path / "offer")
    words = exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    assert exchange.finish(other, other.session(), tmp_path / "reply") == words

    def carry(source, target):
        exchange.export(source, source.session(), tmp_path / "bundle")
        return exchange.bring_in(target, target.session(), tmp_path / "bundle")

    yield one, other, carry
    for office in offices:
        office.close()


def test_the_whole_way_from_reception_to_the_citizens_hand(office):
    code, session = receive(office).code, office.session()
    acts.process(office, session, code, "thẩm định", "Lò Văn Inh")
    acts.ask_supplement(office, session, code, ["Bản sao giấy khai sinh cũ"])
    acts.resubmit(office, session, code)
    acts.extend(office, session, code, date(2026, 12, 10), "chờ xác minh")
    acts.finish(office, session, code, "Giấy khai sinh")
    acts.hand_back(office, session, code, "Y Thao", "066174000123", "giấy ủy quyền ngày 20/11")

    (dossier,) = lookup.show(office, code)

    assert dossier.state is State.RETURNED and dossier.national_status == 10
    assert dossier.first_due.date() == date(2026, 11, 30)
    assert dossier.due.date() == date(2026, 12, 10)
    assert dossier.values["holder"] == "Lò Văn Inh"
    assert [e.name for e in dossier.entries] == [
        "received",
        "step_taken",
        "supplement_requested",
        "resubmitted",
        "extended",
        "finished",
        "returned",
    ]


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ([], lambda o, s, c: acts.hand_back(o, s, c, "A")),
        ([], lambda o, s, c: acts.resubmit(o, s, c)),
        ([acts.finish], lambda o, s, c: acts.stop(o, s, c, "lý do")),
        ([acts.finish], lambda o, s, c: acts.extend(o, s, c, date(2026, 12, 10), "lý do")),
        ([lambda o, s, c: acts.stop(o, s, c, "x")], lambda o, s, c: acts.finish(o, s, c)),
        ([lambda o, s, c: mending.void(o, s, c, "x")], lambda o, s, c: acts.finish(o, s, c)),
        (
            [acts.finish, lambda o, s, c: acts.hand_back(o, s, c, "A")],
            lambda o, s, c: mending.void(o, s, c, "x"),
        ),
    ],
)
def test_what_the_state_forbids_is_refused_and_leaves_no_event(office, before, act):
    code, session = receive(office).code, office.session()
    for step in before:
        step(office, session, code)
    stood = len(lookup.show(office, code)[0].entries)

    with pytest.raises(NotAllowed, match="state-forbids"):
        act(office, session, code)

    assert len(lookup.show(office, code)[0].entries) == stood


def test_an_act_may_be_dated_between_the_last_act_and_now_and_nowhere_else(office):
    received, session = receive(office), office.session()
    at = received.received_at

    with pytest.raises(BadInput, match="in-the-future"):
        acts.finish(office, session, received.code, at=at + timedelta(hours=1))
    with pytest.raises(BadInput, match="before-last-act"):
        acts.finish(office, session, received.code, at=at - timedelta(minutes=1))
    acts.finish(office, session, received.code, at=at)

    assert lookup.show(office, received.code)[0].state is State.FINISHED


def test_a_correction_is_checked_like_an_entry_and_keeps_the_old_value_in_the_story(office):
    code, session = receive(office).code, office.session()

    with pytest.raises(BadInput, match="not-a-phone"):
        mending.correct(office, session, code, {"applicant.phone": "12"}, "ghi nhầm")
    with pytest.raises(BadInput, match="not-correctable"):
        mending.correct(office, session, code, {"state": "returned"}, "ghi nhầm")
    mending.correct(
        office, session, code, {"applicant.phone": "0900 000 132", "note": "gọi trước"}, "ghi nhầm"
    )

    (dossier,) = lookup.show(office, code)
    assert dossier.party()["phone"] == "0900000132"
    assert dossier.entries[0].payload["applicant"]["phone"] == "0900000123"
    assert [line.code for line in lookup.find(office, "0132")] == [code]
    assert lookup.find(office, "0000123") == []


def test_a_second_request_for_papers_is_told_to_count_as_late(office):
    code, session = receive(office).code, office.session()
    first = acts.ask_supplement(office, session, code, ["Bản sao"])
    acts.resubmit(office, session, code)

    assert (first, acts.ask_supplement(office, session, code, ["Bản chính"])) == (False, True)


def test_paying_what_was_waited_for_sets_the_work_going(office):
    received, session = receive(office, fee={"amount": 8000}), office.session()

    money.pay(office, session, received.code, 8000)

    dossier = lookup.show(office, received.code)[0]
    assert (dossier.owed, dossier.paid, dossier.state) == (8000, 8000, State.RECEIVED)


def test_a_charge_stops_the_clock_until_all_of_it_is_paid(office, wall):
    received, session = receive(office, fee={"amount": 8000}), office.session()
    acts.charge(office, session, received.code, 20_000)
    charged = lookup.show(office, received.code)[0]
    assert (charged.state, charged.national_status) == (State.WAITING_PAYMENT, 6)
    assert (charged.owed, charged.charged) == (20_000, 20_000)

    wall.now = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
    money.pay(office, session, received.code, 5000)
    assert lookup.show(office, received.code)[0].state is State.WAITING_PAYMENT
    money.pay(office, session, received.code, 15_000)

    dossier = lookup.show(office, received.code)[0]
    assert (dossier.state, dossier.unpaid, dossier.charged) == (State.PROCESSING, 0, 0)
    assert (dossier.first_due.date(), dossier.due.date()) == (date(2026, 11, 30), date(2026, 12, 1))
    assert dossier.values["promise"]["paused"] == [["2026-11-20", "2026-11-23", "payment"]]


def test_what_was_given_back_of_a_charge_is_waited_for_again(office):
    code, session = receive(office, fee={"amount": 8000}).code, office.session()
    acts.charge(office, session, code, 20_000)
    money.pay(office, session, code, 12_000)
    money.refund(office, session, code, 12_000, "nộp nhầm hồ sơ")

    money.pay(office, session, code, 8000)
    dossier = lookup.show(office, code)[0]
    assert (dossier.state, dossier.charged, dossier.unpaid) == (State.WAITING_PAYMENT, 12_000, 12_000)

    money.pay(office, session, code, 15_000)
    money.refund(office, session, code, 3000, "thu thừa")
    dossier = lookup.show(office, code)[0]
    assert (dossier.state, dossier.charged, dossier.unpaid) == (State.PROCESSING, 0, 0)


def test_what_is_charged_after_the_fee_was_paid_is_owed_beside_it(office):
    received, session = receive(office, fee={"amount": 8000, "paid": True}), office.session()

    acts.charge(office, session, received.code, 500_000)

    dossier = lookup.show(office, received.code)[0]
    assert (dossier.owed, dossier.paid, dossier.unpaid) == (508_000, 8000, 500_000)
    with pytest.raises(BadInput, match="not-positive"):
        acts.charge(office, session, received.code, 0)


def test_a_registered_dossier_has_no_date_until_it_is_accepted(office, wall):
    received, session = receive(office, registered=True), office.session()
    dossier = lookup.show(office, received.code)[0]
    assert (received.due, dossier.due, dossier.national_status) == (None, None, 1)
    assert lookup.due(office, soon=True) == []

    wall.now = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
    due = acts.accept(office, session, received.code)

    dossier = lookup.show(office, received.code)[0]
    assert (dossier.state, dossier.national_status) == (State.RECEIVED, 2)
    assert due == dossier.due == dossier.first_due == datetime(2026, 12, 1, 17, tzinfo=VIETNAM)
    assert dossier.received_at.date() == date(2026, 11, 23)
    assert dossier.reception["received_at"].startswith("2026-11-20T08:15")
    with pytest.raises(NotAllowed, match="state-forbids"):
        acts.accept(office, session, received.code)


def test_a_date_is_corrected_by_who_may_give_a_new_one_while_it_lies_ahead(office, wall):
    code, changes = receive(office).code, {"due": "2026-12-10"}
    accounts.set_pin(office, office.session(), "9876")
    head = office.session("admin", lambda: "9876")
    accounts.add_officer(office, head, "lan", "H’Lan", "officer", "1234")
    with pytest.raises(NotPermitted, match="role-lacks-right"):
        mending.correct(office, office.session("lan", lambda: "1234"), code, changes, "ghi nhầm")

    mending.correct(office, head, code, changes, "ghi nhầm")

    pdf = papers.print_receipt(office, head, code, receipt_facts)
    text = squeezed("".join(pages(pdf)))
    assert squeezed("10/12/2026") in text
    assert squeezed("đếm từ") not in text
    wall.now = datetime(2026, 12, 14, 9, tzinfo=VIETNAM)
    with pytest.raises(NotAllowed, match="due-past"):
        mending.correct(office, head, code, {"due": "2026-12-30"}, "bận")
    acts.finish(office, head, code)
    with pytest.raises(NotAllowed, match="state-forbids"):
        mending.correct(office, head, code, {"due": "2026-12-30"}, "bận")


def test_a_registered_dossier_without_a_limit_keeps_the_day_that_the_officer_named(office):
    (line,) = [p for p in rules.catalogue(office) if p.limit is None and not p.hidden][:1]
    day = {"procedure": line.code, "due": "2026-12-10", "due_reason": "theo đợt"}
    received = receive(office, registered=True, **day)

    assert acts.accept(office, office.session(), received.code).date() == date(2026, 12, 10)


def test_a_registered_dossier_may_be_refused_or_asked_for_papers(office, wall):
    session = office.session()
    refused, asked = receive(office, registered=True).code, receive(office, registered=True).code
    acts.refuse(office, session, refused, "không thuộc xã")
    acts.ask_supplement(office, session, asked, ["Bản sao"])
    wall.now = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
    acts.resubmit(office, session, asked)

    assert lookup.show(office, refused)[0].national_status == 3
    dossier = lookup.show(office, asked)[0]
    assert (dossier.state, dossier.due.date()) == (State.PROCESSING, date(2026, 12, 1))
    assert dossier.received_at.date() == date(2026, 11, 23)  # complete now: the limit runs from here
    acts.ask_supplement(office, session, asked, ["Bản chính"])
    acts.resubmit(office, session, asked)
    assert lookup.show(office, asked)[0].received_at == dossier.received_at


def test_a_refusal_after_examination_is_a_result_with_a_reason(office):
    code, session = receive(office).code, office.session()
    acts.process(office, session, code, "thẩm tra")

    with pytest.raises(NotAllowed, match="state-forbids"):
        acts.refuse(office, session, code, "không đủ điều kiện")
    with pytest.raises(BadInput, match="empty"):
        acts.finish(office, session, code, negative=True)
    acts.finish(office, session, code, "Văn bản số 12", negative=True, reason="không đủ điều kiện")

    dossier = lookup.show(office, code)[0]
    assert dossier.national_status == 9
    assert tell(dossier.entries[-1]) == (
        "Đã có kết quả không đồng ý, chờ trả: Văn bản số 12; lý do: không đủ điều kiện."
    )


def test_a_result_that_could_not_be_handed_over_waits_on(office):
    code, session = receive(office).code, office.session()
    with pytest.raises(NotAllowed, match="state-forbids"):
        acts.collection_failed(office, session, code, "vắng nhà")
    acts.finish(office, session, code)

    acts.collection_failed(office, session, code, "vắng nhà")

    dossier = lookup.show(office, code)[0]
    assert dossier.state is State.FINISHED
    assert tell(dossier.entries[-1]) == "Đã mang kết quả đi trả nhưng chưa trả được; lý do: vắng nhà."


@pytest.mark.parametrize(
    ("before", "cause", "said"),
    [
        (None, None, "theo yêu cầu của người nộp"),
        (lambda *a: acts.withdraw(*a, "đổi ý"), None, "sau khi người nộp rút hồ sơ"),
        (lambda *a: acts.ask_supplement(*a, ["Bản sao"]), None, "vì người nộp không nộp đủ"),
        (lambda *a: acts.charge(*a, 8000), None, "vì người nộp không nộp đủ"),
        (lambda *a: acts.charge(*a, 8000), StopCause.REQUESTED, "theo yêu cầu của người nộp"),
    ],
)
def test_a_stop_says_whose_it_is(office, before, cause, said):
    code, session = receive(office).code, office.session()
    if before:
        before(office, session, code)

    acts.stop(office, session, code, "quá 30 ngày", cause=cause)

    dossier = lookup.show(office, code)[0]
    assert (dossier.state, dossier.national_status) == (State.STOPPED, 8)
    assert tell(dossier.entries[-1]) == f"Dừng giải quyết {said}; lý do: quá 30 ngày."


def test_nobody_failed_to_answer_where_nothing_was_asked(office):
    code = receive(office).code

    with pytest.raises(NotAllowed, match="nothing-unanswered"):
        acts.stop(office, office.session(), code, "x", cause=StopCause.UNANSWERED)


def test_a_date_is_moved_as_often_as_the_setting_allows(office):
    code, session = receive(office).code, office.session()
    acts.extend(office, session, code, date(2026, 12, 10), "chờ xác minh")

    with pytest.raises(NotAllowed, match="extended-enough") as refused:
        acts.extend(office, session, code, date(2026, 12, 11), "chờ xác minh")
    assert (refused.value.facts["n"], refused.value.facts["most"]) == (1, 1)
    preferences.change(office, session, max_extensions=2)
    acts.extend(office, session, code, date(2026, 12, 11), "chờ xác minh")

    dossier = lookup.show(office, code)[0]
    assert (dossier.extensions, dossier.due.date()) == (2, date(2026, 12, 11))
    assert dossier.first_due.date() == dossier.measured_due.date() == date(2026, 11, 30)


@pytest.mark.parametrize(("day", "late"), [(30, False), (31, True)])
def test_an_apology_after_the_date_says_that_it_came_late(office, wall, day, late):
    code, session = receive(office).code, office.session()
    wall.now = datetime(2026, 11, 30, 9, tzinfo=VIETNAM) + timedelta(days=day - 30)

    assert acts.extend(office, session, code, date(2026, 12, 10), "chờ xác minh") is late

    told = tell(lookup.show(office, code)[0].entries[-1])
    assert ("khi đã quá ngày hẹn" in told) is late


@pytest.mark.parametrize(("day", "late"), [(27, False), (1, True)])
def test_what_waits_is_late_where_it_was_when_its_clock_stood_still(office, wall, day, late):
    code, session = receive(office).code, office.session()
    wall.now = datetime(2026, 11 if day > 20 else 12, day, 9, tzinfo=VIETNAM)
    acts.ask_supplement(office, session, code, ["Bản sao"])
    wall.now = datetime(2026, 12, 3, 9, tzinfo=VIETNAM)

    assert acts.extend(office, session, code, date(2026, 12, 10), "chờ xác minh") is late


def test_the_rule_of_a_resubmission_is_that_of_the_reception(office, wall):
    """A catalogue that changes moves no dossier that was received under the old one."""
    session = office.session()
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,resubmission"
    line = "1.004884,Đăng ký lại khai sinh,Hộ tịch,xã,5,working_day,0,Tờ khai,Giấy,"
    rules.import_catalogue(office, session, f"{head}\n{line}restart")
    anew = receive(office).code
    rules.import_catalogue(office, session, f"{head}\n{line}resume")
    goes_on = receive(office).code
    for day, act in ((23, lambda *here: acts.ask_supplement(*here, ["Bản sao"])), (25, acts.resubmit)):
        wall.now = datetime(2026, 11, day, 9, tzinfo=VIETNAM)
        for code in (anew, goes_on):
            act(office, session, code)

    dossiers = [lookup.show(office, code)[0] for code in (anew, goes_on)]
    assert [d.due.date() for d in dossiers] == [date(2026, 12, 2), date(2026, 12, 1)]
    assert [d.values["promise"].get("restarted") for d in dossiers] == ["2026-11-25", None]


def test_counters_that_disagree_show_the_same_dispute_until_one_settles_it(two):
    one, other, carry = two
    code = receive(one).code
    carry(one, other)
    mending.correct(one, one.session(), code, {"applicant.phone": "0900000132"}, "ghi nhầm")
    mending.correct(other, other.session(), code, {"applicant.phone": "0900000321"}, "đổi số")
    carry(one, other)
    carry(other, one)

    disputes = [lookup.show(office, code)[0].conflicts for office in (one, other)]
    assert disputes[0] == disputes[1]
    assert [c.field for c in disputes[0]] == ["applicant.phone"]

    keep = str(disputes[0][0].sides[0].event)
    mending.resolve(other, other.session(), code, keep)
    carry(other, one)

    settled = [lookup.show(office, code)[0] for office in (one, other)]
    assert [d.conflicts for d in settled] == [(), ()]
    assert settled[0].party() == settled[1].party()


def test_a_dispute_over_the_state_stops_further_acts(two):
    one, other, carry = two
    code = receive(one).code
    carry(one, other)
    acts.stop(one, one.session(), code, "người dân xin dừng")
    acts.ask_supplement(other, other.session(), code, ["Bản sao"])
    carry(other, one)

    with pytest.raises(Disputed):
        acts.resubmit(one, one.session(), code)


def test_only_a_side_of_a_dispute_can_be_kept(office):
    code, session = receive(office).code, office.session()
    event = str(lookup.show(office, code)[0].entries[0].ref)

    with pytest.raises(NotAllowed, match="nothing-to-resolve"):
        mending.resolve(office, session, code, event)
    with pytest.raises(NotFound, match="no-such-event"):
        mending.resolve(office, session, code, "zzz")
    with pytest.raises(BadInput, match="empty"):
        mending.resolve(office, session, code, " ")


def test_an_event_is_named_by_log_and_place_or_by_what_only_one_side_begins_with(two):
    one, other, carry = two
    code = receive(one, fee={"amount": 8000}).code
    carry(one, other)
    for amount in (5000, 3000, 1000):
        money.pay(one, one.session(), code, amount)
    money.pay(other, other.session(), code, 8000)
    carry(other, one)
    *mine, last = [e for e in lookup.show(one, code)[0].entries if e.name == "paid"]
    (theirs,) = [
        e for e in (*mine, last) if e.event.header.log != lookup.show(one, code)[0].entries[0].ref.log
    ]
    mine = [e for e in (*mine, last) if e is not theirs]
    log = mine[0].ref.log.hex()

    with pytest.raises(NotAllowed, match="event-of-several") as refused:
        mending.resolve(one, one.session(), code, log)
    assert refused.value.facts["events"] == [str(e.ref) for e in mine]
    with pytest.raises(NotAllowed, match="nothing-to-resolve"):
        mending.resolve(one, one.session(), code, f"{log}:{lookup.show(one, code)[0].entries[0].ref.seq}")

    assert mending.resolve(one, one.session(), code, str(theirs.ref)[:9].upper()) == ["payment"]
    story = lookup.show(one, code)[0]
    assert story.conflicts == () and story.paid == 8000
    assert [e.ref for e in story.entries if e.mistaken] == [e.ref for e in mine]


def test_log_and_place_name_one_event_though_they_begin_the_names_of_later_ones(two):
    one, other, carry = two
    code = receive(one, fee={"amount": 8000}).code
    carry(one, other)
    money.pay(other, other.session(), code, 8000)
    money.pay(one, one.session(), code, 1)
    first = last = lookup.show(one, code)[0].entries[-1].ref
    while not str(last.seq).startswith(f"{first.seq}0"):
        money.pay(one, one.session(), code, 1)
        last = lookup.show(one, code)[0].entries[-1].ref
    carry(other, one)

    mending.resolve(one, one.session(), code, str(first).rpartition(":")[0])

    assert lookup.show(one, code)[0].paid == 1


@pytest.mark.parametrize(
    ("typed", "kept", "odd"),
    [
        ("", "", []),
        ("019 188.000-123", "019188000123", []),
        ("999188000123", "999188000123", ["unknown-province"]),
        ("012 345 678", "012345678", ["old-number"]),
        ("B 1234567", "B1234567", ["other-paper"]),
        ("c12345678", "c12345678", ["other-paper"]),
        ("x9y8z", "x9y8z", ["other-paper"]),
        ("01918800012", "01918800012", ["other-paper"]),
        ("ABCDE12345FGHIJ67890", "ABCDE12345FGHIJ67890", ["other-paper"]),
    ],
)
def test_a_collector_shows_whatever_paper_he_has(office, typed, kept, odd):
    code, session = receive(office).code, office.session()
    acts.finish(office, session, code)

    warnings = acts.hand_back(office, session, code, "John Smith", typed)

    assert [warning.code for warning in warnings] == odd
    assert lookup.show(office, code)[0].entries[-1].payload.get("id_number", "") == kept


@pytest.mark.parametrize(
    "typed", ["k-1", "B123", "ABCDE12345FGHIJ678901", "hộ chiếu", "１２３４５６７８９", "B1234567;"]
)
def test_what_no_paper_bears_is_refused_and_nothing_is_handed_out(office, typed):
    code, session = receive(office).code, office.session()
    acts.finish(office, session, code)

    with pytest.raises(BadInput, match="not-a-paper-number"):
        acts.hand_back(office, session, code, "John Smith", typed)

    assert lookup.show(office, code)[0].state is State.FINISHED


def test_a_dossier_is_named_by_its_id_however_it_is_written(office):
    received, session = receive(office), office.session()
    text = lookup.id_text(received.dossier)

    for named in (text, text.upper(), received.dossier.hex(), f" {text} "):
        assert lookup.show(office, named)[0].id == received.dossier
        acts.process(office, session, named, "thẩm định")
    with pytest.raises(NotFound, match="no-such-dossier"):
        acts.finish(office, session, text[:-1] + ("0" if text[-1] != "0" else "1"))

    assert len(lookup.story(office, received.dossier).entries) == 5


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"due": "2020-01-01"}, "due-before-receipt"),
        ({"due": "2026-11-24"}, "due-on-rest-day"),
        ({"due": "24/11/2026"}, "not-a-day"),
        ({"note": "é" * 2001}, "too-long"),
        ({"sets": "0"}, "not-a-whole-number"),
        ({"applicant.name": ""}, "empty"),
    ],
)
def test_a_correction_goes_round_no_rule(office, changes, why):
    code = receive(office).code

    with pytest.raises(BadInput, match=why):
        mending.correct(office, office.session(), code, changes, "ghi nhầm")


@pytest.mark.parametrize("parts", [(60_000, 40_000), (60_000, 60_000)], ids=["just enough", "too much"])
def test_a_charge_that_two_counters_took_in_parts_lets_the_dossier_go_on(two, parts):
    one, other, carry = two
    code = receive(one, procedure="1.004873").code
    acts.charge(one, one.session(), code, 100_000)
    carry(one, other)
    for office, amount in zip((one, other), parts, strict=True):
        money.pay(office, office.session(), code, amount)
    carry(one, other)
    carry(other, one)
    gone_on = lookup.show(one, code)[0]
    assert (gone_on.state, gone_on.charged) == (State.PROCESSING, 0)
    assert ", giải quyết tiếp, hẹn trả " in tell(gone_on.entries[-1])

    acts.process(one, one.session(), code, "thẩm định", "Lò Văn Inh")
    carry(one, other)

    stories = [lookup.show(office, code)[0] for office in (one, other)]
    assert [dossier.state for dossier in stories] == [State.PROCESSING] * 2
    assert [dossier.paid for dossier in stories] == [sum(parts)] * 2
    assert stories[0].fingerprint() == stories[1].fingerprint()
    assert [entry.name for entry in stories[0].entries][-3:] == ["paid", "paid", "step_taken"]
    assert stories[0].due == gone_on.due
    assert all(line.amount for line in cashbook.cash_book(one, one.now().astimezone(VIETNAM).date()).moved)


def test_what_still_waits_for_money_does_not_go_on(office):
    code, session = receive(office, procedure="1.004873").code, office.session()
    acts.charge(office, session, code, 100_000)
    money.pay(office, session, code, 99_999)

    with pytest.raises(NotAllowed, match="state-forbids"):
        acts.process(office, session, code, "thẩm định", "Lò Văn Inh")

    assert [entry.name for entry in lookup.show(office, code)[0].entries][-1] == "paid"
