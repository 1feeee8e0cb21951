"""What a commune's events say once another commune has become a part of it."""

from __future__ import annotations

from counter_app.domain import commune
from tests.domain.acts import DOSSIER, START_MS, machine

LOG = bytes(8)


def merged(above, over=()):
    above.write(
        "merged",
        {
            "communes": [DOSSIER.hex()],
            "agency": "H55.250",
            "name": "UBND xã mới",
            "district": {"name": "Tỉnh"},
            "over": [event.hash.hex() for event in over],
            "since": "2027-01-01",
        },
    )


def test_the_new_name_counts_without_a_conflict_and_the_old_slots_no_more():
    above = machine(9)
    leased = {"log": LOG.hex(), "slot": 1, "first": "2026-12-01", "last": "2026-12-31"}
    above.write("leased", leased)
    named = [
        machine(n).write("agency_named", {"agency": f"H55.24{n}", "name": f"UBND xã {n}"}) for n in (2, 3)
    ]
    events = [*above.known.values(), *named]
    before = commune.fold(events, (above.name,))
    assert [one.field for one in before.conflicts] == ["agency"]
    assert before.leases[LOG][0].slot == 1

    merged(above, named)
    after = commune.fold([*above.known.values(), *named], (above.name,))
    assert (after.agency, after.name, after.conflicts) == ("H55.250", "UBND xã mới", ())
    assert after.leases == {}
    assert commune.fold([*above.known.values(), *named]).agency != "H55.250"  # by another's word


def test_who_had_not_heard_of_it_names_the_commune_no_more_and_who_has_does():
    above, late = machine(9), machine(2)
    merged(above)
    late.write("agency_named", {"agency": "H55.241", "name": "UBND xã cũ"}, at_ms=START_MS + 3_600_000)
    late.write(
        "joined", {**dict.fromkeys(("ed25519", "x25519", "name", "url"), "00"), "commune": 2, "device": 1}
    )
    events = [*above.known.values(), *late.known.values()]

    after = commune.fold(events, (above.name,))
    assert (after.agency, after.conflicts) == ("H55.250", ())
    assert after.values["district"] == {"name": "Tỉnh"}

    late.hear_all_of(above)
    late.write("agency_named", {"agency": "H55.260", "name": "UBND xã đổi tên"})
    after = commune.fold(late.known.values(), (above.name,))
    assert (after.agency, after.conflicts) == ("H55.260", ())


def test_a_code_is_disputed_while_a_merging_is_known_in_part():
    one, two = machine(1), machine(2)
    one.write("agency_named", {"agency": "H55.241", "name": "UBND xã Một"})
    assert not commune.fold(one.known.values()).code_disputed
    two.write("agency_named", {"agency": "H55.241", "name": "UBND xã một"})
    one.hear_all_of(two)
    assert not commune.fold(one.known.values()).code_disputed  # another spelling alone
    two.write("agency_named", {"agency": "H55.242", "name": "UBND xã Hai"})
    one.hear_all_of(two)
    assert commune.fold(one.known.values()).code_disputed
