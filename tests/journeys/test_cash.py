"""The cash book through the public command line, from the first fee to the drawer's count."""

from __future__ import annotations

from tests.journeys.command import Store, entry


def test_a_days_money_is_told_and_the_drawer_counted(store: Store) -> None:
    one, two = store.receive(
        entry("Lò Văn Inh", fee={"amount": 8000}), entry("Vàng Thị Sao", fee={"amount": 5000, "paid": True})
    )
    store.ok("pay", one["code"], "--amount", 8000, "--method", "transfer", "--receipt", "AA-26E 7")
    store.ok("refund", two["code"], "--amount", 1000, "--reason", "thu thừa")

    *moved, whole = store.ok("cash").lines

    assert sorted(
        (line["code"], line["amount"], line["method"], line["receipt"]) for line in moved
    ) == sorted(
        [
            (two["code"], 5000, "cash", ""),
            (one["code"], 8000, "transfer", "AA-26E 7"),
            (two["code"], -1000, "cash", ""),
        ]
    )
    assert (whole["cash"], whole["transfer"], whole["in_drawer"], whole["counts"]) == (4000, 8000, 4000, [])

    refused = store.run("cash", "--count", 3000)
    assert refused.code == 2 and "3.000" in refused.sentence and "4.000" in refused.sentence

    (count,) = store.ok("cash", "--count", 3000, "--note", "thối nhầm").lines[-1]["counts"]
    assert (count["counted"], count["expected"], count["difference"], count["note"]) == (
        3000,
        4000,
        -1000,
        "thối nhầm",
    )
    assert len(store.ok("find", "--all").lines) == 2
    assert store.ok("verify").line["dossiers"] == 2
    assert store.run("refund", two["code"], "--amount", 4001, "--reason", "x").code == 2
