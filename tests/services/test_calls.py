"""Whom to call, by hamlet, and what came of each call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.zone import VIETNAM
from counter_app.paper.call_list import call_list_pdf
from counter_app.services import acts, calls, lookup
from counter_app.services.boards import Group
from counter_app.services.calls import CallList, Outcome
from counter_app.services.office import Office
from counter_app.services.reception import Received
from counter_app.words.call_list import call_sheets
from counter_app.words.story import tell
from tests.paper.reading import pages
from tests.services.stores import Counter, Wall, receive

COPY, REBIRTH = "2.000635", "1.004884"


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path / "kho", Wall(at("2/11 08:00"))).make()


@pytest.fixture
def office(counter: Counter) -> Iterator[Office]:
    opened = counter.open()
    yield opened
    opened.close()


def at(text: str) -> datetime:
    return datetime.strptime(f"2026 {text} +0700", "%Y %d/%m %H:%M %z").astimezone(VIETNAM)


def come(office: Office, name: str, address: str = "", procedure: str = COPY, **party: Any) -> Received:
    who = {"name": name, "phone": "0900000123", **({"address": address} if address else {}), **party}
    return receive(office, procedure=procedure, applicant=who)


def ready(office: Office, name: str, address: str = "", **party: Any) -> Received:
    got = come(office, name, address, **party)
    acts.finish(office, office.session(), got.code)
    return got


def listed(found: CallList) -> list[tuple[str | None, list[str]]]:
    return [(one.name, [call.item.line.applicant for call in one.calls]) for one in found.rounds]


def call(office: Office, got: Received, outcome: str, **more: Any) -> None:
    calls.record(office, office.session(), got.code, outcome, **more)


def told(office: Office, got: Received) -> list[str]:
    return [tell(entry) for entry in lookup.story(office, got.dossier).entries if entry.name == "called"]


def test_who_is_to_be_called_stands_by_hamlet_whatever_the_spelling(office: Office) -> None:
    ready(office, "A", "Thôn Suối Chải, xã Ea Mlung")
    ready(office, "B", "buôn Ea Mây, xã Ea Mlung")
    ready(office, "C", "thôn suối chải xã Ea Mlung")
    ready(office, "D", "Thôn 10")
    ready(office, "E", "thôn 2")
    ready(office, "F")

    found = calls.call_list(office, at("3/11 08:00"))

    assert listed(found) == [
        *(("buôn Ea Mây", ["B"]), ("thôn 2", ["E"]), ("Thôn 10", ["D"]), ("Thôn Suối Chải", ["A", "C"])),
        (None, ["F"]),
    ]
    assert (found.total, found.left, found.is_whole) == (6, 0, True)


def test_ready_late_and_missing_papers_are_reasons_to_call_and_nothing_else_is(office: Office) -> None:
    come(office, "Late", procedure=COPY)
    asked = come(office, "Asked", procedure=REBIRTH)
    acts.ask_supplement(office, office.session(), asked.code, ["giấy chứng sinh"])
    ready(office, "Ready")
    come(office, "In time", procedure="1.004837")
    back = ready(office, "Returned")
    acts.hand_back(office, office.session(), back.code, "Returned")

    [everybody] = calls.call_list(office, at("3/11 08:00")).rounds

    assert [(c.item.line.applicant, c.why) for c in everybody.calls] == [
        ("Ready", Group.READY),
        ("Late", Group.LATE),
        ("Asked", Group.SUPPLEMENT),
    ]


@pytest.mark.parametrize(
    ("outcome", "more", "sentence"),
    [
        (Outcome.COMING, {"on": date(2026, 11, 4)}, "Gọi số 0900000123 được: sẽ đến ngày 4/11/2026."),
        (Outcome.NO_ANSWER, {"note": "gọi 2 lần"}, "Gọi số 0900000123 không ai nghe máy; gọi 2 lần."),
        (Outcome.WRONG_NUMBER, {}, "Gọi số 0900000123 thì nhầm số."),
        (Outcome.TOLD, {"to": "trưởng thôn Y Wang"}, "Đã nhắn qua trưởng thôn Y Wang."),
        (Outcome.AGAIN, {}, "Gọi số 0900000123 được: hẹn gọi lại."),
    ],
)
def test_each_outcome_is_told_in_a_sentence(
    office: Office, outcome: Outcome, more: dict[str, Any], sentence: str
) -> None:
    got = ready(office, "A")

    call(office, got, outcome, **more)

    assert told(office, got) == [sentence]
    assert lookup.story(office, got.dossier).entries[-1].event.header.fact


def test_a_called_citizen_goes_down_in_his_hamlet_and_one_who_comes_later_further(office: Office) -> None:
    a, b, _ = (ready(office, name) for name in "ABC")
    call(office, a, "coming", on=date(2026, 11, 5))
    call(office, b, "no_answer")

    today = listed(calls.call_list(office, at("2/11 16:00")))
    tomorrow = listed(calls.call_list(office, at("3/11 08:00")))
    then = listed(calls.call_list(office, at("5/11 08:00")))

    assert today == [(None, ["C", "B", "A"])]
    assert tomorrow == [(None, ["B", "C", "A"])]
    assert then == [(None, ["A", "B", "C"])]


def test_a_call_about_missing_papers_is_no_call_about_the_result(office: Office, counter: Counter) -> None:
    got = come(office, "A", procedure=REBIRTH)
    acts.ask_supplement(office, office.session(), got.code, ["giấy chứng sinh"])
    call(office, got, "coming")
    [[before]] = [one.calls for one in calls.call_list(office, at("3/11 08:00")).rounds]

    counter.wall.now = at("3/11 09:00")
    acts.resubmit(office, office.session(), got.code)
    acts.finish(office, office.session(), got.code)
    [[after]] = [one.calls for one in calls.call_list(office, at("4/11 08:00")).rounds]

    assert before.called is not None and before.called.payload["outcome"] == "coming"
    assert after.called is None


def test_a_retry_of_the_same_call_writes_nothing(office: Office, counter: Counter) -> None:
    got = ready(office, "A")

    for _ in range(3):
        call(office, got, "no_answer", note="gọi 2 lần")
    again = told(office, got)
    counter.wall.now = at("2/11 10:00")
    call(office, got, "no_answer", note="gọi 2 lần")

    assert (len(again), len(told(office, got))) == (1, 2)


@pytest.mark.parametrize(
    ("outcome", "more", "code"),
    [
        ("gone", {}, "not-one-of"),
        ("coming", {"on": date(2026, 11, 1)}, "day-gone"),
        ("no_answer", {"note": "x" * 5000}, "too-long"),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_not_written(
    office: Office, outcome: str, more: dict[str, Any], code: str
) -> None:
    got = ready(office, "A")

    with pytest.raises(BadInput) as refused:
        call(office, got, outcome, **more)

    assert refused.value.why == code
    assert told(office, got) == []


def test_a_reminder_names_who_was_told_and_moves_nothing(office: Office) -> None:
    got = come(office, "A")

    calls.remind(office, office.session(), got.code, "Lò Văn Inh", "chiều nay xong")

    story = lookup.story(office, got.dossier)
    assert tell(story.entries[-1]) == "Nhắc Lò Văn Inh: chiều nay xong."
    assert "holder" not in story.values


def test_a_list_that_is_not_folded_to_its_end_says_so(office: Office) -> None:
    for name in "ABC":
        ready(office, name)

    first = calls.call_list(office, at("3/11 08:00"), fold=2)
    then = calls.call_list(office, at("3/11 08:00"), fold=2)

    assert (first.is_whole, first.total) == (False, 3)
    assert (then.is_whole, listed(then)) == (True, [(None, ["A", "B", "C"])])


def test_of_more_than_a_few_hundred_nobody_is_left_out_and_the_order_is_kept(office: Office) -> None:
    names = [f"Người {number:03}" for number in range(330)]
    hamlets = ("Thôn 1", "Thôn 2", "Thôn 10")
    for number, name in enumerate(names):
        ready(office, name, f"{hamlets[number % 3]}, xã Ea Mlung")

    found = calls.call_list(office, at("3/11 08:00"))
    pdf = call_list_pdf(call_sheets(found.rounds, found.left), agency="UBND", made=at("3/11 08:00"))

    assert (found.total, found.left, found.is_whole) == (330, 0, True)
    assert listed(found) == [(hamlet, names[first::3]) for first, hamlet in enumerate(hamlets)]
    on_paper = re.findall(r"Người (\d{3})", " ".join(pages(pdf)))
    assert on_paper == [name[-3:] for first in range(3) for name in names[first::3]]


def test_what_is_beyond_the_longest_list_is_counted(office: Office) -> None:
    for name in "ABC":
        ready(office, name)
    come(office, "Late")

    found = calls.call_list(office, at("3/11 08:00"), most=2)

    assert (found.total, found.left, found.is_whole) == (4, 1, True)
    assert listed(found) == [(None, ["A", "B", "Late"])]
