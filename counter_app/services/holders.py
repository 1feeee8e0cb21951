"""How the holders of dossiers are spelled here: a name typed without its marks is no second holder."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from counter_app.domain.names import fold
from counter_app.services.office import commune_in
from counter_app.store import catalogue as shelf
from counter_app.store import log, own

LATELY: Final = "handed-to"  # own: to whom piles went from here, the last first, a line each


class Holders:
    """Those whom this store knows, each list read when it is first asked for."""

    def __init__(self, connection: Any, where: log.Map) -> None:
        self._connection = connection
        self._where = where

    @cached_property
    def lately(self) -> list[str]:
        return list(filter(None, own.get_text(self._connection, LATELY).split("\n")))

    @cached_property
    def officers(self) -> list[str]:
        """Those too who no longer work here: their names are still theirs."""
        return list(self._by_id.values())

    @cached_property
    def _by_id(self) -> dict[str, str]:
        known = commune_in(self._connection, self._where).officers
        return {id_.casefold(): one.name for id_, one in known.items()}

    @cached_property
    def of_steps(self) -> list[str]:
        """Whom the catalogue's steps name."""
        return [step.holder for one in shelf.current(self._connection) for step in one.steps]

    def spelled(self, name: str) -> str:
        """The name as the one holder known here who can be meant is spelled, of an officer whose id it is his
        own; as it was typed where that is a known spelling, or more than one could be meant."""
        typed = fold(name)
        if not typed or name in self.officers or name in self.of_steps:
            return name
        if (own_name := self._by_id.get(name.casefold())) is not None:
            return own_name
        if name in self.lately:
            return name
        alike = {one for one in (*self.lately, *self.officers, *self.of_steps) if fold(one) == typed}
        return alike.pop() if len(alike) == 1 else name

    def same(self, name: str, holder: str) -> bool:
        """Whether `name` was typed for that holder: two officers whom only a mark parts are two."""
        said, held = self.spelled(name), self.spelled(holder)
        if said == held:
            return True
        alike = fold(said) == fold(held) != ""
        return alike and said not in self.officers and said not in self.of_steps
