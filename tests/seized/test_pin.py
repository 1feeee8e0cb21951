"""A copy without the store's key allows no guess at a PIN; what one with an open keyring allows."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from counter_app.crypto import wraps
from counter_app.crypto.pins import check_pin
from counter_app.crypto.wraps import KeyFile
from counter_app.domain.errors import NoKey
from counter_app.services import accounts, lookup, opening
from counter_app.services.opening import Openers
from tests.seized.attacking import distinguishes
from tests.seized.conftest import Disk
from tests.seized.life import PERSON, PIN
from tests.services.stores import BY_KEYRING, Counter, Wall
from tests.vaults import NoVault

WRONG = ("741963", "258014")


def test_nothing_on_the_disk_says_of_a_pin_that_it_is_the_right_one(disk: Disk) -> None:
    told = {pin: distinguishes(pin, *disk.places, known=disk.contents) for pin in (PIN, *WRONG)}

    assert told == {pin: [] for pin in (PIN, *WRONG)}


def test_the_attack_sees_a_store_whose_key_or_verifier_hangs_on_the_pin(disk: Disk, tmp_path: Path) -> None:
    folder = tmp_path / "careless"
    folder.mkdir()
    kept = KeyFile.from_bytes((disk.folder / "counter" / "keys.json").read_bytes())
    created, key = "2026-11-20T08:00:00+07:00", bytes(range(32))
    by_hash = wraps.wrap_with_secret(
        kept.store_id, key, hashlib.sha256(kept.store_id.encode() + PIN.encode()).digest(), created=created
    )
    for name, content in (
        ("keys.json", kept.add(by_hash).to_bytes()),
        ("settings.json", hashlib.sha256(PIN.encode()).hexdigest().encode()),
    ):
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / name).write_bytes(content)
        assert distinguishes(PIN, folder) and not distinguishes(WRONG[0], folder)


def test_what_may_be_read_without_a_key_is_the_same_whatever_the_pin(tmp_path: Path) -> None:
    made = Counter(tmp_path / "made", openers=BY_KEYRING).make()
    left = []
    for pin in ("2580", "7413"):
        counter = Counter(shutil.copytree(made.folder, tmp_path / pin / "store"), Wall(), openers=BY_KEYRING)
        office = counter.open()
        accounts.set_pin(office, office.session(), pin)
        office.close()
        files = {path.relative_to(counter.folder): path for path in sorted(counter.folder.rglob("*"))}
        left.append({at: _clear(path) for at, path in files.items()})

    assert left[0] == left[1]


def _clear(path: Path) -> Any:
    """The bytes that need no key; of what is sealed the length alone."""
    if path.is_dir() or path.suffix == ".db":
        return path.is_dir() or path.stat().st_size
    return path.read_bytes()


def test_a_copy_without_the_keyring_opens_by_nothing_that_a_pin_is(disk: Disk, tmp_path: Path) -> None:
    counter = disk.copied(tmp_path / "copy")

    for openers in (Openers(NoVault()), Openers(NoVault(), lambda: PIN)):
        with pytest.raises(NoKey):
            opening.open_store(counter.places, openers, counter.wall)


def test_a_copy_with_an_open_keyring_tells_all_and_a_pin_then_costs_what_its_hash_costs(
    disk: Disk, tmp_path: Path
) -> None:
    office = disk.copied(tmp_path / "copy").open()
    try:
        assert lookup.find(office, PERSON["phone"])[0].applicant == PERSON["name"]
        verifier = next(one.pin for one in accounts.officers(office) if one.id == "admin")
    finally:
        office.close()

    began = time.perf_counter()
    guessed = [pin for pin in (*WRONG, PIN) if check_pin(verifier, pin)]
    cost = (time.perf_counter() - began) / 3

    assert guessed == [PIN]
    assert verifier.startswith("$argon2id$v=19$m=19456,t=2,p=1$"), "what ARCHITECTURE.md reckons with"
    assert cost > 0.003, f"{1000 * cost:.0f} ms a guess"
