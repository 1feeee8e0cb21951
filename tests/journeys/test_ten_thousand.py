"""Thousands of receptions in one file: codes unique, dates right, memory and time within bounds.

`make test` receives 2,000 lines; COUNTER_BULK=10000 receives as many as it says, and prints the figures.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import PASSPHRASE, PROGRAM, Store

pytestmark = pytest.mark.usefixtures("true_start")

LINES = int(os.environ.get("COUNTER_BULK", "2000"))
MOST_MEMORY = 300 * 1024  # KiB
HERE = timezone(timedelta(hours=7))
RESOURCES = Path(__file__).parents[2] / "resources"
NOW = datetime.now(HERE).replace(microsecond=0)

# Limits as the published catalogue states them: code -> number, unit, cut-off hour.
LIMITS = {
    "1.001193": (0, "same_day", 15),
    "2.000815": (0, "same_day", 15),
    "1.000894": (0, "same_day", None),
    "1.004873": (3, "working_day", None),
    "1.004884": (5, "working_day", None),
    "2.001035": (2, "working_day", None),
    "9.000010": (10, "day", None),
    "9.000020": (1, "month", None),
    "9.000030": (6, "hour", None),
    "9.000040": (4, "working_day", 15),
}
OWN_ROWS = (
    "9.000010,Thử ngày,Thử,xã,10,day,0,Đơn,Giấy,\n"
    "9.000020,Thử tháng,Thử,xã,1,month,0,Đơn,Giấy,\n"
    "9.000030,Thử giờ,Thử,xã,6,hour,0,Đơn,Giấy,\n"
    "9.000040,Thử giờ chốt,Thử,xã,4,working_day_cutoff_15h,0,Đơn,Giấy,\n"
)
MORNING, AFTERNOON = (7.5, 11.5), (13.5, 17.0)


class Rules:
    """Return dates by the letter of the Civil Code (2015, Điều 147–148), day by day and minute by minute."""

    def __init__(self) -> None:
        self.off: set[date] = set()
        self.on: set[date] = set()
        for year in (2024, 2025, 2026):
            with (RESOURCES / "calendar" / f"{year}.csv").open(encoding="utf-8") as file:
                for row in csv.DictReader(line for line in file if not line.startswith("#")):
                    day = date.fromisoformat(row["date"])
                    (self.on if row["kind"] == "swapped_working" else self.off).add(day)

    def works(self, day: date) -> bool:
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date) -> date:
        day += timedelta(days=1)
        return day if self.works(day) else self.after(day)

    def due(self, procedure: str, at: datetime) -> datetime:
        number, unit, cutoff = LIMITS[procedure]
        at = at.replace(second=0)
        day = at.date()
        late = (cutoff is not None and (at.hour, at.minute) > (cutoff, 0)) or (
            unit == "same_day" and at.hour >= 17
        )
        if unit == "hour":
            return self._hours(at, number)
        if (unit == "same_day" or cutoff is not None) and (late or not self.works(day)):
            # Taken in on the next working day.
            day = self.after(day)
        if unit == "working_day":
            for _ in range(number):
                day = self.after(day)
        elif unit == "day":
            day += timedelta(days=number)
        elif unit == "month":
            day = self._a_month_on(day)
        if not self.works(day):
            day = self.after(day)
        return datetime(day.year, day.month, day.day, 17, tzinfo=HERE)

    def _a_month_on(self, day: date) -> date:
        year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
        for last in (day.day, 30, 29, 28):
            try:
                return date(year, month, last)
            except ValueError:
                continue
        raise AssertionError

    def _hours(self, at: datetime, number: int) -> datetime:
        left, moment = number * 60, at
        while left:
            clock = moment.hour + moment.minute / 60
            if self.works(moment.date()) and any(a <= clock < b for a, b in (MORNING, AFTERNOON)):
                left -= 1
            moment += timedelta(minutes=1)
        return moment


def _month(lines: int, seed: int = 26) -> Iterator[dict[str, Any]]:
    """Receptions at any hour of 600 days, none so late that its date lies in a year without a calendar."""
    chance = random.Random(seed)
    begin = max(NOW - timedelta(days=700), datetime(2024, 1, 2, tzinfo=HERE))
    end = min(NOW, datetime(2026, 11, 10, tzinfo=HERE))
    span = int((end - begin).total_seconds())
    for number in range(lines):
        at = (begin + timedelta(seconds=chance.randrange(span))).replace(microsecond=0)
        yield {
            "procedure": chance.choice(list(LIMITS)),
            "applicant": {
                "name": chance.choice(("Nguyễn Văn", "Trần Thị", "H'", "Đặng", "Y")) + f" {number:05}",
                "id_number": f"0190{chance.randrange(10**8):08}",
                "phone": f"09{chance.randrange(10**8):08}",
                "address": f"Xóm {number % 40}, xã Đồng Hỷ",
            },
            "received_at": at.isoformat(),
            "late_reason": "Nhập sau khi có điện",
        }


def _peak_kb(process: subprocess.Popen[bytes]) -> int:
    """The most memory (KB) that the process held, watched until it ends.

    What wait4 tells begins with the memory of the test process that forked it.
    """
    peak = 0
    while process.poll() is None:
        with suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
            peak = max([peak, *map(int, re.findall(r"^VmHWM:\s+(\d+) kB", status, re.M))])
        time.sleep(0.01)
    return peak


@pytest.mark.skipif(NOW.year > 2028, reason="the calendars that ship end with 2026")
@pytest.mark.timeout(900)
def test_thousands_of_lines_have_unique_codes_and_right_dates_in_little_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = (RESOURCES / "catalogue" / "procedures.csv").read_text(encoding="utf-8")
    (tmp_path / "catalogue.csv").write_text(seed.rstrip("\n") + "\n" + OWN_ROWS, encoding="utf-8")
    store = Store(tmp_path / "data")
    store.init("--catalogue", tmp_path / "catalogue.csv")
    entries = list(_month(LINES))
    source = tmp_path / "month.jsonl"
    source.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entries), encoding="utf-8")

    begun = time.monotonic()
    with (tmp_path / "answers").open("wb") as answers:
        process = subprocess.Popen(
            [PROGRAM, "--data", store.data, "receive", source],
            stdout=answers,
            env={**os.environ, "COUNTER_PASSPHRASE": PASSPHRASE},
        )
        peak = _peak_kb(process)
    seconds = time.monotonic() - begun

    assert process.returncode == 0
    lines = [json.loads(line) for line in (tmp_path / "answers").read_text(encoding="utf-8").splitlines()]
    assert [line["line"] for line in lines] == list(range(1, LINES + 1))
    assert len({line["code"].upper() for line in lines}) == LINES
    rules = Rules()
    wrong = [
        (entry["procedure"], entry["received_at"], line["due"], due)
        for entry, line in zip(entries, lines, strict=True)
        if datetime.fromisoformat(line["due"])
        != (due := rules.due(entry["procedure"], datetime.fromisoformat(entry["received_at"])))
    ]
    assert wrong == []
    assert not [
        line for line in lines if any(w["code"] == "calendar-missing" for w in line.get("warnings", ()))
    ]
    for entry, line in zip(entries, lines, strict=True):
        day = datetime.fromisoformat(entry["received_at"])
        assert f"-{day:%y%m%d}-" in line["code"]
    assert 0 < peak < MOST_MEMORY
    begun = time.monotonic()
    verdict = store.ok("verify").line
    assert (verdict["dossiers"], verdict["chain"], verdict["differences"]) == (LINES, "ok", 0)
    with capsys.disabled():
        if "COUNTER_BULK" in os.environ:
            print(
                f"\n{LINES} lines in {seconds:.1f} s ({seconds / LINES * 1000:.1f} ms each),"
                f" peak {peak / 1024:.0f} MB, verify {time.monotonic() - begun:.1f} s"
            )
