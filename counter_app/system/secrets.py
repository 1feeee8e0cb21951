"""The operating system's keyring, where it has one, as a small vault that never makes the program wait."""

from __future__ import annotations

import queue
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from importlib import import_module
from typing import Final, Literal, Protocol, TypeVar

from counter_app.domain.errors import NoKey

Status = Literal["ok", "absent", "locked"]
T = TypeVar("T")

# By name, since a frozen program has no entry points to find them by; and only those that encrypt.
_BACKENDS: Final = {
    "win32": ("keyring.backends.Windows:WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS:Keyring",),
}
_ELSEWHERE: Final = ("keyring.backends.SecretService:Keyring", "keyring.backends.kwallet:DBusKeyring")
_PROBE: Final = "probe"


class Backend(Protocol):
    """What we use of a keyring backend."""

    def get_password(self, service: str, username: str, /) -> str | None: ...
    def set_password(self, service: str, username: str, password: str, /) -> None: ...
    def delete_password(self, service: str, username: str, /) -> None: ...


class _Absent(Exception):
    pass


def system_backend() -> Backend | None:
    """The first of the platform's backends that works here, or None; imports `keyring` (90 ms)."""
    for name in _BACKENDS.get(sys.platform, _ELSEWHERE):
        module, _, kind = name.partition(":")
        try:
            backend = getattr(import_module(module), kind)
            if backend.priority >= 1:
                found: Backend = backend()
                return found
        except (ImportError, RuntimeError, AttributeError, OSError):
            continue
    return None


class KeyringVault:
    """Secrets by name in the OS user's keyring.

    A locked keyring may open a prompt and wait for it, for ever on a machine without a display: every call
    runs in a thread of its own and is given `timeout` seconds. Every act raises NoKey("keyring-absent") where
    the machine has no keyring, NoKey("keyring-locked") where it does not answer or refuses.
    """

    def __init__(
        self,
        service: str = "counter-app",
        *,
        timeout: float = 5.0,
        backend: Callable[[], Backend | None] = system_backend,
    ) -> None:
        self._service = service
        self._timeout = timeout
        self._find = backend
        self._stuck: threading.Thread | None = None

    def get(self, name: str) -> bytes | None:
        """The secret, or None where nothing (or nothing of ours) is kept under this name."""
        kept = self._ask(lambda backend: backend.get_password(self._service, name))
        try:
            return None if kept is None else b64decode(kept, validate=True)
        except ValueError:
            return None

    def set(self, name: str, secret: bytes) -> None:
        text = b64encode(secret).decode()
        self._ask(lambda backend: backend.set_password(self._service, name, text))

    def delete(self, name: str) -> None:
        """Forgets the secret; nothing happens where there is none."""

        def delete(backend: Backend) -> None:
            if backend.get_password(self._service, name) is not None:
                backend.delete_password(self._service, name)

        self._ask(delete)

    def status(self) -> Status:
        """Whether secrets can be kept here now; asks the keyring, within the time-out."""
        try:
            self.get(_PROBE)
        except NoKey as failure:
            return "absent" if failure.why == "keyring-absent" else "locked"
        return "ok"

    def _ask(self, act: Callable[[Backend], T]) -> T:
        if self._stuck is not None and self._stuck.is_alive():
            raise NoKey("keyring-locked")
        answers: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

        def work() -> None:
            # Backends raise what their buses raise; whatever it is, it goes home to the caller.
            try:
                backend = self._find()
                answers.put(_Absent() if backend is None else (act(backend),))
            except Exception as error:  # noqa: BLE001
                answers.put(error)

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        try:
            answer = answers.get(timeout=self._timeout)
        except queue.Empty:
            self._stuck = thread
            raise NoKey("keyring-locked") from None
        if isinstance(answer, _Absent):
            raise NoKey("keyring-absent")
        if isinstance(answer, Exception):
            raise NoKey("keyring-locked") from answer
        return answer[0]
