"""The commune's own fold: accounts that two machines made, and what does not belong there."""

from counter_app.domain import canonical, commune
from counter_app.domain.commune import Role
from tests.domain.acts import RECEPTION, Machine, machine


def officer(who: Machine, account: str, /, **fields: object) -> None:
    who.write("officer_set", {"officer": account, "set": fields})


def test_two_admins_are_one_until_a_pin_differs():
    one, two = machine(1), machine(2)
    officer(one, "admin", name="Quản trị", role="administrator")
    officer(two, "admin", name="Quản trị", role="administrator")
    one.hear_all_of(two)

    alike = commune.fold(one.known.values())
    officer(one, "admin", pin="$argon2id$một")
    officer(two, "admin", pin="$argon2id$hai")
    one.hear_all_of(two)
    apart = commune.fold(one.known.values())

    assert list(alike.officers) == ["admin"] and alike.conflicts == () and not alike.guarded
    assert [c.field for c in apart.conflicts] == ["officer/admin/pin"] and apart.guarded


def test_a_role_of_a_later_version_only_reads():
    one = machine(1)
    officer(one, "lan", name="Lan", role="archivist")

    assert commune.fold(one.known.values()).officers["lan"].role is Role.READER


def test_an_account_that_is_closed_does_not_guard():
    one = machine(1)
    officer(one, "lan", name="Lan", role="officer", pin="$argon2id$x")
    officer(one, "lan", active=False)

    assert not commune.fold(one.known.values()).guarded


def test_a_dossiers_acts_under_the_communes_id_change_nothing():
    one = machine(1)
    one.write("received", RECEPTION)
    one.write("returned", {"to": "A"})

    folded = commune.fold(one.known.values())

    assert folded.values == {}
    assert canonical.plain(folded.fingerprint())


def test_a_years_calendar_is_that_of_the_last_who_knew_the_other():
    one, two = machine(1), machine(2)
    one.write("calendar_adopted", {"year": 2027, "source": "nháp", "days": []})
    two.hear_all_of(one)
    days = [{"date": "2027-01-01", "kind": "holiday", "note": "Tết Dương lịch"}]
    two.write("calendar_adopted", {"year": 2027, "source": "thông báo", "days": days})

    folded = commune.fold(two.known.values())

    assert folded.calendars == {2027: {"source": "thông báo", "days": days}}
    assert folded.conflicts == ()
