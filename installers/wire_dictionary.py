"""Writes resources/wire/1.zdict: what zstd knows of batches before it sees one.

    PYTHONPATH=. python installers/wire_dictionary.py NUMBER

Trained on the columns (counter_app/sync/batch.py) of invented months at an invented counter, cut as they
travel: single events, a few, a whole run. A dictionary that was given to anybody is never written again: a
better one gets the next number, and both stay.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from itertools import islice
from pathlib import Path

import zstandard

from counter_app.domain.runs import Run
from counter_app.domain.vectors import EMPTY
from counter_app.domain.zone import VIETNAM
from counter_app.services import opening
from counter_app.services.sample import acting
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.sync.batch import columns
from counter_app.system.paths import Places

BYTES = 16 * 1024  # two seconds of a thin line, were it ever to travel
MONTHS = 12
OUT = Path(__file__).parents[1] / "resources" / "wire"


class NoVault:
    def get(self, name: str) -> bytes | None:
        return None

    def set(self, name: str, secret: bytes) -> None:
        pass

    def delete(self, name: str) -> None:
        pass

    def status(self) -> str:
        return "fail"


def month(folder: Path, seed: int) -> list[Run]:
    """A month of a new commune, as it would be sent."""
    started = datetime(2026, 1 + seed % 12, 20, 16, tzinfo=VIETNAM)
    order = opening.NewStore("H11.027", "UBND xã mẫu", passphrase="không có gì để giấu")  # noqa: S106
    office = opening.create(Places(folder), order, opening.Openers(NoVault()), lambda: started)
    try:
        acting.live(office, office.session(), lambda *_: None, few=False, seed=seed)
        with office.reading() as (connection, where):
            return list(giving.runs_for(Shelf(connection, where), EMPTY))
    finally:
        office.close()


def cut(run: Run) -> list[bytes]:
    """A run's columns whole, and by few and single events; not where salts and signatures would belong."""
    pieces = [columns([run])]
    for size in (1, 4, 12):
        events = iter(run.events)
        at = run.first
        while part := tuple(islice(events, size)):
            pieces.append(columns([Run(run.log, at, part, run.salts, run.signature)]))
            at += len(part)
    return pieces


def main() -> None:
    number = int(sys.argv[1])
    samples: list[bytes] = []
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(MONTHS):
            for run in month(Path(scratch) / str(seed), seed):
                samples += cut(run)
    dictionary = zstandard.train_dictionary(BYTES, samples, level=19)
    OUT.mkdir(exist_ok=True)
    (OUT / f"{number}.zdict").write_bytes(dictionary.as_bytes())


if __name__ == "__main__":
    main()
