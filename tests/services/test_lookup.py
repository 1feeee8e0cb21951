"""Reads: what a person has under way."""

from counter_app.services import acts, lookup
from tests.services.stores import Counter, receive


def test_what_a_person_has_under_way_is_found_by_number_else_by_the_very_name(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    session = office.session()
    one = receive(office, applicant={"name": "Giàng A Páo", "id_number": "012090000123"})
    two = receive(office, applicant={"name": "giàng  a páo"})
    receive(office, applicant={"name": "Giàng A Páo Dính"})
    ended = receive(office, applicant={"name": "Giàng A Páo", "id_number": "012090000123"})
    acts.withdraw(office, session, ended.code, "người dân xin rút")
    ready = receive(office, applicant={"name": "Lò Thị Mai"})
    acts.finish(office, session, ready.code)

    def codes(*asked):
        return {line.code for line in lookup.unfinished_of(office, *asked)}

    assert codes("Giàng A Páo", "012090000123") == {one.code}
    assert codes("GIANG A PAO") == {one.code, two.code}
    assert codes("Lò Thị Mai") == {ready.code}
    assert codes("") == set()
    assert codes("Páo") == set()
    office.close()
