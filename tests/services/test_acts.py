"""Acts after the reception: what the state allows, what is never forgotten, how disputes are settled."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput, Disputed, NotAllowed, NotFound
from counter_app.domain.lifecycle import State
from counter_app.domain.promise import resumed
from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, exchange, lookup, mending, money
from tests.domain.year_files import work_calendar
from tests.services.stores import Counter, Wall, receive


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
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
    ("due", "paused", "back", "new"),
    [
        ("2026-11-30T17:00", "2026-11-20T10:00", "2026-11-20T15:00", "2026-11-30T17:00"),
        ("2026-11-30T17:00", "2026-11-20T10:00", "2026-11-27T15:00", "2026-12-04T17:00"),
        ("2026-11-30T17:00", "2026-11-30T08:00", "2026-12-05T09:00", "2026-12-07T17:00"),
        ("2026-11-20T17:00", "2026-11-20T10:00", "2026-11-20T16:00", "2026-11-20T17:00"),
        ("2026-11-20T17:00", "2026-11-20T10:00", "2026-11-20T18:00", "2026-11-23T17:00"),
    ],
)
def test_the_clock_goes_on_with_the_days_that_were_left(due, paused, back, new):
    at = [datetime.fromisoformat(text).replace(tzinfo=VIETNAM) for text in (due, paused, back, new)]

    assert resumed(at[0], at[1], at[2], work_calendar()) == at[3]


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_waiting_never_brings_the_date_forward(due_in, paused_in, back_in):
    start = Wall().now
    paused = start + timedelta(days=paused_in)
    calendar = work_calendar()
    due = calendar.closing(calendar.next_counting((paused + timedelta(days=due_in)).date()))
    back = paused + timedelta(days=back_in)

    new = resumed(due, paused, back, calendar)

    assert new >= due
    assert calendar.counts(new.date())
    assert new.date() >= back.date() or due >= back


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
