"""Return dates reckoned by hand from the rules (deadlines.csv), on a counter that lives through them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import pytest

from counter_app.domain.dossier import Dossier
from counter_app.domain.zone import VIETNAM
from counter_app.services import acts, lookup, mending, money, preferences, rules
from counter_app.services.office import Office
from counter_app.services.reception import Received
from counter_app.words.reasoning import reasoning
from tests.independent.verifier import verify_store
from tests.services.stores import Counter, Wall, receive

TABLE = Path(__file__).parents[1] / "domain" / "deadlines.csv"
HEAD = "code,name_vi,field_vi,level,time_limit,time_unit,fee_vnd,components,result_vi,cutoff,resubmission"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def end_of(text: str) -> datetime:
    """A date is due when the counter closes."""
    return moment(text) if " " in text else datetime.combine(date.fromisoformat(text), time(17), VIETNAM)


@dataclass(frozen=True)
class Case:
    name: str
    limit: str
    received_at: datetime
    steps: tuple[tuple[datetime, str, str], ...]  # when, what, and the day that it names
    due: datetime
    measured: datetime
    registered: bool


def read(row: dict[str, str]) -> Case:
    steps = []
    for act, at, day in re.findall(
        r"(\w+) (\d{4}-\d\d-\d\d \d\d:\d\d)(?:[/>]([\d-]+(?: \d\d:\d\d)?))?", row["happened"]
    ):
        if act in ("supplement", "payment"):
            ends = "resubmitted" if act == "supplement" else "paid"
            steps += [(moment(at), act, ""), (moment(day), ends, "")]
        else:
            steps.append((moment(at), act, day))
    return Case(
        row["case"],
        row["limit"],
        moment(row["received_at"]),
        tuple(sorted(steps)),
        end_of(row["due"]),
        end_of(row["measured"] or row["due"]),
        registered=row["happened"].startswith(("registered", "accepted")),
    )


def table() -> list[Case]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [read(row) for row in csv.DictReader(lines)]


CASES = table()


def catalogue() -> dict[str, str]:
    """A procedure for every limit of the table: its line of a catalogue, by its code."""
    lines = {}
    for number, limit in enumerate(dict.fromkeys(case.limit for case in CASES)):
        found = re.fullmatch(r"(?:(\d+) )?(\w+)(?: until ([\d:]+))?( restart)?", limit)
        assert found, limit
        count, unit, cutoff, anew = found.groups(default="")
        rule = "restart" if anew else ""
        code = f"9.{number:06d}"
        lines[limit] = f"{code},Thủ tục {code},Hộ tịch,xã,{count},{unit},0,Tờ khai,Giấy,{cutoff},{rule}"
    return lines


@dataclass
class Life:
    """A counter from 2024 to 2026: all that the table tells of happens in the order of its times."""

    office: Office
    wall: Wall
    got: dict[str, Received] = field(default_factory=dict)

    def live(self) -> Life:
        lines = catalogue()
        session = self.office.session()
        rules.import_catalogue(self.office, session, "\n".join([HEAD, *lines.values()]))
        preferences.change(self.office, session, max_extensions=9)
        todo = [
            (at, number, case, what, day)
            for number, case in enumerate(CASES)
            for at, what, day in ((case.received_at, "received", ""), *case.steps)
        ]
        for at, _, case, what, day in sorted(todo, key=lambda one: (one[0], one[1])):
            self.wall.now = at
            self.do(case, what, day, lines[case.limit].partition(",")[0])
        return self

    def do(self, case: Case, what: str, day: str, procedure: str) -> None:
        here = self.office, self.office.session(), self.got[case.name].code if case.name in self.got else ""
        if what == "received":
            more = {"registered": True} if case.registered else {}
            self.got[case.name] = receive(self.office, procedure=procedure, **more)
        elif what == "supplement":
            acts.ask_supplement(*here, ["Bản sao"])
        elif what == "resubmitted":
            acts.resubmit(*here)
        elif what == "payment":
            acts.charge(*here, 8000)
        elif what == "paid":
            money.pay(*here, 8000)
        elif what == "accepted":
            acts.accept(*here)
        elif what == "extension":
            acts.extend(*here, date.fromisoformat(day), "chờ xác minh")
        else:
            assert what == "correction"
            mending.correct(*here, {"due": day}, "ghi nhầm")

    def dossier(self, case: Case) -> Dossier:
        return lookup.story(self.office, self.got[case.name].dossier)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    wall = Wall(datetime(2024, 1, 2, 8, tzinfo=VIETNAM))
    office = Counter(tmp_path_factory.mktemp("life") / "store", wall).make().open()
    yield Life(office, wall).live()
    office.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_appointment_is_what_the_rules_give(life: Life, case: Case) -> None:
    dossier = life.dossier(case)

    assert (dossier.due, dossier.measured_due) == (case.due, case.measured)


def test_the_independent_verifier_finds_the_same_dates(life: Life) -> None:
    assert verify_store(str(life.office.database.path), life.office.database.key).faults == []


def test_every_date_tells_its_reasoning(life: Life) -> None:
    for case in CASES:
        promise = life.dossier(case).values.get("promise")
        assert promise and reasoning(promise), case.name
        assert "{" not in reasoning(promise)


def test_the_table_has_every_rule() -> None:
    said = TABLE.read_text("utf-8")

    assert len(CASES) == len({case.name for case in CASES}) > 200
    for part in (
        "hour",
        "working_day",
        " day",
        "month",
        "same_day",
        "until 15:00",
        "restart",
        "payment",
        "extension",
    ):
        assert f"{part}" in said
