"""The list of a district's machines is fixed to the byte, and one more machine costs one part of it."""

from datetime import date

from counter_app.domain.events import log_name
from counter_app.domain.issued import cut
from counter_app.domain.machine_list import Machine, find, written

ONE, TWO = bytes(range(32)), bytes(range(32, 64))
COMMUNES = {"H55.242": "UBND xã Ea  Mlung\n", "H55.24": "UBND xã Tả Van"}
# Golden: the ids are the first eight bytes of SHA-256 of the keys, by OpenSSL; the rest was written by hand.
GOLDEN = (
    "machines 1\n"
    "= H55.24 UBND xã Tả Van\n"
    "= H55.242 UBND xã Ea Mlung\n"
    "{one} AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 H55.242\n"
    "{two} ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8 H55.24 2026-11-28\n"
)
MACHINES = [Machine(TWO, "H55.24", revoked_on=date(2026, 11, 28)), Machine(ONE, "H55.242")]


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def test_the_list_is_written_to_the_byte_and_found_in_again() -> None:
    text = written(MACHINES, COMMUNES)

    golden = lines(GOLDEN.format(one=log_name(ONE).hex(), two=log_name(TWO).hex()))
    assert lines(text) == golden[:3] + sorted(golden[3:])
    assert text == written(reversed(MACHINES), COMMUNES)
    assert find(text, log_name(ONE)) == Machine(ONE, "H55.242", "UBND xã Ea Mlung")
    assert find(text, log_name(TWO)) == Machine(TWO, "H55.24", "UBND xã Tả Van", date(2026, 11, 28))
    assert find(text, bytes(8)) is None


def test_what_a_later_program_writes_behind_is_skipped_and_a_false_key_is_nobody() -> None:
    text = written(MACHINES, COMMUNES)

    longer = text.replace(" 2026-11-28\n", " 2026-11-28 more\n")
    assert find(longer, log_name(TWO)) == find(text, log_name(TWO))
    assert find(text.replace("ICEi", "ICEj"), log_name(TWO)) is None
    assert find(text.replace("machines 1", "machines 2"), log_name(TWO)) is None


def test_one_machine_more_among_a_thousand_costs_one_part() -> None:
    machines = [Machine(n.to_bytes(32, "big"), f"H55.{n % 100}") for n in range(1001)]
    communes = {f"H55.{n}": f"UBND xã số {n}" for n in range(100)}
    before, after = (written(some, communes) for some in (machines[:1000], machines))

    new = set(cut(after)) - set(cut(before))

    assert len(after.encode()) < 80_000
    assert len(new) in (1, 2)
    assert sum(len(part.encode()) for part in new) < 9_000
