"""The command line as it is promised to scripts: names, types, exit codes, and what is refused."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from counter_app.domain.zone import VIETNAM
from tests.journeys.command import PASSPHRASE, Store, counter_app, entry, json_lines, sheet_words
from tests.journeys.conftest import YEAR

NO_LIMIT = "3.000323"
LINE = {
    "code": str,
    "procedure": str,
    "applicant": str,
    "state": str,
    "national_status": int,
    "received_at": str,
    "due": str,
    "sync": str,
}
SHOWN = {
    **LINE,
    "events": list,
    "components": list,
    "fee": dict,
    "conflicts": list,
    "applicant_details": dict,
}
EXCHANGED = (
    *("sent", "received", "acknowledged", "pending", "conflicts"),
    *("bytes_up", "bytes_down", "requests"),
)
VIETNAMESE = re.compile(
    r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)


def fits(line: dict[str, Any], shape: dict[str, type]) -> bool:
    return all(type(line.get(name)) is kind for name, kind in shape.items())


def zoned(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    return moment


def refused(answer: Any, code: int = 2) -> str:
    """The sentence of a refusal: one, in Vietnamese, and no fallback."""
    assert answer.code == code, answer
    assert answer.out == ""
    sentence: str = answer.sentence
    assert VIETNAMESE.search(sentence), sentence
    assert sentence.endswith(".")
    assert "Chưa làm được việc này" not in sentence
    return sentence


def a_working_day(year: int) -> str:
    day = date(year, 6, 10)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def qr_of(pdf: Path) -> str:
    done = subprocess.run(
        ["pdftoppm", "-r", "203", "-png", "-gray", str(pdf)], capture_output=True, check=True
    )
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(done.stdout)).convert("L"))
    (qr,) = {one.text for one in found if "QR" in str(one.format)}
    return qr


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_store_is_made_once_and_never_without_a_second_way_in(tmp_path: Path) -> None:
    data, sheet = tmp_path / "data", tmp_path / "sheet.pdf"
    bare = Store(data, {})
    words = ("init", "--agency", "H55.242", "--name", "UBND xã Đồng Hỷ")

    refused(bare.run(*words))
    refused(bare.run(*words, "--recovery", data / "sheet.pdf"))
    refused(bare.run("init", "--agency", "xã", "--name", "UBND", COUNTER_PASSPHRASE=PASSPHRASE))
    assert not data.exists()

    made = counter_app(*words, "--recovery", sheet, "--data", data)
    assert made.code == 0
    assert made.line == {
        "agency": "H55.242",
        "device": made.line["device"],
        "catalogue": 65,
        "recovery": str(sheet),
    }
    assert isinstance(made.line["device"], str)
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert {path.name for path in data.iterdir()} <= {"store.db", "keys.json"}

    before = sheet.read_bytes()
    refused(bare.run(*words, "--recovery", tmp_path / "another.pdf"))
    refused(bare.run(*words, "--recovery", sheet, COUNTER_PASSPHRASE=PASSPHRASE))
    assert not (tmp_path / "another.pdf").exists()
    assert sheet.read_bytes() == before

    secret = sheet_words(sheet)
    refused(bare.run("verify"), 3)
    refused(bare.run("verify", COUNTER_PASSPHRASE=PASSPHRASE), 3)
    assert bare.ok("verify", COUNTER_RECOVERY=secret).line["chain"] == "ok"
    kinds = [w["kind"] for w in bare.ok("keys", "list", COUNTER_RECOVERY=secret).lines]
    assert kinds == ["recovery"]
    both = {"COUNTER_RECOVERY": secret, "COUNTER_NEW_PASSPHRASE": PASSPHRASE}
    bare.ok("keys", "add", "passphrase", **both)
    wrong = "".join(secret.split()[::-1])
    refused(bare.run("verify", COUNTER_RECOVERY=wrong), 2)
    ids = {w["kind"]: w["id"] for w in bare.ok("keys", "list").lines}
    bare.ok("keys", "drop", ids["recovery"], COUNTER_PASSPHRASE=PASSPHRASE)
    refused(bare.run("verify", COUNTER_RECOVERY=secret), 3)
    refused(bare.run("keys", "drop", ids["passphrase"], COUNTER_PASSPHRASE=PASSPHRASE))
    refused(bare.run("verify", COUNTER_PASSPHRASE="mật khẩu khác hẳn"), 3)


@pytest.mark.usefixtures("true_start")
def test_a_dossier_goes_from_reception_to_the_citizens_hand(store: Store, tmp_path: Path) -> None:
    papers = tmp_path / "papers"

    first, second = store.receive(
        entry("Đặng Thị Hương", components=[{"name": "Giấy khai sinh", "kind": "original", "count": 2}]),
        entry("Y Blơ Niê", fee={"amount": 20000, "paid": True}),
        words=("--papers", papers),
    )

    for number, answer in enumerate((first, second), start=1):
        assert answer["line"] == number
        assert zoned(answer["due"]) > zoned(answer["received_at"])
        (paper,) = map(Path, answer["papers"])
        assert paper.parent == papers and paper.read_bytes().startswith(b"%PDF-")
        assert answer["code"] in text_of(paper)
    code = first["code"]

    shown = store.ok("show", code).line
    assert fits(shown, SHOWN)
    assert (shown["state"], shown["national_status"]) == ("received", 2)
    assert shown["applicant_details"]["name"] == "Đặng Thị Hương"
    assert shown["components"] == [{"name": "Giấy khai sinh", "kind": "original", "count": 2}]
    assert shown["fee"]["paid"] is False
    assert [event["kind"] for event in shown["events"]] == ["received", "printed"]
    fee = counter_app("show", second["code"], "--data", store.data, environment=store.environment).line["fee"]
    assert (fee["amount"], fee["paid"]) == (20000, True)

    assert refused(store.run("return", code, "--to", "Đặng Thị Hương"))
    statuses = [
        store.ok(*words).line["national_status"]
        for words in (
            ("process", code, "--step", "Thẩm định"),
            ("supplement", code, "--need", "Bản sao hộ khẩu", "Tờ khai"),
            ("resubmit", code),
            ("extend", code, "--until", a_working_day(YEAR + 1), "--reason", "Cần xác minh thêm"),
            ("pay", code, "--amount", "2000"),
            ("correct", code, "applicant.phone=0987654321", "--reason", "Ghi nhầm số"),
            ("finish", code),
            (
                "return",
                code,
                "--to",
                "Đặng Văn Út",
                "--id-number",
                "019088000123",
                "--authority",
                "Giấy ủy quyền",
            ),
        )
    ]
    assert statuses == [4, 5, 4, 4, 4, 4, 9, 10]
    told = store.ok("show", code).line
    assert told["applicant_details"]["phone"] == "0987654321"
    assert told["fee"]["collected"] == 2000
    assert told["due"][:10] == a_working_day(YEAR + 1) and told["first_due"] == first["due"]
    assert [event["kind"] for event in told["events"]][-1] == "returned"
    assert all(isinstance(event["fact"], bool) and event["text"] for event in told["events"])
    assert refused(store.run("process", code, "--step", "Nữa"))
    assert refused(store.run("void", code, "--reason", "Đã trả rồi"))

    verdict = store.ok("verify").line
    assert (verdict["chain"], verdict["integrity"], verdict["differences"]) == ("ok", "ok", 0)
    assert (verdict["events"], verdict["dossiers"]) == (verdict["events"], 2)
    assert store.ok("rebuild").line == {"dossiers": 2}
    assert store.ok("verify").line == verdict


def test_the_other_ends_of_a_dossier_have_their_national_status(store: Store) -> None:
    codes = [line["code"] for line in store.receive(*(entry(f"Người Thứ {n}") for n in "ABCDE"))]

    ends = [
        store.ok(name, code, "--reason", "Theo đơn").line["national_status"]
        for name, code in zip(("refuse", "stop", "withdraw", "void"), codes, strict=False)
    ]

    assert ends == [3, 8, 7, 3]
    assert store.ok("finish", codes[4]).line["national_status"] == 9
    for name in ("process", "supplement", "finish"):
        words = {"process": ("--step", "x"), "supplement": ("--need", "x")}.get(name, ())
        refused(store.run(name, codes[0], *words))


def test_finding_by_code_name_and_digits(store: Store) -> None:
    now = datetime.now(VIETNAM)
    if (now - timedelta(minutes=1)).date() != now.date():
        now -= timedelta(minutes=2)  # their codes have one day
    people = (
        {"name": "Nguyễn Văn Đức"},
        {"name": "Đinh Thị Đức Hạnh"},
        {"name": "B", "id_number": "019088004567"},
    )
    entries = [
        {"procedure": "2.000815", "applicant": who, "received_at": (now - timedelta(seconds=ago)).isoformat()}
        for who, ago in zip(people, (30, 20, 10), strict=True)
    ]
    codes = [line["code"] for line in store.receive(*entries)]

    def found(*words: object) -> list[str]:
        lines = store.ok("find", *words).lines
        assert all(fits(line, LINE) for line in lines)
        return [line["code"] for line in lines]

    assert found("duc") == codes[1::-1]
    assert found(codes[0][:14]) == codes[::-1]
    assert found(codes[0].lower()) == codes[:1]
    assert found(codes[0][:14], "--limit", "2") == codes[:0:-1]
    assert found("4567") == codes[2:]
    assert found("--all") == codes[::-1]
    assert found("không có ai như vậy") == []
    refused(store.run("find", ""))
    refused(store.run("find", "duc", "--limit", "nhiều"))
    refused(store.run("show", "H55.242-261122-9999"))


def test_what_is_due_on_a_day_and_what_is_overdue(store: Store) -> None:
    now = datetime.now(VIETNAM)
    past = (now - timedelta(days=200)).replace(microsecond=0)
    late, soon = store.receive(
        entry("Người Trễ", received_at=past.isoformat(), late_reason="Mất điện"),
        entry("Người Mới", NO_LIMIT, due=a_working_day(YEAR + 1), due_reason="Theo kế hoạch"),
    )

    on = store.ok("due", "--on", a_working_day(YEAR + 1)).lines
    overdue = store.ok("due", "--overdue").lines

    assert [line["code"] for line in on] == [soon["code"]]
    assert [line["code"] for line in overdue] == [late["code"]]
    refused(store.run("due", "--on", "hôm nay"))


def test_a_past_reception_is_marked_and_a_future_one_refused(store: Store, tmp_path: Path) -> None:
    now = datetime.now(VIETNAM).replace(microsecond=0)
    past = now - timedelta(days=729)
    times = (past, now - timedelta(days=735), now + timedelta(hours=1))
    lines = [entry("Người Cũ", received_at=at.isoformat(), late_reason="Máy hỏng") for at in times]

    answer = store.run("receive", "-", "--papers", tmp_path, stdin=json_lines(lines))

    assert answer.code == 2
    good, *bad = answer.lines
    assert zoned(good["received_at"]) == past
    assert f"-{past:%y%m%d}-" in good["code"]
    assert [line["line"] for line in bad] == [2, 3] and all("error" in line for line in bad)
    paper = text_of(Path(good["papers"][0]))
    assert "Nhập vào máy lúc" in paper and "Máy hỏng" in paper


def test_an_act_may_lie_between_the_last_one_and_now(store: Store) -> None:
    now = datetime.now(VIETNAM).replace(microsecond=0)
    (received,) = store.receive(
        entry(received_at=(now - timedelta(hours=5)).isoformat(), late_reason="Mất điện")
    )
    code = received["code"]

    store.ok("process", code, "--step", "Thẩm định", "--at", (now - timedelta(hours=3)).isoformat())

    for wrong in (now - timedelta(hours=4), now + timedelta(minutes=5)):
        refused(store.run("finish", code, "--at", wrong.isoformat()))
    refused(store.run("finish", code, "--at", "chiều nay"))
    store.ok("finish", code, "--at", (now - timedelta(hours=3)).isoformat())
    acts = [zoned(event["at"]) for event in store.ok("show", code).line["events"]]
    assert acts == [now - timedelta(hours=5), now - timedelta(hours=3), now - timedelta(hours=3)]


def test_a_date_in_a_year_without_calendar_is_given_with_a_warning_and_a_mark(
    store: Store, tmp_path: Path
) -> None:
    unknown = {"due": a_working_day(YEAR + 3), "due_reason": "Theo kế hoạch"}
    entries = (
        entry("Người Một", NO_LIMIT, **unknown),
        entry("Người Hai", NO_LIMIT, **unknown, calendar_confirmed=True),
    )

    first, second = store.receive(*entries, words=("--papers", tmp_path, "--paper", "80mm"))

    assert first["warnings"] == [{"code": "calendar-missing", "years": [YEAR + 3]}]
    assert "warnings" not in second
    assert f"chưa có lịch nghỉ năm {YEAR + 3}" in text_of(Path(first["papers"][0]))
    assert "chưa có lịch nghỉ" not in text_of(Path(second["papers"][0]))
    assert store.ok("show", first["code"]).line["warnings"] == first["warnings"]

    sheet = tmp_path / "next.csv"
    sheet.write_text(f"date,kind,note\n{YEAR + 3}-01-01,holiday,Tết\n", encoding="utf-8")
    counts = store.ok("calendar", "import", sheet).line
    assert {name: counts[name] for name in ("new", "amended", "abolished", "unchanged")} == {
        "new": 1,
        "amended": 0,
        "abolished": 0,
        "unchanged": 0,
    }
    (third,) = store.receive(entry("Người Ba", NO_LIMIT, **unknown))
    assert "warnings" not in third


def test_a_reprint_is_a_copy_with_its_reason_and_a_paper_names_what_was_mended(
    store: Store, tmp_path: Path
) -> None:
    code = store.receive(entry("Vũ Thị Lụa"))[0]["code"]
    paper = tmp_path / "receipt.pdf"
    command = ("print", code, "--form", "receipt", "--out", paper)

    assert store.ok(*command).line == {"file": str(paper), "pages": len(PdfReader(paper).pages)}
    assert "BẢN IN LẠI" not in text_of(paper)
    before = paper.read_bytes()
    refused(store.run(*command))
    assert paper.read_bytes() == before
    store.ok(*command, "--reason", "Mất giấy")
    assert "BẢN IN LẠI lần 2: Mất giấy" in text_of(paper)
    store.ok("correct", code, "applicant.name=Vũ Thị Lúa", "--reason", "Ghi nhầm tên")
    store.ok(*command, "--reason", "Sửa tên")
    said = text_of(paper)
    assert "lần 3" in said and "ĐÍNH CHÍNH" in said and "Ghi nhầm tên" in said and "Vũ Thị Lúa" in said
    store.ok("void", code, "--reason", "Nhập hai lần")
    store.ok(*command, "--reason", "Lưu hồ sơ")
    assert "ĐÃ HỦY: Nhập hai lần" in text_of(paper)

    inside = ("print", code, "--form", "receipt", "--reason", "x", "--out", store.data / "receipt.pdf")
    refused(store.run(*inside))
    refused(store.run("receive", "-", "--papers", store.data / "papers", stdin=json_lines([entry()])))
    refused(store.run("bundle", "export", store.data / "bundle"))
    assert {path.name for path in store.data.iterdir()} <= {
        *("store.db", "store.db-wal", "store.db-shm", "keys.json", "marks.json")
    }
    assert len(store.ok("find", "--all").lines) == 1
    printed = [e for e in store.ok("show", code).line["events"] if e["kind"] == "printed"]
    assert len(printed) == 4


def test_a_scan_tells_codes_cards_and_receipts_apart(store: Store, new_store: Any, tmp_path: Path) -> None:
    (received,) = store.receive(entry("Lê Văn Tám"), words=("--papers", tmp_path))
    code = received["code"]
    qr = qr_of(Path(received["papers"][0]))
    payload = bytearray(base64.urlsafe_b64decode(qr.partition("#")[2] + "=="))
    payload[-1] ^= 1
    altered = qr.partition("#")[0] + "#" + base64.urlsafe_b64encode(payload).rstrip(b"=").decode()

    dossier = store.ok("scan", code).line
    assert (dossier["kind"], dossier["code"]) == ("dossier", code)
    card = store.ok("scan", "019088000123|250123456|Lê Văn Tám|02091988|Nam|Xóm 3, Đồng Hỷ|15052021").line
    assert card["kind"] == "card"
    assert (card["id_number"], card["name"], card["sex"]) == ("019088000123", "Lê Văn Tám", "Nam")
    assert (card["birth_date"], card["address"], card["issued"]) == (
        "1988-09-02",
        "Xóm 3, Đồng Hỷ",
        "2021-05-15",
    )
    assert card["warnings"] == []
    receipt = store.ok("scan", qr).line
    assert {name: receipt[name] for name in ("kind", "code", "procedure", "due", "signature")} == {
        "kind": "receipt",
        "code": code,
        "procedure": "2.000815",
        "due": received["due"],
        "signature": "verified",
    }
    forged = store.run("scan", altered)
    assert (forged.code, forged.line["signature"]) == (2, "forged")
    stranger = new_store("elsewhere").run("scan", qr)
    assert (stranger.code, stranger.line["signature"]) == (2, "unknown_device")
    assert store.ok("scan", "một dòng chữ").line["kind"] == "unknown"


def test_once_officers_have_pins_a_command_without_one_only_reads(store: Store, tmp_path: Path) -> None:
    code = store.receive(entry())[0]["code"]
    added = store.ok(
        "officer", "add", "hoa", "--name", "Lê Thị Hoa", "--role", "officer", COUNTER_PIN="4826"
    ).line
    assert added == {"id": "hoa", "name": "Lê Thị Hoa", "role": "officer", "pin": True, "active": True}
    refused(
        store.run(
            "officer", "add", "x", "--name", "X", "--role", "king", "--officer", "hoa", COUNTER_PIN="4826"
        )
    )
    ids = [officer["id"] for officer in store.ok("officer", "list").lines]
    assert set(ids) == {"admin", "hoa"}

    for words in (
        ("receive", "-"),
        ("process", code, "--step", "x"),
        ("officer", "add", "y", "--name", "Y", "--role", "officer"),
        ("print", code, "--form", "receipt", "--out", tmp_path / "paper.pdf"),
        ("rebuild",),
        ("keys", "drop", "1"),
        ("keys", "add", "passphrase"),
        ("clock", "--set", datetime.now(VIETNAM).isoformat()),
    ):
        refused(store.run(*words, stdin=json_lines([entry()]), COUNTER_NEW_PASSPHRASE="một mật khẩu khác"))
    for words in (("show", code), ("find", "hoa"), ("due",), ("scan", code), ("verify",), ("keys", "list")):
        store.ok(*words)
    for pin in ("1111", ""):
        refused(store.run("process", code, "--step", "x", "--officer", "hoa", COUNTER_PIN=pin))
    refused(store.run("process", code, "--step", "x", "--officer", "nobody", COUNTER_PIN="4826"))
    store.ok("process", code, "--step", "x", "--officer", "hoa", COUNTER_PIN="4826")
    counter = ("--officer", "hoa", "finish", code, "--data", store.data)
    assert counter_app(*counter, environment={**store.environment, "COUNTER_PIN": "4826"}).code == 0
    acts = store.ok("show", code).line["events"]
    assert [event["officer"] for event in acts] == ["admin", "hoa", "hoa"]
    assert not (tmp_path / "paper.pdf").exists()
    assert len(store.ok("find", "--all").lines) == 1


def test_a_backup_comes_back_under_a_new_log_and_sets_aside_what_stood_there(
    store: Store, tmp_path: Path
) -> None:
    (kept,) = store.receive(entry("Người Trước"))
    told = store.ok("backup", tmp_path / "store.backup").line
    assert told["bytes"] == (tmp_path / "store.backup").stat().st_size
    (lost,) = store.receive(entry("Người Sau"))

    refused(store.run("restore", tmp_path / "store.backup"))
    assert len(store.ok("find", "--all").lines) == 2
    refused(store.run("restore", tmp_path / "nothing", "--replace"), 3)
    (tmp_path / "no.backup").write_bytes(b"PK" + bytes(100))
    refused(store.run("restore", tmp_path / "no.backup", "--replace"))
    damaged = bytearray((tmp_path / "store.backup").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.backup").write_bytes(damaged)
    refused(store.run("restore", tmp_path / "damaged.backup", "--replace"), 3)
    assert len(store.ok("find", "--all").lines) == 2

    restored = store.ok("restore", tmp_path / "store.backup", "--replace").line
    assert restored["dossiers"] == 1
    assert [line["code"] for line in store.ok("find", "--all").lines] == [kept["code"]]
    old = Store(Path(restored["set_aside"]))
    assert {line["code"] for line in old.ok("find", "--all").lines} == {kept["code"], lost["code"]}
    (after,) = store.receive(entry("Người Mới"))
    assert after["code"] not in (kept["code"], lost["code"])
    store.ok("verify")

    elsewhere = Store(tmp_path / "elsewhere", store.environment)
    refused(Store(tmp_path / "elsewhere", {}).run("restore", tmp_path / "store.backup"), 3)
    elsewhere.ok("restore", tmp_path / "store.backup")
    assert [line["code"] for line in elsewhere.ok("find", "--all").lines] == [kept["code"]]


def test_two_dossiers_with_one_code_are_both_shown_with_a_note(store: Store, tmp_path: Path) -> None:
    slip = "H55.242-261122-012345001"
    store.ok("backup", tmp_path / "store.backup")
    store.receive(entry("Người Ở Đây", slip=slip))
    copy = Store(tmp_path / "copy", store.environment)
    copy.ok("restore", tmp_path / "store.backup")
    copy.receive(entry("Người Ở Kia", slip=slip))
    copy.ok("pair", "offer", tmp_path / "offer")
    words = store.ok("pair", "accept", tmp_path / "offer", "--out", tmp_path / "reply").line["words"]
    assert copy.ok("pair", "finish", tmp_path / "reply").line["words"] == words
    exported = copy.ok("bundle", "export", tmp_path / "bundle").line
    assert all(type(exported[name]) is int for name in EXCHANGED)

    imported = store.ok("bundle", "import", tmp_path / "bundle").line
    shown = store.ok("show", slip).lines

    assert all(type(imported[name]) is int for name in EXCHANGED)
    assert imported["received"] > 0
    assert {line["applicant"] for line in shown} == {"Người Ở Đây", "Người Ở Kia"}
    assert all(line["note"] for line in shown)
    refused(store.run("process", slip, "--step", "x"))
    store.ok("verify")


def test_a_conflict_is_shown_and_settled_by_a_person(new_store: Any, tmp_path: Path) -> None:
    one, two = new_store("one"), new_store("two")
    two.ok("pair", "offer", tmp_path / "offer")
    one.ok("pair", "accept", tmp_path / "offer", "--out", tmp_path / "reply")
    two.ok("pair", "finish", tmp_path / "reply")

    def carry(giver: Store, taker: Store) -> dict[str, Any]:
        giver.ok("bundle", "export", tmp_path / "bundle")
        return taker.ok("bundle", "import", tmp_path / "bundle").line

    code = one.receive(entry("Hà Thị Mơ"))[0]["code"]
    carry(one, two)
    one.ok("correct", code, "applicant.address=Xóm Một", "--reason", "Hỏi lại")
    two.ok("correct", code, "applicant.address=Xóm Hai", "--reason", "Hỏi lại")
    assert carry(one, two)["conflicts"] == 1
    assert carry(two, one)["conflicts"] == 1

    shown = one.ok("show", code).line
    (conflict,) = shown["conflicts"]
    assert shown["conflicts"] == two.ok("show", code).line["conflicts"]
    assert conflict["field"] == "applicant.address"
    assert {side["value"] for side in conflict["sides"]} == {"Xóm Một", "Xóm Hai"}
    keep = next(side["event"] for side in conflict["sides"] if side["value"] == "Xóm Hai")
    refused(one.run("resolve", code, "--keep", "không có"))
    one.ok("resolve", code, "--keep", keep)
    carry(one, two)
    for store in (one, two):
        settled = store.ok("show", code).line
        assert settled["conflicts"] == [] and settled["applicant_details"]["address"] == "Xóm Hai"
    assert one.ok("verify").line["state"] == two.ok("verify").line["state"]


def test_a_flipped_byte_is_told_by_verify_and_a_lost_store_by_every_command(
    store: Store, tmp_path: Path
) -> None:
    store.receive(*(entry(f"Người Thứ {n}") for n in range(30)))
    whole = (store.data / "store.db").read_bytes()
    for name in ("store.db-wal", "store.db-shm"):
        (store.data / name).unlink(missing_ok=True)
    codes = set()
    for place in (len(whole) // 3, len(whole) // 2, len(whole) - 2000):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        (store.data / "store.db").write_bytes(flipped)

        answer = store.run("verify")

        codes.add(answer.code)
        assert VIETNAMESE.search(answer.sentence)
        for line in answer.lines:
            assert (line["chain"], line["integrity"]) != ("ok", "ok")
    assert codes == {3}
    shutil.rmtree(store.data)
    refused(store.run("find", "hoa"), 3)
    assert not store.data.exists()


def test_settings_come_from_files_and_the_clock_from_a_supervisor(store: Store, tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.csv"
    columns = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi"
    catalogue.write_text(
        f"{columns}\n9.000001,Thủ tục thử,Thử,xã,3,working_day,5000,Đơn;Bản sao,Giấy\n", encoding="utf-8"
    )

    counts = store.ok("catalogue", "import", catalogue).line

    assert counts == {"new": 1, "amended": 0, "abolished": 65, "unchanged": 0}
    (received,) = store.receive(entry(procedure="9.000001"))
    assert [c["name"] for c in store.ok("show", received["code"]).line["components"]] == ["Đơn", "Bản sao"]
    refused(store.run("catalogue", "import", tmp_path / "nothing.csv"), 3)
    catalogue.write_text("code,name_vi\n1.000001\n", encoding="utf-8")
    assert refused(store.run("catalogue", "import", catalogue)).startswith("Dòng ")

    ahead = (datetime.now(VIETNAM) + timedelta(days=2)).replace(microsecond=0)
    told = store.ok("clock", "--set", ahead.isoformat()).line
    assert abs(zoned(told["now"]) - ahead) < timedelta(minutes=1)
    (later,) = store.receive(entry(procedure="9.000001"), words=("--papers", tmp_path))
    assert abs(zoned(later["received_at"]) - ahead) < timedelta(minutes=2)
    assert "Giờ do người phụ trách nhập" in text_of(Path(later["papers"][0]))
    store.ok("verify")


@pytest.mark.parametrize(
    "words",
    [
        ("bogus",),
        ("init",),
        ("receive",),
        ("return", "H55.242-261122-1001"),
        ("pay", "H55.242-261122-1001", "--amount", "-5"),
        ("print", "H55.242-261122-1001", "--form", "poem", "--out", "x.pdf"),
        ("clock", "--set", "trưa"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_is_none_is_refused_in_one_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    refused(Store(tmp_path / "data").run(*words))

    assert not (tmp_path / "data").exists()


def test_output_is_utf8_whatever_the_terminal_speaks(store: Store) -> None:
    store.receive(entry("Nguyễn Thị Ước"))

    found = store.ok("find", "ước", PYTHONIOENCODING="latin-1", LC_ALL="C")

    assert found.line["applicant"] == "Nguyễn Thị Ước"


def test_many_acts_come_from_a_file_and_a_bad_line_stops_none_of_the_others(store: Store) -> None:
    code = store.receive({"procedure": "1.004884", "applicant": {"name": "Vàng Thị Mỷ"}})[0]["code"]
    lines = [
        ["process", code, "--step", "thẩm định"],
        ["finish"],
        ["init", "--agency", "H55.242", "--name", "x"],
        "finish",
        ["return", code, "--to", "Vàng Thị Mỷ"],
        ["finish", code],
        ["return", code, "--to", "Vàng Thị Mỷ"],
    ]

    answer = store.run("acts", "-", stdin="\n".join(json.dumps(line, ensure_ascii=False) for line in lines))

    assert answer.code == 2
    assert [("error" in line, line["line"]) for line in answer.lines] == [
        (False, 1),
        (True, 2),
        (True, 3),
        (True, 4),
        (True, 5),
        (False, 6),
        (False, 7),
    ]
    assert answer.lines[-1]["state"] == "returned"
    assert all(f"Dòng {line['line']}: " in line["error"] for line in answer.lines if "error" in line)


def test_several_dossiers_are_returned_at_once_or_none_and_a_part_stays_waiting(store: Store) -> None:
    first, second, third = (
        store.receive({"procedure": "1.004884", "applicant": {"name": "Vàng Thị Mỷ"}})[0]["code"]
        for _ in range(3)
    )
    for code in (first, second):
        store.ok("finish", code)
    stands_in = ["--to", "Vàng A Sính", "--id-number", "011074000456", "--authority", "giấy khai sinh"]

    partly = store.ok(
        "return", first, *stands_in, "--relation", "child", "--given", "1 bản", "--left", "1 bản"
    )
    refused = store.run("return", first, "--also", second, third, *stands_in)
    both = store.ok("return", first, "--also", second, *stands_in, "--receipt-lost")

    assert partly.line["state"] == "finished"
    assert (refused.code, refused.lines) == (2, [])
    assert [(line["code"], line["state"]) for line in both.lines] == [
        (first, "returned"),
        (second, "returned"),
    ]
    kinds = [event["kind"] for event in store.ok("show", first).line["events"]]
    assert kinds[-2:] == ["returned_partly", "returned"]
    assert store.run("return", third, "--to", "A", "--relation", "neighbour").code == 2
