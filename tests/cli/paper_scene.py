"""Days at two paired counters, lived by services, and their papers as the command line prints them."""

from __future__ import annotations

from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

from counter_app.cli.apologies import apologies
from counter_app.cli.context import Context
from counter_app.cli.parser import parse
from counter_app.cli.printing import print_paper
from counter_app.domain.collecting import Collector
from counter_app.domain.dossier import Dossier
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    cashbook,
    closing,
    exchange,
    handover,
    lookup,
    mending,
    money,
    passing,
    taking_back,
)
from counter_app.services.office import Office
from counter_app.services.passing import Passing
from tests.services.stores import Counter, Wall, receive

BIRTH, COPY, STATUS, TEMPLE = "1.004884", "2.000635", "1.004873", "1.001776"
LONG: Final = "Công ty trách nhiệm hữu hạn một thành viên Xây dựng và Thương mại Phiêng Ban"
FAR: Final = "Bản Sín Chải, xã Tả Van, tỉnh Lào Cai"
HOTLINE: Final = "0205 3871 022"


class _Printing(Context):
    """A command whose store is open already, on a clock of its own."""

    def __init__(self, office: Office, *words: str) -> None:
        super().__init__(office.places.data, parse(words))
        self._office = office


@dataclass
class Scene:
    """`began` and `today` are the first and last day; `one` prints, `two` has sent it its acts."""

    one: Office
    two: Office
    wall: Wall
    folder: Path
    began: date
    today: date
    codes: dict[str, str]

    def printed(self, *words: str, suffix: str = ".pdf") -> bytes:
        """What `print WORDS` writes at the first counter."""
        out = self.folder / f"paper{suffix}"
        with redirect_stdout(StringIO()):
            assert print_paper(_Printing(self.one, "print", *words, "--out", str(out))) == 0
        return out.read_bytes()

    def apologised(self, *words: str) -> dict[str, bytes]:
        """The letters that `apologies WORDS` leaves for the pen, by what their file is called."""
        folder = self.folder / "letters"
        with redirect_stdout(StringIO()):
            assert apologies(_Printing(self.one, "apologies", *words, "--out", str(folder))) == 0
        return {file.stem: file.read_bytes() for file in folder.glob("*.pdf")}

    def dossiers(self) -> list[Dossier]:
        """Each that the first counter knows, whole."""
        return [lookup.story(self.one, line.dossier) for line in lookup.newest(self.one, 500)]

    def close(self) -> None:
        self.one.close()
        self.two.close()


def lived(folder: Path, began: date) -> Scene:
    """Some working days from `began` on."""
    wall = Wall(datetime.combine(began, datetime.min.time(), VIETNAM).replace(hour=8, minute=10))
    one, two = (Counter(folder / name, wall, name).make().open() for name in ("QUẦY 1", "QUẦY 2"))
    exchange.offer(two, folder / "offer")
    exchange.accept(one, one.session(), folder / "offer", folder / "reply")
    exchange.finish(two, two.session(), folder / "reply")
    one.settings = replace(one.settings, hotline=HOTLINE)
    scene = Scene(one, two, wall, folder, began, began, {})
    _first_day(scene)
    _second_day(scene)
    exchange.export(two, two.session(), folder / "bundle")
    exchange.bring_in(one, one.session(), folder / "bundle")
    return scene


def _first_day(scene: Scene) -> None:
    one, two, codes = scene.one, scene.two, scene.codes

    def come(name: str, office: Office = one, **fields: Any) -> None:
        scene.wall.now += timedelta(minutes=7)
        codes[name] = receive(office, **fields).code

    def who(name: str, **more: str) -> dict[str, str]:
        return {"name": name, "phone": "0900000123", **more}

    come("returned", sets=2, applicant=who("Vàng Thị Xuân Chấu Sùng Páo", address=FAR), return_by="home")
    come("refused", procedure=COPY)
    come("voided", applicant=who("=SUM(1)"))
    come("supplement", applicant={"name": "Y Thao Niê", "address": "Buôn Ky"})
    come("withdrawn", procedure=STATUS, channel="online")
    come("stopped", applicant=who("+84 đầu dòng"), return_by="post")
    come("company", procedure=COPY, applicant={"kind": "org", "name": LONG, "address": FAR})
    come("partly", procedure=STATUS, applicant=who("Đỗ Thị Ớt"))
    come("corrected", applicant=who("Lò Thị Sai"))
    come("extended", procedure=STATUS)
    come("late", procedure=STATUS, applicant=who("H’Bliă Niê Kđăm", address="Buôn Tơng Jú, xã Ea Mlung"))
    come("registered", applicant=who("Tòng Văn Khánh"), channel="home", registered=True)
    come("temple", procedure=TEMPLE, due=str(scene.began + timedelta(days=31)), due_reason="theo quyết định")
    for number in range(3):
        come(f"two-{number}", two, applicant=who(f"Người quầy hai {number}"))

    session = one.session()
    acts.refuse(one, session, codes["refused"], "không thuộc thẩm quyền")
    mending.void(one, session, codes["voided"], "nhập nhầm")
    acts.ask_supplement(one, session, codes["supplement"], ["giấy chứng sinh"], "còn thiếu")
    acts.withdraw(one, session, codes["withdrawn"], "người nộp đổi ý")
    acts.stop(one, session, codes["stopped"], "người nộp đề nghị")
    mending.correct(one, session, codes["corrected"], {"applicant.name": "Lò Thị Đúng"}, "gõ sai")
    acts.finish(one, session, codes["partly"], "Giấy xác nhận")
    acts.finish(one, session, codes["returned"], "Trích lục khai sinh")
    two_ = codes["two-0"]
    acts.finish(two, two.session(), two_)


def _second_day(scene: Scene) -> None:
    """Three days later: money, hands, results, and what is counted and closed."""
    scene.today = scene.one.calendar().next_counting(scene.began + timedelta(days=2))
    scene.wall.now = datetime.combine(scene.today, datetime.min.time(), VIETNAM).replace(hour=9)
    one, two, codes, session = scene.one, scene.two, scene.codes, scene.one.session()

    def pay(name: str, amount: int, office: Office = one, **how: Any) -> None:
        scene.wall.now += timedelta(minutes=3)
        money.pay(office, office.session(), codes[name], amount, **how)

    codes["today"] = receive(one, procedure=STATUS, fee={"amount": 8000, "paid": True}, paper="a5").code
    codes["owing"] = receive(one, procedure=STATUS, fee={"amount": 15000}).code
    acts.extend(one, session, codes["extended"], _later(one, scene.today), "còn phải xác minh")
    handover.hand_over(one, session, [codes["returned"]], Collector.read("Vàng Thị Xuân", "024190000123"))
    handover.hand_partly(
        one, session, codes["partly"], Collector.read("Đỗ Thị Ớt"), ["bản chính"], ["bản sao"]
    )
    handover.hand_over(two, two.session(), [codes["two-0"]], Collector.read("Người quầy hai 0"))
    pay("company", 1_200_000, method="transfer", receipt="CK 0012")
    pay("partly", 20_000, receipt="BL/25E 0000123")
    pay("owing", 5_000)
    pay("corrected", 999_000)
    taking_back.take_back(one, session, codes["corrected"], "gõ thừa số 9")
    pay("corrected", 99_000)
    money.refund(one, session, codes["partly"], 4_000, "thu thừa")
    pay("temple", 30_000, method="portal")
    pay("two-1", 11_000, two)
    cashbook.count(one, session, scene.today, 128_000)
    pay("late", 2_000)
    passing.pass_on(one, session, [codes["late"], codes["temple"]], Passing(to="Địa chính"))
    cashbook.count(two, two.session(), scene.today, 10_000, "thiếu tờ 1.000")
    closing.close(one, session, scene.today, "chờ điện")
    closing.close(two, two.session(), scene.today)


def _later(office: Office, day: date) -> date:
    return office.calendar().next_counting(day + timedelta(days=9))
