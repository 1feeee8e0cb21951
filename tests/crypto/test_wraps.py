"""The store key: any one wrap opens it, and none that was altered, moved or dropped does."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest

from counter_app.crypto.spoken import recovery_words
from counter_app.crypto.wraps import (
    KINDS,
    KeyFile,
    Wrap,
    wrap_with_passphrase,
    wrap_with_recovery,
    wrap_with_secret,
)
from counter_app.domain.errors import BadInput, CounterError, Damaged, NewerStore, NoKey, NotAllowed, NotFound

STORE = "0190f3b1-7c1e-7a55-9c1a-0d0f5c2b7a11"
KEY = bytes(range(32))
SECRET = bytes(range(100, 132))
SHEET = bytes(range(16))
NOON = "2026-11-22T12:00:00+07:00"
PASSPHRASE = "mật khẩu của xã"

KEYRING = wrap_with_secret(STORE, KEY, SECRET, created=NOON, label="MÁY-1")
SPOKEN = wrap_with_passphrase(STORE, KEY, PASSPHRASE, created=NOON)
PAPER = wrap_with_recovery(STORE, KEY, SHEET, created=NOON)
FILE = KeyFile(STORE, (KEYRING, SPOKEN, PAPER))


def test_each_wrap_opens_the_store_by_itself() -> None:
    assert KeyFile(STORE, (KEYRING,)).open_with_secret(SECRET) == KEY
    assert KeyFile(STORE, (SPOKEN,)).open_with_passphrase(PASSPHRASE) == KEY
    assert KeyFile(STORE, (PAPER,)).open_with_recovery(recovery_words(SHEET)) == KEY


def test_the_file_comes_back_as_it_was() -> None:
    data = FILE.to_bytes()

    assert KeyFile.from_bytes(data) == FILE
    assert KeyFile.from_bytes(data).to_bytes() == data
    assert KeyFile.from_bytes(data).open_with_passphrase(PASSPHRASE) == KEY


# Written once by the first version; the file of every later one must still open.
FIRST = (
    '{"store":"0190f3b1-7c1e-7a55-9c1a-0d0f5c2b7a11","version":1,"wraps":['
    '{"created":"2026-11-22T12:00:00+07:00","id":"d23a125c","kind":"keyring","label":"MÁY-1",'
    '"nonce":"HsA3ncCdYgBrGr1P",'
    '"params":{},'
    '"sealed":"WEwNBZ8W8M+LUhCYNtgwjRY0Su4L+l62fxSX6/1g8G97RyihQhffiVi3Fmi5uA27"},'
    '{"created":"2026-11-22T12:00:00+07:00","id":"fa138cec","kind":"passphrase","label":"",'
    '"nonce":"2F0PAerBDHkgSBDR",'
    '"params":{"m":65536,"p":2,"salt":"NNBvHskjUNGWCABi+DNb7w==","t":3},'
    '"sealed":"ntccxr1SEeKK3mf6ANXOCn4P0kWM5Sm9G5c2GZYtDuw/EMz+HwBBvSCm/cOZhaGA"},'
    '{"created":"2026-11-22T12:00:00+07:00","id":"9023402d","kind":"recovery","label":"",'
    '"nonce":"EgVT+eho0YfzNoB+",'
    '"params":{},'
    '"sealed":"n1l8BQa/5entL6Wsh45Dram65qxluNpC8+XofFerzCBNxjRGgDu17gA+FVzIhJAZ"}]}'
    "\n"
)


def test_a_file_of_the_first_version_opens_for_ever() -> None:
    kept = KeyFile.from_bytes(FIRST.encode())

    assert kept.open_with_secret(SECRET) == KEY
    assert kept.open_with_passphrase(PASSPHRASE) == KEY
    assert kept.open_with_recovery(recovery_words(SHEET)) == KEY
    assert kept.to_bytes() == FIRST.encode()


def test_neither_key_nor_secret_stands_in_the_file() -> None:
    data = FILE.to_bytes()

    for hidden in (KEY, SECRET, SHEET, PASSPHRASE.encode()):
        assert hidden not in data
        assert hidden.hex().encode() not in data


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda: FILE.open_with_secret(bytes(32)), "wrong-keyring"),
        (lambda: FILE.open_with_passphrase("mật khẩu khác"), "wrong-passphrase"),
        (lambda: FILE.open_with_passphrase(""), "wrong-passphrase"),
        (lambda: FILE.open_with_recovery(recovery_words(bytes(16))), "wrong-recovery"),
        (lambda: KeyFile(STORE, (PAPER,)).open_with_passphrase(PASSPHRASE), "no-passphrase-wrap"),
        (lambda: KeyFile(STORE, (SPOKEN,)).open_with_secret(SECRET), "no-keyring-wrap"),
        (lambda: KeyFile(STORE).open_with_recovery(recovery_words(SHEET)), "no-recovery-wrap"),
    ],
)
def test_a_wrong_or_missing_secret_is_named(act, why: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NoKey) as failure:
        act()

    assert failure.value.why == why


def test_mistyped_words_are_bad_input_rather_than_a_wrong_sheet() -> None:
    with pytest.raises(BadInput) as wrong:
        FILE.open_with_recovery("lusab babad")

    assert wrong.value.why == "recovery-incomplete"


def test_a_passphrase_may_be_typed_in_any_unicode_form() -> None:
    for form in ("NFC", "NFD"):
        assert FILE.open_with_passphrase(unicodedata.normalize(form, PASSPHRASE)) == KEY


@pytest.mark.parametrize("text", ["", "1234567", unicodedata.normalize("NFD", "mật khẩ")])
def test_a_passphrase_has_at_least_eight_letters(text: str) -> None:
    with pytest.raises(BadInput) as wrong:
        wrap_with_passphrase(STORE, KEY, text, created=NOON)

    assert wrong.value.why == "passphrase-short"


def test_one_passphrase_wraps_differently_each_time() -> None:
    again = wrap_with_passphrase(STORE, KEY, PASSPHRASE, created=NOON)

    assert dict(again.params)["salt"] != dict(SPOKEN.params)["salt"]
    assert (again.nonce, again.sealed, again.id) != (SPOKEN.nonce, SPOKEN.sealed, SPOKEN.id)


def test_a_wrap_of_another_store_name_or_kind_does_not_open() -> None:
    moved = [
        KeyFile("another", (KEYRING,)),
        KeyFile(STORE, (replace(KEYRING, id="00000000"),)),
    ]

    for file in moved:
        with pytest.raises(NoKey):
            file.open_with_secret(SECRET)
    with pytest.raises(NoKey):
        KeyFile(STORE, (replace(KEYRING, kind="escrow"),)).open_with_secret(SECRET, "escrow")


def test_every_flipped_byte_of_a_sealed_key_is_refused() -> None:
    for at in range(len(KEYRING.sealed)):
        sealed = bytearray(KEYRING.sealed)
        sealed[at] ^= 1
        with pytest.raises(NoKey):
            KeyFile(STORE, (replace(KEYRING, sealed=bytes(sealed)),)).open_with_secret(SECRET)


def test_two_users_keyrings_each_open_one_store() -> None:
    other = wrap_with_secret(STORE, KEY, bytes(32), created=NOON, label="lan")

    file = FILE.add(other)

    assert file.open_with_secret(bytes(32)) == file.open_with_secret(SECRET) == KEY


def test_a_backup_carries_every_wrap_but_the_keyrings() -> None:
    backup = FILE.without({"keyring"})

    assert [wrap.kind for wrap in backup] == ["passphrase", "recovery"]
    assert backup.open_with_passphrase(PASSPHRASE) == KEY


def test_a_dropped_wrap_opens_nothing_and_stays_out_of_the_backup() -> None:
    left = FILE.drop(SPOKEN.id)

    with pytest.raises(NoKey):
        left.without({"keyring"}).open_with_passphrase(PASSPHRASE)
    assert left.open_with_secret(SECRET) == KEY


@pytest.mark.parametrize("last", [SPOKEN, PAPER], ids=["passphrase", "recovery"])
def test_the_last_wrap_that_is_not_a_keyring_is_never_dropped(last: Wrap) -> None:
    with pytest.raises(NotAllowed) as refusal:
        KeyFile(STORE, (KEYRING, last)).drop(last.id)

    assert refusal.value.why == "last-wrap"


def test_a_wrap_that_is_not_there_cannot_be_dropped() -> None:
    with pytest.raises(NotFound):
        FILE.drop("ffffffff")


def changed(path: list[str | int], value: object) -> bytes:
    content = json.loads(FILE.to_bytes())
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        FILE.to_bytes()[:-20],
        changed(["version"], 0),
        changed(["version"], "1"),
        changed(["store"], 7),
        changed(["store"], "a\0b"),
        changed(["wraps"], 3),
        changed(["wraps"], ["x"]),
        changed(["wraps", 0, "kind"], "unknown"),
        changed(["wraps", 0, "kind"], []),
        changed(["wraps", 0, "nonce"], "AAAA"),
        changed(["wraps", 0, "sealed"], "!"),
        changed(["wraps", 0, "id"], SPOKEN.id),
        changed(["wraps", 0, "label"], "\ud800"),
        changed(["wraps", 1, "params"], {}),
        changed(["wraps", 1, "params", "m"], 1 << 40),
        changed(["wraps", 1, "params", "m"], 8),
        changed(["wraps", 1, "params", "t"], 0),
        changed(["wraps", 1, "params", "t"], True),
        changed(["wraps", 1, "params", "p"], "2"),
        changed(["wraps", 1, "params", "salt"], ""),
    ],
)
def test_a_damaged_file_is_named_so(data: bytes) -> None:
    with pytest.raises(Damaged):
        KeyFile.from_bytes(data)


def test_a_file_of_a_later_version_is_left_alone() -> None:
    with pytest.raises(NewerStore) as refusal:
        KeyFile.from_bytes(changed(["version"], 2))

    assert refusal.value.facts["version"] == 2


def test_truncating_the_file_anywhere_is_never_our_bug() -> None:
    data = FILE.to_bytes()

    for size in range(len(data) - 1):
        with pytest.raises(CounterError):
            KeyFile.from_bytes(data[:size])


def test_every_kind_can_be_kept_in_a_file() -> None:
    wraps = tuple(
        wrap_with_secret(STORE, KEY, SECRET, created=NOON, kind=kind)
        for kind in KINDS
        if kind != "passphrase"
    )

    assert KeyFile.from_bytes(KeyFile(STORE, wraps).to_bytes()).wraps == wraps
