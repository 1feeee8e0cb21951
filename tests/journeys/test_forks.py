"""A forked command is to a test what a started one is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys import command
from tests.journeys.command import Store, counter_app
from tests.journeys.forks import ForkServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="commands are forked on Linux only")

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    server = ForkServer(os.environ)
    yield server
    server.close()


@pytest.fixture
def run(server: ForkServer, tmp_path: Path) -> Run:
    """Runs a script in a fork."""

    def run(
        script: str, *words: str, stdin: bytes = b"", timeout: float = 60, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        program = tmp_path / "program.py"
        program.write_text(f"import os, random, sys, threading\n{script}\n", "utf-8")
        return server.run(program, words, stdin, {**os.environ, **environment}, timeout)

    return run


def test_a_fork_and_a_start_give_the_same_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Store(tmp_path / "nothing")
    words = (("--help",), ("--data", tmp_path / "ở đây", "verify"), ("receive",))

    forked = [*(counter_app(*asked) for asked in words), nothing.run("show", "1", COUNTER_LANGUAGE="en")]
    monkeypatch.setattr(command, "FORKED", False)
    started = [*(counter_app(*asked) for asked in words), nothing.run("show", "1", COUNTER_LANGUAGE="en")]

    assert command._outside() == command.fork_server().environment, "no command would be forked"
    assert forked == started
    assert forked[0].out and all(answer.said for answer in forked[1:])


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("sys.exit(3)", 3, b""),
        ("sys.exit('vì sao')", 1, "vì sao\n".encode()),
        ("os._exit(7)", 7, b""),
        ("os.kill(os.getpid(), 9)", -signal.SIGKILL, b""),
        ("os.kill(os.getpid(), 2)", -signal.SIGINT, b"KeyboardInterrupt\n"),
        ("1 / 0", 1, b"ZeroDivisionError: division by zero\n"),
        ("threading.Thread(target=lambda: sys.stderr.write('last')).start()", 0, b"last"),
    ],
)
def test_a_command_ends_as_python_ends_it(run: Run, script: str, code: int, said: bytes) -> None:
    done = run(script)

    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr.endswith(said)
    assert run("print('next')").stdout == b"next\n"


def test_a_command_sees_its_own_words_environment_folder_and_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    much = "đường\r\n".encode() * 100_000
    script = "print(sys.argv[1:], os.environ.get('COUNTER_PIN'), os.getcwd())\n"

    first = run(
        script + "sys.stdout.flush(); sys.stdout.buffer.write(sys.stdin.buffer.read())", "ở", stdin=much
    )
    second = run(script, stdin=much, COUNTER_PIN="4826")

    assert first.stdout == f"['ở'] None {tmp_path}\n".encode() + much
    assert second.stdout == f"[] 4826 {tmp_path}\n".encode()


def test_no_chance_and_nothing_imported_passes_from_one_command_to_the_next(run: Run) -> None:
    script = "print(random.random(), hasattr(sys, 'left')); sys.left = random.seed(1)"

    (one, left), (other, right) = (run(script).stdout.split() for _ in range(2))

    assert one != other
    assert (left, right) == (b"False", b"False")


def test_a_command_that_hangs_is_ended_and_leaves_no_process(run: Run, server: ForkServer) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run("threading.Event().wait()", timeout=1)

    assert run("print(os.getppid())").stdout == b"%d\n" % server.pid
    assert Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text() == ""
