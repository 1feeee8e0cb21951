"""Pre-numbered slips: kept before they are printed, keyed in with their true time, every number explained."""

from datetime import date, datetime, timedelta

import pytest

from counter_app.domain.errors import BadInput, NotAllowed, NotFound
from counter_app.domain.zone import VIETNAM
from counter_app.services import entry, exchange, keeping, lookup, marks, rules, slips
from tests.services.stores import Counter, receive


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "A").make()


@pytest.fixture
def office(counter):
    opened = counter.open()
    yield opened
    opened.close()


def pad(office, count=3, **how):
    return slips.print_pad(office, office.session(), count, paper="a5", **how)


def states(office):
    return {found.code: found.state for found in slips.listed(office)}


def test_a_slips_number_is_under_todays_date_and_no_reception_is_given_it(office):
    codes = pad(office, 30).codes

    received = [receive(office).code for _ in range(5)]

    assert len(set(codes)) == 30
    assert not set(codes) & set(received)
    assert {code.split("-")[1] for code in codes} == {"261120"}
    assert states(office) == dict.fromkeys(codes, slips.OPEN)


def test_pads_and_receptions_share_one_run_of_numbers_beyond_a_thousand(office):
    draws = iter(range(100))
    codes = [code for _ in range(6) for code in pad(office, 200, draw=lambda: next(draws)).codes]

    assert len(set(codes)) == 1200


def test_what_is_on_paper_is_in_the_second_place_too(office, counter):
    codes = pad(office).codes

    *_, mark = marks.all_of(counter.places)

    assert f"{mark.prefix}{mark.last:0{mark.width}d}" == codes[-1].split("-")[2]


def test_a_slip_is_keyed_in_under_its_number_with_its_true_time_and_reason(office, counter):
    code = pad(office).codes[1]
    counter.wall.now += timedelta(days=3)
    at = datetime(2026, 11, 21, 9, 40, tzinfo=VIETNAM)

    received = receive(office, slip=code.lower(), received_at=at.isoformat(), late_reason="mất điện")

    assert received.code.upper() == code
    assert received.received_at == at
    assert received.warnings == ()
    dossier = lookup.story(office, received.dossier)
    assert dossier.reception["late_reason"] == "mất điện"
    found = slips.find(office, code)
    assert (found.state, found.dossier) == (slips.USED, received.dossier)
    assert states(office)[code] == slips.USED


def test_a_slip_is_keyed_in_once(office):
    code = pad(office).codes[0]
    receive(office, slip=code)

    with pytest.raises(BadInput, match="slip-used"):
        receive(office, slip=code)


def test_a_number_that_is_not_used_says_why_and_is_never_recycled(office):
    codes = pad(office).codes

    done = slips.declare_unused(office, office.session(), [codes[0], codes[2].lower()], "giấy kẹt")
    again = slips.declare_unused(office, office.session(), [codes[0]], "giấy kẹt")

    assert (done, again) == ([codes[0], codes[2]], [])
    assert states(office) == {codes[0]: "unused", codes[1]: "open", codes[2]: "unused"}
    assert slips.find(office, codes[0]).slip.unused == "giấy kẹt"
    assert not set(codes) & {receive(office).code for _ in range(3)}


def test_a_slip_that_was_given_out_after_all_is_received_and_told(office):
    code = pad(office).codes[0]
    slips.declare_unused(office, office.session(), [code], "mất phiếu")

    received = receive(office, slip=code)

    assert [w["code"] for w in received.warnings] == ["slip-declared-unused"]
    assert slips.find(office, code).state == slips.USED


def test_a_number_that_no_machine_here_printed_is_received_and_told(office):
    received = receive(office, slip="H55.242-261119-077777001")

    assert [w["code"] for w in received.warnings] == ["slip-unknown"]
    assert slips.find(office, "H55.242-261119-088888001").state == slips.UNKNOWN


@pytest.mark.parametrize(
    ("codes", "reason", "error"),
    [
        (["H55.242-261119-088888001"], "x", NotFound),
        (["USED"], "x", NotAllowed),
        (["OPEN"], "  ", BadInput),
        (["OPEN", "tên người"], "x", BadInput),
        (["OPEN", "USED"], "x", NotAllowed),
    ],
)
def test_what_cannot_be_declared_unused_changes_nothing(office, codes, reason, error):
    printed = pad(office).codes
    receive(office, slip=printed[0])
    named = {"USED": printed[0], "OPEN": printed[1]}

    with pytest.raises(error):
        slips.declare_unused(office, office.session(), [named.get(c, c) for c in codes], reason)

    assert states(office)[printed[1]] == slips.OPEN


@pytest.mark.parametrize("wrong", [{"count": 0}, {"count": 201}, {"count": 1, "paper": "80mm"}])
def test_a_pad_that_cannot_be_draws_no_number(office, wrong):
    with pytest.raises(BadInput):
        slips.print_pad(office, office.session(), **{"paper": "a5", **wrong})

    assert slips.listed(office) == []


def test_the_other_counter_keys_in_a_slip_of_this_one(office, tmp_path):
    other = Counter(tmp_path / "B", device="QUẦY 2").make().open()
    exchange.offer(other, tmp_path / "offer")
    exchange.accept(office, office.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(other, other.session(), tmp_path / "reply")
    code = pad(office).codes[0]
    exchange.export(office, office.session(), tmp_path / "bundle")
    exchange.bring_in(other, other.session(), tmp_path / "bundle")

    received = receive(other, slip=code)

    assert received.warnings == ()
    exchange.export(other, other.session(), tmp_path / "back")
    exchange.bring_in(office, office.session(), tmp_path / "back")
    assert slips.find(office, code).state == slips.USED
    assert states(office) == states(other)
    assert keeping.verify(office).state == keeping.verify(other).state
    other.close()


def test_the_days_numbers_are_reconciled(office):
    codes = pad(office, 4).codes
    receive(office)
    receive(office, slip=codes[0])
    slips.declare_unused(office, office.session(), [codes[1]], "giấy kẹt")

    told = slips.reconcile(office, date(2026, 11, 20))

    assert told == {
        "day": "2026-11-20",
        "given": 5,
        "received": 2,
        "slips_open": 2,
        "slips_unused": 1,
        "missing": [],
    }
    assert slips.reconcile(office, date(2026, 11, 19))["given"] == 0


def test_a_number_that_nothing_bears_is_missing(office, monkeypatch):
    receive(office)
    run = slips.numbers.series_of
    monkeypatch.setattr(slips.numbers, "series_of", lambda c, d: run(c, d) and run(c, d).next())

    (missing,) = slips.reconcile(office, date(2026, 11, 20))["missing"]

    assert missing.endswith("002")


def test_a_form_with_a_slip_reads_its_number(office):
    fields = {"procedure": "1.004884", "applicant": {"name": "A B"}, "slip": " h55.242-261120-1001 "}

    form = entry.read_form(fields, rules.catalogue(office), office.now())

    assert form.slip.upper() == "H55.242-261120-1001"
