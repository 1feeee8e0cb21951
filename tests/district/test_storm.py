"""A hundred machines come back in the same few seconds: all are served, and all know the same."""

from __future__ import annotations

import random
import resource
import threading
from pathlib import Path

import anyio
import httpx
import pytest

from counter_app.district.check import check
from counter_app.district.exchange import Exchange
from counter_app.district.ledger import CommuneLedger
from counter_app.district.places import LONGEST_S, Crowded, Gone, Places
from counter_app.domain.backoff import LONGEST_MS, SHORTEST_MS, back_off
from counter_app.domain.errors import Unreachable
from counter_app.services.packing import packer
from counter_app.sync.courier import _check
from tests.district.serving import Serving, district
from tests.district.storming import EVENTS, Straight, a_day_passes, come_back, gather, scraped
from tests.district.test_processes import now_ms, opened_whole, positions

MACHINES, A_COMMUNE = 100, 10


def test_a_hundred_machines_come_back_and_all_are_served_and_know_the_same(tmp_path):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu")
    with opened_whole(folder) as found:
        exchange = Exchange(found.base, found.who, packer(), now_ms)
        communes = gather(found.base, exchange, MACHINES, A_COMMUNE)
    machines = [machine for some in communes.values() for machine in some]
    a_day_passes(machines)
    serving = Serving(folder, "--metrics-port", "0")
    url, metrics = serving.url, serving.told["metrics"]
    try:
        storm = come_back(
            machines,
            lambda number: url,
            2.0,
            random.Random(1),
            lambda: int(scraped(metrics)["queued_exchanges"]),
        )
        after = scraped(metrics)
    finally:
        serving.kill()

    assert len(storm.served) == MACHINES and max(storm.served) < 120
    assert set(storm.failures) <= {"district-busy", "district-silent"}
    assert after["queued_exchanges"] == after["under_way_exchanges"] == 0
    assert all(machine.acknowledged == machine.author.seq == 1 + EVENTS for machine in machines)
    with opened_whole(folder) as found:
        road = Straight(Exchange(found.base, found.who, packer(), now_ms))
        for machine in machines:
            machine.sync(road)
        for number, some in communes.items():
            with found.base.reading() as connection:
                verdict = check(CommuneLedger(connection, number))
            hashes = [hash_ for _, hash_ in positions(found.base, number)]
            assert verdict.healthy and verdict.events == len(hashes) == len(set(hashes))
            for machine in some:
                assert sum(machine.ends.values()) == verdict.events
                assert set(machine.hashes.values()) == set(hashes)


def test_the_wait_after_a_failure_grows_to_its_bound_and_is_drawn_from_the_whole_of_it():
    spans = [back_off(failed, draw=lambda least, most: most) for failed in range(1, 12)]

    assert spans == sorted(spans) and spans[0] == 2 * SHORTEST_MS and spans[-1] == LONGEST_MS
    assert {back_off(9, draw=lambda least, most: least) for _ in range(3)} == {SHORTEST_MS}
    assert len({back_off(9) for _ in range(20)}) > 10


async def here():
    return False


async def gone():
    return True


def test_who_waits_is_answered_in_his_order():
    order = []

    async def main():
        places = Places(1)
        async with anyio.create_task_group() as crowd:
            for number in range(20):
                crowd.start_soon(places.run, lambda body: order.append(body) or body, bytes([number]), here)
                await anyio.sleep(0)

    anyio.run(main)

    assert order == [bytes([number]) for number in range(20)]


def test_who_would_wait_too_long_is_sent_away_at_once_and_who_has_gone_is_not_answered():
    answered, open_ = [], threading.Event()

    async def main():
        places = Places(1)

        def answer(body):
            open_.wait(20)
            answered.append(body)
            return body

        async def one(number):
            try:
                await places.run(
                    lambda body: (open_.wait(20) and answered.append(body)) or body, number, here
                )
            except Crowded as crowd:
                crowded.append(number)
                turns.append(crowd.after_s)

        crowded, turns = [], []
        async with anyio.create_task_group() as crowd:
            for number in range(600):
                crowd.start_soon(one, number)
            await anyio.sleep(0.1)
            assert places.queued <= LONGEST_S / 0.05 + 1 and places.under_way == 1
            assert len(crowded) > 200
            assert turns == sorted(turns) and turns[0] > LONGEST_S
            assert turns[-1] == pytest.approx(600 * 0.05, rel=0.1)  # behind all who came before
            open_.set()
        with pytest.raises(Gone):
            await places.run(lambda body: answered.append("gone"), b"", gone)
        return crowded

    crowded = anyio.run(main)

    assert len(answered) + len(crowded) == 600 and "gone" not in answered
    assert not set(answered) & set(crowded)


def test_a_server_holds_as_many_connections_as_it_may(tmp_path):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(600, before[1]), before[1]))
    try:
        serving = Serving(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    try:
        assert serving.url
        limits = Path(f"/proc/{serving.pid}/limits").read_text("ascii")
    finally:
        serving.kill()

    [line] = [line.split() for line in limits.splitlines() if line.startswith("Max open files")]
    assert line[3] == line[4] == str(before[1])


def test_a_machine_comes_again_when_its_turn_was_told():
    assert back_off(9, after_s=40, draw=lambda least, most: least) == 40_000
    assert back_off(1, after_s=40, draw=lambda least, most: most) == 40_000 + SHORTEST_MS
    assert back_off(1, after_s=90_000, draw=lambda least, most: least) == LONGEST_MS


@pytest.mark.parametrize(
    ("told", "after_s"), [("17", 17), ("", 0), ("Fri, 27 Nov 2026 08:00:00 GMT", 0), ("-1", 0)]
)
def test_the_courier_hands_on_when_a_busy_server_wants_it_again(told, after_s):
    answer = httpx.Response(
        503, headers={"Retry-After": told}, request=httpx.Request("POST", "https://a.gov.vn")
    )

    with pytest.raises(Unreachable, match="district-busy") as busy:
        _check(answer)

    assert busy.value.facts["after_s"] == after_s
