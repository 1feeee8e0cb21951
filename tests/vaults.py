"""Keyrings that the tests hand in: none at all, and one in memory."""

from __future__ import annotations


class NoVault:
    """A computer without a keyring."""

    def get(self, name: str) -> bytes | None:
        return None

    def set(self, name: str, secret: bytes) -> None:
        raise AssertionError("no keyring here")

    def delete(self, name: str) -> None:
        return None

    def status(self) -> str:
        return "absent"


class OpenVault:
    """A keyring in memory, which spares the tests the passphrase's slowness; emptied, as by a new system."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def set(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)

    def status(self) -> str:
        return "ok"
