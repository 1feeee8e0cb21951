"""A store that has work in it, made once and copied: long names, a dispute, a fee, several of one owner."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, erasing, mending, passing, petitions, surveys
from counter_app.services.erasing import Ruling
from counter_app.services.passing import Passing
from tests.desk.counters import COPY, GUARDIAN, SHOP, Counter, pair, swap

COMPANY = "Công ty TNHH Một thành viên Xây dựng và Thương mại Phiêng Ban"
HMONG, EDE = "Vàng Thị Xuân Chấu Sùng Páo", "H’Loan Niê Kđăm Buôn Krông"
PASSPHRASE = "mật khẩu dài"


@dataclass(frozen=True)
class Stock:
    """The ids of dossiers that scenes ask for."""

    disputed: bytes
    waiting: bytes  # for a supplement
    registered: bytes  # and not accepted yet
    handed: bytes  # on, and not taken over
    ready: tuple[bytes, bytes]  # its owner's too
    anothers: str  # the code of one that is ready, of another owner
    refused: bytes
    erased: bytes

    @property
    def of_each_state(self) -> tuple[bytes, ...]:
        return self.disputed, self.waiting, self.registered, self.handed, *self.ready, self.refused


def stocked(folder: Path) -> Stock:
    """The store in `folder`, its passphrase PASSPHRASE."""
    made, stock = _made()
    shutil.copytree(made, folder)
    return stock


def _feedback(one: Counter, other: Counter, folder: Path) -> None:
    """Petitions of each sort, one of them answered twice, and a day's survey slips."""
    said = {"source": "in_person", "subject": "Chờ lâu ở quầy số 2 vào sáng thứ Hai, không ai trả lời"}
    sender = {"name": HMONG, "phone": "0900000321", "address": "Bản Sín Chải, xã Tả Van, tỉnh Lào Cai"}
    whole = {**said, "content": "Đến lúc 7 giờ 30 mà hơn 9 giờ mới được gọi.", "sender": sender}
    numbers = [petitions.receive(one.office, one.session, whole).number for _ in range(4)]
    swap(one, other, folder)
    for counter, answer in ((one, "Đã mở thêm một quầy buổi sáng"), (other, "Sẽ xem xét trong tháng")):
        petitions.answer(counter.office, counter.session, numbers[0], answer)
    swap(one, other, folder)
    petitions.ask(one.office, one.session, numbers[2], ["đã nộp hồ sơ về thủ tục gì"])
    petitions.refuse(one.office, one.session, numbers[3], "trùng với phản ánh trước")
    today = one.office.now().astimezone(VIETNAM).date()
    surveys.add(one.office, one.session, today, "paper", [{"answer": "1"}, {"answer": "3"}])


@cache
def _made() -> tuple[Path, Stock]:
    holder = TemporaryDirectory()
    atexit.register(holder.cleanup)
    folder = Path(holder.name)
    one = Counter(folder / "one")
    other = Counter(folder / "two", "QUẦY 2", one.wall)
    pair(one, other, folder)
    one.officer("Nguyễn Hoàng Thị Phương Thảo")
    disputed = one.receive(HMONG, party={"address": "Bản Sín Chải, xã Tả Van, tỉnh Lào Cai"})
    swap(one, other, folder)
    for counter, last in ((one, "1"), (other, "2")):
        changes = {"applicant.phone": f"090000011{last}", "applicant.address": f"Thôn {last}, xã Ea Mlung"}
        mending.correct(counter.office, counter.session, disputed.code, changes, "dân báo lại ở quầy hôm sau")
    swap(one, other, folder)
    one.receive(COMPANY, SHOP, party={"kind": "org", "phone": "0900000456"})
    anothers = one.finish(one.receive(EDE, COPY, fee={"amount": 12_000}))
    owner = {"id_number": "066174000123"}
    waiting = one.receive("Y Thao Niê", SHOP, party=owner)
    acts.ask_supplement(one.office, one.session, waiting.code, ["bản sao hộ khẩu cũ"], "thiếu giấy")
    paid = {"amount": 12_000, "paid": True}
    ready = [
        one.finish(one.receive("Y Thao Niê", kind, party=owner, **fee))
        for kind, fee in ((GUARDIAN, {}), (COPY, {"fee": paid}))
    ]
    registered = one.receive("Lý Tài Múi", registered=True)
    handed = one.receive("Hà Thị Mơ")
    how = Passing("Công chức tư pháp – hộ tịch", "thẩm tra hồ sơ gốc lưu tại xã cũ", "4 giờ")
    passing.pass_on(one.office, one.session, [handed.code], how)
    refused, erased = (one.receive("Lò Văn Inh") for _ in range(2))
    for got in (refused, erased):
        acts.refuse(one.office, one.session, got.code, "không thuộc thẩm quyền của xã")
    today = one.office.now().astimezone(VIETNAM).date()
    under = Ruling("Quyết định 12/QĐ-UBND", today, "Chủ tịch UBND xã", "theo yêu cầu của công dân")
    erasing.erase(one.office, one.office.session(), erased.code, under, erased.code)
    _feedback(one, other, folder)
    one.close()
    other.close()
    first, second = (got.dossier for got in ready)
    return folder / "one", Stock(
        disputed.dossier,
        waiting.dossier,
        registered.dossier,
        handed.dossier,
        (first, second),
        anothers.code,
        refused.dossier,
        erased.dossier,
    )
