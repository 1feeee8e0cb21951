"""Every text and every edge of the theme stands out from what lies behind it (WCAG 2.2, level AA)."""

from __future__ import annotations

import re

import pytest

from counter_app.desk import theme

TEXT, EDGE = 4.5, 3.0  # WCAG 2.2: success criteria 1.4.3 and 1.4.11

GROUNDS = (theme.SURFACE, theme.WINDOW, theme.RAIL, theme.TINT)
ON_ITS_GROUND = [
    *((ink, ground, TEXT) for ink in (theme.INK, theme.SECOND, theme.ACCENT) for ground in GROUNDS),
    *((colour, tint, TEXT) for colour, tint in theme.STATES.values()),
    *(
        (colour, ground, TEXT)
        for colour, _ in theme.STATES.values()
        for ground in (theme.SURFACE, theme.WINDOW)
    ),
    *((theme.INK, tint, TEXT) for _, tint in theme.STATES.values()),
    (theme.DISABLED_TEXT, theme.DISABLED, TEXT),
    ("#FFFFFF", theme.ACCENT, TEXT),
    ("#FFFFFF", "#0E4A77", TEXT),  # the filled button under the mouse
    ("#FFFFFF", theme.INK, TEXT),  # tool tips
    (theme.SURFACE, theme.TRAINING, TEXT),
    *((theme.EDGE, ground, EDGE) for ground in (theme.SURFACE, theme.WINDOW, theme.RAIL)),
    *((theme.ACCENT, ground, EDGE) for ground in GROUNDS),  # the ring of what has the focus
]


@pytest.mark.parametrize(("ink", "ground", "least"), ON_ITS_GROUND)
def test_it_can_be_read(ink: str, ground: str, least: float) -> None:
    assert contrast(ink, ground) >= least


def test_the_style_sheet_knows_no_colour_beside_the_palette() -> None:
    sheet = theme._SHEET + "".join(theme._state_rules(name, *two) for name, two in theme.STATES.items())
    palette = {theme.INK, theme.SECOND, theme.LINE, theme.EDGE, theme.WINDOW, theme.RAIL, theme.SURFACE}
    palette |= {theme.DISABLED, theme.DISABLED_TEXT, theme.ACCENT, theme.TINT, theme.TRAINING}
    palette |= {colour for two in theme.STATES.values() for colour in two}

    found = set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet))

    # Only these two more: the filled button under the mouse, and its white.
    assert found - palette <= {"#0E4A77", "#FFFFFF"}


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
