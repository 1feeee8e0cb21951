"""Secrets that survive a sheet of paper and a hurried typist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.crypto.spoken import recovery_key, recovery_secret, recovery_words, six_words
from counter_app.domain.errors import BadInput

SECRET = bytes.fromhex("7f0000013f54dcc18bbf9f3a00ff10ee")
WORDS = recovery_words(SECRET)


def test_words_are_the_proquints_of_the_paper() -> None:
    assert six_words(bytes.fromhex("7f0000013f54dcc1d8443ba6")).split()[:4] == [
        "lusab",
        "babad",
        "gutih",
        "tugad",
    ]


def test_a_sheet_has_these_words_and_this_key_for_ever() -> None:
    assert WORDS == "lusab babad gutih tugad movuz nusup baguz dagov mozip"
    assert recovery_key(SECRET).hex() == "15b5db0f9dde6129299e20c7b1737d82379d585f52d7a6911b19fce7f3b989a9"


@given(st.binary(min_size=16, max_size=16))
def test_every_secret_comes_back(secret: bytes) -> None:
    words = recovery_words(secret)

    assert len(words.split()) == 9
    assert recovery_secret(words) == secret


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        WORDS.replace(" ", "-"),
        WORDS.replace(" ", ""),
        ", ".join(WORDS.split()) + ".",
        "\n".join(f"{n}. {word}" for n, word in enumerate(WORDS.split(), start=1)),
        "\r\n".join(f"{n}){word} " for n, word in enumerate(WORDS.split(), start=1)),
        f"  \t{WORDS}\n\n",
        WORDS[:7] + " " + WORDS[7:],
    ],
)
def test_how_it_is_typed_does_not_matter(typed: str) -> None:
    assert recovery_secret(typed) == SECRET


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        (WORDS.replace(WORDS.split()[2], "xutih"), ("recovery-mistyped", 3)),
        (WORDS.replace(WORDS.split()[8], "hello"), ("recovery-mistyped", 9)),
        (WORDS.replace(WORDS.split()[0], "lúab"), ("recovery-accented", 1)),
        (WORDS.replace(WORDS.split()[3], "tugađ"), ("recovery-accented", 4)),
    ],
)
def test_a_word_that_is_none_is_named_by_its_place(typed: str, facts: tuple[str, int]) -> None:
    with pytest.raises(BadInput) as wrong:
        recovery_secret(typed)

    assert (wrong.value.why, wrong.value.facts["word"]) == facts


@pytest.mark.parametrize("typed", ["", "lusab babad", " ".join(WORDS.split()[:8]), WORDS + " babab"])
def test_too_few_or_many_words_are_counted(typed: str) -> None:
    with pytest.raises(BadInput) as wrong:
        recovery_secret(typed)

    assert wrong.value.why == "recovery-incomplete"
    assert wrong.value.facts["given"] == len(typed.split())


def test_no_single_wrong_letter_passes_the_check_word() -> None:
    passed = 0
    for at, letter in enumerate(WORDS):
        for other in "bdfghjklmnprstvz" if letter not in "aiou " else "aiou":
            if other == letter or letter == " ":
                continue
            with pytest.raises(BadInput) as wrong:
                recovery_secret(WORDS[:at] + other + WORDS[at + 1 :])
            assert wrong.value.why == "recovery-mistyped"
            passed += 1

    assert passed == 9 * (3 * 15 + 2 * 3)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput):
        recovery_secret(text)
