"""Places are found as they are typed, and told apart by their code."""

import pytest

from counter_app.services import places


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ea sup", "xã Ea Súp, tỉnh Đắk Lắk"),
        ("xa ta van", "xã Tả Van, tỉnh Lào Cai"),
        ("hoan kiem", "phường Hoàn Kiếm, thành phố Hà Nội"),
        ("p hoan kiem", "phường Hoàn Kiếm, thành phố Hà Nội"),
        ("ta van lao cai", "xã Tả Van, tỉnh Lào Cai"),
        ("xã Phú Lộc, tp Huế", "xã Phú Lộc, thành phố Huế"),
        ("lat", "xã Mường Lát, tỉnh Thanh Hóa"),
        ("dac khu phu quy", "đặc khu Phú Quý, tỉnh Lâm Đồng"),
        ("thanh hoa", "tỉnh Thanh Hóa"),
        ("tinh th", "tỉnh Thanh Hóa"),
        ("tp hcm", "thành phố Hồ Chí Minh"),
    ],
)
def test_a_place_is_found_without_tones_the_best_first(typed: str, first: str) -> None:
    assert places.read().match(typed)[0].full == first


def test_initials_of_commune_and_province_find_it() -> None:
    found = [place.full for place in places.read().match("ml th")]

    assert "xã Mường Lát, tỉnh Thanh Hóa" in found


def test_a_province_does_not_bring_all_its_communes() -> None:
    found = places.read().match("thanh hoa", limit=50)

    assert "xã Cẩm Tú, tỉnh Thanh Hóa" not in [place.full for place in found]


def test_two_communes_of_one_name_are_both_offered_with_their_codes() -> None:
    found = [place for place in places.read().match("xa phu loc") if place.name == "Xã Phú Lộc"]

    assert {place.code for place in found} == {"20107", "31756"}


def test_where_communes_are_asked_for_no_province_is_offered() -> None:
    found = places.read().match("thanh hoa", communes_only=True)

    assert found
    assert all(place.province for place in found)


@pytest.mark.parametrize("typed", ["", " ", "x", "!!", "không có nơi nào như thế", "muong lat hue"])
def test_nothing_is_offered_for_nothing(typed: str) -> None:
    assert places.read().match(typed) == []
