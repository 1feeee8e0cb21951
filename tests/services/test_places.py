"""Places are found as they are typed, and told apart by their code."""

import pytest

from counter_app.services import places


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ea sup", "Xã Ea Súp, Tỉnh Đắk Lắk"),
        ("xa ta van", "Xã Tả Van, Tỉnh Lào Cai"),
        ("hoan kiem", "Phường Hoàn Kiếm, Thành phố Hà Nội"),
        ("ta van lao cai", "Xã Tả Van, Tỉnh Lào Cai"),
    ],
)
def test_a_place_is_found_without_tones(typed, first):
    assert first in [place.full for place in places.match(typed)]


def test_two_communes_of_one_name_are_both_offered_with_their_codes():
    found = [place for place in places.match("xa phu loc") if place.name == "Xã Phú Lộc"]

    assert {place.code for place in found} == {"20107", "31756"}


@pytest.mark.parametrize("typed", ["", " ", "x", "!!", "không có nơi nào như thế"])
def test_nothing_is_offered_for_nothing(typed):
    assert places.match(typed) == []
