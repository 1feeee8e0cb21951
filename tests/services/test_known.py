"""Who is here already, as far as particulars tell: a wrong letter, a number, a phone, a birth date."""

import time

import pytest

from counter_app.services import acts, known
from counter_app.services.known import Who
from tests.services.stores import Counter, receive

LOAN = {"name": "H’Loan Niê Kđăm", "id_number": "066174000123", "birth_date": "1974-03-12"}
PAO = {"name": "Giàng A Páo", "birth_date": "1990-02-03", "phone": "0900000456"}


@pytest.fixture
def office(tmp_path):
    opened = Counter(tmp_path / "store").make().open()
    yield opened
    opened.close()


def codes(lines):
    return [line.code for line in lines]


def test_a_number_finds_its_bearer_whatever_the_name_says(office):
    mine = receive(office, applicant=LOAN)
    receive(office, applicant={**LOAN, "id_number": "066190000777", "birth_date": "1990-01-01"})

    found = known.look(office, Who("Nguyễn Thị Lan", "066 174 000 123"))

    assert codes(found.same) == [mine.code]
    assert found.alike == ()


@pytest.mark.parametrize(
    "who",
    [
        Who("GIANG A PAO", birth_date="3/2/1990"),
        Who("giàng a  páo", phone="0900 000 456"),
    ],
)
def test_a_name_without_tones_and_a_birth_date_or_phone_are_the_person(office, who):
    mine = receive(office, applicant=PAO)
    receive(office, applicant={"name": "Giàng A Páo Dính", "phone": "0900000457"})

    assert codes(known.look(office, who).same) == [mine.code]


@pytest.mark.parametrize(
    "who",
    [
        Who("Giang A Pao"),  # names are shared
        Who("Giang A Pau", birth_date="1990-02-03"),
        Who("Giangg A Pao", phone="0900000456"),
        Who("Gaing A Pao", phone="0900000456"),
    ],
)
def test_a_wrong_letter_needs_a_birth_date_or_a_phone_beside_it(office, who):
    mine = receive(office, applicant=PAO)

    found = known.look(office, who)

    assert (codes(found.same), codes(found.alike)) == ([], [mine.code])


def test_a_digit_mistyped_in_a_number_is_told(office):
    mine = receive(office, applicant=LOAN)

    assert codes(known.look(office, Who("H'Loan Nie Kdam", "066174000124")).alike) == [mine.code]


@pytest.mark.parametrize(
    "who",
    [
        Who(),
        Who("Páo"),
        Who("Giàng A Páo", birth_date="1991-02-03"),
        Who("Giang A Pau"),
        Who("Giàng A Sình", birth_date="1990-02-03"),
        Who("Giàng Thị Páo", birth_date="1990-02-03"),
    ],
)
def test_another_person_is_not_told(office, who):
    receive(office, applicant=PAO)

    assert known.look(office, who) == known.Known()


def test_a_phone_alone_is_kept_apart(office):
    mine = receive(office, applicant=PAO)

    found = known.look(office, Who("Sùng Thị Mỷ", phone="0900000456"))

    assert (found.same, found.alike, codes(found.phone)) == ((), (), [mine.code])


def test_what_has_ended_is_not_told_but_tells_how_he_was_reached(office):
    old = receive(office, applicant={**LOAN, "phone": "0900000111", "address": "Buôn Ea Mlung"})
    newer = receive(office, applicant={**LOAN, "contact_via": "trưởng buôn"})
    for got in (old, newer):
        acts.withdraw(office, office.session(), got.code, "người dân xin rút")

    found = known.look(office, Who("H’Loan Niê Kđăm", "066174000123"))

    assert found.same == ()
    assert found.last is not None
    assert dict(found.last.reach) == {"contact_via": "trưởng buôn"}
    assert known.look(office, Who("H’Loan Niê Kđăm")).last is None  # by the number alone


def test_what_is_ready_is_told(office):
    ready = receive(office, applicant=PAO)
    acts.finish(office, office.session(), ready.code)

    assert codes(known.look(office, Who("Giang A Pao", birth_date="1990")).alike) == [ready.code]


def test_a_name_that_everybody_bears_is_looked_up_in_a_moment(office):
    for number in range(120):
        receive(office, applicant={"name": "Nguyễn Văn An", "phone": f"09000{number:05d}"})
    known.look(office, Who("Nguyễn Văn An"))
    began = time.thread_time()

    known.look(office, Who("Nguyễn Văn Am", "066174000123", "0900000456", "1990-02-03"))

    assert time.thread_time() - began < 0.5
