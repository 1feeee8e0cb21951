"""A dossier in the national exchange's fields: what its money and its files come to."""

from __future__ import annotations

import pytest

from counter_app.domain import fold
from counter_app.domain.national import facts
from tests.domain.acts import DOSSIER, RECEPTION, machine

PORTAL = {"amount": 8000, "method": "portal", "reference": "DVC1"}
STATEMENT = {"amount": 8000, "method": "transfer", "reference": "DVC1", "statement": True}
CASH = {"amount": 8000}
ONLINE, AT_THE_COUNTER, NOT_PAID = ("portal", "reception"), ("none", "reception"), ("none", "none")


def folded(*acts):
    one = machine(1)
    one.write("received", RECEPTION | {"components": COMPONENTS})
    for kind, said in acts:
        one.write(kind, {"at": "2026-11-20T09:00:00+07:00", **said})
    return fold.fold(DOSSIER, one.known.values())


COMPONENTS = [
    {"name": "Tờ khai", "kind": "original", "count": 1},
    {"name": "Giấy chứng sinh", "kind": "original", "count": 1},
]


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ([("paid", PORTAL)], ONLINE),
        ([("paid", CASH)], AT_THE_COUNTER),
        ([("paid", PORTAL), ("refunded", {"amount": 8000})], NOT_PAID),
        ([("paid", PORTAL), ("refunded", {"amount": 3000})], ONLINE),
        ([("paid", PORTAL), ("paid", STATEMENT)], ONLINE),
        ([("paid", STATEMENT), ("paid", PORTAL)], ONLINE),
        ([("paid", PORTAL), ("paid", STATEMENT), ("refunded", {"amount": 8000})], NOT_PAID),
        ([("paid", PORTAL), ("paid", CASH), ("refunded", {**PORTAL, "reference": ""})], AT_THE_COUNTER),
        ([("paid", PORTAL), ("paid", CASH), ("refunded", CASH)], ONLINE),
        (
            [("paid", PORTAL), ("refunded", CASH), ("finished", {"result": "x"}), ("paid", CASH)],
            ("none", "return"),
        ),
    ],
)
def test_money_that_was_given_back_was_not_paid_online(acts, told):
    made = facts(folded(*acts))

    assert (made["paid_online"], made["paid_when"]) == told


def test_a_file_counts_where_its_paper_is_now_and_a_results_file_makes_no_component_scanned():
    result = attached(0, "1", "")
    moved = [{"name": "Trích lục", "kind": "copy", "count": 1}, *COMPONENTS]

    alone = facts(folded(("finished", {"result": "Giấy khai sinh"}), ("attached", result)))
    later = facts(folded(("attached", attached(1, "2", "Tờ khai")), ("resubmitted", {"components": moved})))

    assert not alone["scanned"] and alone["result"][0]["result.file"].endswith("-1001_kq_01.pdf")
    assert later["scanned"] and [one["component.scanned"] for one in later["component"]] == [
        *(False, True, False)
    ]


def attached(number, digit, name):
    said = {"component": number, "sha256": digit * 64, "bytes": 9, "name": name}
    return {**said, "media": "application/pdf", "pages": 1, "way": "scanner"}
