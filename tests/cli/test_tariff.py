"""`fees import` and `fees list`: the province's table is adopted, shown and charged by."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Here, deliver

TABLE = """# NQ 23/2026/NQ-HĐND
procedure,channel,exemption,proof,fee_vnd,source
1.004873,,,,5000,NQ 23/2026
1.004873,online,,,0,NQ 23/2026
*,,Hộ nghèo,Giấy chứng nhận hộ nghèo,miễn phí,NQ 23/2026
Thủy sản,,,,7000,
"""


def test_a_table_is_imported_listed_and_charged_by(store: Here, tmp_path: Path) -> None:
    file = tmp_path / "fees.csv"
    file.write_text(TABLE, "utf-8-sig")

    done = store.ok("fees", "import", file)
    assert done.line == {"new": 4, "abolished": 0, "unchanged": 0, "unmatched": [6]}
    assert "Dòng 6: danh mục chưa có" in done.said
    assert [line["line"] for line in store.ok("fees", "list").lines] == [3, 4, 5, 6]
    holds = store.ok("fees", "list", "--procedure", "1.004873").lines
    assert [(line["channels"], line["exemption"], line["fee_vnd"]) for line in holds] == [
        ([], "", "5000"),
        (["online"], "", "0"),
        ([], "Hộ nghèo", "miễn phí"),
    ]
    poor = {"exemption": "ho ngheo", "proof": "12/2026"}
    code = deliver(store, applicant={"name": "Lò Thị Xuân"}, procedure="1.004873", fee=poor)
    shown = store.ok("show", code).line["fee"]
    assert (shown["amount"], shown["rule"]) == (0, "miễn phí (NQ 23/2026)")
    assert shown["proof"] == {"kind": "Giấy chứng nhận hộ nghèo", "number": "12/2026"}

    file.write_text(TABLE + "1.004873,,,,9000,\n", "utf-8")
    refused = store.run("fees", "import", file)
    assert (refused.code, refused.lines) == (2, [])
    assert refused.said.startswith("Dòng 7") and "dòng 3" in refused.said
    assert len(store.ok("fees", "list").lines) == 4
