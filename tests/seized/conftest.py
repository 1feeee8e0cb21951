"""The disk of a commune that lived, as a thief has it."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from counter_app.services.opening import Openers
from tests.seized.searching import Search, forms_of
from tests.seized.tap import tapped
from tests.services.stores import Counter, Wall
from tests.vaults import OpenVault


@dataclass(frozen=True)
class Disk:
    """`folder` holds what is left, `record` all that was ever written; `told` is what `life` printed."""

    folder: Path
    record: Path
    told: dict[str, Any]

    @property
    def places(self) -> list[Path]:
        """All that lies there but the papers that somebody asked for."""
        return sorted(path for path in self.folder.iterdir() if path.name != "asked")

    @cached_property
    def contents(self) -> list[bytes]:
        return [bytes.fromhex(content) for content in self.told["contents"]]

    @cached_property
    def search(self) -> Search:
        return Search(forms_of(self.told["secrets"], self.contents))

    @property
    def vault(self) -> OpenVault:
        """The keyring that was open."""
        vault = OpenVault()
        vault.kept.update({name: bytes.fromhex(secret) for name, secret in self.told["vault"].items()})
        return vault

    def copied(self, target: Path) -> Counter:
        """A copy of the counter's folder, with that keyring."""
        shutil.copytree(self.folder / "counter", target)
        return Counter(target, Wall(), openers=Openers(self.vault))


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    if shutil.which("cc") is None:
        sentence = "a seized disk was NOT searched: as root, install gcc libc6-dev"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    made = tmp_path_factory.mktemp("seized")
    folder = made / "disk"
    for name in ("tmp", "home"):
        (folder / name).mkdir(parents=True)
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "tmp"))
    home = {"HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    told, record = tapped(made, "tests.seized.life", str(folder), environment={**temporary, **home})
    return Disk(folder, record, json.loads(told))
