"""Commands that are forked from a process which has imported the program already, instead of started anew.

Half a second of each start are imports. Here one interpreter does them once and then becomes each command
by a fork: a process with its own pipes, environment, folder and exit code, and with the end that Python gives
to every program. Linux only.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

_LONGEST_ORDER = 1 << 17


class ForkServer:
    """The process that forks, seen from the tests; `environment` is what its imports saw.

    `package` is that of which it imports every module, with all that they import.
    """

    def __init__(self, environment: Mapping[str, str], package: str = "counter_app.cli") -> None:
        self.environment = dict(environment)
        self._one_at_a_time = threading.Lock()
        # Its frames keep orders apart, and its end is seen on the other side however this process ended.
        self._line, its_line = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_line:
            command = [sys.executable, __file__, package]
            self._process = subprocess.Popen(command, stdin=its_line, env=self.environment)
        self.pid = self._process.pid
        atexit.register(self.close)

    def close(self) -> None:
        if self._process.returncode is None:
            self._line.shutdown(socket.SHUT_RDWR)
            self._process.wait()
            self._line.close()

    def run(
        self,
        program: Path,
        words: Sequence[str],
        stdin: bytes,
        environment: Mapping[str, str],
        timeout: float,
    ) -> subprocess.CompletedProcess[bytes]:
        """What `subprocess.run` gives for a Python program with captured output."""
        order = json.dumps([str(program), *words]), json.dumps(dict(environment)), os.getcwd()
        with self._one_at_a_time, ThreadPoolExecutor(3) as pool:
            (its_in, feed), (out, its_out), (err, its_err) = os.pipe(), os.pipe(), os.pipe()
            pool.submit(_write, feed, stdin)
            told, said = pool.submit(_read, out), pool.submit(_read, err)
            try:
                socket.send_fds(self._line, ["\0".join(order).encode()], [its_in, its_out, its_err])
            finally:
                for end in (its_in, its_out, its_err):
                    os.close(end)
            pid = self._answer(timeout)
            try:
                code = self._answer(timeout)
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)  # not waited for yet, so nobody else has its number
                self._answer(timeout)
                raise subprocess.TimeoutExpired([str(program), *words], timeout) from None
        return subprocess.CompletedProcess([str(program), *words], code, told.result(), said.result())

    def _answer(self, timeout: float) -> int:
        self._line.settimeout(timeout)
        answer = self._line.recv(64)
        assert answer, "the process that forks has died"
        return int(answer)


def _write(end: int, what: bytes) -> None:
    with suppress(BrokenPipeError), open(end, "wb") as pipe:
        pipe.write(what)


def _read(end: int) -> bytes:
    with open(end, "rb") as pipe:
        return pipe.read()


def _import_all_of(package: str) -> None:
    """Everything that a command imports, as long as it opens nothing that a fork must not share."""
    import importlib
    import pkgutil

    before = os.listdir("/proc/self/fd")
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if module.name != "__main__":
            importlib.import_module(f"{package}.{module.name}")
    assert os.listdir("/proc/self/fd") == before, "an import leaves a file or a socket open"
    assert len(os.listdir("/proc/self/task")) == 1, "an import starts a thread"


def _next_command(line: socket.socket) -> list[str]:
    """Returns once for each command, in its own process; ends the first process when the line is cut."""
    while True:
        order, ends, _, _ = socket.recv_fds(line, _LONGEST_ORDER, 3)
        if not order:
            sys.exit()
        pid = os.fork()
        if pid == 0:
            break
        for end in ends:
            os.close(end)
        # The one who waits may be gone; the command is waited for all the same.
        with suppress(BrokenPipeError):
            line.send(b"%d" % pid)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(BrokenPipeError):
            line.send(b"%d" % code)
    line.detach()  # descriptor 0, which becomes the command's own input
    argv, environment, folder = order.decode().split("\0")
    for number, end in enumerate(ends):
        os.dup2(end, number)
        os.close(end)
    _open_streams()
    os.environ.clear()
    os.environ.update(json.loads(environment))
    os.chdir(folder)
    return list(json.loads(argv))


def _open_streams() -> None:
    """Input, output and errors as Python opens them at its start."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        old = getattr(sys, name)
        lines = 1 if name == "stderr" else -1
        stream = open(number, mode, lines, old.encoding, old.errors, "\n", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


if __name__ == "__main__":
    sys.path[0] = str(Path(sys.executable).parent)  # where the program lies, rather than the tests
    _import_all_of(sys.argv[1])
    gc.freeze()  # no command walks through what was imported, which would copy all of it
    sys.argv = _next_command(socket.socket(fileno=0))
    runpy.run_path(sys.argv[0], run_name="__main__")
