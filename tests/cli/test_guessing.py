"""Wrong PINs on the command line: each command is a process of its own, so it waits before it asks."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Here


def test_after_three_wrong_pins_a_command_waits_and_says_so(
    store: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("counter_app.cli.context.time.sleep", waited.append)
    store.ok("officer", "add", "lan", "--name", "H’Lan", "--role", "officer", COUNTER_NEW_PIN="1234")
    for _ in range(3):
        wrong = store.run("bundle", "export", "x", "--officer", "lan", COUNTER_PIN="0000")
        assert wrong.code == 2
        assert "Mã PIN không đúng" in wrong.said
    assert waited == []

    told = store.run("bundle", "export", "x", "--officer", "lan", COUNTER_PIN="1234")

    assert waited == [pytest.approx(5, abs=1)]
    assert told.said.startswith("Gõ sai mã PIN nhiều lần: chờ 5 giây…")


def test_a_forgotten_pin_is_reset_by_a_second_officer_with_the_sheet(store: Here) -> None:
    store.ok("officer", "add", "lan", "--name", "H’Lan", "--role", "officer", COUNTER_NEW_PIN="1234")
    store.ok("officer", "pin", "--officer", "admin", COUNTER_NEW_PIN="9999")

    alone = store.run(
        "officer", "reset", "admin", "--officer", "admin", COUNTER_PIN="9999", COUNTER_NEW_PIN="7"
    )
    assert alone.code == 2
    assert "cán bộ khác" in alone.said
    (told,) = store.ok(
        "officer", "reset", "admin", "--officer", "lan", COUNTER_PIN="1234", COUNTER_NEW_PIN="7777"
    ).lines

    assert told == {"id": "admin", "pin": True}
    store.ok("officer", "pin", "--officer", "admin", COUNTER_PIN="7777", COUNTER_NEW_PIN="8888")
