"""A table of fees is adopted by the commune, and receptions keep what was applied to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, BadLine, NotPermitted
from counter_app.domain.national import facts
from counter_app.services import accounts, entry, fee_tables, instant_entry, lookup, reception, rules
from counter_app.services.office import Office
from counter_app.words import charges, story
from counter_app.words.states import warning_words
from tests.services.stores import Counter

MARITAL, COPY = "1.004873", "2.000815"
TABLE = """# NQ 23/2026/NQ-HĐND
procedure,channel,exemption,proof,fee_vnd,source
1.004873,,,,5000/bản,NQ 23/2026
1.004873,online,,,0,NQ 23/2026
*,,Hộ nghèo,Giấy chứng nhận hộ nghèo,miễn phí,NQ 23/2026
*,,Trẻ em,,giảm 50%,NQ 23/2026
"""


@pytest.fixture
def office(tmp_path: Path):
    office = Counter(tmp_path).make().open()
    yield office
    office.close()


def adopt(office: Office, text: str = TABLE) -> dict:
    return fee_tables.import_fees(office, office.session(), text)


def receive(office: Office, **fields) -> Dossier:
    given = {"procedure": MARITAL, "applicant": {"name": "Lò Thị Xuân", "phone": "0900000123"}, **fields}
    form = entry.read_form(given, rules.catalogue(office), office.now(), office.fees())
    return lookup.show(office, reception.receive(office, office.session(), form).code)[0]


def told(office: Office) -> list[str]:
    """Which table each event is a part of."""
    events = office.commune().arranged.events
    return [e.payload["sha256"] for e in events if e.header.kind == "fees_adopted" and e.payload]


def test_an_import_counts_its_lines_and_writes_nothing_twice(office):
    first = adopt(office)
    written = told(office)
    again = adopt(office)
    assert told(office) == written
    fewer = adopt(office, TABLE.replace("*,,Trẻ em,,giảm 50%,NQ 23/2026\n", "Thủy sản,,,,7000,\n"))

    assert first == {"new": 4, "abolished": 0, "unchanged": 0, "unmatched": []}
    assert again == {"new": 0, "abolished": 0, "unchanged": 4, "unmatched": []}
    assert fewer == {"new": 1, "abolished": 1, "unchanged": 3, "unmatched": [6]}
    assert len(set(told(office))) == 2
    assert (
        story.STORY.say("fees_adopted", count=4, source="NQ", part="")
        == "Nhập bảng phí, lệ phí 4 dòng, theo NQ."
    )


def test_a_long_table_travels_in_parts_and_is_whole_again(office):
    many = "".join(f"Lĩnh vực {n},,,,{n}000,Nghị quyết số {n}\n" for n in range(400))

    adopt(office, TABLE + many)

    told = [event for event in office.commune().arranged.events if event.header.kind == "fees_adopted"]
    assert len(told) > 2 and len(office.fees().lines) == 404


def test_a_table_with_a_bad_line_changes_nothing(office):
    adopt(office)

    with pytest.raises(BadLine) as refused:
        adopt(office, TABLE + "1.004873,,,,9000,\n")
    with pytest.raises(BadInput, match="fees-too-long"):
        adopt(office, TABLE + "#" * 300_000)

    assert (refused.value.facts["first_line"], refused.value.facts["line"]) == (3, 7)
    assert len(office.fees().lines) == 4


def test_who_may_not_set_rules_sets_no_fees(office):
    accounts.add_officer(office, office.session(), "lan", "Lan", "officer", "1234")

    with pytest.raises(NotPermitted):
        fee_tables.import_fees(office, office.session("lan", lambda: "1234"), TABLE)


def test_a_reception_keeps_the_rule_that_was_applied_whatever_comes_later(office):
    adopt(office)
    before = receive(office, copies=2)
    adopt(office, TABLE.replace("5000/bản", "9000/bản"))
    after = receive(office)

    assert lookup.show(office, before.code)[0].owed == before.owed == 10_000
    assert before.values["fee"]["rule"] == "5000/bản (NQ 23/2026)"
    assert after.owed == 9000


def test_the_channel_decides(office):
    adopt(office)

    assert receive(office, channel="online").owed == 0


def test_an_exemption_keeps_its_proof_and_is_told_wherever_the_dossier_is(office):
    adopt(office)

    poor = receive(office, fee={"exemption": "hộ nghèo", "proof": "12/2026"})

    assert poor.values["fee"] == {
        "amount": 0,
        "rule": "miễn phí (NQ 23/2026)",
        "exemption": "Hộ nghèo",
        "proof": {"kind": "Giấy chứng nhận hộ nghèo", "number": "12/2026"},
    }
    shown = "Hộ nghèo (Giấy chứng nhận hộ nghèo 12/2026)"
    assert charges.dossier_fee_words(poor) == f"không phải nộp; miễn, giảm: {shown}"
    assert f"; miễn, giảm: {shown}." in story.tell(poor.entries[0])
    told = facts(poor)
    assert (told["exemption"], told["exemption_proof"]) == ("Hộ nghèo", "Giấy chứng nhận hộ nghèo 12/2026")


def test_where_a_proof_is_asked_for_none_is_exempt_without_it(office):
    adopt(office)

    with pytest.raises(BadInput) as refused:
        receive(office, fee={"exemption": "Hộ nghèo"})

    assert (refused.value.why, refused.value.facts["field"]) == ("proof-needed", "fee.proof")
    assert receive(office, fee={"exemption": "Trẻ em"}).owed == 2500


def test_what_is_given_at_once_is_charged_by_the_table_too(office):
    adopt(office, TABLE + "2.000815,,,,3000/bản,QĐ 5\n")
    given = {"procedure": COPY, "applicant": {"name": "Lò Thị Xuân"}, "what": "Giấy khai sinh", "copies": 2}

    def read(**more):
        fields = {**given, **more}
        return instant_entry.read_instant(fields, rules.catalogue(office), office.now(), office.fees())

    assert read().entry.fee.amount == 6000
    poor = read(exemption="hộ nghèo", proof="12/2026").entry.fee
    assert (poor.amount, poor.exempt, poor.proof.number) == (0, "Hộ nghèo", "12/2026")
    with pytest.raises(BadInput) as refused:
        read(exemption="hộ nghèo")
    assert (refused.value.why, refused.value.facts["field"]) == ("proof-needed", "proof")


def test_a_late_registration_pays_what_the_table_takes_for_it(office):
    adopt(office, "procedure,fee_vnd\n1.001193,0 nếu đúng hạn; 8000 nếu quá hạn\n")
    in_time = receive(office, procedure="1.001193")
    late = receive(office, procedure="1.001193", fee={"late": True})

    assert (in_time.owed, late.owed) == (0, 8000)


def test_a_group_that_pays_less_elsewhere_or_no_more_is_no_reason_here(office):
    adopt(office, TABLE + "2.000815,,Hộ cận nghèo,,0,NQ 23/2026\n")

    with pytest.raises(BadInput, match="exempt-elsewhere"):
        receive(office, fee={"exemption": "hộ cận nghèo"})
    own = receive(office, fee={"exemption": "theo chỉ đạo của UBND xã"})
    assert own.values["fee"]["amount"] == 0


DOUBTED = [
    ({"exemption": "tôi thích"}, ["exempt-unproven"]),
    ({"exemption": "hộ nghèo (sổ 12)"}, ["exempt-unproven"]),
    ({"exemption": "Theo QĐ của Chủ tịch", "proof": "12/QĐ"}, []),
    ({"exemption": "Trẻ em"}, []),
    ({"exemption": "Trẻ em", "amount": 0}, ["fee-off-rule"]),
    ({"amount": 1, "paid": True}, ["fee-off-rule"]),
    ({"amount": 5000, "paid": True}, []),
    ({}, []),
]


def test_a_fee_that_no_rule_gives_is_warned_of(office):
    adopt(office)

    warned = [receive(office, fee=fee).reception.get("warnings", ()) for fee, _ in DOUBTED]

    assert [[one["code"] for one in some] for some in warned] == [codes for _, codes in DOUBTED]
    assert warning_words(warned[1][0]).startswith("Bảng phí không có diện “hộ nghèo (sổ 12)”; hãy ")
    assert warning_words(warned[5][0]).startswith("Phí ghi 1 đ, theo mức công bố là 5.000 đ; hãy ")
