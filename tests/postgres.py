"""A PostgreSQL of the tests' own: data and socket lie in a folder, and no port of the machine is open."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import URL, NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from tests.print_server import until

# Debian keeps the programs off the PATH; setup.sh may have unpacked them beside the environment.
_ROOTS: Final = (Path("/"), Path(sys.prefix) / "syslibs")
# What a test wants of a server that it throws away; `durable` leaves these out.
_FORGETFUL: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The server refuses to run as root.
_USERS: Final = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder of initdb and postgres, the newest version's; None where there is none."""
    found = [path for root in _ROOTS for path in root.glob("usr/lib/postgresql/*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """Runs from `start` to `stop`. After `kill` it can start again; a `durable` one then has what it said."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        found = programs()
        assert found is not None, "ask programs() first"
        self._programs = found
        # A socket's path is at most 107 bytes: a short folder, and the user below must own it.
        self._folder = folder
        self._data = folder / "data"
        self._settings = () if durable else _FORGETFUL
        self._user = _other_user() if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> URL:
        """Of the database that is always there."""
        return URL.create(
            "postgresql+psycopg", "test", database="postgres", query={"host": str(self._folder)}
        )

    def start(self) -> None:
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        if not self._data.exists():
            how = ["-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
            self._run([str(self._programs / "initdb"), "-D", str(self._data), *how]).communicate()
        settings = [
            *self._settings,
            f"unix_socket_directories={self._folder}",
            "listen_addresses=",
            "shared_buffers=32MB",
            "max_connections=200",
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        # It ends with this process, however this one ends.
        tied = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
        self._process = self._run([*tied, str(self._programs / "postgres"), "-D", str(self._data), *options])
        until(self._answers)

    def stop(self) -> None:
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """kill -9 of all its processes at once."""
        assert self._process is not None
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        self._end(signal.SIGKILL)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text("utf-8", "replace")[-2000:]
        try:
            _order(self.url, "SELECT 1")
        except OperationalError:
            return False
        return True

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        """As the other user, in a session of its own: Ctrl+C is for the tests."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                env={**environment, "HOME": str(self._folder), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self._user.pw_uid if self._user else None,
                group=self._user.pw_gid if self._user else None,
                extra_groups=[] if self._user else None,
            )


@contextmanager
def database(server: URL) -> Iterator[str]:
    """The address of a fresh, empty database of that server, which is dropped afterwards."""
    name = f"test_{uuid4().hex}"
    _order(server, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _order(server, f"DROP DATABASE {name} WITH (FORCE)")


def copied(url: URL) -> str:
    """The name of a copy of a database that nobody is in."""
    name = f"copy_{uuid4().hex}"
    _order(url.set(database="postgres"), f"CREATE DATABASE {name} TEMPLATE {url.database}")
    return name


def put_back(url: URL, copy: str) -> None:
    """The copy takes the place of the database, whoever is in it."""
    for statement in (
        f"DROP DATABASE {url.database} WITH (FORCE)",
        f"ALTER DATABASE {copy} RENAME TO {url.database}",
    ):
        _order(url.set(database="postgres"), statement)


def given() -> URL | None:
    """The server that $TEST_DATABASE_URL names, whose user may create databases."""
    named = os.environ.get("TEST_DATABASE_URL")
    return make_url(named).set(drivername="postgresql+psycopg") if named else None


def _order(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


def _other_user() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    return next(known[name] for name in _USERS if name in known)
