"""What is given at once is one act: whole or not there, once, with a number of its own in the register."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput, DiskFull, NotAllowed, NotPermitted
from counter_app.domain.lifecycle import State
from counter_app.services import exchange, instant, instant_entry, keeping, lookup, mending, rules
from counter_app.services.instant import Given
from counter_app.services.office import Office, Session
from tests.services.stores import MORNING, OPENERS, Counter, Wall, receive

ID = "019aa5b2-c3d4-7000-8011-2233445566ff"


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def office(tmp_path, wall):
    office = Counter(tmp_path / "store", wall).make().open()
    yield office
    office.close()


def give(office: Office, session: Session | None = None, paper: str = "", **fields: Any) -> Given:
    """Gives certified copies of one paper."""
    given_ = {"procedure": "2.000815", "applicant": {"name": "Y Thao Niê"}, "what": "Bằng tốt nghiệp THPT"}
    form = instant_entry.read_instant({**given_, **fields}, rules.catalogue(office), office.now())
    return instant.give_at_once(office, session or office.session(), form, paper=paper)


def line(given_: Given) -> tuple[str, int]:
    assert given_.register is not None
    return given_.register.volume, given_.register.number


def test_a_certified_copy_is_received_paid_finished_and_returned_in_one_act(office):
    card = {"name": "Y Thao Niê", "id_number": "066174000123"}

    done = give(office, applicant=card, pages=5, copies=3)

    dossier = lookup.story(office, done.dossier)
    assert [e.name for e in dossier.entries] == ["received", "paid", "finished", "returned"]
    assert dossier.state is State.RETURNED
    assert (done.fee, done.paid) == (21_000, 21_000) == (dossier.owed, dossier.paid)
    assert dossier.entries[-1].payload["to"] == "Y Thao Niê"
    assert dossier.entries[-1].payload["id_number"] == "066174000123"
    assert len({e.happened_at for e in dossier.entries}) == 1
    assert line(done)[1] == 1 and line(done)[0].endswith("/2026-SCT/BS")
    assert keeping.verify(office).faults == []


def test_numbers_run_on_and_each_kind_of_register_has_its_own(office):
    copies = [give(office) for _ in range(3)]
    signed = [give(office, procedure="2.000884", what="Giấy ủy quyền", cases=2) for _ in range(2)]
    birth = give(office, procedure="2.000635", what="", copies=2)

    assert [line(one)[1] for one in (*copies, *signed)] == [1, 2, 3, 1, 2]
    assert line(signed[0])[0].endswith("-SCT/CK,ĐC")
    assert signed[0].fee == 20_000
    assert (birth.register, birth.fee) == (None, 16_000)


def test_after_the_cut_off_hour_it_may_still_be_given_at_once(office, wall):
    wall.now = wall.now.replace(hour=15, minute=40)

    done = give(office)

    dossier = lookup.story(office, done.dossier)
    assert dossier.state is State.RETURNED
    assert dossier.due.date() > done.at.date()


def test_a_receipt_is_on_record_only_where_it_was_wished(office):
    without, with_ = give(office), give(office, paper="a5")

    assert len(lookup.story(office, without.dossier).prints) == 0
    assert len(lookup.story(office, with_.dossier).prints) == 1


def test_the_same_entry_again_gives_the_first_answer_and_draws_no_number(office):
    first = give(office, id=ID, pages=3)
    stood = keeping.verify(office).state

    again = give(office, id=ID, pages=9)

    assert again.again and (again.code, line(again), again.fee) == (first.code, line(first), first.fee)
    assert keeping.verify(office).state == stood
    assert line(give(office))[1] == line(first)[1] + 1


def test_the_id_of_an_ordinary_reception_is_refused(office):
    receive(office, id=ID)

    with pytest.raises(NotAllowed, match="received-otherwise"):
        give(office, id=ID)


@pytest.mark.parametrize("kind", ["received", "paid", "finished", "returned", "printed"])
def test_a_full_disk_at_any_event_leaves_nothing_and_the_number_free(office, monkeypatch, kind):
    from counter_app.store.writer import Writer

    append = Writer.append

    def full(self, name, *given_):
        if name == kind:
            raise DiskFull("disk-full")
        return append(self, name, *given_)

    stood = keeping.verify(office).state
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "append", full)
        with pytest.raises(DiskFull):
            give(office, id=ID, paper="a5")

    assert keeping.verify(office).state == stood
    assert lookup.newest(office) == []
    assert line(give(office, id=ID))[1] == 1


def test_a_fault_at_the_commit_itself_leaves_nothing(office, monkeypatch):
    def full(*given_):
        raise DiskFull("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr("counter_app.store.caches.refresh", full)
        with pytest.raises(DiskFull):
            give(office, id=ID)

    assert lookup.newest(office) == []
    assert instant.given_on(office, office.now().date()) == []


def test_the_paper_register_may_lead_and_the_next_number_follows_it(office):
    first = give(office, register={"volume": "3", "number": 120})
    second = give(office)
    third = give(office, register={"volume": "4"})

    assert line(first) == ("03/2026-SCT/BS", 120)
    assert line(second) == ("03/2026-SCT/BS", 121)
    assert line(third) == ("04/2026-SCT/BS", 122), "numbers run on into the next volume"


def test_a_number_that_was_used_in_the_volume_is_refused_with_the_dossier_that_has_it(office):
    first = give(office)

    with pytest.raises(BadInput) as caught:
        give(office, register={"number": 1})

    assert caught.value.why == "register-number-used"
    assert caught.value.facts["code"] == first.code
    assert line(give(office, register={"volume": "7", "number": 1})) == ("07/2026-SCT/BS", 1)


def test_an_earlier_line_that_was_left_free_takes_nothing_back(office):
    give(office, register={"volume": "1", "number": 12})
    give(office, register={"number": 5})

    assert line(give(office)) == ("01/2026-SCT/BS", 13)


def test_the_register_begins_again_with_the_year(office, wall):
    give(office)
    wall.now = wall.now.replace(year=2027, month=1, day=4)

    volume, number = line(give(office))

    assert (volume.partition("/")[2], number) == ("2027-SCT/BS", 1)


def test_a_copy_is_found_by_its_number_in_the_register(office):
    done = give(office, register={"volume": "1", "number": 12})

    assert [one.code for one in lookup.find(office, "12/01/2026-SCT/BS")] == [done.code]
    keeping.rebuild(office)
    assert [one.code for one in lookup.find(office, "12/01/2026-sct/bs")] == [done.code]


@pytest.mark.parametrize(
    ("fields", "why", "field"),
    [
        ({"procedure": "1.004884"}, "not-at-once", "procedure"),
        ({"procedure": "2.001035"}, "not-at-once", "procedure"),
        ({"what": ""}, "what-needed", "what"),
        ({"pages": 0}, "out-of-range", "pages"),
        ({"pages": "2"}, "not-a-whole-number", "pages"),
        ({"amount": 1}, "amount-by-rule", "amount"),
        ({"paper": "a5"}, "unknown-field", "paper"),
        ({"register": 5}, "not-an-object", "register"),
        ({"register": {"book": 1}}, "unknown-field", "register.book"),
        ({"register": {"volume": "một"}}, "volume-unreadable", "register.volume"),
        ({"register": {"number": 0}}, "out-of-range", "register.number"),
        ({"procedure": "2.000635", "register": {"number": 5}}, "no-register", "register"),
        ({"procedure": "2.000528", "paid": True}, "amount-needed", "amount"),
        ({"applicant": {}}, "empty", "applicant.name"),
        ([], "not-an-object", "dossier"),
    ],
)
def test_bad_input_is_one_refusal_that_names_its_field(office, fields, why, field):
    whole = {"procedure": "2.000815", "applicant": {"name": "Y"}, "what": "Bằng"}
    whole = {**whole, **fields} if isinstance(fields, dict) else fields

    with pytest.raises(BadInput) as caught:
        instant_entry.read_instant(whole, rules.catalogue(office), office.now())

    assert (caught.value.why, caught.value.facts.get("field")) == (why, field)


def test_a_fee_that_the_province_sets_is_stated_by_the_officer(office):
    unstated = give(office, procedure="2.000528", what="")
    stated = give(office, procedure="2.000528", what="", amount=75_000)

    assert (unstated.fee, unstated.paid) == (None, 0)
    assert (stated.fee, stated.paid) == (75_000, 75_000)


def test_an_exemption_takes_no_money_and_what_is_unpaid_stays_owed(office):
    exempt, unpaid = give(office, exemption="hộ nghèo"), give(office, paid=False)

    assert (exempt.fee, exempt.paid) == (0, 0)
    assert (unpaid.fee, unpaid.paid) == (2_000, 0)


def test_somebody_who_may_only_read_gives_nothing(office):
    with pytest.raises(NotPermitted):
        give(office, Session(None))
    assert lookup.newest(office) == []


# taking back


def test_an_entry_mistake_is_taken_back_at_once_and_stays_explained(office):
    done = give(office, register={"volume": "1", "number": 12})

    back = instant.take_back(office, office.session(), done.dossier, "nhầm người")

    dossier = lookup.story(office, done.dossier)
    assert back.taken_back and dossier.state is State.VOIDED and dossier.national_status == 3
    assert all(e.mistaken is not None for e in dossier.entries[:-1])
    assert dossier.entries[-1].payload["reason"] == "nhầm người"
    assert dossier.paid == 0
    assert [one.code for one in lookup.find(office, "12/01/2026-SCT/BS")] == [done.code]
    with pytest.raises(BadInput, match="register-number-used"):
        give(office, register={"number": 12})
    assert line(give(office)) == ("01/2026-SCT/BS", 13)
    assert keeping.verify(office).faults == []


def test_a_slip_of_the_hand_in_the_number_does_not_carry_the_next_ones_away(office):
    give(office, register={"volume": "1", "number": 12})
    slip = give(office, register={"number": 1300})

    instant.take_back(office, office.session(), slip.dossier, "gõ nhầm số")

    assert line(give(office)) == ("01/2026-SCT/BS", 13)


def test_it_is_taken_back_within_minutes_only(office, wall):
    done = give(office)
    wall.now = wall.now.replace(minute=wall.now.minute + 6)

    with pytest.raises(NotAllowed, match="regret-too-late"):
        instant.take_back(office, office.session(), done.dossier, "nhầm")
    assert lookup.story(office, done.dossier).state is State.RETURNED


def test_it_is_taken_back_once_with_a_reason_and_only_what_was_given_at_once(office):
    done, ordinary = give(office), receive(office)

    with pytest.raises(BadInput, match="empty"):
        instant.take_back(office, office.session(), done.dossier, " ")
    instant.take_back(office, office.session(), done.dossier, "nhầm")
    with pytest.raises(NotAllowed, match="already-taken-back"):
        instant.take_back(office, office.session(), done.dossier, "nhầm")
    with pytest.raises(NotAllowed, match="not-given-at-once"):
        instant.take_back(office, office.session(), ordinary.dossier, "nhầm")


def test_what_went_on_after_the_act_is_corrected_and_not_taken_back(office):
    done = give(office)
    mending.correct(office, office.session(), done.code, {"note": "đã gọi lại"}, "ghi thêm")

    with pytest.raises(NotAllowed, match="regret-too-late"):
        instant.take_back(office, office.session(), done.dossier, "nhầm")


# the closing's list, and several machines


def test_the_days_list_is_this_machines_newest_first_with_what_was_taken_back(office):
    done = [give(office, copies=n) for n in (1, 2, 3)]
    receive(office)
    instant.take_back(office, office.session(), done[1].dossier, "nhầm")

    listed = instant.given_on(office, office.now().date())

    assert [(one.code, one.taken_back) for one in listed] == [
        (done[2].code, False),
        (done[1].code, True),
        (done[0].code, False),
    ]


@pytest.fixture
def two(tmp_path):
    """Two paired counters, and the way of a bundle from one to the other."""
    offices = [Counter(tmp_path / n, device=n).make().open() for n in ("QUẦY 1", "QUẦY 2")]
    one, other = offices
    exchange.offer(other, tmp_path / "offer")
    exchange.accept(one, one.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(other, other.session(), tmp_path / "reply")

    def carry(source, target):
        exchange.export(source, source.session(), tmp_path / "bundle")
        exchange.bring_in(target, target.session(), tmp_path / "bundle")

    yield one, other, carry
    for office in offices:
        office.close()


def test_two_machines_that_cannot_see_each_other_give_no_number_twice(two):
    one, other, carry = two
    done = [give(machine) for _ in range(5) for machine in (one, other)]

    for source, target in ((one, other), (other, one), (one, other)):
        carry(source, target)

    assert max(Tally(line(given_) for given_ in done).values()) == 1
    assert keeping.verify(one).state == keeping.verify(other).state
    assert keeping.verify(one).conflicts == 0
    for given_ in done:
        number = f"{line(given_)[1]}/{line(given_)[0]}"
        assert [found.code for found in lookup.find(one, number)] == [given_.code]
    assert len(instant.given_on(one, one.now().date())) == 5, "the closing counts this machine's own cash"


def test_a_paper_volume_that_both_write_in_goes_on_after_what_the_other_brought(two):
    one, other, carry = two
    give(one, register={"volume": "1", "number": 1})
    give(one)
    carry(one, other)

    with pytest.raises(BadInput, match="register-number-used"):
        give(other, register={"volume": "1", "number": 2})
    assert line(give(other, register={"volume": "1"})) == ("01/2026-SCT/BS", 3)


def test_a_restored_backup_begins_a_volume_of_its_own(tmp_path):
    office = Counter(tmp_path / "store", openers=OPENERS).make().open()
    give(office)
    keeping.backup(office, tmp_path / "kept.zip")
    lost = give(office)
    office.close()

    other = Counter(tmp_path / "other", openers=OPENERS)
    keeping.restore(other.places, tmp_path / "kept.zip", OPENERS, other.wall)
    restored = other.open()
    fresh = give(restored)

    assert line(fresh)[0] != line(lost)[0], "numbers that were given after the backup are never given again"
    assert len(instant.given_on(restored, restored.now().date())) == 2
    restored.close()


STEP = st.one_of(
    st.just(("next",)),
    st.tuples(st.just("typed"), st.integers(1, 30)),
    st.tuples(st.just("volume"), st.integers(1, 3)),
    st.just(("back",)),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=12))
def test_whatever_officers_type_no_line_is_given_twice(office, steps):
    # The store goes on from one example to the next, as it does from one day to the next.
    there = {line(one) for one in instant.given_on(office, office.now().date())}
    last: Given | None = None
    for step in steps:
        fields: dict[str, Any] = {}
        if step[0] == "typed":
            fields = {"register": {"number": step[1]}}
        if step[0] == "volume":
            fields = {"register": {"volume": str(step[1])}}
        if step[0] == "back":
            if last is not None:
                instant.take_back(office, office.session(), last.dossier, "nhầm")
                last = None
            continue
        try:
            last = give(office, **fields)
        except BadInput as fault:
            assert fault.why == "register-number-used"
            continue
        assert line(last) not in there
        there.add(line(last))


def test_an_id_is_that_of_the_dossier(office):
    assert give(office, id=ID).dossier == UUID(ID).bytes


def test_several_of_one_second_stand_in_the_order_of_the_register(office, wall):
    wall.step = timedelta(0)
    given = [give(office) for _ in range(12)]

    assert instant.given_on(office, MORNING.date()) == given[::-1]


def test_what_was_done_by_hand_is_keyed_in_later_under_its_own_day_and_may_be_taken_back(office, wall):
    done = give(office, received_at="2026-11-18T09:30:00+07:00", late_reason="mất điện")

    assert done.at.isoformat() == "2026-11-18T09:30:00+07:00"
    assert [one.code for one in instant.given_on(office, date(2026, 11, 18))] == [done.code]
    assert instant.given_on(office, MORNING.date()) == []
    told = {e.name: e.happened_at for e in lookup.story(office, done.dossier).entries}
    assert set(told) == {"received", "paid", "finished", "returned"} and len(set(told.values())) == 1
    assert line(give(office))[1] == 2
    assert instant.take_back(office, office.session(), done.dossier, "nhầm người").taken_back


def test_an_act_of_last_year_gets_a_number_in_last_years_register(office):
    old = give(office, received_at="2025-12-30T09:30:00+07:00", late_reason="mất điện")

    assert line(old) == (line(give(office))[0].replace("2026", "2025"), 1)
