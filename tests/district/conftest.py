"""A real PostgreSQL, and a database of it for each test that asks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests import postgres
from tests.district import bases
from tests.district.objects import KEYS, ObjectStore
from tests.postgres import PostgresServer
from tests.services.stores import Counter


@contextmanager
def _server(*, durable: bool) -> Iterator[PostgresServer]:
    if postgres.programs() is None:
        sentence = "PostgreSQL was NOT tested: as root, install postgresql, or set TEST_DATABASE_URL"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    # Not pytest's folder: a socket's path is short, and the server's user must reach it.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder), durable=durable)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """One for all tests of this process, which forgets: that of $TEST_DATABASE_URL, or one of its own."""
    named = postgres.given()
    if named is not None:
        yield named
        return
    with _server(durable=False) as server:
        yield server.url


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """The address of a fresh, empty database, dropped afterwards."""
    with postgres.database(postgres_server) as url:
        yield url


@pytest.fixture
def durable_postgres() -> Iterator[PostgresServer]:
    """A server of the test's own, which may be killed and keeps what it said; slower at each commit."""
    with _server(durable=True) as server:
        yield server


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """An S3 server for all tests of this process; each makes a bucket of its own."""
    store = ObjectStore()
    yield store
    store.stop()


@pytest.fixture
def keys(monkeypatch):
    """The keys to it, where the library looks for them."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def server(tmp_path):
    base = bases.fresh(tmp_path)
    yield bases.Server(base)
    base.close()


@pytest.fixture
def commune(server):
    return bases.commune_in(server.base)


@pytest.fixture
def offices(tmp_path):
    made = [Counter(tmp_path / name, device=name).make().open() for name in ("QUẦY 1", "QUẦY 2")]
    yield made
    for office in made:
        office.close()
