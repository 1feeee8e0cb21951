"""Of what the district issues the highest whole version is current, in whatever order its events come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import commune, issued
from counter_app.domain.issued import Issue, Issued, What, cut, part_name, payload_of
from tests.domain.acts import Machine, machine

ABOVE = machine(9).name
CATALOGUE = (Path(__file__).parents[2] / "resources/catalogue/procedures.csv").read_text("utf-8")
LINES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), max_size=40)


def notice(version: int = 1, text: str = "Mai nghỉ.", name: str = "n1") -> Issue:
    return Issue(What.NOTICE, name, version, text)


def issue(by: Machine, one: Issue, at_ms: int = 1_790_000_000_000) -> None:
    here = {event.payload["text"] for event in by.known.values() if event.header.kind == "part_issued"}
    for part in cut(one.text):
        if part not in here:
            by.write("part_issued", {"text": part}, at_ms=at_ms)
    by.write("issued", payload_of(one), at_ms=at_ms)


def fold(*events, above=(ABOVE,)) -> Issued:
    return commune.fold(events, above).issued


def whole(by: Machine) -> Issued:
    return fold(*by.known.values())


@given(LINES.map("\n".join))
def test_parts_make_the_text_again_and_each_fits_a_batch(text):
    parts = cut(text)

    assert "".join(parts) == text
    assert all(part and len(part.encode()) <= 6 * 1024 for part in parts)


def test_a_changed_line_moves_few_parts():
    lines = CATALOGUE.splitlines(keepends=True)
    before = set(cut(CATALOGUE))
    moved = []
    for number in range(1, len(lines)):
        changed = [*lines[:number], lines[number].replace(",xã,", ",cấp xã,"), *lines[number + 1 :]]
        moved.append(len(set(cut("".join(changed))) - before))

    assert 10 <= len(before) <= 30
    assert max(moved) <= 6 and sum(moved) / len(moved) < 2


def test_what_is_issued_is_current_with_all_that_stands_beside_it():
    above = machine(9)
    told = Issue(
        What.NOTICE, "n1", 3, "Mai nghỉ.", "Nghỉ bão", "CV 12/UBND", date(2026, 11, 20), date(2026, 11, 22)
    )
    issue(above, told)

    found = whole(above)

    assert found.current == {(What.NOTICE, "n1"): told}
    assert found.of(What.NOTICE) == [told] and not found.awaited | found.clashes


def test_a_lower_version_never_takes_the_place_of_a_higher_one():
    above = machine(9)
    issue(above, notice(2, "mới"))
    issue(above, notice(1, "cũ"))

    assert whole(above).current[What.NOTICE, "n1"].text == "mới"
    assert whole(above).highest == {(What.NOTICE, "n1"): 2}


def test_until_all_parts_are_here_the_version_before_stays():
    above = machine(9)
    issue(above, Issue(What.CATALOGUE, issued.PROCEDURES, 1, CATALOGUE))
    changed = CATALOGUE.replace("Giấy khai sinh", "Giấy khai sinh mới", 1)
    issue(above, Issue(What.CATALOGUE, issued.PROCEDURES, 2, changed))
    last_part = [event for event in above.known.values() if event.header.kind == "part_issued"][-1]

    found = fold(*(event for event in above.known.values() if event is not last_part))

    key = (What.CATALOGUE, issued.PROCEDURES)
    assert found.current[key].text == CATALOGUE and found.awaited == {key}
    assert whole(above).current[key].text == changed and not whole(above).awaited


def test_a_text_that_does_not_fit_its_hash_is_none():
    above = machine(9)
    above.write("part_issued", {"text": "Mai nghỉ."})
    above.write("issued", {**payload_of(notice()), "sha256": "00" * 32})

    assert whole(above).current == {} and whole(above).awaited


def test_two_texts_of_one_version_show_the_later_one_everywhere_and_are_told():
    one, two = machine(9), machine(8)
    issue(one, notice(1, "trước"), at_ms=1_790_000_000_000)
    issue(two, notice(1, "sau"), at_ms=1_790_000_100_000)
    events = [*one.known.values(), *two.known.values()]

    found = fold(*events, above=(one.name, two.name))
    assert found.current[What.NOTICE, "n1"].text == "sau" and found.clashes == {(What.NOTICE, "n1")}

    two.hear_all_of(one)
    issue(two, notice(2, "sau"))
    assert not fold(*two.known.values(), above=(one.name, two.name)).clashes


def test_the_same_version_issued_twice_is_no_clash():
    one, two = machine(9), machine(8)
    issue(one, notice())
    issue(two, notice())

    found = fold(*one.known.values(), *two.known.values(), above=(one.name, two.name))

    assert not found.clashes and len(found.current) == 1


def test_in_another_log_it_says_nothing():
    stranger = machine(3)
    issue(stranger, notice())

    assert whole(stranger) == Issued()


def test_an_empty_text_takes_back():
    above = machine(9)
    issue(above, notice(1))
    issue(above, notice(2, ""))

    assert whole(above).of(What.NOTICE) == []
    assert whole(above).current[What.NOTICE, "n1"].version == 2


def test_a_year_that_the_commune_adopts_over_the_issued_one_holds_until_the_next():
    above, counter = machine(9), machine(1)
    adopted = {"year": 2027, "source": "của xã", "days": []}
    counter.write("calendar_adopted", adopted)
    issue(above, Issue(What.CALENDAR, "2027", 1, "date,kind,note\n2027-01-01,holiday,\n"))
    counter.hear_all_of(above)
    assert fold(*counter.known.values()).overruled == frozenset()

    counter.write("calendar_adopted", {**adopted, "over": 1})
    assert fold(*counter.known.values()).overruled == {(What.CALENDAR, "2027")}

    issue(above, Issue(What.CALENDAR, "2027", 2, "date,kind,note\n2027-01-02,holiday,\n"))
    counter.hear_all_of(above)
    assert fold(*counter.known.values()).overruled == frozenset()


ISSUES = st.builds(
    notice, st.integers(1, 4), st.sampled_from(["", "a", "b\n", "c" * 4000]), st.sampled_from(["n1", "n2"])
)


@settings(max_examples=150)
@given(st.lists(ISSUES, min_size=1, max_size=6), st.data())
def test_any_order_any_duplication_and_any_gap_give_one_answer(issues, data):
    above = machine(9)
    for number, one in enumerate(issues):
        issue(above, one, at_ms=1_790_000_000_000 + number)
    events = [*above.known.values()]
    some = data.draw(st.lists(st.sampled_from(events), unique_by=id))
    shuffled = data.draw(st.permutations([*some, *some]))

    found = fold(*shuffled)

    assert found == fold(*some)
    parts = {event.payload["text"] for event in some if event.header.kind == "part_issued"}
    told = {event.payload["version"]: event for event in some if event.header.kind == "issued"}
    for key, shown in found.current.items():
        higher = [
            one
            for one in issues
            if one.key == key and one.version > shown.version and set(cut(one.text)) <= parts
        ]
        named = {
            (event.payload["name"], event.payload["version"], event.payload["sha256"])
            for event in some
            if event.header.kind == "issued"
        }
        assert not [one for one in higher if (one.name, one.version, one.sha256) in named]
        assert shown.version in told
    assert found.parts == {part_name(part) for part in parts}


@given(st.lists(ISSUES, min_size=1, max_size=6))
def test_a_higher_version_always_becomes_current(issues):
    above = machine(9)
    for one in issues:
        issue(above, one)
    next_ = replace(issues[0], version=9, text="mới hơn")
    issue(above, next_)

    assert whole(above).current[next_.key] == next_
    assert next_.key not in whole(above).clashes
