"""`print`: every paper of a dossier, the register of some days, the list of dossiers that change hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from counter_app.services.papers import page_count
from tests.cli.conftest import Here, deliver
from tests.paper.reading import pages, squeezed


def printed(store: Here, out: Path, *words: str) -> str:
    line = store.ok("print", *words, "--out", out).line
    assert line["file"] == str(out) and line["pages"] == page_count(out.read_bytes())
    return squeezed("".join(pages(out.read_bytes())))


def test_each_letter_is_printed_after_its_act_and_once_more_for_a_reason(store: Here, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    acts = {
        "supplement": ("supplement", "--need", "Giấy chứng sinh", "--reason", "còn thiếu"),
        "apology": ("extend", "--until", "2027-03-09", "--reason", "chờ xác minh"),
        "stop": ("stop", "--reason", "người nộp đề nghị"),
        "refusal": ("refuse", "--reason", "không thuộc thẩm quyền"),
    }
    for form, (act, *how) in acts.items():
        code = deliver(store, applicant={"name": "Lò Thị Pâng"})
        early = store.run("print", code, "--form", form, "--out", out)
        assert early.code == 2 and not out.exists() and code in early.sentence
        store.ok(act, code, *how)

        assert squeezed("Lò Thị Pâng") in printed(store, out, code, "--form", form, "--paper", "a4")
        assert store.run("print", code, "--form", form, "--out", out).code == 2
        again = printed(store, out, code, "--form", form, "--reason", "giấy ướt")

        assert squeezed("BẢN IN LẠI lần 2: giấy ướt") in again
        out.unlink()


def test_the_control_slip_the_register_and_the_list(store: Here, tmp_path: Path) -> None:
    codes = [deliver(store, applicant={"name": f"Người {n}"}) for n in range(2)]
    store.ok("process", codes[0], "--step", "thẩm tra", "--holder", "Địa chính")
    day = store.ok("show", codes[0]).line["received_at"][:10]

    assert squeezed("2. Nhận: Địa chính") in printed(store, tmp_path / "c.pdf", codes[0], "--form", "control")
    register = printed(store, tmp_path / "r.pdf", "register", "--from", day, "--to", day)
    listed = printed(
        store, tmp_path / "l.pdf", "handover-list", *codes, "--from", "Một cửa", "--to", "Địa chính"
    )

    assert all(code in register and code in listed for code in codes)
    assert squeezed("Bên nhận: Địa chính") in listed


def test_the_register_is_a_workbook_where_its_file_is_called_one(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Lò Thị Pâng"})
    day = store.ok("show", code).line["received_at"][:10]

    line = store.ok("print", "register", "--from", day, "--to", day, "--out", tmp_path / "so.xlsx").line

    (sheet,) = load_workbook(tmp_path / "so.xlsx")
    assert (sheet.cell(7, 2).value, sheet.cell(7, 5).value) == (code, "Lò Thị Pâng")
    assert "pages" not in line


@pytest.mark.parametrize(
    "words",
    [
        ("register",),
        ("register", "--from", "2026-11-30", "--to", "2026-11-01"),
        ("register", "--from", "hôm qua", "--to", "2026-11-01"),
        ("handover-list", "--from", "A", "--to", "B"),
        ("handover-list", "X", "--to", "B"),
        ("H55.242-261120-1001",),
        ("H55.242-261120-1001", "H55.242-261120-1002", "--form", "receipt"),
    ],
)
def test_what_is_asked_for_wrongly_is_told_in_a_sentence(store: Here, tmp_path: Path, words) -> None:
    answer = store.run("print", *words, "--out", tmp_path / "x.pdf")

    assert answer.code == 2 and answer.sentence.endswith(".")
    assert not (tmp_path / "x.pdf").exists()


def test_a_paper_that_cannot_be_there_is_no_print(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Lò Thị Pâng"})
    for nowhere in (tmp_path / "none" / "r.pdf", tmp_path):
        assert store.run("print", code, "--form", "receipt", "--out", nowhere).code == 3

    text = printed(store, tmp_path / "r.pdf", code, "--form", "receipt")

    assert squeezed("BẢN IN LẠI") not in text
    assert sorted(path.name for path in tmp_path.glob("*.p*")) == ["data.pdf", "r.pdf"]


def test_a_dossier_that_was_not_accepted_has_no_paper_with_a_date(store: Here, tmp_path: Path) -> None:
    code = deliver(store, applicant={"name": "Lò Thị Pâng"}, registered=True)
    for form in ("receipt", "label"):
        told = store.run("print", code, "--form", form, "--out", tmp_path / "r.pdf")
        assert (told.code, code in told.sentence) == (2, True)
    store.ok("accept", code)

    text = printed(store, tmp_path / "r.pdf", code, "--form", "receipt")

    assert squeezed("BẢN IN LẠI") not in text


def test_what_a_book_cannot_be_is_told_and_nothing_is_written(store: Here, tmp_path: Path) -> None:
    wrong = {
        ("register", "--from", "0001-01-01", "--to", "9999-12-31", "--out", "r.pdf"): "1/1/1",
        ("register", "--from", "2026-11-01", "--to", "2026-11-02", "--out", "r.csv"): ".xlsx",
        ("cash-book", "--from", "2026-11-01", "--to", "2026-11-02", "--out", "r.pdf"): "--to",
    }
    for words, said in wrong.items():
        told = store.run("print", *words[:-1], tmp_path / words[-1])
        assert told.code == 2 and said in told.sentence
    assert store.run("due", "--on", "9999-12-31").code == 2
    assert list(tmp_path.glob("r.*")) == []


def test_a_list_names_who_holds_each_dossier(store: Here, tmp_path: Path) -> None:
    one, other = (deliver(store, applicant={"name": f"Người {n}"}) for n in range(2))
    store.ok("hand-over", one, "--to", "Tư pháp")
    store.ok("hand-over", other, "--to", "Địa chính")
    out = tmp_path / "l.pdf"

    told = store.run(
        "print", "handover-list", one, other, "--from", "Một cửa", "--to", "Tư pháp", "--out", out
    )
    assert (told.code, out.exists()) == (2, False) and other in told.sentence and "Địa chính" in told.sentence
    printed(store, out, "handover-list", one, "--from", "Một cửa", "--to", "Tư pháp")


def test_the_notice_of_an_end_says_what_is_known_of_the_fee(store: Here, tmp_path: Path) -> None:
    for fee, said in ((0, "không thu"), (8000, "chưa nộp")):
        code = deliver(store, applicant={"name": "Lò Thị Pâng"}, fee={"amount": fee})
        store.ok("stop", code, "--reason", "người nộp đề nghị", "--cause", "requested")
        text = printed(store, tmp_path / f"{fee}.pdf", code, "--form", "stop", "--paper", "a4")
        assert squeezed(said) in text
