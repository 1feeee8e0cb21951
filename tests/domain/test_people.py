"""People are taken as they are; what cannot be true is refused with the field's name."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.people import Party, warnings

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "party",
    [
        {"name": "Y"},
        {"name": "H'Bia Niê", "birth_date": "1949", "contact_via": "Trưởng buôn Y Thịnh"},
        {"name": "Nguyễn Thị Ánh", "id_number": "019195001234", "birth_date": "1995-06", "sex": "Nữ"},
        {"name": "John O'Neil", "id_number": "A12345678", "phone": "+8562055512345"},
        {"kind": "org", "name": "Hợp tác xã Chè Tân Cương", "tax_code": "4600123456"},
        {"kind": "org", "name": "Chi nhánh", "tax_code": "0100109106-001", "email": "lien.he@vi.du.vn"},
    ],
)
def test_people_and_organisations_as_they_are(party: dict[str, str]) -> None:
    read = Party.from_fields(party, today=TODAY)

    assert read.to_fields() == {"kind": "person", **party}
    assert Party.from_fields(read.to_fields()) == read


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", unicodedata.normalize("NFD", " Lê  Đức "), "Lê Đức"),
        ("id_number", "019 195 001 234", "019195001234"),
        ("id_number", "c 1234567", "C1234567"),
        ("tax_code", "0100109106001", "0100109106-001"),
        ("tax_code", "0100109106-001", "0100109106-001"),
        ("tax_code", "0100109106 ", "0100109106"),
        ("tax_code", "019195001234", "019195001234"),
        ("birth_date", "25/6/1995", "1995-06-25"),
        ("birth_date", "2026-11-22", "2026-11-22"),
        ("birth_date", "2026-11", "2026-11"),
        ("birth_date", "2026", "2026"),
        ("sex", "nữ", "Nữ"),
        ("sex", "NAM", "Nam"),
        ("address", "Xóm 3,\nxã Phú Lộc", "Xóm 3, xã Phú Lộc"),
        ("phone", "0912 345 678", "0912345678"),
        ("phone", "+84 912.345.678", "0912345678"),
        ("phone", "84912345678", "0912345678"),
        ("phone", "0084912345678", "0912345678"),
        ("phone", "0910084123", "0910084123"),
        ("phone", "+84 (0) 912 345 678", "0912345678"),
        ("phone", "(0208) 3851-234", "02083851234"),
        ("phone", "+84 24 3825 1234", "02438251234"),
        ("phone", "1900 1234", "19001234"),
        ("phone", "00856 20 5551 2345", "+8562055512345"),
        ("email", " a@b.vn ", "a@b.vn"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(field: str, typed: str, kept: str) -> None:
    party = Party.from_fields({"name": "Lê Na", field: typed}, today=TODAY)

    assert getattr(party, field) == kept


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u200b"])
def test_what_is_not_known_is_left_out(nothing: str | None) -> None:
    given_fields = {"kind": nothing, "name": "Lê Na", "sex": nothing, "phone": nothing, "birth_date": nothing}

    assert Party.from_fields(given_fields).to_fields() == {"kind": "person", "name": "Lê Na"}


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", None, "empty"),
        ("name", " ", "empty"),
        ("name", "a" * 301, "too-long"),
        ("name", 7, "not-a-text"),
        ("name", ["Lê Na"], "not-a-text"),
        ("kind", "people", "not-a-kind"),
        ("kind", True, "not-a-text"),
        ("id_number", 19195001234, "not-a-text"),
        ("id_number", "01919500123", "not-a-citizen-number"),
        ("id_number", "01919500123O", "not-a-citizen-number"),
        ("id_number", "ABCDEFGH", "not-a-citizen-number"),
        ("tax_code", "01001091", "not-a-tax-code"),
        ("tax_code", "0100109106-01", "not-a-tax-code"),
        ("birth_date", "2026-11-23", "born-in-future"),
        ("birth_date", "2026-12", "born-in-future"),
        ("birth_date", "2027", "born-in-future"),
        ("birth_date", "30/02/1990", "not-a-birth-date"),
        ("birth_date", 1990, "not-a-text"),
        ("sex", "khác", "not-a-sex"),
        ("sex", False, "not-a-text"),
        ("address", "a" * 501, "too-long"),
        ("address", {"xã": "Phú Lộc"}, "not-a-text"),
        ("contact_via", "a" * 501, "too-long"),
        ("phone", "091234567", "not-a-phone"),
        ("phone", "0112345678", "not-a-phone"),
        ("phone", "091234567a", "not-a-phone"),
        ("phone", "+84 1", "not-a-phone"),
        ("phone", 912345678, "not-a-text"),
        ("email", "a@b", "not-an-email"),
        ("email", "a b@c.vn", "not-an-email"),
        ("email", "a" * 250 + "@b.vn", "not-an-email"),
        ("cccd", "019195001234", "unknown-field"),
        ("to_fields", "x", "unknown-field"),
    ],
)
def test_what_cannot_be_true_is_refused_by_its_field(field: str, value: object, why: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Party.from_fields({"name": "Lê Na", field: value}, where="submitter", today=TODAY)

    assert refusal.value.why == why
    assert refusal.value.facts["field"] == f"submitter.{field}"
    assert "value" in refusal.value.facts


@pytest.mark.parametrize("value", [None, "Lê Na", ["Lê Na"], 3])
def test_a_party_that_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(BadInput) as refusal:
        Party.from_fields(value)  # type: ignore[arg-type]

    assert refusal.value.why == "not-an-object"
    assert refusal.value.facts["field"] == "applicant"


@pytest.mark.parametrize(("field", "value"), [("sex", "Nam"), ("birth_date", "1990")])
def test_an_organisation_has_neither_sex_nor_birth_date(field: str, value: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Party.from_fields({"kind": "org", "name": "Trường Tiểu học Phú Lộc", field: value})

    assert refusal.value.why == "not-for-an-organisation"


@pytest.mark.parametrize(
    ("party", "codes"),
    [
        ({"name": "Lê Na", "phone": "0912345678"}, []),
        ({"name": "Lê Na", "contact_via": "cháu Hoa"}, []),
        ({"name": "Lê Na", "email": "a@b.vn"}, []),
        ({"name": "Lê Na"}, ["no-contact"]),
        ({"kind": "org", "name": "Trường", "phone": "0912345678"}, ["no-tax-code"]),
        ({"name": "J", "id_number": "A1234567", "email": "a@b.vn"}, ["foreign-paper"]),
        ({"name": "A", "id_number": "095123456", "email": "a@b.vn"}, ["old-number"]),
        (
            {
                "name": "A",
                "id_number": "019195001234",
                "sex": "Nam",
                "birth_date": "1990",
                "phone": "0912345678",
            },
            ["birth-year-differs", "sex-differs"],
        ),
    ],
)
def test_what_is_odd_is_a_warning(party: dict[str, str], codes: list[str]) -> None:
    assert [warning.code for warning in warnings(Party.from_fields(party))] == codes


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=30), st.lists(st.text(max_size=3))
)
keys = st.sampled_from(["kind", "name", *Party("person", "x").__dict__, "other"])


@given(st.dictionaries(keys, values))
def test_any_fields_are_read_or_refused_and_what_is_read_is_stable(given_fields: dict[str, object]) -> None:
    try:
        party = Party.from_fields(given_fields, today=TODAY)
    except BadInput as refusal:
        assert str(refusal.facts["field"]).startswith("applicant")
    else:
        assert Party.from_fields(party.to_fields(), today=TODAY) == party
