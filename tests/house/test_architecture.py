"""The worked example in ARCHITECTURE.md, followed by hand: a stranger must come to the same bytes."""

import hashlib
import hmac
import re
from pathlib import Path

from counter_app.domain.kinds import KINDS, Kind

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def worked_example() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8")
    block = text[text.index("### One event by hand") :]
    return dict(re.findall(r"^(\w+) += (.+)$", block[: block.index("The header, piece by piece")], re.M))


def test_the_worked_example_is_right():
    shown = worked_example()
    raw = {name: bytes.fromhex(value) for name, value in shown.items() if name != "payload"}

    log = hashlib.sha256(raw["public"]).digest()[:8]
    key = hmac.digest(raw["salt"], raw["header"][9:17], "sha256")
    mark = hmac.digest(key, shown["payload"].encode(), "sha256")
    head = hashlib.sha256(b"mc/event/1" + raw["before"] + raw["header"] + mark).digest()

    assert (log, key, mark, head) == (raw["log"], raw["k"], raw["p"], raw["hash"])
    assert raw["header"][1:9] == log


def test_the_header_is_explained_piece_by_piece():
    text = PAGE.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("The header, piece by piece"))

    pieces = [piece if re.fullmatch(r"[0-9a-f]+", piece) else "" for piece in re.findall(r"`([^`]+)`", line)]
    words = {"04": b"paid".hex(), "03": b"lan".hex()}
    spelled = "".join(piece + words.get(piece, "") for piece in pieces)

    assert spelled.startswith(worked_example()["header"])


def test_every_kind_that_writes_is_in_the_table():
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("### What each kind writes") : text.index("## Other formats")]
    listed = {
        name.strip(): row[1].strip() == "F"
        for row in (line.strip("|").split("|") for line in table.splitlines() if line.startswith("| "))
        for name in row[0].split(",")
    }

    silent = {
        name for name, kind in KINDS.items() if kind.writes is Kind.__dataclass_fields__["writes"].default
    }
    assert listed.keys() - {"kind"} == KINDS.keys() - silent
    assert all(KINDS[name].fact is fact for name, fact in listed.items() if name != "kind")


def test_every_file_of_the_map_is_there():
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| to understand |") : text.index("## The event format")]

    missing = []
    for line in table.splitlines()[2:]:
        room = PAGE.parent / "counter_app"
        for name in re.findall(r"`([^`]+)`", line):
            room = (PAGE.parent / "counter_app" / name).parent if "/" in name else room
            missing += [] if (room / Path(name).name).exists() else [name]

    assert missing == []
