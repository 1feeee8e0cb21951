"""`petition` and `survey`: JSON lines in and out, one sentence for what is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from counter_app.system import clock
from tests.cli.conftest import Here
from tests.journeys.command import json_lines

PETITION = {"source": "phone", "subject": "Chờ lâu", "content": "Chờ hai giờ", "sender": {"name": "H’Loan"}}


def test_a_petition_from_its_reception_to_its_publication(store: Here) -> None:
    bad = {**PETITION, "source": "smoke"}
    given = store.run("petition", "add", "-", stdin=json_lines([PETITION, bad]))
    number = given.lines[0]["number"]

    assert given.code == 2 and given.lines[0]["rule"] == "766" and given.lines[0]["due"]
    assert given.lines[1]["error"].startswith("Dòng 2: nguồn phản ánh “smoke” không đúng")
    store.ok("petition", "assign", number, "--to", "An")
    store.ok("petition", "ask", number, "--need", "giờ đến")
    store.ok("petition", "supply", number, "--text", "7 giờ")
    (done,) = store.ok("petition", "answer", number, "--text", "Đã mở thêm quầy", "--by", "Bình").lines
    assert done["stage"] == "answered" and done["publish_by"]
    assert len(store.ok("petition", "list", "--open").lines) == 1
    store.ok("petition", "publish", number, "--where", "bảng tin")
    assert store.ok("petition", "list", "--open").lines == []

    (shown,) = store.ok("petition", "show", "1").lines
    assert shown["stage"] == "published" and shown["answer"] == {"text": "Đã mở thêm quầy", "by": "Bình"}
    assert [e["text"] for e in shown["events"]][4:] == [
        "Bình trả lời phản ánh: Đã mở thêm quầy.",
        f"Công khai câu trả lời ngày {clock.today():%-d/%-m/%Y}: bảng tin.",
    ]
    again = store.run("petition", "refuse", number, "--reason", "x")
    assert again.code == 2 and again.said == (
        "Không từ chối được vì phản ánh này “đã trả lời và công khai”; hãy mở phản ánh để xem việc đã ghi.\n"
    )
    day = clock.today().isoformat()
    (told,) = store.ok("petition", "figures", "--from", day).lines
    assert (told["received"], told["in_time"], told["handled_percent"]) == (1, 1, 100.0)
    assert store.run("petition", "show", "99").code == 2


def test_a_line_with_an_id_is_entered_once_and_its_petition_is_named_by_its_id(store: Here) -> None:
    lines = json_lines([{**PETITION, "id": "019aa5b2-c3d4-7000-8011-2233445566ff"}])
    (made,) = store.ok("petition", "add", "-", stdin=lines).lines
    (again,) = store.ok("petition", "add", "-", stdin=lines).lines

    assert again == {**made, "again": True}
    (listed,) = store.ok("petition", "list").lines
    assert (listed["id"], listed["same_number"]) == (made["id"], [])
    assert store.ok("petition", "show", made["id"][:20]).lines[0]["number"] == made["number"]


def test_a_stack_of_slips_is_saved_whole_or_not_at_all(store: Here) -> None:
    good = [{"answer": "1"}, {"answer": "content", "remark": "tốt"}]
    day = clock.today().isoformat()

    refused = store.run("survey", "add", "-", stdin=json_lines([*good, {"answer": "9"}]))
    assert refused.code == 2 and refused.lines[0]["line"] == 3
    assert store.ok("survey", "list", "--from", day).lines == []
    store.run("survey", "add", "-", "--channel", "qr", stdin=json_lines(good))

    told = store.ok("survey", "figures", "--from", day).lines
    assert told[-1] == {"from": day, "until": day, "slips": 2, "content_percent": 100.0}
    assert told[0]["by_channel"] == {"qr": 1} and told[0]["level"] == "very_content"
    assert store.ok("survey", "undo").lines == [{"day": day, "slips": 2}]
    assert store.ok("survey", "figures", "--from", day).lines[-1]["slips"] == 0
    assert store.run("survey", "undo").code == 2
    backwards = (clock.today() - timedelta(days=1)).isoformat()
    assert store.run("survey", "figures", "--from", day, "--until", backwards).code == 2
    named = json_lines(
        [{"answer": "3", "id": "019aa5b2-c3d4-7000-8011-2233445566ff", "dossier": "H55.243-261120-1001"}]
    )
    first, again = (store.run("survey", "add", "-", stdin=named) for _ in range(2))
    assert first.line == {"day": day, "slips": 1, "unknown_dossiers": ["H55.243-261120-1001"]}
    assert "không có hồ sơ H55.243-261120-1001" in first.said and again.line["again"] == 1


def test_papers_are_written_where_they_are_asked_for(store: Here, tmp_path: Path) -> None:
    number = store.run("petition", "add", "-", stdin=json_lines([PETITION])).lines[0]["number"]

    receipt = store.ok("petition", "print", number, "--form", "receipt", "--out", tmp_path / "a.pdf").lines
    slips = store.ok("survey", "print", "slips", "--count", "4", "--out", tmp_path / "b.pdf").lines

    assert (receipt[0]["pages"], slips[0]["pages"]) == (2, 2)
    early = store.run("petition", "print", number, "--form", "answer", "--out", tmp_path / "c.pdf")
    assert early.code == 2 and "hãy ghi việc đó trước khi in" in early.said
    nowhere = store.run("survey", "print", "sheet", "--out", tmp_path / "d.pdf")
    assert nowhere.code == 2 and "Chưa ghi địa chỉ trang khảo sát" in nowhere.said
    assert store.run("survey", "print", "slips", "--count", "x", "--out", tmp_path / "e.pdf").code == 2
    assert sorted(file.name for file in tmp_path.glob("*.pdf") if len(file.name) == 5) == ["a.pdf", "b.pdf"]
