"""Books and lists of the office as `print` writes them, read back and compared with the dossiers.

What each cell has to say is written here from the dossiers' own events and the form's columns (mẫu số 06 of
TT 01/2018, mẫu số 07 of TT 03/2025), and not from what makes the papers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.zone import VIETNAM
from counter_app.services import cashbook, lookup
from counter_app.system import paths
from tests.cli.paper_scene import HOTLINE, Scene, lived
from tests.paper import grids
from tests.paper.reading import pages, squeezed

AGENCY: Final = "UBND xã Ea Mlung"
GROUP: Final = "Ngày, tháng, năm"
HEADS: Final = [
    *("TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức"),
    *("Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả"),
    *("Trả kết quả", "Phương thức nhận kết quả", "Ký nhận", "Ghi chú"),
]
BY: Final = {"counter": "Tại quầy", "home": "Tại nhà", "post": "Qua bưu chính"}
BECAME: Final = {
    "refused": "từ chối tiếp nhận",
    "voided": "đã hủy vì nhập nhầm",
    "waiting_supplement": "chờ bổ sung giấy tờ",
    "withdrawn": "người nộp đã rút hồ sơ",
    "stopped": "dừng giải quyết",
}
WAYS: Final = {"cash": "tiền mặt", "transfer": "chuyển khoản", "portal": "trên Cổng"}
UNITS: Final = {"working_day": "ngày làm việc", "ngày làm việc": "ngày làm việc", "ngày": "ngày"}


@pytest.fixture(scope="module", params=["2025-08-04", "2026-11-02"], ids=["TT 01/2018", "TT 03/2025"])
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = lived(tmp_path_factory.mktemp("papers"), date.fromisoformat(request.param))
    yield made
    made.close()


def local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def spoken(day: date) -> str:
    """`05 tháng 11`: days below 10 and the months 1 and 2 with a zero (NĐ 30/2020, Phụ lục I)."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def dong(amount: int) -> str:
    whole = f"{abs(amount):,}".replace(",", ".")
    return f"–{whole}" if amount < 0 else whole


def all_of(row: tuple[Any, ...] | list[Any]) -> list[str]:
    return [squeezed(str(cell)) for cell in row]


def headed(scene: Scene, pdf: bytes, title: str) -> None:
    """The State's head, the office's name and hotline, the day, and what the paper is."""
    first = squeezed(pages(pdf)[0])
    words = (AGENCY.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", title)
    for one in (*words, f"Ea Mlung, {spoken(scene.today)}"):
        assert squeezed(one) in first, one
    assert squeezed(HOTLINE) in squeezed("".join(pages(pdf)))


def reception(dossier: Dossier) -> Entry:
    return next(entry for entry in dossier.entries if entry.name in ("received", "registered"))


def receptions(scene: Scene) -> dict[str, list[tuple[Any, ...]]]:
    """The register's lines by volume, in the order of their numbers."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for dossier in scene.dossiers():
        said, who = reception(dossier).payload or {}, dossier.party()
        given = [local(e.happened_at).date() for e in dossier.entries if e.name == "returned"]
        put_off = [e.payload["until"] for e in dossier.entries if e.name == "extended" and e.payload]
        notes = [BECAME[dossier.state]] if dossier.state in BECAME else []
        notes += [f"hẹn lại {slashed(date.fromisoformat(put_off[-1][:10]))}"] if put_off else []
        line = (
            *(said["number"], said["code"], said["procedure"]["name"], said["sets"], who["name"]),
            "; ".join(filter(None, (who.get("address"), who.get("phone")))),
            AGENCY,
            datetime.fromisoformat(said["received_at"]).date(),
            datetime.fromisoformat(said["due"]).date() if "due" in said else None,
            given[-1] if given else None,
            BY[said.get("return_by", "counter")],
            "",
            "; ".join(notes),
        )
        found.setdefault(said["volume"], []).append(line)
    assert len(found) == 2 and sum(map(len, found.values())) == len(scene.codes)
    return {volume: sorted(found[volume]) for volume in sorted(found)}


def as_printed(line: tuple[Any, ...]) -> list[str]:
    number, code, name, sets, *others = line
    shown = [f"{one:%d/%m/%Y}" if isinstance(one, date) else one or "" for one in others]
    return all_of([number, code, name, f"{sets:02}", *shown])


def span(scene: Scene) -> tuple[str, ...]:
    return ("register", "--from", str(scene.began), "--to", str(scene.today))


def test_each_line_of_the_register_is_its_dossier_volume_after_volume(scene: Scene) -> None:
    pdf = scene.printed(*span(scene))

    lines = receptions(scene)
    read = grids.rows(pdf)
    over = [[squeezed(GROUP)], all_of(HEADS), [f"({n})" for n in range(1, 14)]]
    assert [row for row in read if row not in over] == [
        as_printed(line) for volume in lines.values() for line in volume
    ]
    told = [squeezed(page) for page in pages(pdf)]
    assert [row for row in read if row in over] == over * len(told)
    days = f"từ ngày {scene.began:%d/%m/%Y} đến ngày {scene.today:%d/%m/%Y}"
    for volume in lines:
        assert any(squeezed(f"Quyển số: {volume}") in page and squeezed(days) in page for page in told)
    headed(scene, pdf, "SỔ THEO DÕI HỒ SƠ")


def test_the_workbook_says_the_same_with_dates_and_totals(scene: Scene) -> None:
    book = load_workbook(io.BytesIO(scene.printed(*span(scene), suffix=".xlsx")))

    lines = receptions(scene)
    assert book.sheetnames == list(lines)
    for sheet, volume in zip(book, lines.values(), strict=True):
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_col=13)]
        assert [
            tuple(one.date() if isinstance(one, datetime) else one or "" for one in row) for row in cells[:-1]
        ] == [tuple(one or "" for one in line) for line in volume]
        assert {cell.data_type for row in sheet.iter_rows(7, 6 + len(volume)) for cell in row} <= set("nsd")
        heads = [sheet.cell(5 if n in (8, 9, 10) else 4, n).value for n in range(1, 14)]
        assert (heads, sheet.cell(4, 8).value) == (HEADS, GROUP)
    told = load_workbook(io.BytesIO(scene.printed(*span(scene), suffix=".xlsx")), data_only=True)
    for sheet, volume in zip(told, lines.values(), strict=True):
        total = [cell.value for cell in sheet[7 + len(volume)]]
        back = sum(line[9] is not None for line in volume)
        assert (total[1], total[3], total[9]) == (len(volume), sum(line[3] for line in volume), back)


def moved(scene: Scene) -> list[tuple[Dossier, Entry]]:
    """Money of the last day, as its events tell it, in the order of its times."""
    found = [
        (dossier, entry)
        for dossier in scene.dossiers()
        for entry in dossier.entries
        if entry.name in ("paid", "refunded") and local(entry.happened_at).date() == scene.today
    ]
    return sorted(found, key=lambda one: (one[1].happened_at, one[0].code))


def sums(scene: Scene) -> tuple[Tally[str], int]:
    """Đồng by way, and the cash of the first counter's drawer, what was taken back left out."""
    by_way, drawer = Tally[str](), 0
    machines = lookup.machines(scene.one)
    for _, entry in moved(scene):
        assert entry.payload is not None
        amount = entry.payload["amount"] * (1 if entry.name == "paid" else -1)
        if entry.mistaken is None:
            way = entry.payload.get("method", "cash")
            by_way[way] += amount
            drawer += amount * (way == "cash" and machines[entry.event.header.log] == "QUẦY 1")
    return by_way, drawer


def test_the_cash_book_has_each_sum_and_each_count_of_its_day(scene: Scene) -> None:
    pdf = scene.printed("cash-book", "--from", str(scene.today), "--paper", "a4")

    rows = []
    for place, (dossier, entry) in enumerate(moved(scene), start=1):
        said, payer = entry.payload or {}, dossier.party()["name"]
        sum_ = dong(said["amount"] * (1 if entry.name == "paid" else -1))
        if entry.mistaken is not None:
            by = dossier.entry(entry.mistaken)
            assert by is not None and by.payload is not None
            payer, sum_ = f"{payer} – đã rút lại, không tính: {by.payload['reason']}", f"({sum_})"
        way = WAYS[said.get("method", "cash")]
        at = f"{local(entry.happened_at):%H:%M}"
        rows.append(all_of([place, at, dossier.code, payer, sum_, way, said.get("receipt", "")]))
    by_way, drawer = sums(scene)
    counts = []
    for count in cashbook.cash_book(scene.one, scene.today).counts:
        at, why = f"{local(count.at):%H:%M}", f"Quản trị: {count.note}" if count.note else "Quản trị"
        told = count.counted, count.expected, count.counted - count.expected
        counts.append(all_of([count.machine, at, *map(dong, told), why]))
        if count.machine == "QUẦY 1":
            assert drawer != count.expected, "money came after the count"
            told = count.counted, drawer, count.counted - drawer
            why = "Sổ đã đổi sau lúc đếm: đây là chênh lệch theo sổ hiện nay; cần đếm lại."
            counts.append(all_of([count.machine, "", *map(dong, told), why]))
    heads = (
        ["STT", "Giờ", "Mã hồ sơ", "Người nộp", "Số tiền (đ)", "Hình thức", "Biên lai số"],
        ["Tiền mặt do", "phải nộp (đ)"],
        ["Két", "Đếm lúc", "Đếm được (đ)", "Theo sổ (đ)", "Chênh lệch (đ)", "Người đếm, lý do"],
    )
    wanted = [*rows, all_of(["Quản trị", dong(by_way["cash"])]), *counts]
    assert len(rows) == 10 and len(counts) == 3
    read = grids.rows(pdf)
    assert [row for row in read if row not in map(all_of, heads)] == wanted
    assert {tuple(row) for row in read} >= {tuple(all_of(head)) for head in heads}
    words = squeezed("".join(pages(pdf)))
    for way, name in (("cash", "Tiền mặt"), ("transfer", "Chuyển khoản"), ("portal", "Trên Cổng")):
        assert squeezed(f"{name}: {dong(by_way[way])}") in words
    assert squeezed(f"Cộng: {dong(by_way.total())}") in words
    headed(scene, pdf, "SỔ THU PHÍ, LỆ PHÍ TRONG NGÀY")


def test_a_table_that_goes_on_has_its_headings_on_the_next_page_too(scene: Scene) -> None:
    pdf = scene.printed("posted-list")

    begun = [squeezed(page).count(squeezed("STT Mã Thủ tục Thời hạn Phí, lệ phí")) for page in pages(pdf)]
    assert len(begun) > 2 and set(begun) == {1}


def test_the_days_sheet_counts_what_the_dossiers_say(scene: Scene) -> None:
    pdf = scene.printed("day-close", "--from", str(scene.today), "--paper", "a4")

    came, went, bare, owing, left = 0, 0, 0, 0, []
    for dossier in scene.dossiers():
        on = {entry.name for entry in dossier.entries if local(entry.happened_at).date() == scene.today}
        came += "received" in on
        went += bool(on & {"returned", "returned_partly"})
        if not on & {"received", "returned", "returned_partly"}:
            continue
        is_bare = not dossier.prints and dossier.state not in ("returned", "refused", "voided", "withdrawn")
        fee = (dossier.values.get("fee") or {}).get("amount") or 0
        still = max(0, fee - dossier.paid)
        bare, owing = bare + is_bare, owing + (still > 0)
        words = ["giấy hẹn chưa ra giấy"] * is_bare + [f"còn thu {dong(still)} đ"] * (still > 0)
        if words:
            left.append(all_of([dossier.code, dossier.party()["name"], ", ".join(words)]))
    by_way, drawer = sums(scene)
    mine = sum(f"-{scene.today:%y%m%d}-" in code for code in scene.codes.values())
    assert (came, went, bare, owing, len(left)) == (2, 3, 2, 1, 2)
    (count,) = (one for one in cashbook.cash_book(scene.one, scene.today).counts if one.machine == "QUẦY 1")
    table = dict(row for row in grids.rows(pdf) if len(row) == 2)
    wanted = {
        "Hồ sơ đã nhận": came,
        "Hồ sơ đã trả kết quả": went,
        **{f"Đã thu, {WAYS[way]}": f"{dong(amount)} đ" for way, amount in by_way.items()},
        "Cộng tiền đã thu (đã trừ tiền hoàn)": f"{dong(by_way.total())} đ",
        "Két máy này phải có": f"{dong(drawer)} đ",
        f"Đếm được trong két lúc {local(count.at).hour} giờ {local(count.at).minute}": (
            f"{dong(count.counted)} đ, thiếu {dong(drawer - count.counted)} đ"
        ),
        "Số máy này đã cấp trong ngày": mine,
        "Phiếu in sẵn chưa nhập, chưa khai bỏ": 0,
        "Số đã cấp mà chưa rõ ở đâu": 0,
        "Hồ sơ chưa có giấy hẹn ra giấy": bare,
        "Giấy chưa rõ đã ra khỏi máy in (mọi ngày)": 0,
        "Hồ sơ chưa thu đủ phí": owing,
        "Hồ sơ chưa gửi lên máy chủ": "chưa nối máy chủ",
    }
    assert table.pop("Trongngày") == "Số"
    assert table == {squeezed(what): squeezed(str(amount)) for what, amount in wanted.items()}
    rest = [row for row in grids.rows(pdf) if len(row) > 2]
    assert rest[0] == all_of(["Mã hồ sơ", "Người nộp", "Còn phải làm"])
    assert sorted(rest[1:3]) == sorted(left)
    assert rest[3:] == [
        all_of(["Máy", "Chốt lúc", "Người chốt", "Ghi chú"]),
        all_of(["QUẦY 1", f"{local(scene.wall.now):%H:%M}", "Quản trị", "chờ điện"]),
        all_of(["QUẦY 2", f"{local(scene.wall.now):%H:%M}", "Quản trị", ""]),
    ]
    headed(scene, pdf, "SỔ CHỐT NGÀY")


def test_the_hand_over_list_is_the_pile_for_both_sides(scene: Scene) -> None:
    pile = [scene.codes["late"], scene.codes["temple"]]

    pdf = scene.printed("handover-list", *pile, "--from", "Bộ phận Một cửa", "--to", "Địa chính")

    wanted = [all_of(["STT", "Mã hồ sơ", "Thủ tục", "Chủ hồ sơ"])]
    for place, code in enumerate(pile, start=1):
        (dossier,) = lookup.show(scene.one, code)
        said = reception(dossier).payload or {}
        wanted.append(all_of([place, code, said["procedure"]["name"], dossier.party()["name"]]))
        assert dossier.values["holder"] == "Địa chính"
    assert grids.rows(pdf) == wanted * 2
    at = local(scene.wall.now)
    for page in pages(pdf):
        words = squeezed(page)
        for one in (
            f"Cơ quan chủ trì: {AGENCY}",
            "Bên giao: Bộ phận Một cửa",
            "Bên nhận: Địa chính",
            f"Thời gian bàn giao: {at.hour} giờ {at.minute:02} phút, {spoken(scene.today)}",
            "Tổng số hồ sơ: 02",
        ):
            assert squeezed(one) in words, one
    headed(scene, pdf, "DANH SÁCH BÀN GIAO HỒ SƠ")


def test_each_letter_to_be_signed_is_of_its_dossier_and_nobody_late_is_without(scene: Scene) -> None:
    before = {one.code: one for one in scene.dossiers()}

    letters = scene.apologised("--all")

    sent = {code for code in before if len(lookup.show(scene.one, code)[0].prints) > len(before[code].prints)}
    open_ = {"received", "processing"}
    soon = [scene.codes[name] for name in ("company", "late", "owing", "today", "two-1", "corrected")]
    assert set(soon) <= sent and {before[code].state for code in sent} <= open_
    assert sent == {name.removesuffix("-xin-loi") for name in letters}
    year = "2025-09-15"
    title = "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" if str(scene.began) >= year else "PHIẾU XIN LỖI VÀ HẸN LẠI"
    for name, pdf in letters.items():
        old = before[name.removesuffix("-xin-loi")]
        new = lookup.show(scene.one, old.code)[0]
        assert old.due is not None and new.due is not None and new.due > old.due
        words = squeezed("".join(pages(pdf)))
        for one in (
            *(title, old.code, old.party()["name"], old.values["procedure"]["name"]),
            f"{local(old.due).hour} giờ 00 phút, {spoken(local(old.due).date())}",
            spoken(local(new.due).date()),
            "hồ sơ cần thêm thời gian để thẩm tra, xác minh",
        ):
            assert squeezed(one) in words, one


def seeds() -> dict[str, dict[str, str]]:
    text = paths.resource("catalogue/procedures.csv").read_text("utf-8")
    return {line["code"]: line for line in csv.DictReader(io.StringIO(text))}


def test_the_posted_list_and_sheets_are_the_catalogues_own_lines(scene: Scene) -> None:
    rows, seed = [row for row in grids.rows(scene.printed("posted-list")) if row[0].isdecimal()], seeds()

    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1)) and len(rows) > 50
    for _, code, name, time, fee in rows:
        line = seed[code]
        assert name == squeezed(line["name_vi"])
        if line["time_unit"] in UNITS and line["time_limit"].isdecimal():
            assert time.startswith(squeezed(f"{line['time_limit']} {UNITS[line['time_unit']]}"))
        assert re.findall(r"\d+", line["fee_vnd"]) in (re.findall(r"\d+", fee.replace(".", "")), ["0"])
    some = [row[1] for row in rows[::9]]
    sheets = "".join(pages(scene.printed("posting", *some))).split("NIÊM YẾT CÔNG KHAI THỦ TỤC HÀNH CHÍNH")[
        1:
    ]
    for code, sheet in zip(some, map(squeezed, sheets), strict=True):
        for words in (seed[code]["name_vi"], code, seed[code]["field_vi"], seed[code]["result_vi"]):
            assert all(squeezed(part) in sheet for part in words.split(";"))
        for paper in filter(None, seed[code]["components"].split(";")):
            assert squeezed(re.sub(r"\s*\(.*", "", paper)) in sheet, paper
