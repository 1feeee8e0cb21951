"""Real servers: bodies without end, kill -9 at drawn moments, four processes on one PostgreSQL."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Connection, select

from counter_app.district import devices, house
from counter_app.district.database import Base
from counter_app.district.house import District, Places
from counter_app.district.tables import events
from counter_app.services.opening import Openers
from counter_app.sync.enrolment import OneTimeCode
from tests.district.serving import PASSPHRASE, Serving, Talker, district
from tests.store.machines import dossier_id
from tests.vaults import NoVault

OPENERS = Openers(NoVault(), lambda: PASSPHRASE)


@contextmanager
def opened_whole(folder: Path) -> Iterator[District]:
    found = house.open_district(Places(folder), OPENERS)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def opened(folder: Path) -> Iterator[Base]:
    with opened_whole(folder) as found:
        yield found.base


def now_ms() -> int:
    return int(time.time() * 1000)


def communes(base: Base, count: int) -> list[int]:
    with base.writing() as connection:
        return [add(connection, number) for number in range(1, count + 1)]


def add(connection: Connection, number: int) -> int:
    code, name = f"H55.{10 + number}", f"UBND xã {number}"
    return devices.add_commune(connection, code, name, "2025-07-01", lambda size: bytes([number] * size))


def invited(base: Base, commune: int) -> OneTimeCode:
    with base.writing() as connection:
        return devices.invite(connection, commune, "MÁY", now_ms())[1]


def positions(base: Base, commune: int) -> list[tuple[int, bytes]]:
    with base.reading() as connection:
        rows = select(events.c.position, events.c.hash).where(events.c.commune == commune)
        return [
            (row.position, bytes(row.hash)) for row in connection.execute(rows.order_by(events.c.position))
        ]


def holds_all(base: Base, commune: int, talkers: list[Talker]) -> None:
    """All that was acknowledged is there once, and places have no hole."""
    found = positions(base, commune)
    assert [place for place, _ in found] == list(range(1, len(found) + 1))
    counted = Counter(hash_ for _, hash_ in found)
    for talker in talkers:
        assert talker.acknowledged == talker.author.seq
        assert all(counted[hash_] == 1 for hash_ in talker.tips.values())


@pytest.fixture
def folder(tmp_path):
    district(tmp_path / "district", "init", "--name", "Sở mẫu")
    return tmp_path / "district"


def test_of_a_body_without_end_no_more_is_read_than_a_message_has(folder):
    serving = Serving(folder)
    try:
        at = urlsplit(serving.url)
        taken = {length: sent_of(at.hostname, at.port, length) for length in (65 * 1024, 10_000_000, 1 << 40)}
        with socket.create_connection((at.hostname, at.port), timeout=10) as line:
            line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b"200" in line.recv(200)
    finally:
        serving.kill()

    assert all(status == b"413" for status, _ in taken.values())
    assert all(sent < 12_000_000 for _, sent in taken.values())
    assert "body-too-long" in (folder / "logs" / "counter.log").read_text("utf-8")


def sent_of(host: str | None, port: int | None, length: int) -> tuple[bytes, int]:
    """The status of the answer, and how many bytes of a body the server let come in."""
    sent, heard = 0, b""
    with socket.create_connection((host or "", port or 0), timeout=10) as line:
        line.sendall(b"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % length)
        try:
            while sent < min(length, 40_000_000):
                sent += line.send(b"\x01" * min(65536, length - sent))
        except OSError:
            pass
        try:
            heard = line.recv(200)
        except OSError:
            return b"413", sent  # closed with what came too late unread: the answer went with it
    return heard.split()[1], sent


@pytest.mark.faults
def test_a_server_killed_at_drawn_moments_has_what_it_acknowledged_and_nothing_twice(folder):
    drawn = random.Random(20261127)
    with opened(folder) as base:
        [commune] = communes(base, 1)
        codes = [invited(base, commune) for _ in range(4)]
    talkers = [Talker(100 + n, dossier_id(0xC0000100)) for n in range(4)]
    serving = [Serving(folder)]
    url = [serving[0].url]
    for talker, code in zip(talkers, codes, strict=True):
        talker.enrol(url[0], code)
    ended = threading.Event()

    def speak(talker: Talker) -> int:
        done = 0
        while not ended.is_set():
            if talker.talk(url[0]):
                done += 1
                talker.write(dossier_id(talker.author.seq % 7), "x" * 200)
            else:
                time.sleep(0.05)
        return done

    with ThreadPoolExecutor(len(talkers)) as pool:
        speaking = [pool.submit(speak, talker) for talker in talkers]
        try:
            for _ in range(4):
                time.sleep(drawn.uniform(0.2, 1.2))
                serving[0].kill()
                serving[0] = Serving(folder)
                url[0] = serving[0].url
            time.sleep(0.5)
        finally:
            ended.set()
        exchanges = [one.result() for one in speaking]
    for talker in talkers:
        while talker.acknowledged < talker.author.seq:
            assert talker.talk(url[0])
    serving[0].kill()

    assert min(exchanges) >= 1
    with opened(folder) as base:
        holds_all(base, commune, talkers)


@pytest.mark.postgres
def test_fifty_machines_at_once_at_four_processes_leave_a_reader_no_hole_and_no_duplicate(
    tmp_path, postgres_url
):
    folder = tmp_path / "district"
    district(folder, "init", "--name", "Sở mẫu", "--database", postgres_url)
    servings = [Serving(folder) for _ in range(4)]
    with opened(folder) as base:
        numbers = communes(base, 4)
        talkers = [Talker(300 + n, dossier_id(0xC0000300 + n % 4)) for n in range(50)]
        codes = [invited(base, numbers[n % 4]) for n in range(50)]
        urls = [serving.url for serving in servings]
        ended = threading.Event()

        def work(n: int) -> None:
            talkers[n].enrol(urls[n % 4], codes[n])
            for round_ in range(4):
                for _ in range(5):
                    talkers[n].write(dossier_id(n % 9), "x" * 50)
                assert talkers[n].talk(urls[(n + round_) % 4])

        def read() -> dict[int, list[bytes]]:
            seen: dict[int, list[bytes]] = {number: [] for number in numbers}
            last = False
            while True:
                last, fresh = ended.is_set(), 0
                for number in numbers:
                    for place, hash_ in page(base, number, len(seen[number])):
                        assert place == len(seen[number]) + 1
                        seen[number].append(hash_)
                        fresh += 1
                if last and not fresh:
                    return seen

        try:
            with ThreadPoolExecutor(51) as pool:
                reading = pool.submit(read)
                working = [pool.submit(work, n) for n in range(50)]
                try:
                    for one in working:
                        one.result()
                finally:
                    ended.set()
                seen = reading.result()
        finally:
            for serving in servings:
                serving.kill()
        for at, number in enumerate(numbers):
            holds_all(base, number, talkers[at::4])
            assert seen[number] == [hash_ for _, hash_ in positions(base, number)]
            assert len(seen[number]) == len(set(seen[number])) > 21 * len(talkers[at::4])


def page(base: Base, commune: int, after: int) -> list[tuple[int, bytes]]:
    """The next few events behind a place, as a reader pages through them."""
    with base.reading() as connection:
        rows = (
            select(events.c.position, events.c.hash)
            .where(events.c.commune == commune, events.c.position > after)
            .order_by(events.c.position)
            .limit(7)
        )
        return [(row.position, bytes(row.hash)) for row in connection.execute(rows)]
