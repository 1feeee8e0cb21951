"""Training: a store beside the real one that says what it is, for ever, and shares nothing with it."""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from counter_app.domain.errors import BadInput, NotAllowed, Refused
from counter_app.domain.training import AGENCY, commune_id, is_training
from counter_app.paper import watermark
from counter_app.services import exchange, keeping, lookup, opening, papers, training
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.system import settings
from counter_app.system.paths import Places, training_data
from counter_app.system.secrets import KeyringVault
from counter_app.words.receipt import receipt_facts
from tests.paper.reading import codes, pages, squeezed
from tests.services.stores import MORNING, Counter
from tests.vaults import NoVault, OpenVault

MARK = squeezed(watermark.WORDS)


def nobody_listens(done: int, of: int) -> None:
    pass


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(training_data(tmp_path / "counter"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One training store for the tests that only read."""
    places = Places(training_data(tmp_path_factory.mktemp("training") / "counter"))
    office = training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)
    yield office
    office.close()


def test_it_lies_beside_the_real_store_and_never_in_it(tmp_path: Path) -> None:
    real = tmp_path / "counter"

    beside = training_data(real)

    assert beside.parent == real.parent
    assert beside != real
    assert training_data(beside) == beside


def test_it_is_full_of_invented_dossiers_in_every_state(made: Office) -> None:
    states = Tally(line.state for line in lookup.newest(made, 500))

    assert 50 <= states.total() <= 90
    assert {"received", "processing", "waiting_supplement", "finished", "returned"} <= states.keys()
    assert {"refused", "stopped", "withdrawn", "voided"} <= states.keys()
    assert lookup.due(made, overdue=True)
    assert keeping.verify(made).healthy


def test_how_far_the_filling_is_was_told(places: Places) -> None:
    told: list[tuple[int, int]] = []

    training.open_or_make(places, NoVault(), lambda: MORNING, lambda n, of: told.append((n, of))).close()

    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]


def test_its_codes_are_nobodys_and_a_real_store_cannot_have_them(made: Office, tmp_path: Path) -> None:
    assert all(line.code.startswith(f"{AGENCY}-") for line in lookup.newest(made, 500))

    order = NewStore(AGENCY, "UBND xã Ea Mlung", passphrase="mật khẩu dài")
    with pytest.raises(BadInput, match="agency-of-training"):
        opening.create(Places(tmp_path / "real"), order, Openers(NoVault()), lambda: MORNING)
    assert not (tmp_path / "real" / "store.db").exists()


def test_nobody_there_has_a_pin_and_the_one_officer_acts_at_once(made: Office) -> None:
    session = made.session()

    assert session.require() == "admin"
    assert [(o.name, o.pin) for o in made.commune().officers.values()] == [(training.OFFICER, "")]


def test_it_is_opened_again_with_what_was_practised(places: Places) -> None:
    vault = OpenVault()
    office = training.open_or_make(places, vault, lambda: MORNING, nobody_listens)
    before = len(lookup.newest(office, 500))
    office.close()

    office = training.open_or_make(places, vault, lambda: MORNING, nobody_listens)

    assert len(lookup.newest(office, 500)) == before
    assert office.training
    office.close()


def test_a_filling_that_was_cut_short_begins_anew(places: Places) -> None:
    def cut(done: int, of: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        training.open_or_make(places, NoVault(), lambda: MORNING, cut)

    office = training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)

    assert len(lookup.newest(office, 500)) == len({line.dossier for line in lookup.newest(office, 500)}) >= 50
    office.close()


def test_a_training_store_whose_key_is_lost_is_made_anew(places: Places) -> None:
    training.open_or_make(places, OpenVault(), lambda: MORNING, nobody_listens).close()

    office = training.open_or_make(places, OpenVault(), lambda: MORNING, nobody_listens)

    assert office.training
    office.close()


@pytest.mark.parametrize("name", ["counter", "counter-tap-dung"])
def test_a_real_store_is_never_wiped_not_even_under_the_name_of_a_training_one(
    name: str, tmp_path: Path
) -> None:
    places = Places(tmp_path / name)
    order = NewStore("H55.242", "UBND xã Ea Mlung", passphrase="mật khẩu dài")
    opening.create(places, order, Openers(NoVault()), lambda: MORNING).close()
    before = places.database.read_bytes()

    with pytest.raises(NotAllowed, match="not-training"):
        training.wipe(places)
    with pytest.raises(NotAllowed, match="not-training"):
        training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)

    assert places.database.read_bytes() == before


def test_begun_anew_it_has_no_trace_of_before(places: Places) -> None:
    training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens).close()
    (places.data / "window.lock").touch()
    first = places.keys.read_bytes()

    training.wipe(places)
    assert [path.name for path in places.data.iterdir()] == ["window.lock"]
    training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens).close()

    assert places.keys.read_bytes() != first


def test_its_key_has_a_keyring_entry_of_its_own() -> None:
    class Backend:
        def __init__(self) -> None:
            self.services: list[str] = []

        def get_password(self, service: str, username: str, /) -> str | None:
            self.services.append(service)
            return None

        def set_password(self, service: str, username: str, password: str, /) -> None:
            self.services.append(service)

        def delete_password(self, service: str, username: str, /) -> None:
            self.services.append(service)

    backend = Backend()

    KeyringVault(backend=lambda: backend).set("x", b"y")
    KeyringVault(training.KEYRING, backend=lambda: backend).set("x", b"y")

    assert len(set(backend.services)) == 2


# papers


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_every_page_says_that_it_is_practice_and_its_codes_still_read(made: Office, paper: str) -> None:
    line = lookup.newest(made)[0]

    pdf = papers.receipt_of(made, line.dossier, receipt_facts, paper=paper)

    assert all(MARK in squeezed(text) for text in pages(pdf))
    read = codes(pdf, 203)
    assert read["bars"] == line.code
    assert read["qr"]


@pytest.mark.parametrize("paper", ["a5", "a4", "80mm"])
def test_the_codes_read_from_a_head_that_prints_no_grey(made: Office, paper: str) -> None:
    line = lookup.newest(made)[0]

    pdf = papers.receipt_of(made, line.dossier, receipt_facts, paper=paper)

    assert codes(pdf, 203, mode="-mono")["bars"] == line.code


def test_the_mark_cannot_be_taken_away_and_goes_with_the_store(places: Places) -> None:
    before = watermark._holding  # the store of the other tests is open meanwhile
    office = training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)
    assert watermark._holding == before + 1

    office.close()
    settings.save(places.settings, settings.Settings())
    again = opening.open_store(places, Openers(NoVault(), lambda: training._FALLBACK), lambda: MORNING)

    assert watermark._holding == before + 1
    assert again.training
    again.close()
    assert watermark._holding == before


def test_a_restored_copy_of_it_is_practice_too(places: Places, tmp_path: Path) -> None:
    office = training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)
    keeping.backup(office, tmp_path / "backup")
    office.close()
    target = Places(tmp_path / "elsewhere")
    openers = Openers(NoVault(), lambda: training._FALLBACK)

    keeping.restore(target, tmp_path / "backup", openers, lambda: MORNING)
    restored = opening.open_store(target, openers, lambda: MORNING)

    assert restored.training
    restored.close()


# other stores


def test_it_pairs_with_no_real_store_whoever_asks(made: Office, tmp_path: Path) -> None:
    real = Counter(tmp_path / "A", device="A").make().open()
    exchange.offer(made, tmp_path / "practice")
    exchange.offer(real, tmp_path / "real")

    with pytest.raises(Refused, match="training-into-real"):
        exchange.accept(real, real.session(), tmp_path / "practice", tmp_path / "reply")
    with pytest.raises(Refused, match="real-into-training"):
        exchange.accept(made, made.session(), tmp_path / "real", tmp_path / "reply")

    assert not (tmp_path / "reply").exists()
    real.close()


def test_a_bundle_is_refused_even_where_a_pairing_was_forced(places: Places, tmp_path: Path) -> None:
    office = training.open_or_make(places, NoVault(), lambda: MORNING, nobody_listens)
    real = Counter(tmp_path / "A", device="A").make().open()
    for one, two in ((office, real), (real, office)):
        with two.reading() as (connection, where):
            card = exchange._introduce(connection, where).fields()
        with one.writing() as (pen, _):
            pen.append("paired", pen.commune, card, "admin")
    with pytest.raises(NotAllowed, match="nobody-paired"):
        exchange.export(office, office.session(), tmp_path / "bundle")

    forged = tmp_path / "forged"
    with office.reading() as (connection, where):
        keys = exchange.own.keys(connection)
        theirs = bytes.fromhex(card_of(real)["x25519"])
        with forged.open("wb") as file:
            exchange.bundle.write(
                file,
                giving.runs_for(Shelf(connection, where), exchange.EMPTY),
                signer=exchange.Signer(keys.signing),
                recipients=[theirs],
                commune=where.log_of(keys.branch).commune,
                log=where.log_of(keys.branch).log,
                made_ms=0,
                vector=giving.vector(Shelf(connection, where)),
            )
    before = keeping.verify(real).events

    with pytest.raises(Refused, match="training-into-real"):
        exchange.bring_in(real, real.session(), forged)

    assert keeping.verify(real).events == before
    office.close()
    real.close()


def card_of(office: Office) -> dict[str, str]:
    with office.reading() as (connection, where):
        return exchange._introduce(connection, where).fields()


def test_only_the_id_drawn_for_training_tells_of_training() -> None:
    chance = os.urandom(16)

    assert is_training(commune_id(chance, training=True))
    assert not is_training(commune_id(chance, training=False))


def test_the_month_has_dates_around_today(made: Office) -> None:
    days = {datetime.fromisoformat(line.received_at).date() for line in lookup.newest(made, 500)}

    assert max(days) <= MORNING.date()
    assert min(days) >= date(2026, 10, 20)
