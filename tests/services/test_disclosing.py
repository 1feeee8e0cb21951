"""What is posted: twelve parts a procedure with a QR each, the list of all, a board that is searched."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from counter_app.domain.disclosure import Part
from counter_app.domain.errors import NotFound
from counter_app.domain.procedures import Procedure, parse_catalogue
from counter_app.services import disclosing, fee_tables, rules
from counter_app.services.disclosing import PostOrder
from counter_app.system import paths
from counter_app.system.settings import Settings
from counter_app.words.disclosure import fee_text, list_facts, parts, sheet_facts, time_words
from counter_app.words.disclosure_board import board_html
from tests.paper.reading import codes, pages, squeezed
from tests.services.stores import MORNING, Counter

HEAD = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi"
LINE = "1.000001,Cấp giấy thử,Hộ tịch,xã,2,ngày làm việc,12000/trường hợp,Tờ khai;Bản sao giấy A,Giấy thử"


@pytest.fixture
def office(tmp_path):
    office = Counter(tmp_path / "store").make().open()
    yield office
    office.close()


def shown(office) -> list[Procedure]:
    return [one for one in rules.catalogue(office) if not one.hidden]


def test_each_procedure_has_its_sheet_with_twelve_parts_and_its_own_code(office):
    all_ = shown(office)
    pdf = disclosing.print_sheets(office, (), sheet_facts)

    read = pages(pdf)
    begun = [number for number, page in enumerate(read) if "NIÊM YẾT CÔNG KHAI" in page]
    assert len(begun) == len(all_) > 50
    for procedure, number in list(zip(all_, begun, strict=True))[::9]:
        said = squeezed(read[number])
        assert squeezed(procedure.name) in said and procedure.code in said
        link = codes(pdf, 200, number + 1)["qr"]
        assert link.startswith("https://dichvucong.gov.vn/") and link.endswith(f"={procedure.code}")
    whole = squeezed("".join(read))
    assert all(
        whole.count(squeezed(f"{n}. {heading}:")) == len(all_)
        for n, heading in (
            (2, "Trình tự thực hiện"),
            (5, "Thời hạn giải quyết"),
            (9, "Phí, lệ phí"),
            (12, "Căn cứ pháp lý"),
        )
    )


def test_one_that_is_unknown_is_refused(office):
    with pytest.raises(NotFound):
        disclosing.print_sheets(office, ["9.999999"], sheet_facts)


def test_the_list_has_each_once_under_its_field(office):
    said = squeezed("".join(pages(disclosing.print_list(office, list_facts))))

    assert all(said.count(one.code) == 1 for one in shown(office))
    assert squeezed(f"Tổng số thủ tục: {len(shown(office))}") in said


def test_further_columns_say_what_nothing_else_does_and_a_cut_is_shown():
    head = f"{HEAD},steps,conditions,statutory_limit,link"
    line = f'{LINE},"Nộp hồ sơ; Nhận kết quả",Không có,05 ngày làm việc,https://xa.vidu.vn/1'
    (plain,), (told,) = parse_catalogue(f"{HEAD}\n{LINE}"), parse_catalogue(f"{head}\n{line}")

    assert plain.posted == () and "posted" not in plain.to_fields() and plain.version != told.version
    assert Procedure.from_fields(told.to_fields()) == told
    said = dict(parts(told, PostOrder((told,), "UBND xã Thử", Settings(), MORNING)))
    assert set(said) == set(Part) - {Part.NAME}
    assert said[Part.STEPS] == ("Nộp hồ sơ", "Nhận kết quả") and said[Part.CONDITIONS] == ("Không có",)
    assert said[Part.AGENCY] == ("UBND xã Thử",) and "quét mã" in said[Part.FORMS][0]
    assert said[Part.WAYS] == said[Part.FORMS]  # no catalogue told how it may be filed
    assert time_words(told) == "2 ngày làm việc (đã cắt giảm; theo quy định: 05 ngày làm việc)"
    assert time_words(plain) == "2 ngày làm việc" and fee_text(plain.fee) == "12.000/trường hợp"


def test_the_fees_of_the_table_are_posted_with_groups_and_their_papers(office):
    table = """procedure,channel,exemption,proof,fee_vnd,source
1.004873,,,,5000,NQ 10/2024
1.004873,trực tuyến,,,0,NQ 23/2026
*,,Hộ nghèo,Sổ hộ nghèo,miễn phí,NQ 10/2024
"""
    fee_tables.import_fees(office, office.session(), table)
    posted = disclosing.order(office, ["1.004873", "2.000815"])
    marital, copy = (dict(parts(one, posted))[Part.FEE] for one in posted.procedures)

    assert marital == (
        "5.000 đ (NQ 10/2024)",
        "Nộp trực tuyến: Không thu (NQ 23/2026)",
        "Hộ nghèo: Miễn phí, xuất trình Sổ hộ nghèo (NQ 10/2024)",
    )
    assert copy[0].startswith("2.000/trang") and copy[1].startswith("Hộ nghèo")
    said = squeezed("".join(pages(disclosing.print_sheets(office, ["1.004873"], sheet_facts))))
    assert squeezed("xuất trình Sổ hộ nghèo") in said
    rows = {row[0]: row[3] for _, some in list_facts(disclosing.order(office)).rows for row in some}
    assert rows["1.004873"] == "5.000 đ"


def test_the_shipped_catalogue_keeps_its_versions():
    shipped = parse_catalogue(paths.resource("catalogue/procedures.csv").read_text("utf-8"))

    assert not any(one.posted for one in shipped)


class _Board(HTMLParser):
    """What of a page's dossiers stands there, and the sentences under the box."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.hidden = 0
        self.none_shown = False
        self._in = ""
        self.count = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details":
            if "hidden" in given:
                self.hidden += 1
            else:
                self.shown.append(given["data-words"] or "")
        self._in = given.get("id") or ""
        if self._in == "none":
            self.none_shown = "hidden" not in given

    def handle_data(self, data: str) -> None:
        if self._in == "count":
            self.count += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in = ""


def opened(page: Path, asked: str = "") -> _Board:
    """The page as a browser without a network makes it of its own script."""
    dump = [
        "chromium",
        *("--headless", "--no-sandbox", "--disable-gpu", "--proxy-server=127.0.0.1:9", "--dump-dom"),
        f"--user-data-dir={page.parent / 'browser'}",
        page.as_uri() + (f"#{asked}" if asked else ""),
    ]
    told = subprocess.run(dump, check=True, capture_output=True, text=True, timeout=120)
    board = _Board()
    board.feed(told.stdout)
    return board


def test_the_board_is_searched_without_tones_in_a_browser(office, tmp_path):
    page = tmp_path / "board.html"
    page.write_text(board_html(disclosing.order(office)), encoding="utf-8")
    assert "http:" not in page.read_text("utf-8") and "https:" not in page.read_text("utf-8"), (
        "nothing is fetched"
    )

    all_, some, none = (opened(page, asked) for asked in ("", "KHAI%20SINH", "%C4%91%C4%91%C4%91%C4%91"))

    assert len(all_.shown) == len(shown(office)) and all_.hidden == 0 and not all_.none_shown
    assert 3 < len(some.shown) < 20 and some.count == f"{len(some.shown)} thủ tục"
    assert all("khai" in words and "sinh" in words for words in some.shown)
    assert none.shown == [] and none.none_shown
