"""`attach`, `detach`, `attachments`, `digitised`: what a script puts on papers and reads out again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tests.cli.conftest import Here, deliver
from tests.crypto.test_pdf_signing import signed
from tests.services.test_attaching import PAPERS, pdf


def test_a_scan_is_attached_listed_read_out_and_taken_off(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Người A"}, components=PAPERS)
    scan = tmp_path / "quét.pdf"
    scan.write_bytes(pdf(2))
    name = sha256(pdf(2)).hexdigest()

    made = store.ok("attach", code, "--component", "1", str(scan), "--pages", "2").line
    listed = store.ok("attachments", code, "--out", str(tmp_path / "out")).lines

    assert made == {"file": "quét.pdf", "sha256": name, "bytes": len(pdf(2)), "pages": 2}
    assert [(one["number"], one["state"]) for one in listed] == [
        *((1, "scanned"), (2, "paper"), (3, "shown"), (4, "paper"))
    ]
    assert listed[0]["files"][0] | {"where": "here"} == listed[0]["files"][0]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{code}_01_01.pdf"]
    assert (tmp_path / "out" / f"{code}_01_01.pdf").read_bytes() == pdf(2)
    day = store.ok("show", code).line["received_at"][:10]
    assert store.ok("digitised", "--from", day).line["received"] == 1
    store.ok("detach", code, name[:10], "--reason", "nhầm")
    assert store.ok("attachments", code).lines[0]["state"] == "paper"


def test_bad_input_is_one_sentence_and_nothing_is_attached(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Người A"}, components=PAPERS)
    scan = tmp_path / "a.pdf"
    scan.write_bytes(pdf())
    for words in (
        ("attach", code, "--component", "3", str(scan)),
        ("attach", code, "--component", "7", str(scan)),
        ("attach", code, "--component", "x", str(scan)),
        ("attach", code, "--component", "1", str(tmp_path / "none.pdf")),
        ("attach", code, "--component", "1", str(scan), "--pages", "9"),
        ("detach", code, "abc", "--reason", "nhầm"),
        ("digitised", "--from", "2026-11-20", "--until", "2026-11-19"),
    ):
        told = store.run(*words)
        assert told.code in (2, 3) and told.out == "" and told.sentence, words
        assert any(word in told.sentence for word in ("hãy", "chỉ", "phải"))
    assert [event["kind"] for event in store.ok("show", code).line["events"]] == ["received"]


def test_a_pile_goes_to_its_papers_by_the_sheets_in_it(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Người A"}, components=PAPERS)
    store.ok("separators", code, "--out", tmp_path / "ngan.pdf")
    (tmp_path / "a.pdf").write_bytes(pdf(2))

    told = store.run(
        "digitise", tmp_path / "ngan.pdf", tmp_path / "a.pdf", "--code", code, "--component", "1"
    )
    assert told.code == 2

    assert [(one["component"], one["pages"]) for one in told.lines] == [(1, 0), (2, 2)]
    assert "không có trang nào" in told.lines[0]["error"] and told.lines[1]["sha256"]
    assert store.run("digitise", tmp_path / "a.pdf").lines[0]["error"]


def test_an_ended_dossier_is_erased_once_its_code_was_typed_again(store: Here) -> None:
    code = deliver(store, applicant={"name": "Người A"})
    law = ("erase", code, "--act", "Luật 91/2025/QH15, Điều 14", "--confirm")
    assert store.run(*law, code).code == 2
    store.ok("refuse", code, "--reason", "không thuộc thẩm quyền")
    assert store.run(*law, "H55.242-261128-9").code == 2

    assert store.ok(*law, code).line == {"code": code, "payloads": 2}
    told = store.ok("show", code).line
    assert (told["applicant"], told["state"], told["applicant_details"]) == ("", "refused", {})
    assert store.ok("verify").line["differences"] == 0


def test_the_result_is_digitised_once_there_is_one_and_a_signed_file_stays_as_it_is(
    store: Here, tmp_path: Path
) -> None:
    code = deliver(store, applicant={"name": "Người A"}, components=PAPERS)
    scan, filed = tmp_path / "kq.pdf", tmp_path / "kq-ký.pdf"
    scan.write_bytes(pdf(2))
    filed.write_bytes(signed())
    day = store.ok("show", code).line["received_at"][:10]
    early = store.run("digitise", scan, "--code", code, "--component", "0")
    assert early.code == 2 and "chưa có kết quả" in early.lines[0]["error"]
    store.ok("finish", code)

    made = store.ok("digitise", scan, "--code", code, "--component", "0").line
    assert (made["component"], made["pages"], made["black"]) == (0, 2, [])
    assert store.ok("digitised", "--from", day).line["results"] == 1
    store.ok("detach", code, made["sha256"], "--reason", "thay bằng bản ký số")
    assert store.ok("digitised", "--from", day).line["results"] == 0
    told = store.ok("attach", code, "--component", "0", filed, "--way", "electronic").line

    assert (told["sha256"], "altered" in told) == (sha256(filed.read_bytes()).hexdigest(), False)
    result = store.ok("attachments", code).lines[-1]
    assert (result["number"], result["state"]) == (0, "electronic")
    assert store.ok("digitised", "--from", day).line["results"] == 1
