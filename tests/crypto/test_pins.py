"""PINs: only their hash is kept, and only the right digits fit it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from counter_app.crypto.pins import check_pin, hash_pin
from counter_app.domain.errors import BadInput

KEPT = hash_pin("240613")


def test_the_right_pin_fits_and_others_do_not() -> None:
    assert check_pin(KEPT, "240613")
    for other in ("240612", "24061", "2406130", "", "２４０６１３"):
        assert not check_pin(KEPT, other)


def test_one_pin_gives_another_hash_each_time_and_never_shows() -> None:
    again = hash_pin("240613")

    assert again != KEPT
    assert "240613" not in KEPT.rpartition("p=1$")[2]
    assert check_pin(again, "240613")


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "12 34", "-1234", "１２３４", "٣٤٥٦"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    with pytest.raises(BadInput) as wrong:
        hash_pin(pin)

    assert wrong.value.why == "pin-shape"
    assert pin == "" or pin not in str(wrong.value)


@pytest.mark.parametrize("pin", ["1234", "123456789012"])
def test_the_shortest_and_longest_pin_work(pin: str) -> None:
    assert check_pin(hash_pin(pin), pin)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "x",
        "$argon2id$v=19$m=19456,t=2,p=1$abc$def",
        KEPT[:-4],
        KEPT.replace("m=19456", "m=99999999"),
        KEPT.replace("t=2", "t=99999999"),
        KEPT.replace("argon2id", "argon2x"),
        "\ud800",
        "đ" * 97,
    ],
    ids=["none", "letter", "not base64", "cut", "memory", "passes", "other kind", "half a letter", "long"],
)
def test_a_damaged_or_monstrous_hash_fits_nothing(kept: str) -> None:
    assert not check_pin(kept, "240613")


@pytest.mark.parametrize(("passes", "memory"), [(1, 65_537), (11, 64)])
def test_a_true_hash_that_is_dear_beyond_reason_is_not_even_tried(passes: int, memory: int) -> None:
    dear = PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1)

    assert not check_pin(dear.hash("240613"), "240613")
