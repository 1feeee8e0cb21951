import pytest

from counter_app.domain.errors import BadInput
from counter_app.paper import barcode


def test_a_slips_bar_is_two_dots_and_its_qr_module_three_of_203_dpi():
    bar = barcode.SLIP_BAR / barcode.MM

    assert bar == pytest.approx(0.25025, rel=1e-4)
    assert barcode.SLIP_MODULE >= 0.375 * barcode.MM


@pytest.mark.parametrize(
    ("code", "millimetres"), [("H55.242-261122-1001", 61), ("H55.242-261122-012345678", 71.6)]
)
def test_codes_of_our_own_fit_the_72_mm_that_a_slips_head_reaches(code, millimetres):
    pattern = barcode.code128(code)

    assert pattern is not None
    assert pattern.width(barcode.SLIP_BAR) / barcode.MM == pytest.approx(millimetres, abs=0.6)
    assert pattern.dark[0][0] == 10
    assert pattern.columns - sum(pattern.dark[-1][::2]) == 10


def test_a_signed_text_of_194_characters_takes_24_mm():
    pattern = barcode.qr("https://motcua.example/r/" + "a7-_" * 42 + "x")

    assert pattern.columns == 57 + 8
    assert pattern.width(barcode.SLIP_MODULE) / barcode.MM == pytest.approx(24.4, abs=0.05)


@pytest.mark.parametrize("text", ["", "mã", "a\nb", "\x7f"])
def test_text_without_a_sign_in_code128_has_no_bars(text):
    assert barcode.code128(text) is None


def test_a_qr_that_cannot_hold_its_text_is_refused():
    with pytest.raises(BadInput) as refused:
        barcode.qr("a" * 3000)

    assert refused.value.why == "qr-too-long"
