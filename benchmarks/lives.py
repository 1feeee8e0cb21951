"""Invented dossiers with the whole of their lives, six and a half events each, in the order of the days."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks import stores, workload
from benchmarks.workload import Act
from counter_app.domain import hlc
from counter_app.services import acts, opening, reception, rules
from counter_app.services.entry import read_form
from counter_app.services.office import Office
from counter_app.store import own
from counter_app.store.writer import writing
from counter_app.system.paths import Places

_STEPS: Final = ("Thẩm định hồ sơ", "Trình lãnh đạo ký")
_HOLDERS: Final = ("Tư pháp – hộ tịch", "Địa chính", "Văn hóa – xã hội", "Văn phòng")
_NEEDS: Final = (
    "Bản sao căn cước công dân",
    "Tờ khai thiếu chữ ký",
    "Giấy xác nhận của công an xã",
    "Ảnh 3 × 4 chụp trong 6 tháng",
)
_PER_DAY: Final = 40
BEGIN: Final = date(2026, 1, 5)  # a Monday
_AT_ONCE: Final = 8  # acts of one commit, where many are written for a big store


class Clock:
    """The office's clock, which the acts set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Deed:
    """One act on one dossier."""

    dossier: bytes
    actor: str
    act: Act


def deeds(count: int, seed: int, begin: date = BEGIN) -> list[Deed]:
    """What is done to `count` dossiers from reception to return, as one act follows the other."""
    draw = random.Random(f"lives/{seed}")
    found = []
    for number, item in enumerate(workload.dossiers(count, seed)):
        day = begin + timedelta(days=number // _PER_DAY // 5 * 7 + number // _PER_DAY % 5)
        seconds = number % _PER_DAY * 700 + draw.randrange(600)
        at = datetime.combine(day, time(7, 30), workload.VIETNAM) + timedelta(seconds=seconds)
        id_ = round(at.timestamp() * 1000).to_bytes(6, "big") + item.id[6:]
        found += [Deed(id_, item.actor, act) for act in _life(draw, _moved(item.acts[0], at))]
    return sorted(found, key=lambda deed: deed.act.at)


def _moved(first: Act, at: datetime) -> Act:
    """The reception at another time, with all that follows from it."""
    by = at.date() - first.at.date()
    due = (datetime.fromisoformat(first.payload["due"]) + by).isoformat()
    code = f"{workload.AGENCY}-{at:%y%m%d}-{first.payload['number']:05d}"
    told = {"code": code, "received_at": at.isoformat(), "due": due}
    promise = {**first.payload["promise"], "due": due, "starts": at.date().isoformat()}
    return Act(first.kind, {**first.payload, **told, "promise": promise}, at)


def _life(draw: random.Random, first: Act) -> Iterator[Act]:
    yield first
    yield Act("printed", {"form": "receipt", "copy": 1, "paper": "a5"}, first.at)
    at = first.at

    def next_act(kind: str, **payload: Any) -> Act:
        nonlocal at
        at += timedelta(minutes=draw.randrange(5, 300), seconds=draw.randrange(60))
        return Act(kind, {**payload, "at": at.isoformat()}, at)

    yield next_act("step_taken", step=_STEPS[0], holder=draw.choice(_HOLDERS))
    if draw.random() < 0.25:
        yield next_act("supplement_requested", needs=[draw.choice(_NEEDS)])
        yield next_act("resubmitted", due=first.payload["due"])
    yield next_act("step_taken", step=_STEPS[1], holder=_HOLDERS[-1])
    yield next_act("finished")
    who = first.payload["applicant"]
    yield next_act("returned", to=who["name"], id_number=who["id_number"])


class Counter:
    """An office whose officer does the deeds through the services; it remembers the codes that it gave."""

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office, self.clock = office, clock
        self._session = office.session()
        self._offered = [procedure for procedure in rules.catalogue(office) if procedure.limit]
        self.codes: dict[bytes, str] = {}
        self._open: dict[bytes, None] = {}

    def live(self, all_: Sequence[Deed]) -> None:
        for deed in all_:
            self.clock.now = max(self.clock.now, deed.act.at)
            self._do(deed)

    def touch(self, count: int) -> None:
        """One act each on the latest dossiers that are open, ten seconds after the other."""
        for number, dossier in enumerate(list(self._open)[-count:]):
            self.clock.now += timedelta(seconds=10)
            holder = _HOLDERS[number * 7 % 3]
            acts.process(self.office, self._session, self.codes[dossier], _STEPS[0], holder)

    def receive(self, all_: Sequence[Deed]) -> None:
        """Their receptions alone, so that there is something to act on."""
        self.live([deed for deed in all_ if deed.act.kind in ("received", "printed")])

    def _do(self, deed: Deed) -> None:
        payload, office, session = deed.act.payload, self.office, self._session
        if deed.act.kind == "received":
            number = len(self.codes) % len(self._offered)
            fields = {
                "procedure": self._offered[number].code,
                "applicant": payload["applicant"],
                "components": payload["components"],
            }
            form = read_form(fields, self._offered, self.clock.now)
            self.codes[deed.dossier] = reception.receive(office, session, form, paper="a5").code
            self._open[deed.dossier] = None
        elif deed.act.kind == "step_taken":
            acts.process(office, session, self.codes[deed.dossier], payload["step"], payload["holder"])
        elif deed.act.kind == "supplement_requested":
            acts.ask_supplement(office, session, self.codes[deed.dossier], payload["needs"])
        elif deed.act.kind == "resubmitted":
            acts.resubmit(office, session, self.codes[deed.dossier])
        elif deed.act.kind == "finished":
            acts.finish(office, session, self.codes[deed.dossier])
        elif deed.act.kind == "returned":
            acts.hand_back(office, session, self.codes[deed.dossier], payload["to"], payload["id_number"])
            del self._open[deed.dossier]


def after_all(data: Path) -> tuple[Office, Clock]:
    """The office in a folder, and its clock: a minute after all that was done there."""
    clock = Clock(datetime.combine(BEGIN, time(7), workload.VIETNAM))
    office = opening.open_store(
        Places(data), opening.Openers(stores.Vault(), lambda: stores.PASSPHRASE), clock
    )
    with office.reading() as (connection, _):
        clock.now = hlc.moment(own.Notes(connection).clock) + timedelta(minutes=1)
    return office, clock


def fill(office: Office, all_: Sequence[Deed]) -> None:
    """Writes the deeds with the store's own writer, a few to a commit: a big store in a bearable time."""
    rest = iter(all_)
    while some := list(islice(rest, _AT_ONCE)):
        with writing(office.database, stores.ms(some[-1].act)) as pen:
            for deed in some:
                pen.now_ms = stores.ms(deed.act)
                pen.append(deed.act.kind, deed.dossier, deed.act.payload, deed.actor)
