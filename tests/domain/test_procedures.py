from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput, BadLine, NotFound
from counter_app.domain.fees import amount
from counter_app.domain.limits import Confidence, Resubmission, TimeLimit, Unit
from counter_app.domain.procedures import (
    Component,
    PaperKind,
    Procedure,
    by_code,
    compare,
    match,
    parse_catalogue,
    parse_component,
)

from .year_files import RESOURCES

HEAD = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi"
SEED = parse_catalogue((RESOURCES / "catalogue" / "procedures.csv").read_text(encoding="utf-8"))

GIVEN, SURE, FOUND, UNSURE = Confidence.GIVEN, Confidence.SURE, Confidence.FOUND, Confidence.UNSURE
WD, DAY = Unit.WORKING_DAY, Unit.DAY


def today(confidence: Confidence, longer: int | None = None, cutoff: bool = True) -> TimeLimit:
    unit = WD if longer else None
    return TimeLimit(0, Unit.SAME_DAY, time(15) if cutoff else None, longer, unit, confidence)


def working(
    number: int, confidence: Confidence, longer: int | None = None, longer_unit: Unit | None = None
) -> TimeLimit:
    return TimeLimit(number, WD, None, longer, longer_unit or (WD if longer else None), confidence)


LIMITS: dict[str, TimeLimit | None] = {
    "1.001193": today(FOUND),
    "1.000656": today(FOUND, 3),
    "1.000894": today(SURE, 5, cutoff=False),
    "2.000806": working(5, FOUND, 10),
    "2.000528": today(FOUND),
    "1.000689": working(3, UNSURE, 8),
    "1.001022": working(3, FOUND, 8),
    "1.004772": working(5, FOUND, 25, DAY),
    "1.004884": working(5, FOUND, 25, DAY),
    "1.004746": working(5, UNSURE, 25, DAY),
    "1.005461": working(5, UNSURE, 10),
    "1.004873": working(3, FOUND, 23, DAY),
    "1.004859": working(3, FOUND, 6),
    "1.004837": working(3, FOUND),
    "1.004845": working(2, UNSURE),
    "3.000323": None,
    "2.000635": today(FOUND),
    "2.002189": working(5, FOUND, 8),
    "1.000110": today(UNSURE),
    "1.003583": working(5, UNSURE),
    "1.000593": working(5, UNSURE),
    "1.000419": working(5, UNSURE),
    "2.000908": today(FOUND),
    "2.000815": today(FOUND),
    "2.000884": today(FOUND),
    "2.000992": today(FOUND),
    "2.001008": today(FOUND),
    "2.001035": working(2, FOUND),
    "2.001019": working(2, FOUND),
    "2.001016": working(2, FOUND),
    "2.001406": working(2, FOUND),
    "2.000913": today(FOUND),
    "2.000927": today(UNSURE),
    "2.000942": today(UNSURE),
    "1.001776": None,
    "1.001731": None,
    "1.001699": None,
    "1.001653": None,
    "1.014027": working(10, UNSURE),
    "1.014028": None,
    "2.000286": None,
    "1.011606": None,
    "1.011607": TimeLimit(15, DAY, confidence=UNSURE),
    "1.011608": TimeLimit(15, DAY, confidence=UNSURE),
    "1.010803": None,
    "1.010824": None,
    "1.010833": None,
    "2.002307": None,
    "1.001612": working(3, SURE),
    "2.000720": working(3, SURE),
    "1.001570": working(3, SURE),
    "2.000575": working(3, SURE),
    "1.001266": working(3, UNSURE),
    "1.004222": working(7, FOUND),
    "1.004194": working(3, FOUND),
    "1.002755": working(3, FOUND),
    "1.003677": working(1, FOUND),
    "2.001159": today(FOUND, cutoff=False),
    "1.010038": None,
    "1.003622": None,
    "2.002481": None,
    "1.013227": None,
    "1.013228": None,
    "1.013978": None,
    "2.001263": None,
}


@pytest.mark.parametrize("code", LIMITS)
def test_each_seed_row_gives_its_limit(code: str) -> None:
    assert by_code(code, SEED).limit == LIMITS[code]


def test_the_seed_has_exactly_the_rows_of_the_table() -> None:
    assert [procedure.code for procedure in SEED] == list(LIMITS)
    assert len(SEED) == 65


def test_the_limit_as_published_is_kept_with_its_remarks() -> None:
    assert by_code("1.004859", SEED).limit_text == "3 ngày làm việc (xác minh ≤6; bổ sung: trong ngày/15h)"
    assert by_code("1.011606", SEED).limit_text == "đợt hằng năm (tháng 9-12)"


def test_the_procedures_of_the_police_are_hidden() -> None:
    hidden = {procedure.code for procedure in SEED if procedure.hidden}

    assert hidden == {"1.004222", "1.004194", "1.002755", "1.003677", "2.001159", "1.010038"}


@pytest.mark.parametrize(
    ("code", "asked", "due"),
    [
        ("1.001193", {}, 0),
        ("1.001193", {"late": True}, None),
        ("1.000894", {}, 0),
        ("2.000806", {}, None),
        ("3.000323", {}, None),
        ("2.000815", {"pages": 3, "copies": 2}, 10_000),
        ("2.000884", {"cases": 2}, 20_000),
        ("2.000635", {"copies": 2}, 16_000),
        ("2.001035", {}, 50_000),
        ("2.000927", {}, 25_000),
        ("1.004222", {"channel": "online"}, 10_000),
        ("1.001612", {}, None),
        ("2.001263", {}, 400_000),
    ],
)
def test_seed_fees_are_reckoned(code: str, asked: dict[str, int], due: int | None) -> None:
    assert amount(by_code(code, SEED).fee, **asked).amount == due  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "required", "kind", "count"),
    [
        ("Tờ khai đăng ký khai sinh", True, PaperKind.ORIGINAL, 1),
        ("Văn bản ủy quyền (nếu có)", False, PaperKind.ORIGINAL, 1),
        (
            "Giấy xác nhận tình trạng hôn nhân (nếu chưa có trong CSDL)",
            False,
            PaperKind.ORIGINAL,
            1,
        ),
        ("Giấy tờ nhập cảnh (nếu sinh ở nước ngoài)", False, PaperKind.ORIGINAL, 1),
        ("Bản chính giấy phép (nếu rách nát)", False, PaperKind.ORIGINAL, 1),
        ("Xuất trình giấy tờ tùy thân (hai bên có mặt)", True, PaperKind.SHOWN, 1),
        ("Xuất trình CCCD/căn cước/hộ chiếu", True, PaperKind.SHOWN, 1),
        ("Bản sao hộ chiếu", True, PaperKind.COPY, 1),
        ("Bản sao cần chứng thực", True, PaperKind.COPY, 1),
        ("Bản sao có chứng thực hộ chiếu (02 bản)", True, PaperKind.CERTIFIED, 2),
        ("Bản điện tử giấy chứng sinh", True, PaperKind.ELECTRONIC, 1),
        ("Ảnh chân dung (3 ảnh 4x6)", True, PaperKind.ORIGINAL, 3),
        ("Giấy tờ (Trường hợp ủy quyền)", False, PaperKind.ORIGINAL, 1),
        ("Bie\u0302n bản (nê\u0301u co\u0301)", False, PaperKind.ORIGINAL, 1),
    ],
)
def test_a_components_words_tell_its_form_and_whether_it_is_always_asked_for(
    name: str, required: bool, kind: PaperKind, count: int
) -> None:
    component = parse_component(name)

    assert (component.required, component.kind, component.count) == (required, kind, count)


def test_components_are_parted_by_semicolons() -> None:
    marriage = by_code("1.000894", SEED)

    assert marriage.components == (
        Component("Tờ khai đăng ký kết hôn"),
        Component("Giấy xác nhận tình trạng hôn nhân (nếu chưa có trong CSDL)", required=False),
        Component("Xuất trình giấy tờ tùy thân (hai bên có mặt)", kind=PaperKind.SHOWN),
    )
    assert marriage.result == "Giấy chứng nhận kết hôn (mỗi bên 01 bản)"


@pytest.mark.parametrize(
    ("number", "unit", "cutoff", "limit"),
    [
        ("8", "hour", "", TimeLimit(8, Unit.HOUR)),
        ("8", "giờ", "", TimeLimit(8, Unit.HOUR)),
        ("8", "Giờ làm việc", "", TimeLimit(8, Unit.HOUR)),
        ("5", "working_day", "15:00", TimeLimit(5, WD, time(15))),
        ("5", "Ngày làm việc", "", TimeLimit(5, WD)),
        ("05", "ngày", "", TimeLimit(5, DAY)),
        ("15", "day", "", TimeLimit(15, DAY)),
        ("15", "nga\u0300y", "", TimeLimit(15, DAY)),
        ("2", "month", "", TimeLimit(2, Unit.MONTH)),
        ("2", "tháng", "", TimeLimit(2, Unit.MONTH)),
        ("0", "same_day", "", TimeLimit(0, Unit.SAME_DAY)),
        ("", "same_day", "9:30", TimeLimit(0, Unit.SAME_DAY, time(9, 30))),
        ("0", "same_day_cutoff_16h", "", TimeLimit(0, Unit.SAME_DAY, time(16))),
        ("0", "same_day_cutoff_16h", "15:00", TimeLimit(0, Unit.SAME_DAY, time(15))),
        ("5", "working_day (xác minh không quá 2 tháng)", "", TimeLimit(5, WD, None, 2, Unit.MONTH)),
        ("", "working_day", "", None),
        ("", "", "", None),
    ],
)
def test_a_catalogue_may_name_units_in_english_or_vietnamese(
    number: str, unit: str, cutoff: str, limit: TimeLimit | None
) -> None:
    text = f"{HEAD},cutoff\n1.001193,Đăng ký khai sinh,Hộ tịch,xã,{number},{unit},0,,,{cutoff}\n"

    assert parse_catalogue(text)[0].limit == limit


def row(code: str = "1.001193", name: str = "Đăng ký khai sinh", number: str = "5", unit: str = "day") -> str:
    return f"{code},{name},Hộ tịch,xã,{number},{unit},0,Tờ khai,Giấy khai sinh"


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "header-missing", 1),
        ("code,name_vi\n", "column-missing", 1),
        (f"{HEAD}\n", "catalogue-empty", 1),
        (f"{HEAD}\n{row(code='1.00119')}\n", "code-unreadable", 2),
        (f"{HEAD}\n{row(code='')}\n", "code-unreadable", 2),
        (f"{HEAD}\n{row()}\n{row(code='2.000815', name='')}\n", "empty", 3),
        (f"{HEAD}\n{row(number='năm')}\n", "limit-not-a-number", 2),
        (f"{HEAD}\n{row(number='1.5')}\n", "limit-not-a-number", 2),
        (f"{HEAD}\n{row(number='-1')}\n", "limit-not-a-number", 2),
        (f"{HEAD}\n{row(number='²')}\n", "limit-not-a-number", 2),
        (f"{HEAD}\n{row(number='0')}\n", "limit-out-of-range", 2),
        (f"{HEAD}\n{row(number='1000')}\n", "limit-out-of-range", 2),
        (f"{HEAD}\n{row(number='3', unit='same_day')}\n", "limit-out-of-range", 2),
        (f"{HEAD}\n{row(unit='day (xác minh ≤0)')}\n", "limit-out-of-range", 2),
        (f"{HEAD}\n{row(unit='tuần')}\n", "unit-unknown", 2),
        (f"{HEAD}\n{row(unit='')}\n", "unit-unknown", 2),
        (f"{HEAD}\n{row(unit='same_day_cutoff_25h', number='0')}\n", "cutoff-unreadable", 2),
        (f"{HEAD},cutoff\n{row()},15h\n", "cutoff-unreadable", 2),
        (f"{HEAD},valid_from\n{row()},1/3/2027\n", "date-unreadable", 2),
        (f"{HEAD},valid_from,valid_to\n{row()},2027-03-01,2027-02-28\n", "validity-out-of-order", 2),
        (f"{HEAD}\n{row()}\n{row(code='1.001193.H55')}\n", "code-twice", 3),
        (f"{HEAD}\n1.001193,A,,xã,,,5000-6000,,\n", "fee-unreadable", 2),
        (f'{HEAD}\n{row()}\n2.000815,"Chứng\nthực",,xã,,,0,,\n1.1,x,,,,,,,\n', "code-unreadable", 5),
        (f"{HEAD}\n{row()},dư\n", "too-many-cells", 2),
    ],
)
def test_a_bad_row_is_named_by_its_line(text: str, why: str, line: int) -> None:
    with pytest.raises(BadLine) as caught:
        parse_catalogue(text)

    assert (caught.value.why, caught.value.facts["line"]) == (why, line)


def test_two_versions_of_one_code_stand_together_when_they_follow_one_another() -> None:
    text = f"{HEAD},valid_from,valid_to\n{row(number='5')},,2027-02-28\n{row(number='3')},2027-03-01,\n"

    catalogue = parse_catalogue(text)

    assert by_code("1.001193", catalogue, date(2027, 2, 28)).limit == TimeLimit(5, DAY)
    assert by_code("1.001193", catalogue, date(2027, 3, 1)).limit == TimeLimit(3, DAY)


@pytest.mark.parametrize("procedure", SEED, ids=lambda procedure: procedure.code)
def test_a_procedure_travels_as_plain_fields_and_keeps_its_version(procedure: Procedure) -> None:
    read = Procedure.from_fields(json.loads(json.dumps(procedure.to_fields())))

    assert read == procedure
    assert read.version == procedure.version
    assert len(read.version) == 12


@pytest.mark.parametrize("change", [{}, {"code": None}, {"limit": {"number": 1}}, {"components": [1]}])
def test_fields_that_no_procedure_gave_are_refused(change: dict[str, object]) -> None:
    fields = SEED[0].to_fields() | change if change else {}

    with pytest.raises(BadInput, match="procedure-unreadable"):
        Procedure.from_fields(fields)


def test_every_change_of_content_is_another_version() -> None:
    birth = SEED[0]

    changed = [
        replace(birth, name="Khai sinh"),
        replace(birth, limit=None),
        replace(birth, components=birth.components[1:]),
        replace(birth, valid_to=date(2027, 2, 28)),
        replace(birth, result=""),
    ]

    assert len({one.version for one in [birth, *changed]}) == 6


def test_two_catalogues_are_compared_by_national_code_and_version() -> None:
    birth, death, marriage = SEED[:3]
    amended = replace(death, code=f"{death.code}.H55", result="Trích lục")

    change = compare([birth, death], [birth, amended, marriage])

    assert (change.new, change.amended, change.abolished) == ((marriage,), (amended,), ())
    assert change.unchanged == (birth,)
    assert compare([birth, death], [death]).abolished == (birth,)
    assert len(compare(SEED, SEED).unchanged) == 65


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ks", "1.001193"),
        ("KS", "1.001193"),
        ("k s", "1.001193"),
        ("kh", "1.000894"),
        ("kt", "1.000656"),
        ("ctbs", "2.000815"),
        ("ctck", "2.000884"),
        ("xntt", "1.004873"),
        ("tthn", "1.004873"),
        ("cc", "1.004859"),
        ("gh", "1.004837"),
        ("dklks", "1.004884"),
        ("hkd", "1.001612"),
        ("htxh", "1.014027"),
        ("đkks", "1.001193"),
        ("khai sinh", "1.001193"),
        ("Khai Sinh", "1.001193"),
        ("kh si", "1.001193"),
        ("ket hon", "1.000894"),
        ("kết hôn", "1.000894"),
        ("khai sinh lưu động", "1.003583"),
        ("di chúc", "2.001019"),
        ("hộ nghèo", "1.011607"),
        ("2.000815", "2.000815"),
        ("2000815", "2.000815"),
        ("1.0011", "1.001193"),
        ("", "2.000815"),
    ],
)
def test_a_procedure_is_found_by_code_letters_or_words(query: str, first: str) -> None:
    assert match(query, SEED)[0].code == first


def test_what_is_typed_as_letters_leaves_out_procedures_that_do_not_fit() -> None:
    found = match("ksld", SEED)

    assert [procedure.code for procedure in found] == ["1.003583"]
    assert match("zzz", SEED) == []
    assert match("sinh khai xyz", SEED) == []
    assert match("9", SEED) == []


def test_hidden_procedures_are_not_offered_but_found_by_their_code() -> None:
    assert match("thuong tru", SEED) == []
    assert [found.code for found in match("thuong tru", SEED, hidden=True)] == ["1.004222"]
    assert by_code("1.004222.000.00.00.H55", SEED).hidden


@pytest.mark.parametrize("code", ["1.00119", "9.999999", "", "1.001193x", "khai sinh"])
def test_an_unknown_code_is_said_to_be_unknown(code: str) -> None:
    with pytest.raises(NotFound, match="procedure-unknown"):
        by_code(code, SEED)


def test_a_procedure_out_of_force_is_not_found_for_that_day() -> None:
    ended = replace(SEED[0], valid_to=date(2027, 2, 28))

    with pytest.raises(NotFound, match="procedure-unknown"):
        by_code(ended.code, [ended], date(2027, 3, 1))


@given(st.text(max_size=30), st.integers(0, 10))
def test_whatever_is_typed_offers_at_most_so_many(query: str, limit: int) -> None:
    found = match(query, SEED, limit=limit)

    assert len(found) <= limit
    assert not any(procedure.hidden for procedure in found)


@given(st.text(max_size=200))
def test_any_text_is_a_catalogue_or_a_bad_line(text: str) -> None:
    try:
        read = parse_catalogue(f"{HEAD}\n{text}")
    except BadLine as bad:
        assert isinstance(bad.facts["line"], int)
    else:
        assert read


def test_a_procedure_of_before_keeps_its_version_and_resumes() -> None:
    head = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi"
    line = "1.004884,Đăng ký lại khai sinh,Hộ tịch,xã,5,working_day,8000,Tờ khai,Giấy khai sinh"

    (before,) = parse_catalogue(f"{head}\n{line}\n")
    empty, resume, restart = (
        parse_catalogue(f"{head},resubmission\n{line},{said}\n")[0] for said in ("", "resume", "Restart")
    )

    assert before.version == empty.version == resume.version == "8013b704f794"
    assert before.resubmission is Resubmission.RESUME
    assert (restart.resubmission, restart.version != before.version) == (Resubmission.RESTART, True)
    assert Procedure.from_fields(json.loads(json.dumps(restart.to_fields()))) == restart
    with pytest.raises(BadLine, match="not-one-of"):
        parse_catalogue(f"{head},resubmission\n{line},sometimes\n")
