"""A pile that is about to change hands, as the page holds it and as the store keeps it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QLineEdit

from counter_app.desk.pages.passing_view import PassingView, Side
from counter_app.desk.parts import typed
from counter_app.desk.widgets.hand_rows import HandRow
from counter_app.services import drafts
from counter_app.services.drafts import Draft

ROOMS = {Side.GIVE: drafts.PILE, Side.TAKE: drafts.TAKEN}
_HELD = {Side.GIVE: ("to", "step", "within"), Side.TAKE: ("taker", "signed")}


@dataclass
class Pile:
    """What lies on one side; `id` names it in the store, `ticked` is what of it is taken over."""

    id: bytes
    dossiers: list[bytes] = field(default_factory=list)
    ticked: set[bytes] = field(default_factory=set)
    rows: list[HandRow] = field(default_factory=list)
    suggested: bool = False
    """Whether it was said whose step comes next."""
    wanted: bool = False
    """Whether F9 was pressed and waits for the rows of what was scanned last."""

    @property
    def chosen(self) -> list[HandRow]:
        """What F9 writes."""
        return [row for row in self.rows if row.ticked is not False]

    @property
    def unseen(self) -> set[bytes]:
        """What was scanned and is not yet among the rows that F9 writes."""
        return (self.ticked & set(self.dossiers)) - {row.id for row in self.chosen}

    def put(self, dossier: bytes) -> None:
        self.dossiers = list(dict.fromkeys([*self.dossiers, dossier]))
        self.ticked.add(dossier)

    def take_out(self, dossier: bytes) -> None:
        self.dossiers = [one for one in self.dossiers if one != dossier]
        self.ticked.discard(dossier)
        self.rows = [row for row in self.rows if row.id != dossier]

    def join(self, later: Pile) -> None:
        """Puts what was scanned after this one to it."""
        self.dossiers = list(dict.fromkeys([*self.dossiers, *later.dossiers]))
        self.ticked |= later.ticked


def draft_of(pile: Pile, side: Side, view: PassingView) -> Draft | None:
    """What is kept of it; None where nothing was scanned."""
    if not pile.dossiers:
        return None
    fields = {name: typed(one) for name, one in _fields(view, side).items()}
    ids = [one for one in pile.dossiers if side is Side.GIVE or one in pile.ticked]
    paper = {"paper": int(view.on_paper.isChecked())} if side is Side.GIVE else {}
    return Draft(pile.id, {**fields, **paper, "dossiers": " ".join(one.hex() for one in ids)})


def take_up(draft: Draft, side: Side, view: PassingView) -> Pile | None:
    """The pile that was kept, its fields in view again; None where nothing of it can be read."""
    try:
        ids = [bytes.fromhex(one) for one in str(draft.fields.get("dossiers", "")).split()]
    except ValueError:
        return None
    for name, one in _fields(view, side).items():
        one.setText(str(draft.fields.get(name, "")))
    if side is Side.GIVE:
        view.on_paper.setChecked(bool(draft.fields.get("paper")))
    return Pile(draft.id, ids, set(ids)) if ids else None


def _fields(view: PassingView, side: Side) -> Mapping[str, QLineEdit]:
    every = view.fields()
    return {name: every[name] for name in _HELD[side]}
