"""A commune's counter and its district, lived in until the plug is pulled: what they leave on the disk.

python -m tests.seized.life FOLDER writes `counter`, `counter-sao-luu`, `other`, `district`, `stick` and, of
papers that somebody asked for, `asked` there, and prints what a thief has to look for, and what opens the
counter. It ends without closing anything.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from counter_app.crypto.pages import PAGE
from counter_app.district import devices, erasing, house, registering
from counter_app.district.carried import Carrier
from counter_app.district.exchange import Exchange
from counter_app.district.filing import Filing
from counter_app.domain.attachments import Way
from counter_app.paper import forms
from counter_app.paper.scanned import Picture
from counter_app.services import (
    accesses,
    accounts,
    acts,
    attaching,
    backups,
    drafts,
    exchange,
    feedback_papers,
    letters,
    lookup,
    papers,
    petitions,
    recovering,
    stick_down,
    stick_up,
    surveys,
    syncing,
    unkept,
)
from counter_app.services import (
    erasing as erasing_here,
)
from counter_app.services.attaching import Given
from counter_app.services.carrying import carry
from counter_app.services.office import Office, new_dossier_id, to_ms
from counter_app.services.opening import Openers
from counter_app.services.packing import packer
from counter_app.services.page_images import Page
from counter_app.services.unkept import Unkept
from counter_app.system.logs import Log
from counter_app.system.printing import FolderPrinter
from counter_app.words.feedback_papers import petition_facts
from counter_app.words.letters import letter_facts
from counter_app.words.receipt import receipt_facts
from tests.district.scans import PAPERS, FileRoad, scan
from tests.services.stores import BY_KEYRING, Counter, Wall, receive
from tests.vaults import OpenVault

PIN: Final = "258013"
PERSON: Final = {
    "name": "Khuất Duệ Quỳnhxa",
    "id_number": "019288471653",
    "phone": "0917346285",
    "address": "xóm Khuổi Ngoạ Đồng",
    "contact_via": "anh Trưởng Sĩ Pằng",
    "email": "quynhxa@khuatdue.vn",
}
OTHERS: Final = {
    "submitter": "Mạc Thuỵ Đoanqua",
    "tax code": "3502764981",
    "note": "Vì bố là Chẩu A Dảo",
    "needs": "Giấy chứng tử của bà Vừ Thị Sòngly",
    "scan": "Trích lục của Lầu Bá Xênhtu",
    "page": "Trang của Hạng Mí Vàngxo",
    "draft": "Đang gõ dở Sùng Chứ Giàngpo",
    "petition": "Bà Ma Thị Phượnglin chờ lâu",
    "sender": "Ma Seo Phượnglin",
    "answer": "Đã xin lỗi bà Phượnglin tại nhà",
    "remark": "Cô Kpă H’Nhíquen rất tận tình",
    "collector": "Đinh Công Rớtavi",
    "online": "Triệu Mùi Chiêmnga",
    "erased": "Tẩn Láo Tảsinva",
    "officer": "Hoàng Trọng Lựcpan",
    "bug": "Nông Thế Hiểnbug",
}
LAW: Final = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14"


def main(folder: Path) -> None:
    counter = Counter(folder / "counter", openers=BY_KEYRING).make()
    asked = folder / "asked"
    district = house.create(
        house.Places(folder / "district"), "Sở mẫu", "", Openers(OpenVault()), "2026-11-20T08:00:00+07:00"
    )
    office = counter.open()
    server = _server(district)
    contents = [_scan("scan", 90_000), _scan("page", 20_000)]
    _enrol(district, office, FileRoad(server))
    carry(office, FileRoad(server))
    codes = _day(office, asked, contents)
    _online(district)
    carry(office, FileRoad(server))
    _stick(office, server, folder / "stick")
    other = _pair(office, folder)
    backups.run(office)
    erasing_here.erase(
        office, office.session("admin", lambda: PIN), codes[-1], erasing_here.Ruling(LAW), codes[-1]
    )
    backups.run(office)
    _bug(counter, district)
    office = _recovered(office, counter)
    receive(office, office.session("admin", lambda: PIN), applicant=PERSON)
    ids = [found.id.hex() for code in codes for found in lookup.show(office, code)]
    vault = BY_KEYRING.vault
    assert isinstance(vault, OpenVault)
    told = {
        "secrets": [*PERSON.values(), *OTHERS.values()],
        "contents": [content.hex() for content in contents],
        "codes": codes,
        "ids": ids,
        "vault": {name: secret.hex() for name, secret in vault.kept.items()},
        "other": other,
    }
    print(json.dumps(told), flush=True)
    os._exit(0)  # the plug: logs and shared memory stay where they lie


def _scan(what: str, size: int) -> bytes:
    """A JPEG in which a text stands readable."""
    return scan(size) + OTHERS[what].encode()


def _server(district: house.District) -> Any:
    assert district.depot is not None
    drop = partial(erasing.sweep, district.base, district.depot)

    def now() -> int:
        return 1_795_000_000_000

    return SimpleNamespace(
        exchange=Exchange(district.base, district.who, packer(), now, erased=drop),
        filing=Filing(district.base, district.who, district.depot, now),
    )


def _enrol(district: house.District, office: Office, road: FileRoad) -> None:
    with district.base.writing() as connection:
        devices.add_commune(connection, "H55.242", "UBND xã Nậm Mây", "2025-07-01", os.urandom)
        code = devices.invite(connection, 1, "QUẦY 1", 1_795_000_000_000)[1].text
    syncing.enrol(office, office.session(), road, "http://localhost", code)


def _day(office: Office, asked: Path, contents: list[bytes]) -> list[str]:
    """What a day brings; the codes, the last of a dossier that is to be erased."""
    accounts.set_pin(office, office.session(), PIN)
    chief = office.session("admin", lambda: PIN)
    accounts.add_officer(office, chief, "luc", OTHERS["officer"], "officer", PIN)
    submitter = {"kind": "org", "name": OTHERS["submitter"], "tax_code": OTHERS["tax code"]}
    first = receive(
        office, chief, applicant=PERSON, submitter=submitter, note=OTHERS["note"], components=PAPERS
    )
    second, erased = (
        receive(office, chief, applicant={"name": name}) for name in (PERSON["name"], OTHERS["erased"])
    )
    attaching.attach(office, chief, first.code, 1, [Given(contents[0])])
    picture = Picture(contents[1], 1654, 2339, 200, True)
    page = Unkept("0" * 16, Page(picture, codes=(OTHERS["page"],)), Way.SCANNER, "a", 1)
    unkept.keep(office, first.dossier, [page])
    drafts.keep(office, drafts.Draft(new_dossier_id(to_ms(office.now())), {"typed/name": OTHERS["draft"]}))
    printer = FolderPrinter(asked)
    printer.print(papers.print_receipt(office, chief, first.code, receipt_facts), first.code)
    acts.ask_supplement(office, chief, first.code, [OTHERS["needs"]], reason=OTHERS["note"])
    printer.print(letters.print_letter(office, chief, first.code, forms.SUPPLEMENT, letter_facts), first.code)
    acts.finish(office, chief, second.code, OTHERS["note"])
    acts.refuse(office, chief, erased.code, OTHERS["note"])
    fields = {"source": "phone", "subject": OTHERS["petition"], "content": OTHERS["petition"]}
    petition = petitions.receive(office, chief, {**fields, "sender": {"name": OTHERS["sender"]}})
    petitions.answer(office, chief, petition.number, OTHERS["answer"])
    printer.print(
        feedback_papers.print_petition(office, chief, petition.number, "answer", petition_facts), "y"
    )
    surveys.add(
        office,
        chief,
        date(2026, 11, 20),
        "paper",
        [{"answer": "1"}, {"answer": "2", "remark": OTHERS["remark"]}],
    )
    lookup.find(office, PERSON["name"])
    accesses.note(office, chief, [first.dossier], accesses.Why.SHOW)
    accesses.flush(office)
    return [first.code, second.code, erased.code]


def _online(district: house.District) -> None:
    line = {"code": "G12.99-261120-0007", "procedure": "1.004884", "applicant": {"name": OTHERS["online"]}}
    file = district.places.data.with_name("asked") / "online.jsonl"
    file.write_text(json.dumps(line), "utf-8")
    assert [
        one for one in registering.register(district, "H55.242", str(file), Wall()) if "error" in one
    ] == []


def _stick(office: Office, server: Any, usb: Path) -> None:
    usb.mkdir()
    receive(office, office.session("admin", lambda: PIN), applicant=PERSON, note=OTHERS["collector"])
    stick_up.copy_out(office, office.session("admin", lambda: PIN), usb)
    carrier = Carrier(server.exchange, server.filing)
    for one in carrier.bring(usb, lambda path, error: None):
        carrier.answer(one, usb)
    stick_down.bring_home(office, office.session("admin", lambda: PIN), usb)


def _pair(office: Office, folder: Path) -> str:
    """A second counter, which is given all in a bundle."""
    openers = Openers(OpenVault())
    other = Counter(folder / "other", device="QUẦY 2", openers=openers).make().open()
    exchange.offer(other, folder / "stick" / "offer")
    exchange.accept(
        office, office.session("admin", lambda: PIN), folder / "stick" / "offer", folder / "stick" / "reply"
    )
    exchange.finish(other, other.session(), folder / "stick" / "reply")
    exchange.export(office, office.session("admin", lambda: PIN), folder / "stick" / "bundle")
    exchange.bring_in(other, other.session("admin", lambda: PIN), folder / "stick" / "bundle")
    return lookup.newest(other)[0].code


def _bug(counter: Counter, district: house.District) -> None:
    try:
        raise KeyError(OTHERS["bug"], PERSON["phone"])
    except KeyError as error:
        for folder in (counter.places.logs, district.places.logs):
            Log(folder, now=counter.wall).failure("window-failed", error)
            Log(folder, now=counter.wall).log("saved", name=OTHERS["bug"], phone=PERSON["phone"])


def _recovered(office: Office, counter: Counter) -> Office:
    """A page of the file is hit, and the store recovered beside it."""
    office.close()
    with counter.places.database.open("r+b") as file:
        file.seek(3 * PAGE + 1500)
        file.write(bytes(40))
    done, office = recovering.recover(counter.places, BY_KEYRING, counter.wall)
    assert done.damage and done.aside is not None
    return office


if __name__ == "__main__":
    main(Path(sys.argv[1]))
