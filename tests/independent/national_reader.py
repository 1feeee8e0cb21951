"""A second reading of the national fields, as a program of another vendor would read them; no code of ours.

    python tests/independent/national_reader.py FILE.json|FILE.csv

One JSON line with what it read; exit 0 where every dossier is acceptable, 1 with the first fault of each that
is not. Written from the list of fields alone: names, enumerations, what must be there, and the form of times.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

THERE = timezone(timedelta(hours=7))
CODE = re.compile(
    r"(?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,3})-(?:\d{6}|\d{8})-[A-Z0-9]{4,12}",
    re.IGNORECASE,
)
PROCEDURE = re.compile(r"\d\.\d{6}(?:\..+)?")
AGENCY = re.compile(r"[A-Z]\d{2}(?:\.\d{2,3}){0,3}")


class Fault(Exception):
    """Why a dossier is not acceptable."""


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Fault(f"no text: {value!r}")
    return value


def filled(value: Any) -> str:
    if not text(value).strip():
        raise Fault("empty")
    return str(value)


def matching(shape: re.Pattern[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not shape.fullmatch(filled(value)):
            raise Fault(f"not of its shape: {value!r}")
        return str(value)

    return read


def one_of(*codes: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or value not in codes:
            raise Fault(f"{value!r} is none of {codes}")
        return value

    return read


def count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise Fault(f"no count: {value!r}")
    return value


def moment(value: Any) -> datetime:
    if not re.fullmatch(r"\d{14}", text(value), re.ASCII):
        raise Fault(f"no time: {value!r}")
    try:
        return datetime.strptime(value, "%Y%m%d%H%M%S").replace(tzinfo=THERE)
    except ValueError as error:
        raise Fault(f"no time: {value!r}") from error


def maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


IDENTITIES = one_of(1, 2, 3, 4)
FIELDS: dict[str, Callable[[Any], Any]] = {
    "MaHoSo": matching(CODE),
    "MaTTHC": matching(PROCEDURE),
    "ChuHoSo": filled,
    "LoaiDinhDanh": maybe(IDENTITIES),
    "SoDinhDanh": maybe(filled),
    "MaCSDL": text,
    "KenhThucHien": one_of(1, 2, 3),
    "TrangThaiHoSo": one_of(*range(1, 11)),
    "NgayTiepNhan": maybe(moment),
    "NgayHenTra": maybe(moment),
    "NgayKetThucXuLy": maybe(moment),
    "NgayTra": maybe(moment),
    "NgayTuChoi": maybe(moment),
    "HinhThucTra": one_of(0, 1),
    "NoiNopHoSo": matching(AGENCY),
    "HoSoCoThanhPhanSoHoa": one_of(0, 1),
    "TaiKhoanDuocXacThucVoiVNeID": one_of(0, 1),
    "DuocThanhToanTrucTuyen": one_of(0, 1, 2),
    "HinhThucThu": maybe(one_of(1, 2, 4)),
    "UyQuyen": one_of(0, 1),
    "NguoiDuocUyQuyen": maybe(filled),
    "LoaiDinhDanhNguoiDuocUyQuyen": maybe(IDENTITIES),
    "SoDinhDanhNguoiDuocUyQuyen": maybe(filled),
}
LISTS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "ThanhPhanHoSo": {
        "TenThanhPhan": filled,
        "SoLuong": count,
        "LoaiBan": one_of(0, 1, 2),
        "DuocSoHoa": one_of(0, 1),
        "DuocLayTuKhoDMQG": one_of(0, 1),
    },
    "KetQua": {"TenKetQua": maybe(filled), "DuongDanTep": maybe(filled), "MaKetQuaThayThe": text},
}
TEXTS = {"MaCSDL", "MaKetQuaThayThe"}  # empty rather than absent


def read(record: Any) -> dict[str, Any]:
    """The dossier with its values read; raises Fault."""
    if not isinstance(record, dict) or list(record) != [*FIELDS, *LISTS]:
        raise Fault("other fields than there are")
    found: dict[str, Any] = {}
    for name, shape in FIELDS.items():
        found[name] = _field(name, shape, record[name])
    for name, shapes in LISTS.items():
        lines = record[name]
        if not isinstance(lines, list):
            raise Fault(f"{name}: no list")
        found[name] = []
        for line in lines:
            if not isinstance(line, dict) or list(line) != list(shapes):
                raise Fault(f"{name}: other fields than there are")
            found[name].append({n: _field(f"{name}.{n}", s, line[n]) for n, s in shapes.items()})
    _agree(found)
    return found


def _field(name: str, shape: Callable[[Any], Any], value: Any) -> Any:
    try:
        return shape(value)
    except Fault as fault:
        raise Fault(f"{name}: {fault}") from fault


def _agree(found: dict[str, Any]) -> None:
    """What the fields say together."""
    status = found["TrangThaiHoSo"]
    rules = {
        "a number without its kind": (found["SoDinhDanh"] is None) == (found["LoaiDinhDanh"] is None),
        "received, and no time of it": found["NgayTiepNhan"] is not None or status in (1, 3),
        "solved, and no time of it": (found["NgayKetThucXuLy"] is not None) == (status in (9, 10)),
        "returned, and no time of it": (found["NgayTra"] is not None) == (status == 10),
        "refused, and no time of it": found["NgayTuChoi"] is None or status == 3,
        "a result, or none": bool(found["KetQua"]) == (status in (9, 10)),
        "authorised, and nobody": (found["UyQuyen"] == 1) == (found["NguoiDuocUyQuyen"] is not None),
        "digitised, and no part is": (found["HoSoCoThanhPhanSoHoa"] == 1)
        == any(one["DuocSoHoa"] for one in found["ThanhPhanHoSo"]),
    }
    for fault, holds in rules.items():
        if not holds:
            raise Fault(fault)
    times = [found[name] for name in ("NgayTiepNhan", "NgayKetThucXuLy", "NgayTra") if found[name]]
    if times != sorted(times) or (times and found["NgayHenTra"] and found["NgayHenTra"] < times[0]):
        raise Fault("times out of order")


def of_json(data: bytes) -> Iterator[Any]:
    for line in data.decode().splitlines():
        yield json.loads(line)


def of_csv(data: bytes) -> Iterator[Any]:
    """The same records out of a flat file: lists stand below each other in a cell."""
    if not data.startswith(b"\xef\xbb\xbf"):
        raise Fault("a spreadsheet would not know the letters")
    heading, *rows = csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), strict=True)
    for row in rows:
        cells = dict(zip(heading, row, strict=True))
        record: dict[str, Any] = {}
        for name in FIELDS:
            record[name] = _value(name, cells[name])
        for name, shapes in LISTS.items():
            columns = [_lines(cells[f"{name}.{one}"]) for one in shapes]
            longest = max(map(len, columns))
            filled_up = [column + [""] * (longest - len(column)) for column in columns]
            lines = zip(*filled_up, strict=True)
            record[name] = [
                {one: _value(one, cell) for one, cell in zip(shapes, line, strict=True)} for line in lines
            ]
        yield record


def _lines(cell: str) -> list[str]:
    return cell.split("\n") if cell else []


def _value(name: str, cell: str) -> Any:
    if cell == "":
        return "" if name in TEXTS else None
    plain = cell[1:] if cell.startswith("'") else cell
    is_number = plain.isdigit() and len(plain) < 4 and "SoDinhDanh" not in name
    return int(plain) if is_number else plain


def main(path: Path) -> int:
    data = path.read_bytes()
    procedures: Counter[str] = Counter()
    faults = []
    for record in of_csv(data) if path.suffix == ".csv" else of_json(data):
        try:
            procedures[read(record)["MaTTHC"]] += 1
        except Fault as fault:
            faults.append(str(fault))
    print(json.dumps({"dossiers": procedures.total(), "procedures": len(procedures), "faults": faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
