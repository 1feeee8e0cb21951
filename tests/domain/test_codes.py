"""Codes of every regime are read; ours are unique though nobody is asked."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codes import (
    DossierCode,
    Lease,
    Series,
    check_agency,
    looks_like_code,
    next_code,
    parse_code,
    procedure_key,
    proposed_agency,
    tail_shape,
)
from counter_app.domain.errors import BadInput, RuleBroken

TODAY = date(2026, 11, 22)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def numbered(
    count: int,
    *,
    slot: int | None = None,
    draws: Iterable[int] = (),
    series: Series | None = None,
    taken: Callable[[str], bool] = lambda key: False,
) -> list[str]:
    """The tails of `count` codes drawn one after the other on one day."""
    drawn = iter(draws)
    tails = []
    for _ in range(count):
        code, series = next_code(
            "H55.242",
            TODAY,
            series=series,
            lease=Lease(slot, *YEAR) if slot else None,
            log_opened=YEAR[0],
            draw=lambda: next(drawn),
            taken=taken,
        )
        tails.append(code.tail)
    return tails


@pytest.mark.parametrize(
    ("text", "agency", "day", "tail"),
    [
        ("000.17.22.H56-210531-0001", "000.17.22.H56", date(2021, 5, 31), "0001"),
        ("000.00.04.G18-210427-0018", "000.00.04.G18", date(2021, 4, 27), "0018"),
        ("H40.18.25-261122-1001", "H40.18.25", TODAY, "1001"),
        ("H55.242-261122-1001", "H55.242", TODAY, "1001"),
        ("H55.242.01-261122-AB0001", "H55.242.01", TODAY, "AB0001"),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), "0092637"),
        ("H55-261122-0001", "H55", TODAY, "0001"),
        (" h55.242-261122-ab0001\n", "H55.242", TODAY, "AB0001"),
        ("H55.242-261399-0001", "H55.242", None, "0001"),
    ],
)
def test_codes_of_all_regimes_are_read_and_kept_as_received(
    text: str, agency: str, day: date | None, tail: str
) -> None:
    code = parse_code(text)

    assert (code.text, code.agency, code.day, code.tail) == (text.strip(), agency, day, tail)
    assert looks_like_code(text)


def test_a_code_is_the_same_in_small_letters() -> None:
    received, typed = parse_code("H55.242-261122-AB01"), parse_code("h55.242-261122-ab01")

    assert received == typed
    assert len({received, typed}) == 1
    assert typed.text == "h55.242-261122-ab01"
    assert typed.key == "H55.242-261122-AB01"


def test_a_date_written_otherwise_is_another_code() -> None:
    assert parse_code("G09.20-20260609-0092") != parse_code("G09.20-260609-0092")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H55.242",
        "H55.242-261122",
        "H55.242-261122-001",
        "H55.242-2611-1001",
        "H55.242-261122-1001-2",
        "H55.242-261122-1001 x",
        "55.242-261122-1001",
        "H55.242-261122-Đ001",
        "H55.242-٢٦١١٢٢-1001",
        "H55.242-261122-" + "1" * 13,
        "mc:AAAA#BBBB",
    ],
)
def test_other_texts_are_no_codes(text: str) -> None:
    assert not looks_like_code(text)
    with pytest.raises(BadInput) as refusal:
        parse_code(text)

    assert refusal.value.why == "not-a-code"


def test_an_agency_is_checked_and_put_in_capitals() -> None:
    assert check_agency(" h55.242 ") == "H55.242"
    assert check_agency("000.17.22.h56") == "000.17.22.H56"
    for bad in ("", "Xã Phú Lộc", "H5", "H55.", "H55.242-261122-1001", "H55.1"):
        with pytest.raises(BadInput):
            check_agency(bad)


@pytest.mark.parametrize("code", ["1.001193", "1.001193.000.00.00.H56", " 1.001193.H19 "])
def test_a_procedure_is_named_by_its_first_eight_letters(code: str) -> None:
    assert procedure_key(code) == "1.001193"


@pytest.mark.parametrize("code", ["", "1001193", "1.00119", "1.0011934", "1.001193.", "x.001193"])
def test_other_texts_are_no_procedure_codes(code: str) -> None:
    with pytest.raises(BadInput):
        procedure_key(code)


# Golden: these tails are on paper in citizens' hands, and never change.
@pytest.mark.parametrize(
    ("slot", "last", "width", "tail"),
    [
        (1, None, 3, "1001"),
        (8, 998, 3, "8999"),
        (1, 999, 3, "1001000"),
        (1, 1000, 6, "1001001"),
        (1, 999_998, 6, "1999999"),
        (90, None, 4, "900001"),
        (99, 9998, 4, "999999"),
        (99, 9999, 4, "99010000"),
    ],
)
def test_a_slot_counts_and_then_overflows_into_a_longer_tail(
    slot: int, last: int | None, width: int, tail: str
) -> None:
    series = None if last is None else Series(TODAY, str(slot), width, last)

    assert numbered(1, slot=slot, series=series) == [tail]


def test_a_slot_that_has_no_number_left_says_so() -> None:
    with pytest.raises(RuleBroken) as refusal:
        numbered(1, slot=1, series=Series(TODAY, "1", 6, 999_999))

    assert refusal.value.why == "no-numbers-left"


def test_a_machine_without_a_slot_draws_five_digits_and_again_after_999() -> None:
    tails = numbered(1001, draws=[12345, 12345, 7])

    assert tails[0] == "012345001"
    assert tails[998] == "012345999"
    assert tails[999:] == ["000007001", "000007002"]


def test_a_draw_that_another_machine_made_is_left_to_it() -> None:
    theirs = {"H55.242-261122-012345002", "H55.242-261122-000099001"}

    tails = numbered(3, draws=[12345, 99, 500], taken=theirs.__contains__)

    assert tails == ["012345001", "000500001", "000500002"]


def test_chance_that_never_gives_a_free_number_is_not_asked_for_ever() -> None:
    with pytest.raises(RuleBroken):
        numbered(1, draws=iter(lambda: 1, None), taken=lambda key: True)


@pytest.mark.parametrize("bad", [-1, 100_000])
def test_a_draw_has_five_digits(bad: int) -> None:
    with pytest.raises(ValueError, match="five digits"):
        numbered(1, draws=[bad])


@pytest.mark.parametrize(
    ("why", "lease", "log_opened"),
    [
        ("not enrolled, or restored", None, TODAY),
        ("the lease begins tomorrow", Lease(1, TODAY + timedelta(1), YEAR[1]), TODAY),
        ("the lease ended yesterday", Lease(1, YEAR[0], TODAY - timedelta(1)), TODAY),
        ("the date is before this log", Lease(1, *YEAR), TODAY + timedelta(1)),
    ],
)
def test_a_date_that_no_lease_vouches_for_takes_a_drawn_tail(
    why: str, lease: Lease | None, log_opened: date
) -> None:
    running = Series(TODAY, "1", 3, 41)

    code, series = next_code(
        "H55.242",
        TODAY,
        series=running,
        lease=lease,
        log_opened=log_opened,
        draw=lambda: 54321,
        taken=lambda key: False,
    )

    assert code.text == "H55.242-261122-054321001", why
    assert series == Series(TODAY, "054321", 3, 1)


def test_a_new_day_begins_anew() -> None:
    assert numbered(1, slot=3, series=Series(TODAY - timedelta(1), "3", 3, 77)) == ["3001"]


def test_a_slot_passes_over_numbers_that_are_known() -> None:
    known = {"H55.242-261122-1001", "H55.242-261122-1002"}

    assert numbered(2, slot=1, taken=known.__contains__) == ["1003", "1004"]


@pytest.mark.parametrize("slot", [-1, 0, 9, 10, 89, 100])
def test_there_are_eighteen_slots_and_no_others(slot: int) -> None:
    with pytest.raises(BadInput):
        Lease(slot, *YEAR)


def test_a_lease_does_not_end_before_it_begins() -> None:
    with pytest.raises(BadInput):
        Lease(1, YEAR[1], YEAR[0])


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1)])
def test_a_year_that_two_digits_cannot_tell_is_refused(day: date) -> None:
    with pytest.raises(BadInput):
        next_code(
            "H55", day, series=None, lease=None, log_opened=day, draw=lambda: 1, taken=lambda key: False
        )


slots = st.sampled_from([*range(1, 9), *range(90, 100)])
origins = st.one_of(
    st.tuples(st.just("slot"), slots, st.integers(1, 999_999)),
    st.tuples(st.just("draw"), st.integers(0, 99_999), st.integers(1, 999)),
)


def tail_of(kind: str, whose: int, number: int) -> str:
    """The tail that a machine prints as its `number`-th, by the program's own steps."""
    if kind == "draw":
        series = Series(TODAY, f"0{whose:05d}", 3, number - 1) if number > 1 else None
        return numbered(1, draws=[whose], series=series)[0]
    short = 3 if whose < 10 else 4
    width = short if number - 1 < 10**short else 6
    series = Series(TODAY, str(whose), width, number - 1) if number > 1 else None
    return numbered(1, slot=whose, series=series)[0]


@given(st.sets(origins, min_size=2, max_size=60))
def test_no_two_machines_print_one_tail_on_one_date(asked: set[tuple[str, int, int]]) -> None:
    tails = {tail_of(*origin) for origin in asked}

    assert len(tails) == len(asked)


@given(origins)
def test_a_tail_tells_its_own_kind(origin: tuple[str, int, int]) -> None:
    kind, whose, number = origin
    last_short = 999 if whose < 10 else 9999

    expected = "unenrolled" if kind == "draw" else "slot" if number <= last_short else "overflow"

    assert tail_shape(tail_of(*origin)) == expected


@pytest.mark.parametrize("tail", ["0001", "9001", "AB0001", "00001", "0092637", "0000000000"])
def test_other_offices_tails_have_none_of_our_shapes(tail: str) -> None:
    assert tail_shape(tail) is None


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.none() | slots,
    st.sets(st.integers(1, 30)),
    st.lists(st.integers(0, 20), min_size=60, max_size=60),
)
def test_codes_parse_back_and_none_is_ever_given_twice(
    day: date, slot: int | None, known: set[int], draws: list[int]
) -> None:
    head = f"H55.242-{day:%y%m%d}-"
    used = {f"{head}{slot}{n:03d}" for n in known} | {f"{head}0{n:05d}001" for n in known}
    drawn = iter([*draws, *range(100, 160)])
    series = None

    for _ in range(25):
        code, series = next_code(
            "h55.242",
            day,
            series=series,
            lease=Lease(slot, day, day) if slot else None,
            log_opened=day,
            draw=lambda: next(drawn),
            taken=used.__contains__,
        )

        assert code.key not in used
        assert parse_code(code.text) == code == DossierCode(code.text, "H55.242", day, code.tail)
        assert parse_code(code.text).day == day
        used.add(code.key)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("h55242", "H55.242"),
        ("H55 242", "H55.242"),
        ("h55-242", "H55.242"),
        (" h55.242 ", "H55.242"),
        ("000.17.22.h56", "000.17.22.H56"),
        ("h55", "H55"),
        ("H55.242-261122-1001", "H55.242"),
        ("000.17.22.h56-210531-0001", "000.17.22.H56"),
        ("???", "???"),
        ("", ""),
    ],
)
def test_an_agencys_code_is_proposed_as_it_was_probably_meant(typed, meant):
    assert proposed_agency(typed) == meant
