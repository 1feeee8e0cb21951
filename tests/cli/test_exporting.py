"""`export`: a dossier as other programs want it, on standard output or whole in a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Here, deliver


def test_a_dossier_is_exported_for_other_programs(store: Here, tmp_path: Path) -> None:
    online = deliver(
        store,
        applicant={"name": "=Lò Thị Pâng", "phone": "+84900000123", "id_number": "002174000123"},
        channel="online",
    )
    deliver(store, applicant={"name": "Y Thao Niê"})
    today = str(store.ok("show", online).line["received_at"])[:10]

    one = store.ok("export", online.lower()).line
    assert (one["MaHoSo"], one["KenhThucHien"], one["TrangThaiHoSo"]) == (online, 2, 2)
    assert len(str(one["NgayTiepNhan"])) == 14 and one["NgayTra"] is None

    told = store.ok(
        "export", "--from", today, "--to", "justice", "--form", "csv", "--out", tmp_path / "a.csv"
    )
    assert told.line == {"file": str(tmp_path / "a.csv"), "dossiers": 2}
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Người yêu cầu"]: row for row in csv.DictReader(file)}  # both of one second
    assert set(rows) == {"'=Lò Thị Pâng", "Y Thao Niê"}
    one = rows["'=Lò Thị Pâng"]
    assert (one["Hình thức nộp"], one["Điện thoại"]) == ("Trực tuyến", "0900000123")

    book = tmp_path / "a.xlsx"
    store.ok("export", online, "--form", "xlsx", "--out", book)
    head, row = load_workbook(book).active.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert (cells["MaTTHC"].value, cells["MaTTHC"].data_type) == ("1.004884", "s")
    assert (cells["SoDinhDanh"].value, cells["SoDinhDanh"].data_type) == ("002174000123", "s")
    assert (cells["ChuHoSo"].value, cells["ChuHoSo"].data_type) == ("=Lò Thị Pâng", "s")
    assert (cells["KenhThucHien"].value, cells["NgayTra"].value) == (2, None)

    own = tmp_path / "own.csv"
    own.write_text("# Phần mềm của xã\ncolumn,field,form,values,source\nsố,code,text,,\n", "utf-8")
    store.ok("export", online, "--to", own, "--out", tmp_path / "b.json")
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == {"số": online}

    _refuses(store, tmp_path, online, own)


def _refuses(store: Here, folder: Path, code: str, table: Path) -> None:
    target = folder / "never.json"
    for words, says in (
        ((), "Chưa ghi hồ sơ nào"),
        ((code, "H55.242-260101-9999"), "Không có hồ sơ mã"),
        ((code, "--to", "nobody"), "hãy chọn một trong: national, justice"),
        ((code, "--from", "2026-04-28"), "không lọc theo ngày"),
        (("--from", "2026-04-28", "--until", "2026-04-01"), "trước ngày đầu"),
        ((code, "--to", folder / "none.csv"), "none.csv"),
    ):
        refused = store.run("export", *words, "--out", target)
        assert refused.code in (2, 3) and refused.lines == []
        assert says in refused.said and refused.said.count("\n") == 1
    table.write_text("# x\ncolumn,field,form,values,source\nsố,colour,text,,\n", "utf-8")
    assert "Dòng 3: phần mềm không có mục “colour”" in store.run("export", code, "--to", table).said
    assert store.run("export", code, "--form", "csv").code == 2
    assert store.run("export", code, "--out", store.data / "x.json").code == 2
    assert not target.exists()
