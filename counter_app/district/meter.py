"""What an administrator watches, for Prometheus: counted in this process, or read when it is asked for.

Nothing of a person and no machine's name is in it: reasons are words of our code, communes are their codes.
Text format 0.0.4, by the package of Prometheus's own authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from counter_app.district.database import Base
from counter_app.district.places import Places
from counter_app.district.references import References, Shared
from counter_app.district.standing import Standing, standing
from counter_app.domain.errors import CounterError
from counter_app.sync.message import AGAIN, LOST, REFUSED, TAKEN

_PREFIX: Final = "counter_district"
_LOOKED_AT: Final = 50_000  # events that one scrape reads at the most
_VERDICTS: Final = {TAKEN: "taken", AGAIN: "again", LOST: "lost", REFUSED: "refused"}
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Meter:
    """Counts from the start of the process; several serving processes have one each."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._exchanges = self._counter("exchanges", "Exchanges answered, by verdict", "verdict")
        for name in _VERDICTS.values():
            self._exchanges.labels(name)
        self._refused = self._counter("refusals", "Requests refused, by reason", "reason")
        self._entries = self._counter("enrolments", "Enrolments answered, by what came of it", "result")
        self._runs = self._counter("refused_runs", "Runs that proved nothing, by reason", "reason")
        self._events = self._counter("events", "Events taken in and given", "way")
        self._bytes = self._counter("bytes", "Bytes of bodies, up from devices and down to them", "way")
        self._failed = self._counter("failures", "Requests without an answer, by HTTP status", "status")
        self._epochs = self._counter("epoch_changes", "Epochs begun since the database was put back")
        self._took = Histogram(
            f"{_PREFIX}_exchange_seconds",
            "From a request's last byte to its answer, waiting included",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._places: Places | None = None
        self._gauge("under_way_exchanges", "Exchanges under way", self._under_way)
        self._gauge("queued_exchanges", "Exchanges that wait for a place", self._queued)
        ProcessCollector(registry=self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"{_PREFIX}_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, look: Callable[[], float]) -> None:
        Gauge(f"{_PREFIX}_{name}", told, registry=self.registry).set_function(look)

    def exchanged(self, verdict: int) -> None:
        self._exchanges.labels(_VERDICTS[verdict]).inc()

    def refused(self, why: str) -> None:
        self.exchanged(REFUSED)
        self._refused.labels(why).inc()

    def entered(self, result: str) -> None:
        """`result` is "taken", or the reason of a refusal."""
        self._entries.labels(result).inc()

    def run_refused(self, why: str) -> None:
        self._runs.labels(why).inc()

    def events(self, taken: int, given: int) -> None:
        self._events.labels("in").inc(taken)
        self._events.labels("out").inc(given)

    def epoch_begun(self) -> None:
        self._epochs.inc()

    def failed(self, status: int) -> None:
        self._failed.labels(str(status)).inc()

    def answered(self, up: int, down: int, seconds: float) -> None:
        """Sizes in bytes."""
        self._bytes.labels("up").inc(up)
        self._bytes.labels("down").inc(down)
        self._took.observe(seconds)

    def watch_places(self, places: Places) -> None:
        """Of whom exchanges take a place, or wait for one."""
        self._places = places

    def _under_way(self) -> float:
        return self._places.under_way if self._places else 0

    def _queued(self) -> float:
        return self._places.queued if self._places else 0

    def watch_database(self, base: Base) -> None:
        """Asks the database whenever it is asked itself."""
        self.registry.register(_Kept(base))


class _Kept(Collector):
    """What the database tells, the same from every process."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._references = References()
        self._one_at_a_time = Lock()  # two scrapes

    def describe(self) -> Iterable[Metric]:
        return ()  # registering it asks nothing of the database

    def collect(self) -> Iterable[Metric]:
        try:
            with self._one_at_a_time, self._base.reading() as connection:
                found = list(standing(connection))
                whole = self._references.read_on(connection, _LOOKED_AT)
                shared = list(self._references.shared(connection)) if whole else None
        except CounterError:
            yield _gauge("database_reachable", "1 where the database answers", 0)
            return
        yield _gauge("database_reachable", "1 where the database answers", 1)
        yield from _communes(found)
        if shared is not None:
            yield from _shared(found, shared)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}_{name}", told, value)


def _communes(found: list[Standing]) -> Iterable[Metric]:
    devices = GaugeMetricFamily(f"{_PREFIX}_devices", "Machines, by state", labels=["commune", "state"])
    for one in found:
        states = {"invited": one.invited, "enrolled": one.enrolled, "revoked": one.revoked}
        for state, count in states.items():
            devices.add_metric([one.commune, state], count)
    yield devices
    columns: tuple[tuple[str, str, Callable[[Standing], float | None]], ...] = (
        ("events", "Events that the commune has here", lambda one: one.events),
        (
            "last_exchange_timestamp_seconds",
            "Its last exchange; absent before the first",
            lambda one: _seconds(one.seen_ms),
        ),
        ("waiting_events", "Events that its machines said they still had to send", lambda one: one.waiting),
        (
            "oldest_waiting_timestamp_seconds",
            "Since when the oldest of these waits; absent where none does",
            lambda one: _seconds(one.oldest_ms),
        ),
    )
    for name, told, value_of in columns:
        family = GaugeMetricFamily(f"{_PREFIX}_commune_{name}", told, labels=["commune"])
        for one in found:
            if (value := value_of(one)) is not None:
                family.add_metric([one.commune], value)
        yield family


def _shared(found: list[Standing], shared: list[Shared]) -> Iterable[Metric]:
    families: tuple[tuple[str, str, Callable[[Shared], object]], ...] = (
        (
            "shared_references",
            "Dossiers with a bank reference of another dossier of the commune; absent until all was read",
            lambda one: one.here,
        ),
        (
            "references_elsewhere",
            "Dossiers with a bank reference of another commune's dossier; absent until all was read",
            lambda one: one.elsewhere,
        ),
    )
    for name, told, has in families:
        family = GaugeMetricFamily(f"{_PREFIX}_commune_{name}", told, labels=["commune"])
        for commune in found:
            those = [one for one in shared if one.commune == commune.commune and has(one)]
            family.add_metric([commune.commune], len(those))
        yield family


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000
