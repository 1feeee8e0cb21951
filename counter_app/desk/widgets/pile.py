"""The dossiers that go out together: which they are, which are ticked, and the rows that show them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from counter_app.desk.theme import text
from counter_app.desk.widgets.reading import Story
from counter_app.desk.widgets.speech import translate
from counter_app.domain.collecting import Identity, identity
from counter_app.domain.dossier import Dossier
from counter_app.domain.lifecycle import State
from counter_app.services.handover import CAN_FINISH
from counter_app.services.lookup import id_text
from counter_app.words.states import fee_words


def blocked(story: Story) -> str:
    """Why the result cannot be given out now; "" where it can."""
    dossier = story.dossier
    if dossier.on_receipt:
        return ""
    if dossier.held and dossier.state is not State.RETURNED:
        return translate("Pile", "Chưa có phần tiếp nhận trên máy này; trao đổi với máy đã nhận trước.")
    if dossier.state is State.RETURNED:
        return translate("Pile", "Hồ sơ này đã trả kết quả rồi.")
    if dossier.state is State.FINISHED or dossier.state in CAN_FINISH:
        return ""
    return translate("Pile", "{state}: chưa trả được. Mở ở Tra cứu (F3) để làm bước trước.").format(
        state=story.standing.words
    )


class Pile:
    """Stories in the order that they were put down; `left_out` stay here this time."""

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        self._stories: dict[bytes, Story] = {}
        self.left_out: set[bytes] = set()
        self.by_slip: set[bytes] = set()
        for story in stories:
            self.put(story)

    def __len__(self) -> int:
        return len(self._stories)

    def __contains__(self, dossier: bytes) -> bool:
        return dossier in self._stories

    def put(self, story: Story) -> None:
        """Adds a dossier, or takes what was read of it anew."""
        self._stories[story.dossier.id] = story

    def join(self, other: Pile) -> None:
        for story in other.stories:
            self.put(story)
        self.left_out |= other.left_out
        self.by_slip |= other.by_slip

    @property
    def stories(self) -> list[Story]:
        return list(self._stories.values())

    @property
    def last(self) -> Story:
        return self.stories[-1]

    @property
    def chosen(self) -> list[Dossier]:
        """What goes out."""
        return [s.dossier for s in self.stories if s.dossier.id not in self.left_out and not blocked(s)]

    def named(self, dossier: bytes) -> str:
        """How an act names it: by its id, or by its receipt where nothing else of it is here."""
        receipt = self._stories[dossier].receipt
        return receipt.text if receipt is not None else id_text(dossier)

    @property
    def unpaid(self) -> int:
        return sum(dossier.unpaid for dossier in self.chosen)

    @property
    def owners(self) -> list[Dossier]:
        """One dossier of each different owner among those that go out, or among all where none does."""
        apart: list[Dossier] = []
        for dossier in self.chosen or [story.dossier for story in self.stories]:
            party = dossier.party()
            name, number = str(party.get("name", "")), str(party.get("id_number", ""))
            if all(identity(known.party(), name, number) is Identity.OTHER for known in apart):
                apart.append(dossier)
        return apart

    @property
    def has_slips(self) -> bool:
        """Whether each one's own receipt was scanned."""
        return all(dossier in self.by_slip for dossier in self._stories)

    def belongs(self, story: Story) -> bool:
        """Whether a dossier goes out with these without asking: the same owner, or it lies here already."""
        party = story.dossier.party()
        name, number = str(party.get("name", "")), str(party.get("id_number", ""))
        return story.dossier.id in self or any(
            identity(known.party(), name, number).owns for known in self.owners
        )


class PileRows(QWidget):
    """A row with a tick for each dossier: what it is, whose, and what is owed."""

    ticked = Signal()
    """The officer left one out, or took it in again."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[QCheckBox] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._pile = Pile()

    def show_pile(self, pile: Pile) -> None:
        self._pile = pile
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = []
        for place, story in enumerate(pile.stories):
            self._add(place, story)

    def _add(self, place: int, story: Story) -> None:
        dossier, why_not = story.dossier, blocked(story)
        procedure = str(dossier.values.get("procedure", {}).get("name", ""))
        name = str(dossier.party().get("name", "")) or dossier.code
        box = QCheckBox()
        box.setAccessibleName(f"{procedure}, {name}, {dossier.code}")
        box.setChecked(not why_not and dossier.id not in self._pile.left_out)
        box.setEnabled(not why_not)
        box.toggled.connect(lambda on, one=dossier.id: self._on_toggled(one, on))
        self.boxes.append(box)
        about = why_not or f"{dossier.code}  –  {story.standing.words}"
        fee = fee_words(dossier.owed, not dossier.unpaid) if dossier.owed else ""
        self._grid.addWidget(box, 2 * place, 0)
        self._grid.addWidget(text(f"{name}  –  {procedure}", "strong", wrap=True), 2 * place, 1)
        self._grid.addWidget(text(fee, "strong" if dossier.unpaid else "second"), 2 * place, 2)
        self._grid.addWidget(text(about, "small", wrap=True), 2 * place + 1, 1)

    def _on_toggled(self, dossier: bytes, on: bool) -> None:
        if on:
            self._pile.left_out.discard(dossier)
        else:
            self._pile.left_out.add(dossier)
        self.ticked.emit()
