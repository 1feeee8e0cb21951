"""Offices through their services: what many acts need that no process can be started for each."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.errors import Disputed, NotAllowed
from counter_app.domain.zone import VIETNAM
from counter_app.services import (
    acts,
    entry,
    exchange,
    keeping,
    lookup,
    mending,
    money,
    opening,
    reception,
    rules,
)
from counter_app.services.office import Office
from counter_app.services.opening import NewStore, Openers
from counter_app.store.checking import Verdict
from counter_app.system.paths import Places
from tests.vaults import NoVault

MORNING = datetime(2026, 11, 10, 8, tzinfo=VIETNAM)


class Counter:
    """One store at work; its clock goes on a few seconds with each look."""

    def __init__(self, folder: Path, name: str, seed: int = 0) -> None:
        self.name = name
        self.folder = folder
        self.chance = random.Random(f"{name}/{seed}")
        self._now = MORNING
        # A sheet opens a store as well as a passphrase, whose key takes a third of a second to stretch.
        order = NewStore("H55.242", "UBND xã Đồng Hỷ", device=name, sheet=lambda words: None)
        self.office: Office = opening.create(Places(folder / name), order, Openers(NoVault()), self.clock)
        self.session = self.office.session()
        self.offered = rules.catalogue(self.office)

    def clock(self) -> datetime:
        self._now += timedelta(seconds=self.chance.randint(1, 9))
        return self._now

    def receive(self, name: str, **more: Any) -> str:
        fields = {"procedure": "1.004873", "applicant": {"name": name, "phone": "0912345678"}, **more}
        form = entry.read_form(fields, self.offered, self.office.now())
        return reception.receive(self.office, self.session, form).code

    def codes(self) -> list[str]:
        """Every code here that names one dossier, in one order on every machine."""
        found = [line.code for line in lookup.newest(self.office, 10_000)]
        return sorted(code for code in found if found.count(code) == 1)

    def act(self, code: str) -> bool:
        """One act drawn by chance; False where the dossier's state forbids it."""
        try:
            self.chance.choice(ACTS)(self, code)
        except (NotAllowed, Disputed):
            return False
        return True

    def work(self, times: int, *, own: int = 4) -> None:
        """Acts that took place: one in `own` receives somebody new, the others concern whoever is known."""
        done, codes = 0, self.codes()
        while done < times:
            if not codes or self.chance.randrange(own) == 0:
                codes.append(self.receive(f"Người {self.name} {done}"))
                done += 1
            else:
                done += self.act(self.chance.choice(codes))

    def export(self, to: str = "") -> Path:
        target = self.folder / f"{self.name}-{self.chance.randrange(10**9)}.bundle"
        exchange.export(self.office, self.session, target, to)
        return target

    def take(self, bundle: Path) -> dict[str, Any]:
        told = exchange.bring_in(self.office, self.session, bundle)
        assert told["refused"] == []
        return told

    def verdict(self) -> Verdict:
        found = keeping.verify(self.office)
        assert found.healthy, found
        return found

    def conflicts(self) -> dict[str, Any]:
        """Field, shown side and all sides of every dispute, by code."""
        found = {}
        for line in lookup.newest(self.office, 10_000):
            story = lookup.story(self.office, line.dossier)
            assert line.conflicts == len(story.conflicts)
            if story.conflicts:
                found[line.code] = [
                    (c.field, str(c.shown), sorted((str(s.event), repr(s.value)) for s in c.sides))
                    for c in story.conflicts
                ]
        return found

    def close(self) -> None:
        self.office.close()
        shutil.rmtree(self.folder / self.name)


def pair(new: Counter, old: Counter) -> None:
    """What `pair offer`, `accept` and `finish` do with two files; the six words agree."""
    offer, reply = new.folder / f"{new.name}.offer", new.folder / f"{new.name}.reply"
    exchange.offer(new.office, offer)
    words = exchange.accept(old.office, old.session, offer, reply)
    assert exchange.finish(new.office, new.session, reply) == words
    assert len(words.split()) == 6


def _correct(counter: Counter, code: str) -> None:
    field, values = counter.chance.choice(
        (
            ("applicant.phone", ("0911111111", "0922222222", "0933333333")),
            ("applicant.address", ("Xóm Một", "Xóm Hai", "Xóm Ba")),
            ("note", ("gọi trước", "mang theo căn cước")),
            ("return_by", ("home", "post")),
        )
    )
    value = counter.chance.choice(values)
    mending.correct(counter.office, counter.session, code, {field: value}, f"Hỏi lại, {counter.name}")


def _resolve(counter: Counter, code: str) -> None:
    (story, *_) = lookup.show(counter.office, code)
    if not story.conflicts:
        raise NotAllowed("nothing-to-resolve", code=code, event="")
    side = counter.chance.choice(counter.chance.choice(story.conflicts).sides)
    mending.resolve(counter.office, counter.session, code, str(side.event))


ACTS: tuple[Callable[[Counter, str], object], ...] = (
    lambda c, code: acts.process(c.office, c.session, code, c.chance.choice(("Thẩm định", "Trình ký"))),
    lambda c, code: acts.ask_supplement(c.office, c.session, code, ["Bản sao"]),
    lambda c, code: acts.resubmit(c.office, c.session, code),
    lambda c, code: acts.finish(c.office, c.session, code),
    lambda c, code: acts.hand_back(c.office, c.session, code, f"Người nhận ở {c.name}"),
    lambda c, code: money.pay(c.office, c.session, code, c.chance.choice((5000, 8000))),
    lambda c, code: acts.stop(c.office, c.session, code, f"Theo đơn, {c.name}"),
    lambda c, code: acts.withdraw(c.office, c.session, code, f"Theo đơn, {c.name}"),
    lambda c, code: mending.void(c.office, c.session, code, f"Ghi nhầm, {c.name}"),
    *(_correct,) * 5,
    *(_resolve,) * 2,
)
