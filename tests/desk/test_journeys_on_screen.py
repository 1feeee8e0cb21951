"""The six ways that most dossiers go, each from the card to its end, by keyboard on a real screen.

Every paper that a citizen takes along is read back from its file: it says his name, his code, and why.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.services import lookup
from counter_app.system import clock
from tests.desk.screen import Screen, at_work, left, until
from tests.paper.reading import pages, squeezed

pytestmark = pytest.mark.xvfb
WHO = {
    "finished": "Lo Van Inh",
    "supplement": "Vang Thi Pao",
    "refused": "Giang A Senh",
    "late": "Ha Thi Mo",
    "stopped": "Ly Tai Mui",
    "fee": "Y Thao Nie",
}


class Counter:
    """An officer's hands at the window."""

    def __init__(self, screen: Screen, home: Path) -> None:
        self.screen, self.home = screen, home
        self._number = 100

    def receive(self, name: str) -> str:
        """Scans a card, registers a birth anew; the code of the saved dossier."""
        self._number += 1
        self.screen.see("focus: ")
        self.screen.key("Escape")
        self.screen.type(f"066074000{self._number}||{name}|05081974|Nam|Thon 3, xa Ea Mlung|10052021")
        self.screen.key("Return")
        self.screen.see("Tên trên thẻ bị mất dấu khi quét")
        self.screen.key("Return")  # it has none
        self.screen.see("focus: Điện thoại")
        self.screen.type("0900000123")
        self.screen.key("Return")
        self.screen.type("lks")
        self.screen.key("Return", "ctrl+d")
        self.screen.see("Đăng ký lại khai sinh")
        self.screen.key("F9")
        found: list[str] = []

        def saved() -> bool:
            here = re.findall(r"H15\.321-\d{6}-\d+", self.screen.seen())
            found[:] = [code for code in here if list(self.home.rglob(f"{code}*.pdf"))]
            return bool(found)

        until(saved, 60, self.screen.told)
        return found[0]

    def open(self, code: str) -> None:
        self.screen.key("Escape")
        self.screen.type(code)
        self.screen.key("Return")
        self.screen.see("Việc cần làm", "Hồ sơ đã kết thúc")

    def act(self, key: str, *typed: str, done: str) -> None:
        """The act's key, what its fields are told, and Enter after each."""
        self.screen.key(key)
        for text in typed:
            if text:
                self.screen.type(text)
            self.screen.key("Return")
        self.screen.see(done)

    def print(self, before: int) -> str:
        """Ctrl+P and Enter: the paper that is owed, as text."""
        self.screen.key("ctrl+p", "Return", "Return")
        until(lambda: len(self.papers()) > before, 60, self.screen.told)
        return text_of(self.papers()[-1])

    def papers(self) -> list[Path]:
        return sorted(self.home.rglob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)


def text_of(paper: Path) -> str:
    data = b""

    def whole() -> bool:
        nonlocal data
        data = paper.read_bytes()
        return data.rstrip().endswith(b"%%EOF")

    until(whole)
    return squeezed("".join(pages(data)))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with at_work(tmp_path) as screen:
        yield Counter(screen, tmp_path / "home")


def test_the_six_ways_that_most_dossiers_go(counter: Counter, tmp_path: Path) -> None:
    shots = Path(os.environ.get("COUNTER_SHOTS", tmp_path))
    screen = counter.screen
    codes: dict[str, str] = {}
    said: dict[str, str] = {}

    def begin(way: str) -> str:
        code = codes[way] = counter.receive(WHO[way])
        receipt = text_of(counter.papers()[-1])
        assert squeezed(WHO[way]) in receipt and code in receipt
        counter.open(code)
        return code

    def give(way: str) -> None:
        screen.key("F5")
        screen.see("focus: Quét giấy hẹn")
        screen.type(codes[way])
        screen.key("Return")
        screen.see("Ghi đã trả")
        screen.key("F9")
        screen.see(f"Đã trả kết quả cho {WHO[way]}")

    begin("finished")
    counter.act("ctrl+g", "tham tra", "Lo Van Ban", done="Đã ghi bước giải quyết")
    counter.act("ctrl+Return", "2 ban", done="có kết quả, chờ trả")
    give("finished")

    begin("supplement")
    counter.act("ctrl+b", "giay chung sinh; ho khau cu", "giay bi nhoe", done="Đã ghi: yêu cầu bổ sung")
    said["supplement"] = counter.print(len(counter.papers()))
    counter.act("ctrl+Return", "", done="đồng hồ chạy tiếp")
    screen.shoot(shots / "way-supplement.png")
    counter.act("ctrl+Return", "", done="có kết quả, chờ trả")
    give("supplement")

    begin("refused")
    counter.act("ctrl+shift+t", "khong thuoc xa nay", done="Đã ghi: từ chối tiếp nhận")
    said["refused"] = counter.print(len(counter.papers()))
    screen.shoot(shots / "way-refused.png")

    begin("late")
    until_day = (clock.today() + timedelta(days=30)).strftime("%d/%m/%Y")
    counter.act("ctrl+h", until_day, "cho xac minh", done="Đã ghi ngày hẹn mới")
    said["late"] = counter.print(len(counter.papers()))
    counter.act("ctrl+Return", "", done="có kết quả, chờ trả")
    give("late")

    begin("stopped")
    counter.act("ctrl+shift+r", "doi y", done="người nộp rút hồ sơ")
    counter.act("ctrl+shift+d", "nguoi nop rut", done="Đã ghi: dừng giải quyết")
    said["stopped"] = counter.print(len(counter.papers()))

    begin("fee")
    counter.act("ctrl+shift+f", "8000", done="chờ nộp phí, đồng hồ dừng")
    counter.act("ctrl+l", "", done="Đã ghi: thu lệ phí")
    screen.shoot(shots / "way-fee.png")
    counter.act("ctrl+Return", "", done="có kết quả, chờ trả")
    give("fee")
    told = screen.end()

    for way, words in {
        "supplement": ("giay chung sinh", "ho khau cu", "giay bi nhoe", "bổ sung"),
        "refused": ("khong thuoc xa nay", "từ chối"),
        "late": ("cho xac minh", "xin lỗi"),
        "stopped": ("nguoi nop rut", "dừng"),
    }.items():
        for word in (*words, WHO[way], codes[way]):
            assert squeezed(word).lower() in said[way].lower(), (way, word)
    office = left(tmp_path)
    states = {line.code: line.state for line in lookup.newest(office)}
    stories = {
        way: lookup.story(office, line.dossier)
        for way, code in codes.items()
        for line in lookup.newest(office)
        if line.code == code
    }
    office.close()
    assert {way: states[code] for way, code in codes.items()} == {
        "finished": "returned",
        "supplement": "returned",
        "refused": "refused",
        "late": "returned",
        "stopped": "stopped",
        "fee": "returned",
    }
    assert stories["fee"].paid == 8000
    assert "Traceback" not in told
