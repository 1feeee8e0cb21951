"""The vault over a keyring that is there, absent, locked, stuck, or wiped."""

from __future__ import annotations

import threading
import time

import pytest

from counter_app.domain.errors import NoKey
from counter_app.system.secrets import KeyringVault


class Drawer:
    """A keyring backend that keeps things in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Refusing(Drawer):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("Prompt dismissed")


class Stuck(Drawer):
    """A prompt that nobody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.answered.wait(30)
        return None


def test_a_secret_comes_back_byte_for_byte() -> None:
    drawer = Drawer()
    vault = KeyringVault(backend=lambda: drawer)

    vault.set("store", bytes(range(256)))

    assert vault.get("store") == bytes(range(256))
    assert vault.get("another") is None
    assert vault.status() == "ok"


def test_services_do_not_see_each_other() -> None:
    drawer = Drawer()

    KeyringVault("one", backend=lambda: drawer).set("store", b"1")

    assert KeyringVault("two", backend=lambda: drawer).get("store") is None


def test_a_deleted_secret_is_gone_and_may_be_deleted_again() -> None:
    drawer = Drawer()
    vault = KeyringVault(backend=lambda: drawer)
    vault.set("store", b"secret")

    vault.delete("store")
    vault.delete("store")

    assert vault.get("store") is None


def test_what_another_program_put_there_is_no_secret_of_ours() -> None:
    drawer = Drawer()
    drawer.set_password("counter-app", "store", "not base64!")

    assert KeyringVault(backend=lambda: drawer).get("store") is None


@pytest.mark.parametrize(
    ("backend", "status"), [(lambda: None, "absent"), (Refusing, "locked")], ids=["absent", "refusing"]
)
def test_a_keyring_that_does_not_work_is_named_and_no_act_pretends(backend, status: str) -> None:  # type: ignore[no-untyped-def]
    vault = KeyringVault(backend=backend)

    assert vault.status() == status
    for act in (lambda: vault.get("x"), lambda: vault.delete("x")):
        with pytest.raises(NoKey) as failure:
            act()
        assert failure.value.why == f"keyring-{status}"


def test_nothing_is_kept_where_there_is_no_keyring() -> None:
    with pytest.raises(NoKey):
        KeyringVault(backend=lambda: None).set("store", b"secret")


def test_a_stuck_prompt_holds_nobody_up_and_is_not_asked_twice() -> None:
    stuck = Stuck()
    vault = KeyringVault(timeout=1.0, backend=lambda: stuck)
    begun = time.monotonic()

    assert [vault.status() for _ in range(5)] == ["locked"] * 5

    assert time.monotonic() - begun < 4
    assert stuck.asked == 1
    stuck.answered.set()


def test_after_a_stuck_prompt_was_answered_the_keyring_works() -> None:
    stuck = Stuck()
    vault = KeyringVault(timeout=0.1, backend=lambda: stuck)
    assert vault.status() == "locked"

    stuck.answered.set()
    deadline = time.monotonic() + 60
    while vault.status() != "ok" and time.monotonic() < deadline:
        time.sleep(0.01)

    assert vault.status() == "ok"


# From here on a real Secret Service.

SAY = "import json; from counter_app.system.secrets import KeyringVault; vault = KeyringVault(); "
TELL = SAY + "kept = vault.get('store'); print(json.dumps([vault.status(), kept and kept.hex()]))"
KEEP = SAY + "vault.set('store', bytes(range(32))); print(json.dumps(vault.status()))"


@pytest.mark.keyring
def test_a_real_keyring_keeps_a_secret_from_login_to_login(desktop) -> None:  # type: ignore[no-untyped-def]
    desktop.run(KEEP)

    assert desktop.run(TELL) == ["ok", bytes(range(32)).hex()]


@pytest.mark.keyring
def test_a_real_keyring_forgets_what_was_deleted(desktop) -> None:  # type: ignore[no-untyped-def]
    desktop.run(KEEP)

    desktop.run(SAY + "vault.delete('store'); vault.delete('store'); print(json.dumps(None))")

    assert desktop.run(TELL) == ["ok", None]


@pytest.mark.keyring
def test_a_wiped_real_keyring_is_well_and_empty(desktop) -> None:  # type: ignore[no-untyped-def]
    desktop.run(KEEP)

    desktop.wipe()

    assert desktop.run(TELL) == ["ok", None]


@pytest.mark.keyring
def test_a_locked_real_keyring_says_so_within_the_time_out(desktop) -> None:  # type: ignore[no-untyped-def]
    desktop.run(KEEP)

    status, seconds = desktop.run(
        SAY + "import time; begun = time.monotonic();"
        "print(json.dumps([vault.status(), time.monotonic() - begun]))",
        unlocked=False,
    )

    assert status == "locked"
    assert seconds < 6


@pytest.mark.keyring
def test_a_session_without_a_secret_service_has_no_keyring(desktop) -> None:  # type: ignore[no-untyped-def]
    absent = SAY + "import os; os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere';"

    assert desktop.run(absent + "print(json.dumps(vault.status()))") == "absent"
