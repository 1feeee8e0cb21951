"""The PostgreSQL that the district's tests use: real, Vietnamese, and each test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL, Connection, create_engine, inspect, text

from tests import postgres
from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres


@contextmanager
def connected(url: str | URL) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def another_url(postgres_server: URL) -> Iterator[str]:
    with postgres.database(postgres_server) as url:
        yield url


def test_a_test_never_sees_the_rows_of_another(postgres_url: str, another_url: str) -> None:
    for url, name in ((postgres_url, "Đặng Thị Ánh"), (another_url, "Y Kđăm")):
        with connected(url) as connection:
            assert inspect(connection).get_table_names() == []
            connection.execute(text("CREATE TABLE people (name text)"))
            connection.execute(text("INSERT INTO people VALUES (:name)"), {"name": name})

    with connected(postgres_url) as one, connected(another_url) as other:
        read = text("SELECT name, lower(name) FROM people")
        assert one.execute(read).all() == [("Đặng Thị Ánh", "đặng thị ánh")]
        assert other.execute(read).all() == [("Y Kđăm", "y kđăm")]


def test_a_database_is_gone_after_its_test_even_while_somebody_is_in_it(postgres_server: URL) -> None:
    with postgres.database(postgres_server) as url:
        engine = create_engine(url)
        left_open = engine.connect()
    name = engine.url.database

    with connected(postgres_server) as connection:
        there = text("SELECT count(*) FROM pg_database WHERE datname = :name")
        assert connection.execute(there, {"name": name}).scalar() == 0
    left_open.invalidate()
    left_open.close()


def test_a_durable_server_keeps_what_it_said_before_it_was_killed(durable_postgres: PostgresServer) -> None:
    server = durable_postgres
    with connected(server.url) as connection:
        assert connection.execute(text("SHOW fsync")).scalar() == "on"
        connection.execute(text("CREATE TABLE said AS SELECT 40 AS dossiers"))
    server.kill()
    server.start()

    with connected(server.url) as connection:
        assert connection.execute(text("SELECT dossiers FROM said")).scalar() == 40
