"""kill -9 of one of two servers on one PostgreSQL, at drawn moments while machines speak to both."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from counter_app.domain.errors import Unreachable
from counter_app.services import keeping, safety, syncing
from counter_app.services.roads import FirstRoad
from counter_app.sync.courier import Courier
from tests.district.serving import Serving, Talker, district
from tests.district.test_processes import communes, holds_all, invited, opened
from tests.services.stores import Counter, receive
from tests.store.machines import dossier_id

pytestmark = [pytest.mark.faults, pytest.mark.postgres]
KILLS, TALKERS = 6, 6


class Killed:
    """Two serving processes of one district; one may die at any time and comes again at another address."""

    def __init__(self, folder):
        self.folder = folder
        self.servings = [Serving(folder) for _ in range(2)]
        self.urls = [serving.url for serving in self.servings]

    def kill(self, number):
        self.servings[number].kill()
        self.servings[number] = Serving(self.folder)
        self.urls[number] = self.servings[number].url

    def end(self):
        for serving in self.servings:
            serving.kill()


def speak(talker, killed, ended, drawn):
    """Writes and exchanges with either server until it is over; how many exchanges came about."""
    done = 0
    while not ended.is_set():
        if talker.talk(killed.urls[drawn.randrange(2)]):
            done += 1
            talker.write(dossier_id(talker.author.seq % 7), "x" * 200)
        else:
            time.sleep(0.02)
    return done


def counted(office, killed, ended):
    """A real counter receives and synchronises, a connection an exchange, and is cut off now and then."""
    cut = 0
    while not ended.is_set():
        receive(office)
        for url in list(killed.urls):
            try:
                with Courier(url) as road:
                    syncing.sync(office, road)
            except Unreachable:
                cut += 1
        time.sleep(0.05)
    return cut


def test_a_server_killed_beside_another_loses_and_doubles_nothing(tmp_path, postgres_url):
    folder, drawn = tmp_path / "district", random.Random(20261127)
    district(folder, "init", "--name", "Sở mẫu", "--database", postgres_url)
    with opened(folder) as base:
        [commune] = communes(base, 1)
        codes = [invited(base, commune) for _ in range(TALKERS + 1)]
    talkers = [Talker(500 + n, dossier_id(0xC0000500)) for n in range(TALKERS)]
    office = Counter(tmp_path / "counter").make().open()
    killed, ended = Killed(folder), threading.Event()
    for n, talker in enumerate(talkers):
        talker.enrol(killed.urls[n % 2], codes[n])
    with FirstRoad(killed.urls[0]) as road:
        syncing.enrol(office, office.session(), road, killed.urls[0], codes[-1].text, road.confirm)

    with ThreadPoolExecutor(TALKERS + 1) as pool:
        speaking = [
            pool.submit(speak, talker, killed, ended, random.Random(n)) for n, talker in enumerate(talkers)
        ]
        counting = pool.submit(counted, office, killed, ended)
        try:
            for _ in range(KILLS):
                time.sleep(drawn.uniform(0.05, 0.6))
                killed.kill(drawn.randrange(2))
        finally:
            ended.set()
        exchanges = [one.result() for one in speaking]
        counting.result()
    for talker in talkers:
        while talker.acknowledged < talker.author.seq:
            assert talker.talk(killed.urls[0])
    with Courier(killed.urls[1]) as road:
        syncing.sync(office, road)
    killed.end()

    told = district(folder, "verify")
    verdict, safe = keeping.verify(office), safety.counts(office)
    office.close()
    assert min(exchanges) >= 2
    assert (told["chain"], told["differences"], told["integrity"]) == ("ok", 0, "ok")
    assert verdict.healthy and verdict.state == told["state"]
    assert (safe.pending, safe.acknowledged) == (0, told["events"])
    with opened(folder) as base:
        holds_all(base, commune, talkers)
