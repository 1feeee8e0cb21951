"""Writes resources/wire/2.zdict: what zstd knows of batches before it sees one.

    PYTHONPATH=. python installers/wire_dictionary.py NUMBER

Trained on the columns (counter_app/sync/weaving.py) of invented months at an invented counter, cut as they
travel: single events, a few, a run, some runs together. A dictionary that was given to anybody is never
written again: a better one gets the next number, and both stay. Number 1 was trained on columns of format 2.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
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
from counter_app.sync.weaving import woven
from counter_app.system.paths import Places

BYTES = 32 * 1024  # 64 KB would save nothing more
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


def cut(runs: Sequence[Run]) -> Iterator[bytes]:
    """A month's columns, as they may travel; not where salts and signatures would belong."""
    for run in runs:
        for size in (1, 4, 12):
            events = iter(run.events)
            at = run.first
            while part := tuple(islice(events, size)):
                yield b"".join(woven([Run(run.log, at, part, run.salts, run.signature)]))
                at += len(part)
    for size in (1, 2, 5, 12):
        for at in range(0, len(runs), size):
            yield b"".join(woven(runs[at : at + size]))


def main() -> None:
    number = int(sys.argv[1])
    samples: list[bytes] = []
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(MONTHS):
            samples += cut(month(Path(scratch) / str(seed), seed))
    dictionary = zstandard.train_dictionary(BYTES, samples, level=19)
    OUT.mkdir(exist_ok=True)
    (OUT / f"{number}.zdict").write_bytes(dictionary.as_bytes())


if __name__ == "__main__":
    main()
