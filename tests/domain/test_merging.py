"""What a commune's events say once another commune has become a part of it."""

from __future__ import annotations

from counter_app.domain import commune
from tests.domain.acts import machine

LOG = bytes(8)


def test_the_new_name_counts_without_a_conflict_and_the_old_slots_no_more():
    above = machine(9)
    leased = {"log": LOG.hex(), "slot": 1, "first": "2026-12-01", "last": "2026-12-31"}
    old = above.write("leased", leased)
    named = [
        machine(n).write("agency_named", {"agency": f"H55.24{n}", "name": f"UBND xã {n}"}) for n in (2, 3)
    ]
    events = [*above.known.values(), *named]
    before = commune.fold(events, (above.name,))
    assert [one.field for one in before.conflicts] == ["agency"]
    assert before.leases[LOG][0].slot == 1

    above.write(
        "merged",
        {
            "communes": [old.header.dossier.hex()],
            "agency": "H55.250",
            "name": "UBND xã mới",
            "district": {"name": "Tỉnh"},
            "over": [event.hash.hex() for event in named],
            "since": "2027-01-01",
        },
    )
    after = commune.fold([*above.known.values(), *named], (above.name,))
    assert (after.agency, after.name, after.conflicts) == ("H55.250", "UBND xã mới", ())
    assert after.leases == {}
    assert commune.fold([*above.known.values(), *named]).agency != "H55.250"  # by another's word
