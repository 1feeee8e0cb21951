"""The window speaks what its office chose; papers speak Vietnamese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from counter_app.services import papers
from counter_app.system import settings
from counter_app.system.paths import Places
from counter_app.system.settings import Settings
from counter_app.words import language
from counter_app.words.receipt import receipt_facts
from tests.desk.counters import Counter

_SAY = """
import sys
from pathlib import Path
from counter_app.desk import app
from counter_app.desk.application import application
data = Path(sys.argv[1])
speaking = application(app.spoken_in(data))
print(app.Start(data, app.Surroundings()).window.scan_box.accessibleName())
"""


def test_a_receipt_is_vietnamese_where_the_window_is_english(counter: Counter, tmp_path: Path) -> None:
    got = counter.receive("Giàng A Páo")
    said = []

    for spoken in ("vi", "en"):
        language.use(spoken)
        path = tmp_path / f"{spoken}.pdf"
        path.write_bytes(papers.receipt_of(counter.office, got.dossier, receipt_facts))
        said.append([page.extract_text() for page in PdfReader(path).pages])
    language.use("vi")

    assert said[0] == said[1]
    assert "ngày làm việc" in said[0][0]


@pytest.mark.parametrize(
    ("chosen", "environment", "heard"),
    [
        ("vi", "", "Quét hoặc tìm"),
        ("en", "", "Scan or find"),
        ("en", "vi", "Quét hoặc tìm"),
        ("vi", "en", "Scan or find"),
    ],
)
def test_the_window_speaks_as_its_office_chose(
    tmp_path: Path, chosen: str, environment: str, heard: str
) -> None:
    settings.save(Places(tmp_path).settings, Settings(language=chosen))

    assert says(tmp_path, environment) == heard


def test_settings_that_cannot_be_read_do_not_keep_the_window_shut(tmp_path: Path) -> None:
    Places(tmp_path).settings.write_text("{")

    assert says(tmp_path, "") == "Quét hoặc tìm"


def says(data: Path, environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SAY, str(data)],
        env={**os.environ, "COUNTER_LANGUAGE": environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()
