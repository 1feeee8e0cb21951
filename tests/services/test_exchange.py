"""Pairing and bundles: strangers stay out, retries are harmless, a relay carries what it did not write."""

import json

import pytest

from counter_app.domain.errors import BadInput, NotAllowed, Refused
from counter_app.services import accounts, acts, exchange, keeping, lookup, opening
from counter_app.services.opening import NewStore, Openers
from counter_app.store.ledger import Shelf
from counter_app.sync.agreed import Tip, highest, tips_of
from tests.services.stores import Counter, receive
from tests.vaults import NoVault


@pytest.fixture
def stores(tmp_path):
    made = [Counter(tmp_path / n, device=n).make().open() for n in ("A", "B", "C")]
    yield made
    for office in made:
        office.close()


def pair(tmp_path, old, new):
    exchange.offer(new, tmp_path / "offer")
    exchange.accept(old, old.session(), tmp_path / "offer", tmp_path / "reply")
    exchange.finish(new, new.session(), tmp_path / "reply")


def carry(tmp_path, source, target):
    told = exchange.export(source, source.session(), tmp_path / "bundle")
    return told, exchange.bring_in(target, target.session(), tmp_path / "bundle")


def states(*offices):
    return [keeping.verify(office).state for office in offices]


def test_a_store_that_is_paired_with_nobody_exports_nothing(stores, tmp_path):
    with pytest.raises(NotAllowed, match="nobody-paired"):
        exchange.export(stores[0], stores[0].session(), tmp_path / "bundle")


def test_a_strangers_bundle_is_refused_whole(stores, tmp_path):
    a, _, c = stores
    exchange.offer(a, tmp_path / "offer")
    exchange.accept(c, c.session(), tmp_path / "offer", tmp_path / "reply")
    receive(c)
    exchange.export(c, c.session(), tmp_path / "from-c")
    stood = keeping.verify(a)

    with pytest.raises(Refused, match="bundle-from-stranger"):
        exchange.bring_in(a, a.session(), tmp_path / "from-c")

    assert keeping.verify(a) == stood


def test_a_bundle_for_another_store_is_refused(stores, tmp_path):
    a, b, c = stores
    pair(tmp_path, a, b)
    exchange.export(a, a.session(), tmp_path / "bundle")

    with pytest.raises(Refused, match="bundle-not-for-this-store"):
        exchange.bring_in(c, c.session(), tmp_path / "bundle")


def test_the_same_bundle_twice_changes_nothing(stores, tmp_path):
    a, b, _ = stores
    pair(tmp_path, a, b)
    receive(a)
    _, first = carry(tmp_path, a, b)
    stood = keeping.verify(b)

    again = exchange.bring_in(b, b.session(), tmp_path / "bundle")

    assert (first["received"] > 0, again["received"]) == (True, 0)
    assert keeping.verify(b) == stood


def test_only_what_the_other_lacks_is_sent_once_it_has_told(stores, tmp_path):
    a, b, _ = stores
    pair(tmp_path, a, b)
    for _ in range(5):
        receive(a)
    carry(tmp_path, a, b)
    carry(tmp_path, b, a)
    code = receive(a).code

    told, taken = carry(tmp_path, a, b)

    assert (told["sent"], taken["received"], taken["known"]) == (1, 1, 0)
    assert [line.code for line in lookup.find(b, code)] == [code]


def test_a_relay_brings_a_third_store_what_it_never_met(stores, tmp_path):
    a, b, c = stores
    pair(tmp_path, a, b)
    pair(tmp_path, b, c)
    code = receive(a).code
    carry(tmp_path, a, b)

    exchange.export(b, b.session(), tmp_path / "for-c", to="C")
    exchange.bring_in(c, c.session(), tmp_path / "for-c")
    acts.finish(c, c.session(), code)
    exchange.export(c, c.session(), tmp_path / "for-b", to="B")
    exchange.bring_in(b, b.session(), tmp_path / "for-b")
    carry(tmp_path, b, a)

    assert lookup.show(a, code)[0].state.value == "finished"
    exchange.export(b, b.session(), tmp_path / "again", to="C")
    exchange.bring_in(c, c.session(), tmp_path / "again")
    assert len(set(states(a, b, c))) == 1


def test_an_altered_offer_is_refused(stores, tmp_path):
    a, b, _ = stores
    exchange.offer(b, tmp_path / "offer")
    said = json.loads((tmp_path / "offer").read_bytes())
    said["machine"] = "KẺ GIAN"
    (tmp_path / "offer").write_text(
        json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8"
    )

    with pytest.raises(Refused, match="pair-forged"):
        exchange.accept(a, a.session(), tmp_path / "offer", tmp_path / "reply")


def test_a_reply_to_another_store_is_refused(stores, tmp_path):
    a, b, c = stores
    exchange.offer(b, tmp_path / "offer")
    exchange.accept(a, a.session(), tmp_path / "offer", tmp_path / "reply")

    with pytest.raises(Refused, match="reply-to-another"):
        exchange.finish(c, c.session(), tmp_path / "reply")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"a":1}', b"x" * 100_000])
def test_what_is_no_offer_is_refused(stores, tmp_path, data):
    (tmp_path / "offer").write_bytes(data)

    with pytest.raises(Refused, match="not-an-offer"):
        exchange.accept(stores[0], stores[0].session(), tmp_path / "offer", tmp_path / "reply")

    assert not (tmp_path / "reply").exists()


def test_a_store_does_not_pair_with_itself(stores, tmp_path):
    a = stores[0]
    exchange.offer(a, tmp_path / "offer")

    with pytest.raises(Refused, match="pair-with-itself"):
        exchange.accept(a, a.session(), tmp_path / "offer", tmp_path / "reply")


def test_a_device_that_nobody_knows_cannot_be_named(stores, tmp_path):
    a, b, _ = stores
    pair(tmp_path, a, b)

    with pytest.raises(BadInput, match="no-such-device"):
        exchange.export(a, a.session(), tmp_path / "bundle", to="Z")


def test_a_restored_stores_new_log_is_trusted_because_the_old_one_endorsed_it(stores, tmp_path):
    words: list[str] = []
    sheet = NewStore("H55.242", "UBND xã Ea Mlung", device="D", sheet=words.append)
    first = Counter(tmp_path / "D", device="D")
    opening.create(first.places, sheet, first.openers, first.wall).close()
    d, b = first.open(), stores[1]
    pair(tmp_path, d, b)
    receive(d)
    carry(tmp_path, d, b)
    keeping.backup(d, tmp_path / "kept.zip")
    d.close()
    new = Counter(tmp_path / "new-d", openers=Openers(NoVault(), recovery=words[0]))
    keeping.restore(new.places, tmp_path / "kept.zip", new.openers, new.wall)
    restored = new.open()
    code = receive(restored).code

    _, taken = carry(tmp_path, restored, b)

    assert taken["refused"] == []
    assert [line.code for line in lookup.find(b, code)] == [code]
    assert keeping.verify(b).aside == 0
    restored.close()


def test_who_has_heard_what_another_said_of_an_account_says_it_anew_without_a_dispute(stores, tmp_path):
    one, two, _ = stores
    pair(tmp_path, one, two)
    for n, (here, there) in enumerate([(one, two), (two, one), (one, two)]):
        accounts.change_officer(here, here.session(), "admin", name=f"Tên {n}")
        carry(tmp_path, here, there)

    for office in (one, two):
        known = office.commune()
        assert (known.officers["admin"].name, known.conflicts) == ("Tên 2", ())


def test_what_two_say_of_an_account_unheard_is_disputed_until_one_settles_it(stores, tmp_path):
    one, two, _ = stores
    pair(tmp_path, one, two)
    for n, office in enumerate((one, two)):
        accounts.change_officer(office, office.session(), "admin", name=f"Tên {n}")
    carry(tmp_path, one, two)
    carry(tmp_path, two, one)
    for office in (one, two):
        assert [conflict.field for conflict in office.commune().conflicts] == ["officer/admin/name"]

    accounts.change_officer(two, two.session(), "admin", name="Tên Chung")
    carry(tmp_path, two, one)

    assert one.commune().conflicts == two.commune().conflicts == ()


@pytest.mark.parametrize("how", ["rebuild", "a bundle that tells of the commune"])
def test_whom_to_trust_is_decided_anew_from_the_events(stores, tmp_path, how):
    a, b, _ = stores
    pair(tmp_path, a, b)
    receive(a)
    carry(tmp_path, a, b)
    stood = keeping.verify(b)
    with b.database.writing() as connection:  # as a program that knew less of the events would have left it
        connection.exec_driver_sql("UPDATE logs SET trust = 'aside' WHERE trust <> 'own'")

    if how == "rebuild":
        keeping.rebuild(b)
        assert keeping.verify(b).state == stood.state
    else:
        accounts.add_officer(a, a.session(), "lan", "Lò Thị Lan", "officer")
        carry(tmp_path, a, b)
        carry(tmp_path, b, a)
        assert keeping.verify(b).state == keeping.verify(a).state


def test_what_was_agreed_on_and_got_lost_in_a_damaged_store_is_passed_over(stores):
    receive(stores[0])
    with stores[0].reading() as (connection, where):
        shelf = Shelf(connection, where)
        here = tips_of(shelf)
        lost = {Tip(tip.log, tip.seq + 1, bytes(32)) for tip in here}

        assert here and highest(shelf, here | lost) == here
