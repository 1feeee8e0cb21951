"""What an act of a dossier's story is: its words, its key, the fields that it needs, and what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.desk.widgets.speech import translate
from counter_app.domain import lifecycle
from counter_app.domain.citizen import Warning
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.domain.lifecycle import State
from counter_app.domain.names import clean_line
from counter_app.services.lookup import id_text
from counter_app.services.office import Office, Session

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}))?")


@dataclass(frozen=True)
class Ask:
    """A field of an act. `name` is the word that a refusal names it by; `given` fills it beforehand.

    With `choices`, values and their words, one of them is chosen, by its number (`given` beforehand);
    `named_by` gives a field after it another label for each of those values. `holds` are further names in
    refusals that mean it. Enter passes by what stands `aside`; Tab goes there. A field that is asked only
    `if_refused` is shown once a refusal names it.
    """

    name: str
    label: str
    hint: str = ""
    given: Callable[[Dossier], str] = lambda dossier: ""
    choices: tuple[tuple[str, str], ...] = ()
    named_by: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    aside: bool = False
    if_refused: bool = False
    fresh: bool = False
    """It is typed anew each time: nothing keeps it while the act waits."""
    choices_of: Callable[[Dossier], tuple[tuple[str, str], ...]] = lambda dossier: ()
    """Choices that depend on the dossier, in place of `choices`; their words are in the window's language."""

    def offers(self, dossier: Dossier) -> tuple[tuple[str, str], ...]:
        return tuple((value, said(words)) for value, words in self.choices) or self.choices_of(dossier)


@dataclass(frozen=True)
class Doing:
    """What an act works with, in its lane."""

    office: Office
    session: Session
    dossier: Dossier
    values: Mapping[str, str]
    today: date
    receipt: str = ""
    """The text of its receipt's QR, where nothing else of the dossier is here."""

    @property
    def here(self) -> tuple[Office, Session, str]:
        return self.office, self.session, self.receipt or id_text(self.dossier.id)

    def __getitem__(self, name: str) -> str:
        return self.values[name]


@dataclass(frozen=True)
class StoryAct:
    """`kind` is the event's; `done` is said when it is on the disk."""

    kind: str
    words: str
    key: str
    asks: tuple[Ask, ...]
    do: Callable[[Doing], Any]
    done: str
    offered: Callable[[Dossier], bool] = lambda dossier: True
    go: str = ""
    """The word on the key that does it, where it is not "Ghi"."""
    warns: Callable[[Dossier, bool], str] = lambda dossier, late: ""
    """What is told before it is written, of the dossier and whether its date is past; "" for nothing."""
    why_not: Callable[[Dossier], str] = lambda dossier: ""
    """What is told where its key is pressed and the dossier does not allow it; "" for the usual words."""

    @staticmethod
    def notices(outcome: object) -> list[Warning]:
        """What the act gave to be looked at again, now that it is written."""
        return [one for one in outcome if isinstance(one, Warning)] if isinstance(outcome, list) else []

    def may(self, dossier: Dossier) -> bool:
        if dossier.erased is not None:
            return False
        if dossier.held:
            return dossier.on_receipt and self.kind in lifecycle.ON_RECEIPT and self.offered(dossier)
        allowed = lifecycle.STEPS.get(self.kind, (frozenset(State), None))[0]
        return dossier.acts_as in allowed and self.offered(dossier)


def said(text: str) -> str:
    """A text of this table in the window's language."""
    return translate("StoryActs", text)


def read_day(text: str, today: date, field: str, *, past: bool = False) -> date:
    """28/4, 28/4/2026 or 2026-04-28; without a year the next such day, of the `past` the last one.

    Raises BadInput("empty" | "not-a-day").
    """
    given = clean_line(text)
    if not given:
        raise BadInput("empty", field=field)
    try:
        if not (found := _DAY.fullmatch(given)):
            return date.fromisoformat(given)
        day, month = int(found[1]), int(found[2])
        read = date(int(found[3] or today.year), month, day)
        if found[3] or (read <= today if past else read >= today):
            return read
        return date(today.year + (-1 if past else 1), month, day)
    except ValueError as error:
        raise BadInput("not-a-day", field=field, value=text) from error
