"""Hamlets are read from addresses as people type them, and two spellings of one fall together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.hamlets import hamlet_of

NAMED = [
    ("Thôn Suối Chải, xã Ea Mlung, tỉnh Đắk Lắk", "Thôn Suối Chải"),
    ("buôn Ea Mây, xã Ea Mlung", "buôn Ea Mây"),
    ("Bản Nà Sàng 2, xã Nậm Mây", "Bản Nà Sàng 2"),
    ("xã Ea Mlung, thôn 5", "thôn 5"),
    ("số 12 ngõ 3 thôn Đoài xã Kim Lũ huyện Sóc Sơn", "thôn Đoài"),
    ("Tổ 2 thôn Suối Chải", "thôn Suối Chải"),
    ("Đội 4, thôn 6, xã Yên Lộc", "thôn 6"),
    ("xóm Trại, thôn Đông, xã Phú Lộc", "thôn Đông"),
    ("Tổ dân phố số 3, phường Tân An", "Tổ dân phố số 3"),
    ("TDP 3, phường Tân An", "TDP 3"),
    ("Tổ 5, phường Tân An", "Tổ 5"),
    ("khu phố 2, thị trấn Phước An", "khu phố 2"),
    ("Khu 7 xã Hùng Lô", "Khu 7"),
    ("ấp 3, xã Vĩnh Hải", "ấp 3"),
    ("phum Chăm, ấp Trà Sết, xã Vĩnh Hải", "ấp Trà Sết"),
    ("sóc Bom Bo, xã Bình Minh", "sóc Bom Bo"),
    ("khóm 4 - phường 7", "khóm 4"),
    ("làng Plei Bông, xã Ayun", "làng Plei Bông"),
    ("Plei Kuk Đak, thị trấn Phú Hoà", "Plei Kuk Đak"),
    ("bon Bu Prăng, xã Quảng Trực", "bon Bu Prăng"),
    ("thôn Bản Lầu, xã Bản Lầu", "thôn Bản Lầu"),
    ("thôn Tân Làng, xã Phú Mỹ", "thôn Tân Làng"),
    ("thon suoi chai, xa ea mlung", "thon suoi chai"),
    ("ban na sang xa nam may", "ban na sang"),
    ("Thôn3, xã Cư Pui", "Thôn 3"),
    ("Thôn 3 (gần trường), xã Cư Pui", "Thôn 3"),
    ("Đội 4, xã Thanh Nưa", "Đội 4"),
]
NONE = [
    "",
    "xã Ea Mlung, tỉnh Đắk Lắk",
    "12 đường Bản Đôn, phường Tân An",
    "trung tâm xã Nậm Mây",
    "thôn",
    "thôn,",
]
SAME = [
    ("Thôn Suối Chải, xã A", "thôn suối chải xã A"),
    ("thôn Suối Chải", "thon suoi chai"),
    ("thôn 3", "Thôn 03"),
    ("thôn 3", "thôn số 3"),
    ("thôn 3", "thôn III"),
    ("TDP 5", "tổ dân phố 5"),
    ("Plei Bông", "plây Bông"),
    ("buôn Ea M'Dhar", "Buôn Ea M’Dhar"),
    ("ấp Trà Sết", "phum Chăm, ấp Trà Sết"),
]
OTHER = [
    ("thôn 3", "thôn 13"),
    ("thôn Đông", "thôn Đông Hạ"),
    ("bản Nà Sàng 1", "bản Nà Sàng 2"),
    ("ấp 3", "khóm 3"),
]


@pytest.mark.parametrize(("address", "hamlet"), NAMED)
def test_a_hamlet_is_found_as_it_was_typed(address: str, hamlet: str) -> None:
    found = hamlet_of(address)

    assert found is not None
    assert found.name == hamlet


@pytest.mark.parametrize("address", NONE)
def test_an_address_without_a_hamlet_has_none(address: str) -> None:
    assert hamlet_of(address) is None


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_hamlet_fall_together(one: str, other: str) -> None:
    found = [hamlet_of(address) for address in (one, other)]

    assert found[0] and found[1]
    assert found[0].key == found[1].key


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_hamlets_stay_apart(one: str, other: str) -> None:
    found = [hamlet_of(address) for address in (one, other)]

    assert found[0] and found[1]
    assert found[0].key != found[1].key


@given(st.text(max_size=80))
def test_any_text_can_be_an_address(address: str) -> None:
    found = hamlet_of(address)

    assert found is None or (found.key and found.name)


@given(
    st.sampled_from(["thôn", "bản", "buôn", "ấp", "khóm", "phum", "xóm"]),
    st.sampled_from(["Suối Chải", "Ea Mây", "Nà Sàng", "5", "Tân Lập 2"]),
    st.sampled_from(["", "Tổ 2, ", "Số 12, ", "đội 3, "]),
    st.sampled_from(["", ", xã Ea Mlung", " xã Ea Mlung tỉnh Đắk Lắk"]),
)
def test_what_stands_around_a_hamlet_does_not_change_it(
    kind: str, name: str, before: str, after: str
) -> None:
    alone, within = hamlet_of(f"{kind} {name}"), hamlet_of(f"{before}{kind} {name}{after}")

    assert alone == within
