"""Writes resources/places.csv: the provinces and communes in force since 1 July 2025, with their codes.

Codes follow Decision 19/2025/QĐ-TTg (34 provinces; 3,321 communes, wards and special zones). They are read
from the dataset of the MIT-licensed PyPI package `vietnamadminunits`, which is fetched for this and is no
dependency. The better known `vietnam-provinces` is GPL-3.0-or-later, so neither it nor its data can be part
of this Apache-2.0 tree.
"""

import csv
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from unicodedata import normalize

PACKAGE = "vietnamadminunits==1.0.4"
DATASET = "vietnamadminunits/data/dataset.db"
COLUMNS = ("province_code", "province", "ward_code", "ward")
OUT = Path(__file__).parents[1] / "resources" / "places.csv"


def fetch(folder: Path) -> Path:
    """The package's dataset, unpacked into `folder`."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, "--dest", str(folder), PACKAGE], check=True)  # noqa: S603
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract(DATASET, folder))


def read(dataset: Path) -> list[tuple[str, ...]]:
    """One row a commune, in NFC, sorted by codes."""
    with sqlite3.connect(dataset) as database:
        rows = database.execute("SELECT provinceCode, province, wardCode, ward FROM admin_units")
        return sorted(tuple(normalize("NFC", value.strip()) for value in row) for row in rows)


def write(rows: list[tuple[str, ...]], out: Path) -> None:
    """The table as CSV with a heading, one line feed a row."""
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        write(read(fetch(Path(temporary))), OUT)
