"""Piles change hands: all of a pile or none, both sides on record, steps that end with their dossier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.calendar import DayKind, DayMark, WorkCalendar, YearFile
from counter_app.domain.commune import Officer, Role
from counter_app.domain.errors import BadInput, NotAllowed, NotFound, NotPermitted
from counter_app.domain.hops import By, Pace, hops_of
from counter_app.domain.limits import TimeLimit, Unit
from counter_app.domain.names import fold
from counter_app.domain.promise import promise
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    between,
    boards,
    control_slip,
    given_today,
    handover_list,
    keeping,
    lookup,
    mending,
    passing,
    piles,
    rules,
)
from counter_app.services.boards import Group
from counter_app.services.office import Office, Session
from counter_app.services.passing import Passing
from counter_app.services.piles import Doubt
from counter_app.store import log
from counter_app.words.control import control_facts
from counter_app.words.errors import sentence
from counter_app.words.handover_list import list_facts
from counter_app.words.story import conflict, tell
from tests.paper.reading import pages, squeezed
from tests.services.stores import MORNING, Counter, receive
from tests.services.test_exchange import carry, pair

JUSTICE, HEAD, POLICE, INSURANCE = "Công chức tư pháp – hộ tịch", "Lãnh đạo UBND", "Công an xã", "BHXH cơ sở"
COPY = "2.000908"  # its steps stand in the seed


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "A").make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    opened = counter.open()
    yield opened
    opened.close()


def give(office: Office, to: str, *codes: str, **how: object) -> passing.Passed:
    return passing.pass_on(office, office.session(), codes, Passing(to, **how))  # type: ignore[arg-type]


def take(office: Office, *codes: str, **how: str) -> None:
    passing.take_over(office, office.session(), codes, **how)  # type: ignore[arg-type]


def acts_of(office: Office, code: str) -> list[str]:
    return [entry.name for entry in lookup.show(office, code)[0].entries]


def listed(office: Office, group: Group) -> list[str]:
    sections = boards.board(office, office.now())
    return [item.line.code for section in sections if section.group is group for item in section.items]


def test_a_pile_of_a_hundred_is_one_transaction_on_both_sides(office: Office) -> None:
    codes = [receive(office).code for _ in range(100)]
    with office.reading() as (connection, where):
        before = log.head(connection, next(iter(where.branches))).seq

    pile = give(office, JUSTICE, *codes, codes[0])
    take(office, *codes)

    hops = [hops_of(lookup.show(office, code)[0]) for code in codes]
    assert len(pile.dossiers) == 100
    assert {(hop.took, hop.batch, hop.waits) for (hop,) in hops} == {(JUSTICE, pile.batch.hex(), False)}
    assert len({hop.at for (hop,) in hops}) == len({hop.taken for (hop,) in hops}) == 1
    with office.reading() as (connection, where):
        assert log.head(connection, next(iter(where.branches))).seq == before + 200


def test_one_that_cannot_go_keeps_the_whole_pile_and_says_which_and_why(office: Office) -> None:
    good, done = receive(office).code, receive(office).code
    acts.finish(office, office.session(), done)
    acts.hand_back(office, office.session(), done, "H’Loan")

    with pytest.raises(NotAllowed) as caught:
        give(office, JUSTICE, good, done)
    with pytest.raises(NotFound):
        give(office, JUSTICE, good, "H55.242-261120-9999")

    assert sentence(caught.value).startswith(
        f"Chưa ghi hồ sơ nào, phải bỏ “{done}” ra hoặc sửa: không bàn giao"
    )
    assert "passed_on" not in acts_of(office, good)


@pytest.mark.parametrize("to, why", [("  ", "empty"), ("x" * 201, "too-long")])
def test_to_whom_must_be_said(office: Office, to: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        give(office, to, receive(office).code)
    with pytest.raises(BadInput, match="empty"):
        give(office, JUSTICE)
    with pytest.raises(BadInput, match="pile-too-high"):
        give(office, JUSTICE, *["x"] * 501)


def test_who_only_reads_hands_nothing_on(counter: Counter, office: Office) -> None:
    reader = Session(Officer("doc", "Người đọc", Role.READER, "x"))
    with pytest.raises(NotPermitted):
        passing.pass_on(office, reader, ["x"], Passing(JUSTICE))
    with pytest.raises(NotPermitted):
        passing.take_over(office, reader, ["x"])


def test_the_same_pile_again_changes_nothing_and_another_is_refused(office: Office) -> None:
    code = receive(office).code
    pile = give(office, JUSTICE, code)

    give(office, JUSTICE, code, batch=pile.batch)
    with pytest.raises(NotAllowed) as caught:
        give(office, JUSTICE, code)
    take(office, code)
    take(office, code)

    assert acts_of(office, code).count("passed_on") == acts_of(office, code).count("taken_over") == 1
    assert JUSTICE in sentence(caught.value)


def test_a_step_ends_by_the_catalogue_the_calendar_and_never_after_its_dossier(
    counter: Counter, office: Office
) -> None:
    got = receive(office, procedure=COPY)  # 8:15, due the same day
    give(office, JUSTICE, got.code)
    counter.wall.now = MORNING.replace(hour=15)
    give(office, HEAD, got.code, frm=JUSTICE)
    give(office, "Văn thư", got.code, step="vào sổ và đóng dấu", by=By.PAPER)
    late = receive(office)
    give(office, JUSTICE, late.code, step="thẩm tra", within="4 giờ")

    hops, typed = hops_of(lookup.show(office, got.code)[0]), hops_of(lookup.show(office, late.code)[0])

    assert [(hop.note, hop.due and f"{hop.due:%d %H:%M}") for hop in hops] == [
        ("thẩm tra", "20 10:15"),
        ("ký", "20 17:00"),  # three hours would end on Monday
        ("vào sổ và đóng dấu", "20 17:00"),
    ]
    assert f"{typed[0].due:%d %H:%M}" == "23 09:45"  # from 15:15 on
    with pytest.raises(BadInput, match="within-unreadable"):
        give(office, HEAD, late.code, within="sớm")


def test_what_waits_for_the_citizen_or_is_finished_is_handed_on_without_an_end(office: Office) -> None:
    waits, done = receive(office, procedure=COPY).code, receive(office, procedure=COPY).code
    acts.ask_supplement(office, office.session(), waits, ["ảnh"])
    acts.finish(office, office.session(), done)

    give(office, JUSTICE, waits, done)

    assert [hops_of(lookup.show(office, code)[0])[-1].due for code in (waits, done)] == [None, None]
    assert listed(office, Group.STEP) == []


def test_what_nobody_handed_on_can_be_taken_over_and_is_told(office: Office) -> None:
    code = receive(office).code

    take(office, code, to="Địa chính", signed_by="Lò Văn Inh")

    dossier = lookup.show(office, code)[0]
    assert tell(dossier.entries[-1]) == (
        "Địa chính đã nhận hồ sơ mà chưa ai ghi giao, người ký nhận: Lò Văn Inh."
    )
    assert dossier.values["holder"] == "Địa chính"
    take(office, receive(office).code)  # by whom sits here
    assert lookup.newest(office)[0].code


def back(office: Office, *codes: str, batch: bytes = b"") -> None:
    passing.take_back(office, office.session(), codes, "nhầm chồng", batch)


def test_a_hand_over_given_by_mistake_is_taken_back_and_the_dossier_is_where_it_was(office: Office) -> None:
    code = receive(office, procedure=COPY).code
    give(office, JUSTICE, code)
    give(office, HEAD, code, step="ký")
    handover_list.print_list(office, office.session(), [code], JUSTICE, HEAD, list_facts)

    back(office, code)
    back(office, code)

    dossier = lookup.show(office, code)[0]
    assert [(hop.took, hop.waits) for hop in hops_of(dossier)] == [(JUSTICE, True)]
    assert dossier.values["holder"] == JUSTICE
    assert [tell(entry) for entry in dossier.entries[-3:]] == [
        f"Giao trên máy cho {HEAD}, bước ký, hạn 11 giờ 15 ngày 20/11/2026."
        " (đã ghi nhầm, rút lại lúc 8 giờ 15 ngày 20/11/2026)",
        "In danh sách bàn giao.",
        f"Rút lại lần giao nhầm, hồ sơ về {JUSTICE}; lý do: nhầm chồng.",
    ]
    assert [one.line.code for one in between.waiting(office, office.now(), HEAD)] == []
    assert listed(office, Group.LATE) == []


def test_a_pile_is_taken_back_whole_to_the_counter_and_given_to_another(office: Office) -> None:
    codes = [receive(office, procedure=COPY).code for _ in range(3)]
    pile = give(office, HEAD, *codes)

    back(office, *codes, batch=pile.batch)
    right = give(office, JUSTICE, *codes)
    back(office, *codes, batch=pile.batch)  # delivered once more: that pile is back already

    dossiers = [lookup.show(office, code)[0] for code in codes]
    assert {hops_of(one)[0].batch for one in dossiers} == {right.batch.hex()}
    assert {(hops_of(one)[0].gave, hops_of(one)[0].note) for one in dossiers} == {("", "thẩm tra")}
    assert {tell(one.entries[2]) for one in dossiers} == {
        "Rút lại lần giao nhầm, hồ sơ về Một cửa; lý do: nhầm chồng."
    }
    back(office, codes[0])
    assert "holder" not in lookup.show(office, codes[0])[0].values


def test_what_was_given_here_today_is_known_from_the_events_pile_by_pile(
    counter: Counter, office: Office
) -> None:
    old = receive(office).code
    give(office, HEAD, old)
    counter.wall.now += timedelta(days=1)
    first, second = ([receive(office).code for _ in range(2)] for _ in range(2))
    one, two = give(office, JUSTICE, *first), give(office, POLICE, *reversed(second))
    take(office, *first)
    back(office, second[0])

    found = given_today.piles_given(office, office.session())

    # What one still has to sign for, the last pile first, without what was taken back.
    assert [(pile.batch, pile.to, pile.dossiers) for pile in found] == [
        (two.batch, POLICE, two.dossiers[:1]),
        (one.batch, JUSTICE, one.dossiers),
    ]
    assert given_today.piles_given(office, Session(Officer("lan", "Lan", Role.OFFICER, "x"))) == []


def test_once_one_of_it_was_taken_over_or_went_on_nothing_of_a_pile_is_taken_back(office: Office) -> None:
    codes = [receive(office).code for _ in range(2)]
    pile, untouched = give(office, JUSTICE, *codes), receive(office).code
    take(office, codes[1])
    with pytest.raises(NotAllowed) as taken:
        back(office, *codes, batch=pile.batch)
    acts.finish(office, office.session(), codes[1])
    with pytest.raises(NotAllowed) as gone:
        back(office, *codes, batch=pile.batch)
    with pytest.raises(NotAllowed, match="not-handed-on"):
        back(office, untouched)
    with pytest.raises(BadInput, match="empty"):
        passing.take_back(office, office.session(), codes, " ")

    assert [sentence(one.value) for one in (taken, gone)] == [
        f"Chưa rút lại gì: “{codes[1]}” đã được {JUSTICE} nhận; hãy nhờ bên ấy giao lại.",
        f"Chưa rút lại gì: “{codes[1]}” đã đi tiếp sau lần giao đó; hãy giao lại cho đúng người.",
    ]
    assert "voided" not in acts_of(office, codes[0]) + acts_of(office, codes[1])
    back(office, codes[0])  # alone it can
    assert hops_of(lookup.show(office, codes[0])[0]) == ()


def test_an_officer_is_one_holder_whether_his_id_or_his_name_is_typed(office: Office) -> None:
    with office.writing() as (pen, _):
        pen.append("officer_set", pen.commune, {"officer": "inh", "set": {"name": "Lò Văn Inh"}}, "admin")
    codes = [receive(office).code for _ in range(3)]

    given = [give(office, who, code).to for who, code in zip(("INH", "lo van inh"), codes, strict=False)]
    acts.process(office, office.session(), codes[2], "xem", "inh")
    (seen,) = piles.to_take(office, [lookup.show(office, codes[0])[0].id], "inh", "")
    waits = [one.line.code for one in between.waiting(office, office.now(), "inh")]
    take(office, codes[0], to="inh")
    with pytest.raises(NotAllowed, match="of-pile"):
        give(office, "inh", codes[1])

    assert given == ["Lò Văn Inh"] * 2 and waits == codes[:2]
    assert (seen.to, seen.doubt) == ("Lò Văn Inh", None)
    assert {lookup.show(office, code)[0].values["holder"] for code in codes} == {"Lò Văn Inh"}
    assert len(hops_of(lookup.show(office, codes[0])[0])) == 1
    paper = handover_list.print_list(office, office.session(), codes, "inh", "Inh", list_facts)
    assert squeezed("Lò Văn Inh") in squeezed("".join(pages(paper)))
    assert between.holders(office).count("Lò Văn Inh") == 1 and "inh" not in between.holders(office)


def test_the_board_names_who_has_not_taken_over_in_two_hours_and_whose_step_is_late(
    counter: Counter, office: Office
) -> None:
    slow, paper, quick = (receive(office).code for _ in range(3))
    give(office, JUSTICE, slow, quick, step="thẩm tra", within="3 giờ")
    give(office, HEAD, paper, by=By.PAPER)
    take(office, quick)
    first = MORNING + timedelta(minutes=1)

    seen = {}
    for hours in (1.9, 2.1, 2.9, 5.3):  # 8:15 to 11:30 are three and a quarter
        counter.wall.now = first + timedelta(hours=hours)
        seen[hours] = (listed(office, Group.HANDED), sorted(listed(office, Group.STEP)))

    assert seen == {
        1.9: ([], []),
        2.1: ([slow], []),
        2.9: ([slow], []),
        5.3: ([slow], sorted([slow, quick])),
    }
    (item,) = [
        item
        for section in boards.board(office, office.now())
        if section.group is Group.HANDED
        for item in section.items
    ]
    whole = sum(section.apart for section in boards.board(office, office.now()))
    assert whole == len({slow, quick})  # each once, whatever sections it stands in
    assert item.holder == JUSTICE and item.glance and item.glance.hop and item.glance.hop.note == "thẩm tra"
    take(office, slow)
    acts.finish(office, office.session(), quick)
    assert (listed(office, Group.HANDED), listed(office, Group.STEP)) == ([], [slow])


def test_the_hours_within_which_it_is_taken_over_are_a_setting(counter: Counter, office: Office) -> None:
    from dataclasses import replace

    code = receive(office).code
    give(office, JUSTICE, code)
    counter.wall.now = MORNING + timedelta(hours=2.5)
    office.settings = replace(office.settings, acknowledge_hours=3)

    assert listed(office, Group.HANDED) == []


@given(
    st.lists(st.dates(datetime(2026, 3, 1).date(), datetime(2026, 4, 30).date()), unique=True, max_size=12),
    st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 10)),
    st.integers(1, 30),
    st.integers(-6000, 6000),
)
@settings(max_examples=150)
def test_hours_counted_back_are_those_counted_on(
    off: list[object], now: datetime, hours: int, apart: int
) -> None:
    calendar = WorkCalendar.of([YearFile(2026, tuple(DayMark(day, DayKind.HOLIDAY) for day in off))])  # type: ignore[arg-type]
    at = now.replace(second=0, microsecond=0, tzinfo=VIETNAM)
    last = calendar.worked_before(at, hours)
    given = last + timedelta(minutes=apart)

    over = promise(TimeLimit(hours, Unit.HOUR), given, calendar).due <= at

    assert over == (given <= last)


def test_birth_residence_and_insurance_go_through_three_hands_with_one_late_step(
    counter: Counter, office: Office
) -> None:
    """Linked procedures of NĐ 63/2024/NĐ-CP: three offices, both sides each time, in time as a whole."""
    text = "2.002622,Liên thông khai sinh – thường trú – BHYT,Hộ tịch,xã,3,ngày làm việc,0,Tờ khai,Thẻ BHYT"
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,inner_steps"
    steps = f"{JUSTICE}: đăng ký khai sinh: 4 giờ;{POLICE}: đăng ký thường trú: 1 ngày làm việc;"
    rules.import_catalogue(
        office, office.session(), f"{head}\n{text},{steps}{INSURANCE}: cấp thẻ BHYT: 1 ngày làm việc\n"
    )
    code = receive(office, procedure="2.002622").code
    hours = iter([0.5, 0.75, 8, 8.25, 73.75, 74, 120.75])  # from Friday 8:15 on, to Wednesday 9:00

    def later() -> None:
        counter.wall.now = MORNING + timedelta(hours=next(hours))

    for holder in (JUSTICE, POLICE, INSURANCE):
        later()
        give(office, holder, code)
        later()
        take(office, code)
    later()
    acts.finish(office, office.session(), code, "Thẻ BHYT")

    dossier = lookup.show(office, code)[0]
    assert rules.over_limit(office) == []
    assert [(h.gave, h.took, h.step_pace, h.pace) for h in hops_of(dossier)] == [
        ("", JUSTICE, None, None),
        (JUSTICE, POLICE, Pace.LATE, None),
        (POLICE, INSURANCE, Pace.ON_TIME, None),
        (INSURANCE, "", Pace.ON_TIME, Pace.EARLY),
    ]
    slip = squeezed("".join(pages(control_slip.print_control(office, office.session(), code, control_facts))))
    for words in (
        f"1. Giao: Bộ phận Một cửa 2. Nhận: {JUSTICE}",
        "1. Giao: 8 giờ 45 phút, ngày 20 tháng 11 năm 2026 2. Nhận: 9 giờ 00 phút, ngày 20 tháng 11 năm 2026",
        "đăng ký khai sinh;",
        f"1. Giao: {POLICE} 2. Nhận: {INSURANCE}",
    ):
        assert squeezed(words) in slip


def test_before_a_pile_goes_each_dossier_says_what_does_not_fit(office: Office) -> None:
    plain, handed, taken = (receive(office, procedure=COPY) for _ in range(3))
    give(office, JUSTICE, handed.code, taken.code)
    take(office, taken.code)
    ids = [one.dossier for one in (plain, handed, taken)]

    def doubts(to: str, me: str = "", **how: object) -> list[tuple[object, str]]:
        found = piles.to_give(office, ids, Passing(to, **how), office.now(), me)  # type: ignore[arg-type]
        return [(one.obstacle.why, "") if one.obstacle else (one.doubt, one.whose) for one in found]

    assert doubts(HEAD) == [
        (Doubt.OTHERS_STEP, JUSTICE),
        (Doubt.NOT_TAKEN, JUSTICE),
        (Doubt.ELSEWHERE, JUSTICE),
    ]
    assert doubts(HEAD, JUSTICE, step="ký") == [(None, ""), (Doubt.NOT_TAKEN, JUSTICE), (None, "")]
    assert doubts(JUSTICE) == [(None, ""), ("already-with", ""), ("already-with", "")]
    assert doubts(HEAD, within="sớm")[0][0] == "within-unreadable"
    assert [(one.doubt, one.to) for one in piles.to_take(office, ids, "", "Lan")] == [
        (Doubt.UNANNOUNCED, "Lan"),
        (None, JUSTICE),
        (Doubt.TAKEN, JUSTICE),
    ]
    assert piles.named(office, lookup.id_text(plain.dossier)).lines[0].code == plain.code


def test_a_holder_typed_without_marks_is_the_one_who_was_handed_it(office: Office) -> None:
    code, other = receive(office, procedure=COPY).code, receive(office, procedure=COPY).code
    give(office, JUSTICE, code)
    plain = "cong chuc tu phap  ho tich"
    ids = [lookup.show(office, one)[0].id for one in (code, other)]

    (candidate,) = piles.to_take(office, ids[:1], plain, "Lan")
    (refused, goes) = piles.to_give(office, ids, Passing(plain), office.now())
    take(office, code, to=plain)
    with pytest.raises(NotAllowed) as caught:
        give(office, plain, code)
    give(office, plain, other)

    assert (candidate.doubt, candidate.to, candidate.due is not None) == (None, JUSTICE, True)
    assert refused.obstacle and refused.obstacle.why == "already-with" and goes.to == JUSTICE
    assert JUSTICE in sentence(caught.value)
    (hop,) = hops_of(lookup.show(office, code)[0])
    assert (hop.took, hop.given, bool(hop.taken), bool(hop.due)) == (JUSTICE, True, True, True)
    assert [hop.took for hop in hops_of(lookup.show(office, other)[0])] == [JUSTICE]
    assert [name for name in between.holders(office) if fold(name) == fold(plain)] == [JUSTICE]


def test_two_holders_whom_only_a_mark_parts_are_two(office: Office) -> None:
    text = "2.002622,Thử,Hộ tịch,xã,3,ngày làm việc,0,Tờ khai,Thẻ"
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,inner_steps"
    steps = "Lê Hùng: thẩm tra: 4 giờ;Lê Hưng: ký: 1 ngày làm việc"
    rules.import_catalogue(office, office.session(), f"{head}\n{text},{steps}\n")
    code, other = receive(office, procedure="2.002622").code, receive(office, procedure="2.002622").code
    give(office, "Lê Hùng", code)

    give(office, "Lê Hưng", code, frm="Lê Hùng")
    take(office, code, to="Lê Hùng")
    give(office, "le hung", other)

    assert [hop.took for hop in hops_of(lookup.show(office, code)[0])] == ["Lê Hùng", "Lê Hưng", "Lê Hùng"]
    assert [hop.took for hop in hops_of(lookup.show(office, other)[0])] == ["le hung"]


def test_each_side_writes_on_its_own_machine_and_both_show_the_same(tmp_path: Path) -> None:
    counters = [Counter(tmp_path / name, device=name).make() for name in ("A", "B")]
    here, there = (one.open() for one in counters)
    pair(tmp_path, here, there)
    codes = [receive(here).code for _ in range(3)]
    give(here, JUSTICE, *codes)
    carry(tmp_path, here, there)

    waits = [one.line.code for one in between.waiting(there, there.now(), JUSTICE)]
    take(there, *codes[:2])
    give(there, HEAD, codes[0], by=By.PAPER)
    give(here, POLICE, codes[0], frm=JUSTICE)  # neither knows of the other's
    for source, target in ((there, here), (here, there)):
        carry(tmp_path, source, target)

    assert waits == codes
    assert [one.line.code for one in between.waiting(there, there.now(), JUSTICE)] == codes[2:]
    assert keeping.verify(here).state == keeping.verify(there).state
    for office in (here, there):
        disputed = lookup.show(office, codes[0])[0]
        assert [conflict.field for conflict in disputed.conflicts] == ["holder"]
        assert [hop.took for hop in hops_of(lookup.show(office, codes[1])[0])] == [JUSTICE]
        office.close()


def test_taken_back_here_and_taken_over_there_is_a_dispute_that_both_show_alike(tmp_path: Path) -> None:
    counters = [Counter(tmp_path / name, device=name).make() for name in ("A", "B")]
    here, there = (one.open() for one in counters)
    pair(tmp_path, here, there)
    codes = [receive(here).code for _ in range(2)]
    give(here, JUSTICE, *codes)
    carry(tmp_path, here, there)

    back(here, *codes)
    take(there, codes[0])
    back(there, codes[1])  # neither knows of the other's
    for source, target in ((there, here), (here, there)):
        carry(tmp_path, source, target)

    assert keeping.verify(here).state == keeping.verify(there).state
    for office in (here, there):
        disputed, agreed = (lookup.show(office, code)[0] for code in codes)
        assert disputed.values["holder"] == JUSTICE  # who has it in his hands is never un-shown
        assert [conflict(one) for one in disputed.conflicts] == [
            f"Người đang giữ hồ sơ ghi khác nhau: “{JUSTICE}” và Một cửa; đang dùng “{JUSTICE}”."
        ]
        assert agreed.conflicts == () and hops_of(agreed) == () and "holder" not in agreed.values
    taken = next(entry.ref for entry in lookup.show(here, codes[0])[0].entries if entry.name == "taken_over")
    mending.resolve(here, here.session(), codes[0], str(taken))
    settled = lookup.show(here, codes[0])[0]
    assert settled.conflicts == () and [hop.took for hop in hops_of(settled)] == [JUSTICE]
    here.close()
    there.close()
