"""One bank reference on two dossiers is asked about on both, until one of them takes it back."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from counter_app.domain.dossier import Dossier
from counter_app.domain.fold import fold
from counter_app.domain.shared_references import REFERENCE, borne, disputed
from counter_app.words.story import conflict
from tests.domain.acts import DOSSIER, Machine, pair

OTHER = "H55.242-261122-2001"


def folded(here: Machine) -> Dossier:
    return fold(DOSSIER, here.known.values())


def paid(**said: Any) -> Machine:
    one, _ = pair()
    one.write("paid", {"amount": 8000, "method": "transfer", "reference": "FT-26 333", **said})
    return one


def test_who_marked_a_transfer_by_hand_is_asked_where_another_dossier_bears_its_reference():
    here = paid()
    before = folded(here)

    dossier = disputed(before, {"FT26333": [OTHER]})

    (dispute,) = dossier.conflicts
    assert (dispute.field, dispute.others) == (REFERENCE, (OTHER,))
    assert conflict(dispute) == (
        "Khoản chuyển 8.000 đ trùng số tham chiếu với hồ sơ H55.242-261122-2001; hãy rút lại bên ghi nhầm."
    )
    assert dossier.fingerprint() == before.fingerprint()
    here.write("voided", {"set": {}, "events": [str(before.entries[-1].ref)], "reason": "nhầm hồ sơ"})
    assert (borne(folded(here)), disputed(folded(here), {"FT26333": [OTHER]}).conflicts) == (set(), ())


@pytest.mark.parametrize(
    ("acts", "bears", "asked"),
    [
        ([], {"FT26333"}, True),
        ([{"amount": 8000, "statement": True}], {"FT26333"}, False),
        ([{"amount": 0, "statement": True}], set(), False),
        ([{"amount": 9000}], {"FT26333"}, True),
    ],
    ids=["by hand", "a statement says so", "a statement says otherwise", "twice here"],
)
def test_what_a_statement_says_here_settles_it_here(acts, bears, asked):
    here = paid()
    for said in acts:
        here.write("paid", {"method": "transfer", "reference": "ft26333", **said})
    dossier = folded(here)

    assert borne(dossier) == bears
    found = [one.field for one in disputed(dossier, {"FT26333": [OTHER]}).conflicts]
    assert (REFERENCE in found) is asked


def test_cash_and_a_voided_entry_bear_none():
    assert borne(folded(paid(method="cash"))) == set()
    here = paid()
    here.write("voided", {"set": {"state": "voided"}, "reason": "nhập nhầm"})
    assert borne(folded(here)) == set()
    assert len({frozenset(borne(fold(DOSSIER, some))) for some in permutations(paid().known.values())}) == 1
