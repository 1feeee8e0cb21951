"""A passphrase is as strong as its words are many; what is short, repeated or in a row is weak."""

import pytest

from counter_app.domain.passphrases import Strength, strength


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", Strength.WEAK),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnopqrst", Strength.WEAK),
        ("mat khau", Strength.WEAK),
        ("bo bo bo bo bo bo", Strength.WEAK),
        ("ba con bo vang", Strength.FAIR),
        ("con bo vang an co", Strength.STRONG),
    ],
)
def test_a_passphrase_is_as_strong_as_its_words_are_many(text: str, said: Strength) -> None:
    assert strength(text) is said


def test_another_word_never_makes_it_weaker() -> None:
    order = list(Strength)
    text = ""
    before = 0
    for word in ("ba", "con", "bo", "vang", "an", "co", "non"):
        text = f"{text} {word}".strip()
        assert order.index(strength(text)) >= before
        before = order.index(strength(text))
