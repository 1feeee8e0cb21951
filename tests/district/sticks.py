"""A counter, a district and a stick between them; and what pulls the stick, or the plug, at a chosen step."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from counter_app.district.carried import Brought, Carrier
from counter_app.district.ledger import CommuneLedger
from counter_app.domain.errors import CounterError
from counter_app.services import keeping, safety, stick_down, stick_up, syncing
from counter_app.services.enrolled import THEIRS, tips_in
from counter_app.services.office import Office
from counter_app.store.database import Database
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.system import files
from tests.district import bases
from tests.district.scans import FileRoad
from tests.district.test_exchange import invite
from tests.district.test_whole import verdict_of
from tests.independent import verifier

ROOM = 1024
"""Bytes of a part: a few dossiers make several."""


class World:
    def __init__(self, server: bases.Server, commune: int, office: Office, usb: Path) -> None:
        self.server, self.commune, self.office, self.usb = server, commune, office, usb
        usb.mkdir(exist_ok=True)
        self.road = FileRoad(server)
        self.carrier = Carrier(server.exchange, server.filing)
        self.faults: list[tuple[str, str]] = []
        syncing.enrol(office, office.session(), self.road, "http://localhost", invite(server, commune))

    def out(self, usb: Path | None = None, room: int = ROOM) -> stick_up.Copied:
        return stick_up.copy_out(self.office, self.office.session(), usb or self.usb, room=room)

    def up(self, usb: Path | None = None) -> list[Brought]:
        """At the district: what lies there is taken in, and answered."""
        self.faults.clear()
        brought = self.carrier.bring(usb or self.usb, self._fault)
        for one in brought:
            self.carrier.answer(one, usb or self.usb, ROOM)
        return brought

    def home(self, usb: Path | None = None) -> stick_down.Brought:
        return stick_down.bring_home(self.office, self.office.session(), usb or self.usb)

    def trip(self, usb: Path | None = None) -> stick_down.Brought:
        self.out(usb)
        self.up(usb)
        return self.home(usb)

    def sync(self) -> None:
        syncing.sync(self.office, self.road)

    def _fault(self, path: Path, error: CounterError) -> None:
        self.faults.append((path.name, error.why))

    def parts(self, usb: Path | None = None) -> list[Path]:
        return sorted((usb or self.usb).glob("len-*"))

    def pending(self) -> int:
        return safety.counts(self.office).pending

    def says_safe_only_what_is(self) -> None:
        with self.office.reading() as (connection, _):
            tips = tips_in(connection, THEIRS).tips
        with self.server.base.reading() as connection:
            assert set(CommuneLedger(connection, self.commune).held(tips)) == {tip.hash for tip in tips}

    def ends_the_same(self, dossiers: int) -> None:
        """Counter and district hold the same events, fold them the same, and both know it."""
        verdict, told = keeping.verify(self.office), verdict_of(self.server, self.commune)
        assert (verdict.healthy, told.healthy, verdict.forks) == (True, True, 0)
        assert (verdict.dossiers, told.dossiers) == (dossiers, dossiers)
        assert (verdict.state, verdict.events) == (told.state, told.events)
        with self.office.reading() as (connection, where):
            assert giving.vector(Shelf(connection, where)) == bases.vector(self.server.base, self.commune)
        assert self.pending() == 0
        database = self.office.database
        assert verifier.verify_store(str(database.path), database.key).healthy


class Pulled(BaseException):
    """The plug, out of the machine: nothing handles it."""


class Steps:
    """Counts what touches a disk, and fails at step `at`: the stick is gone, or with `plug` the machine."""

    def __init__(self, at: int = 0, *, plug: bool = False) -> None:
        self.at, self.plug, self.count = at, plug, 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            raise Pulled if self.plug else OSError(errno.EIO, "the stick is gone")

    @property
    def happened(self) -> bool:
        return 0 < self.at <= self.count

    @contextmanager
    def watch(self, monkeypatch: pytest.MonkeyPatch, *, databases: bool = False) -> Iterator[Steps]:
        """`databases`: each transaction's beginning, its end, and what follows are steps too."""
        with monkeypatch.context() as patch:
            patch.setattr(files, "os", _Os(self))
            if databases:
                patch.setattr(Database, "writing", _transactions(self))
            yield self


class _Os:
    """As of a FAT disk: no nameless files. A file half written is half there."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        if name == "O_TMPFILE":
            raise AttributeError(name)
        return getattr(os, name)

    def open(self, *given: Any, **more: Any) -> int:
        self._steps.step()
        return os.open(*given, **more)

    def fdopen(self, descriptor: int, mode: str) -> Any:
        return _File(os.fdopen(descriptor, mode), self._steps)

    def fsync(self, descriptor: int) -> None:
        self._steps.step()
        os.fsync(descriptor)
        self._steps.step()  # behind it: the next is the name


class _File:
    def __init__(self, file: Any, steps: Steps) -> None:
        self._file, self._steps = file, steps

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        self._file.write(data[: len(data) // 2])
        self._steps.step()
        self._file.write(data[len(data) // 2 :])
        self._steps.step()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _transactions(steps: Steps) -> Any:
    real = Database.writing

    @contextmanager
    def writing(self: Database) -> Iterator[Any]:
        steps.step()
        with real(self) as connection:
            yield connection
            steps.step()
        steps.step()

    return writing
