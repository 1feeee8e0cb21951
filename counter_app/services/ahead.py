"""What goes to the district next: batches cut from what it lacks, one packed while it answers the last."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple

from counter_app.domain.runs import Run
from counter_app.services.office import Office
from counter_app.services.packing import packer
from counter_app.store.ledger import Shelf
from counter_app.sync import giving
from counter_app.sync.agreed import Tip, highest, vector_of
from counter_app.sync.portions import AT_FIRST, Portions


class Wanted(NamedTuple):
    """What a batch is made for."""

    common: frozenset[Tip]
    """What the district holds."""
    room: int  # bytes
    whole: bool
    """Whether every salt goes with its run."""
    form: int
    """The batch's format."""


@dataclass(frozen=True)
class Portion:
    runs: Sequence[Run]
    batch: bytes
    shrinks: float
    more: bool
    """Whether the district lacks more than this."""


class Ahead:
    """Hands out portions. What was packed ahead is sent only where the district took all before it, and is
    thrown away otherwise: nothing is sent that was not asked for.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._shrinks = AT_FIRST
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._next: tuple[Wanted, Future[Portion]] | None = None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lane.shutdown(cancel_futures=True)

    def take(self, shelf: Shelf, wanted: Wanted) -> Portion:
        """The portion for this, packed before or now."""
        made, self._next = self._next, None
        if made is not None and made[0] == wanted:
            portion = made[1].result()
        else:
            portion = _portion(shelf, wanted, self._shrinks)
        self._shrinks = portion.shrinks
        return portion

    def begin(self, shelf: Shelf, wanted: Wanted, sent: Portion) -> None:
        """Packs what follows `sent`, should the district take it all; `wanted` is what it was made for but
        for the room of the next.
        """
        if not sent.more:
            return
        ends = {run.log: run.last for run in sent.runs}  # the last of each log has the others behind it
        tips = {Tip(log, last, hash_) for log, last in ends.items() for hash_ in shelf.hashes_at(log, last)}
        if len(tips) > len(ends):
            return  # a forked log: the answer will tell
        after = wanted._replace(common=highest(shelf, wanted.common | tips))
        self._next = after, self._lane.submit(self._make, after, sent.shrinks)

    def _make(self, wanted: Wanted, shrinks: float) -> Portion:
        with self._office.reading() as (connection, where):
            return _portion(Shelf(connection, where), wanted, shrinks)


def _portion(shelf: Shelf, wanted: Wanted, shrinks: float) -> Portion:
    runs = giving.runs_for(shelf, vector_of(wanted.common), None if wanted.whole else shelf.met)
    lacks = Portions(packer(), runs, shrinks, wanted.form)
    taken, batch = lacks.take(wanted.room)
    return Portion(taken, batch, lacks.shrinks, lacks.more)
