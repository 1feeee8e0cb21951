"""Accounts of communes that became one stay apart, whatever is known of the merging and in whatever order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import commune, homes
from counter_app.domain.events import Event
from tests.domain.acts import Machine, machine

ON, WAS, OLDER, LATE = (bytes([n]) * 16 for n in (1, 2, 3, 4))


def told(above: Machine, into: bytes, codes: dict[bytes, str] | None, *ids: bytes) -> None:
    said = {
        "communes": [id_.hex() for id_ in (ids or codes or ())],
        "agency": "H55.250",
        "name": "UBND xã mới",
        "district": {"name": "Tỉnh"},
        "over": [],
        "since": "2027-01-01",
    }
    if codes:
        said["codes"] = {id_.hex(): code for id_, code in codes.items()}
    write(above, into, "merged", said)


def write(who: Machine, of: bytes, kind: str, payload: dict, actor: str = "lan") -> Event:
    """As `Machine.write`, in a commune's log and by an account; who wrote it is of no account to the fold."""
    event = who.write(kind, payload)
    mine = replace(event, header=event.header._replace(dossier=of, actor=actor))
    who.known[event.hash] = mine
    return mine


def account(who: Machine, of: bytes, named: str, **fields: object) -> Event:
    return write(who, of, "officer_set", {"officer": named, "set": fields})


def shown(events, above: Machine) -> dict[str, tuple[str, str]]:
    known = commune.fold(events, (above.name,)).officers
    return {id_: (one.name, one.pin) for id_, one in known.items()}


def test_an_account_is_named_alike_before_and_after_and_read_back():
    found = homes.Homes({WAS: "H55.24", OLDER: "H55.23"}, ON)
    for writer in (ON, WAS, OLDER, LATE):
        for id_ in ("lan", "lan~H55.24", "lan~H55.23"):
            assert found.account(writer, found.named(writer, id_)) == id_
    assert found.named(WAS, "lan~H55.24") == found.named(ON, "lan") == "lan"
    assert homes.Homes().account(ON, "lan") == homes.Homes().named(WAS, "lan") == "lan"


def test_what_is_longest_fits_into_a_header():
    assert len(homes.Homes({WAS: "H55.24"}, ON).named(WAS, "a" * 32).encode()) <= 64


@pytest.mark.parametrize("coded", [True, False])
def test_a_commune_that_became_a_part_of_one_that_did_keeps_its_own_too(coded):
    first, then = machine(8), machine(9)
    told(first, WAS, {OLDER: "H55.23"} if coded else None, OLDER)
    told(then, ON, {OLDER: "H55.23", WAS: "H55.24"} if coded else None, OLDER, WAS)
    for events in (
        [*first.known.values(), *then.known.values()],
        [*then.known.values()][: 1 if coded else 0],
    ):
        if events:
            found = homes.of(events)
            assert len({found.account(of, "lan") for of in (ON, WAS, OLDER)}) == 3
            assert found.account(ON, "lan") == "lan" and found.on == ON


def test_a_store_that_nobody_named_is_at_home_where_the_one_is_that_let_it_in():
    above, one = machine(9), machine(2)
    told(above, ON, {WAS: "H55.24"})
    card = {**dict.fromkeys(("ed25519", "x25519", "machine"), "00"), "commune": LATE.hex()}
    write(one, WAS, "paired", card)
    both = [*above.known.values(), *one.known.values()]
    assert homes.of(both).account(LATE, "lan") == "lan~H55.24"

    write(above, ON, "enrolled", {**card, "device": 3})
    assert homes.of([*both, *above.known.values()]).account(LATE, "lan") == "lan"


def test_the_program_and_the_district_are_nobodys_account():
    above, one = machine(9), machine(2)
    told(above, ON, {WAS: "H55.24"})
    act = write(one, WAS, "number_unused", {"code": "x", "reason": "y"}, "system")
    known = commune.fold([*above.known.values(), act], (above.name,))
    assert known.who(act.header) == "system"
    assert known.who(act.header._replace(actor="lan")) == "lan~H55.24"


@given(st.randoms(use_true_random=False), st.booleans())
def test_any_order_of_the_same_events_gives_the_same_accounts_and_no_act_another_person(
    dice: random.Random, heard: bool
):
    above, here, there = machine(9), machine(1), machine(2)
    acts = []
    for who, of in ((here, ON), (there, WAS)):
        for id_ in ("admin", "lan"):
            account(who, of, id_, name=f"{id_} {of[0]}", pin=f"pin {id_} {of[0]}")
            acts.append((write(who, of, "number_unused", {"code": "x", "reason": "y"}, id_), of))
    before = {of: commune.fold(who.known.values()) for who, of in ((here, ON), (there, WAS))}
    told(above, ON, {WAS: "H55.24"})
    if heard:
        here.hear_all_of(above)
        there.hear_all_of(above)
    account(there, WAS, "lan", pin="pin lan 2")  # his own, whether he had heard or not
    changed = account(here, ON, f"lan~{WAS.hex()[:16]}", role="head")  # by who had heard of it
    events = [*above.known.values(), *here.known.values(), *there.known.values()]
    wanted = commune.fold(events, (above.name,))
    dice.shuffle(events)
    known = commune.fold(events, (above.name,))

    assert known.fingerprint() == wanted.fingerprint()
    assert {id_: (one.name, one.pin) for id_, one in known.officers.items()} == {
        "admin": ("admin 1", "pin admin 1"),
        "lan": ("lan 1", "pin lan 1"),
        "admin~H55.24": ("admin 2", "pin admin 2"),
        "lan~H55.24": ("lan 2", "pin lan 2"),
    }
    assert known.conflicts == ()
    assert known.officers["lan~H55.24"].role == "head" and known.officers["lan"].role == "reader"
    assert known.who(changed.header) == "lan" and known.account_set(changed) == "lan~H55.24"
    assert [known.name_of(act.header) for act, _ in acts] == [
        before[of].name_of(act.header) for act, of in acts
    ]
