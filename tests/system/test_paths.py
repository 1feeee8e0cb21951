"""Where things lie, from the source tree as from an installed program."""

from __future__ import annotations

from pathlib import Path

import pytest

import counter_app
from counter_app.domain.errors import CannotRead
from counter_app.system.paths import Places, default_data, migrations, resource


def test_everything_of_a_store_lies_in_its_data_folder(tmp_path: Path) -> None:
    places = Places(tmp_path)

    lying = [places.database, places.keys, places.marks, places.settings, places.logs]

    assert {path.parent for path in lying} == {tmp_path}
    assert len(set(lying)) == len(lying)


def test_the_default_place_bears_the_programs_name() -> None:
    assert default_data().is_absolute()
    assert "counter-app" in default_data().parts


def test_the_source_tree_has_its_parts_beside_the_package() -> None:
    tree = Path(counter_app.__file__).parents[1]

    assert resource("") == tree / "resources"
    assert migrations() == tree / "db"


def test_an_installed_or_frozen_program_has_its_parts_inside(tmp_path: Path) -> None:
    package = tmp_path / "counter_app"
    (package / "_resources" / "seed").mkdir(parents=True)
    (package / "_resources" / "seed" / "a.csv").write_bytes(b"")
    (package / "_db").mkdir()
    (tmp_path / "resources").mkdir()

    assert resource("seed/a.csv", package=package) == package / "_resources" / "seed" / "a.csv"
    assert migrations(package=package) == package / "_db"


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as failure:
        resource("nothing.csv", package=tmp_path)

    assert failure.value.facts["name"] == "resources/nothing.csv"
