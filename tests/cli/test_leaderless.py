"""The last administrator comes back by the recovery sheet, on the command line alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Here


def test_the_sheet_opens_an_administrator_again(new_store: Callable[[str], Here], tmp_path: Path) -> None:
    one, two = new_store("one"), new_store("two")
    two.ok("pair", "offer", tmp_path / "offer")
    one.ok("pair", "accept", tmp_path / "offer", "--out", tmp_path / "reply")
    two.ok("pair", "finish", tmp_path / "reply")
    one.ok("officer", "pin", COUNTER_NEW_PIN="9999")
    admin = {"COUNTER_PIN": "9999"}
    for id_, role in (("hoa", "administrator"), ("lan", "officer")):
        one.ok(
            *("officer", "add", id_, "--name", id_.title(), "--role", role, "--officer", "admin"),
            COUNTER_NEW_PIN="1111",
            **admin,
        )
    one.ok("bundle", "export", tmp_path / "all", "--officer", "admin", **admin)
    two.ok("bundle", "import", tmp_path / "all")
    # Each machine shuts the other's administrator; the window does it, so here the services do.
    shut(one, "admin", "9999", "hoa")
    shut(two, "hoa", "1111", "admin")
    one.ok("bundle", "export", tmp_path / "from-one", "--officer", "admin", **admin)
    two.ok("bundle", "export", tmp_path / "from-two", "--officer", "hoa", COUNTER_PIN="1111")

    told = one.ok("bundle", "import", tmp_path / "from-two", "--officer", "lan", COUNTER_PIN="1111")
    assert "Không còn tài khoản quản trị nào mở" in told.said
    assert "officer reset" in told.said and "admin, hoa" in told.said
    (back,) = one.ok("officer", "reset", "hoa", COUNTER_NEW_PIN="7777").lines

    assert back == {"id": "hoa", "pin": True}
    accounts_ = {line["id"]: line for line in one.ok("officer", "list").lines}
    assert (accounts_["hoa"]["active"], accounts_["admin"]["active"]) == (True, False)
    one.ok(
        *("officer", "add", "nam", "--name", "Nam", "--role", "officer", "--officer", "hoa"),
        COUNTER_PIN="7777",
        COUNTER_NEW_PIN="2222",
    )
    refused = one.run("officer", "reset", "admin", "--officer", "hoa", COUNTER_PIN="7777", COUNTER_NEW_PIN="")
    assert refused.code == 2  # led again: what is left is a PIN that somebody forgot


def shut(store: Here, officer: str, pin: str, other: str) -> None:
    from counter_app.services import accounts, opening
    from counter_app.services.opening import Openers
    from counter_app.system import clock
    from counter_app.system.paths import Places
    from tests.vaults import NoVault

    openers = Openers(NoVault(), recovery=store.environment["COUNTER_RECOVERY"])
    office = opening.open_store(Places(store.data), openers, clock.now)
    accounts.change_officer(office, office.session(officer, lambda: pin), other, active=False)
    office.close()
