"""A crash of either program puts nothing of its memory on the disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from counter_app import program
from counter_app.district import program as district

resource = pytest.importorskip("resource")


@pytest.fixture
def dumps() -> Iterator[None]:
    """The system would keep as much as it may."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.mark.usefixtures("dumps")
@pytest.mark.parametrize("main", [program.main, lambda: district.main(["device", "list"])])
def test_no_core_dump_is_written(main, monkeypatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "argv", ["counter-app", "--data", str(tmp_path / "nothing"), "find", "x"])
    monkeypatch.setattr(district, "default_district_data", lambda: tmp_path / "nothing")

    assert main() != 0

    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
