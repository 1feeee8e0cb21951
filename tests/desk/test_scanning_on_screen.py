"""Twenty pages out of a scanner's feeder into a dossier, by keys alone on a real screen; SANE's test backend
is the scanner."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from counter_app.domain.attachments import RESULT, Way
from counter_app.domain.digitising import PaperState
from counter_app.services import acts, digitised, preferences, unkept
from counter_app.services.blobs import blobs_of
from counter_app.services.office import Office
from counter_app.system import clock
from tests.desk.screen import Screen, at_work, left
from tests.services.stores import receive
from tests.services.test_attaching import PAPERS

pytestmark = pytest.mark.xvfb
DPI = 100
FEEDER = 10  # pages, after which the backend's feeder is empty


class Scanner:
    """One scanner, in which a pile of the backend's pictures lies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "dll.conf").write_text("test\n")

    def lay(self, picture: str) -> None:
        words = f'number_of_devices 1\ntest-picture "{picture}"\n'
        (self._folder / "test.conf").write_text(words)


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    if shutil.which("scanimage") is None:
        sentence = "no page was scanned: install sane-utils"
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    return Scanner(tmp_path / "sane")


@pytest.fixture
def codes() -> list[str]:
    return []


@pytest.fixture
def screen(tmp_path: Path, scanner: Scanner, codes: list[str]) -> Iterator[Screen]:
    def prepare(office: Office) -> None:
        preferences.change(office, office.session(), scan_dpi=DPI)
        codes.append(receive(office, components=PAPERS).code)
        acts.finish(office, office.session(), codes[0])

    with at_work(tmp_path, prepare, {"SANE_CONFIG_DIR": str(tmp_path / "sane")}) as made:
        yield made


def test_a_paper_and_the_result_come_out_of_the_feeder_onto_the_dossier(
    screen: Screen, scanner: Scanner, codes: list[str], tmp_path: Path
) -> None:
    shots = Path(os.environ.get("COUNTER_SHOTS", tmp_path))
    screen.see("focus: ")
    screen.type(codes[0])
    screen.key("Return")
    screen.see("Việc cần làm", "Hồ sơ đã kết thúc")
    screen.key("ctrl+shift+q")
    screen.see("Chưa có trang nào")

    scanner.lay("Grid")
    screen.key("ctrl+Return")
    screen.see("Lưu 10 trang")
    screen.see("focus: Các trang chưa lưu")
    screen.shoot(shots / "scanned.png")
    screen.key("F9")
    screen.see("đã lưu 10 trang")
    scanner.lay("Solid black")
    screen.key("0")
    screen.key("ctrl+Return")
    screen.see("focus: Các trang chưa lưu")
    screen.key("F9")
    screen.see("10 trang đen kín")
    screen.shoot(shots / "black.png")
    screen.key("F9")
    screen.see("đã lưu 10 trang")
    screen.rest()  # what is kept leaves the pile after it was told
    said = screen.end()

    assert "Traceback" not in said
    office = left(tmp_path)
    papers = digitised.of_dossier(office, codes[0]).papers
    scanned = [one for one in papers if one.files]
    kept = [blobs_of(office).read(one.files[0].sha256) for one in scanned]
    day = clock.now().date()
    counts = digitised.counts(office, day, day)
    waiting = unkept.waiting(office)
    office.close()
    assert [(one.number, one.state) for one in scanned] == [(n, PaperState.SCANNED) for n in (1, RESULT)]
    told = [(file.pages, file.way) for one in scanned for file in one.files]
    assert told == [(FEEDER, Way.SCANNER)] * 2 and waiting == {} and counts.results == 1
    grid, black = (pypdfium2.PdfDocument(one) for one in kept)
    assert (len(grid), len(black)) == (FEEDER, FEEDER)
    assert 0.4 < _dark(grid[FEEDER - 1]) < 0.6 and _dark(black[0]) == 1
    with Image.open(shots / "scanned.png") as seen:
        pile = seen.convert("L").crop((600, 200, 1340, 600)).histogram()
    assert 0.1 < sum(pile[:64]) / sum(pile) < 0.5  # the squares of the small pictures


def _dark(page: pypdfium2.PdfPage) -> float:
    """How much of it is black."""
    dots = page.render(scale=1).to_pil().convert("L").histogram()
    return sum(dots[:64]) / sum(dots)
