"""The keyring of the computer's user is lost: the store opens by the sheet printed at `init`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import PROGRAM, sheet_words

pytestmark = pytest.mark.keyring


def _program(desktop: Any, *words: object, **environment: str) -> tuple[int, list[dict[str, Any]], str]:
    """A command in a login of the desktop: exit code, lines, words for people."""
    script = f"""
import json, os, subprocess
outside = {{n: v for n, v in os.environ.items() if not n.startswith("COUNTER_")}}
done = subprocess.run({[str(PROGRAM), *map(str, words)]!r}, env={{**outside, **{environment!r}}},
                      stdin=subprocess.DEVNULL, capture_output=True, text=True)
print(json.dumps([done.returncode, done.stdout, done.stderr]))
"""
    code, out, said = desktop.run(script)
    return code, [json.loads(line) for line in out.splitlines()], said


def _kinds(lines: list[dict[str, Any]]) -> list[str]:
    return sorted(line["kind"] for line in lines)


def test_a_store_whose_keyring_was_wiped_opens_by_its_sheet(desktop: Any, tmp_path: Path) -> None:
    data = ("--data", tmp_path / "data")
    named = ("--agency", "H55.242", "--name", "UBND xã Đồng Hỷ")
    code, _, said = _program(desktop, "init", *data, *named, "--recovery", tmp_path / "sheet.pdf")
    assert code == 0, said
    code, kinds, said = _program(desktop, "keys", "list", *data)
    assert (code, _kinds(kinds)) == (0, ["keyring", "recovery"]), said
    code, (verdict,), said = _program(desktop, "verify", *data)
    assert (code, verdict["chain"]) == (0, "ok"), said

    desktop.wipe()

    code, lines, said = _program(desktop, "verify", *data)
    assert (code, lines) == (3, []) and "phiếu khôi phục" in said
    words = sheet_words(tmp_path / "sheet.pdf")
    code, (verdict,), said = _program(desktop, "verify", *data, COUNTER_RECOVERY=words)
    assert (code, verdict["chain"]) == (0, "ok"), said

    code, kinds, said = _program(desktop, "keys", "add", "keyring", *data, COUNTER_RECOVERY=words)
    assert (code, _kinds(kinds)) == (0, ["keyring", "recovery"]), said
    code, (verdict,), said = _program(desktop, "verify", *data)
    assert (code, verdict["chain"]) == (0, "ok"), said
