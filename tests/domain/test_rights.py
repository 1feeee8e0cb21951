"""Each role means something: what it may do, and nothing that no table says."""

import pytest

from counter_app.domain import kinds
from counter_app.domain.commune import Role
from counter_app.domain.rights import MAY, OF_KIND, Right, of_act, who_may


def test_every_right_has_its_roles_and_every_role_but_the_reader_a_right():
    assert set(MAY) == set(Right)
    assert all(Role.ADMINISTRATOR in roles for roles in MAY.values())
    assert {role for roles in MAY.values() for role in roles} == set(Role) - {Role.READER}


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("received", {"officer", "head", "administrator"}),
        ("returned", {"officer", "head", "administrator"}),
        ("step_taken", {"officer", "head", "administrator"}),
        ("paid", {"officer", "head", "cashier", "administrator"}),
        ("printed", {"officer", "head", "cashier", "administrator"}),
        ("extended", {"head", "administrator"}),
        ("resolved", {"head", "administrator"}),
    ],
)
def test_an_act_is_for_these_roles(kind, roles):
    assert {role.value for role in who_may(of_act(kind))} == roles


def test_the_table_names_only_kinds_that_there_are():
    assert all(kinds.KINDS[name] for name in OF_KIND)
