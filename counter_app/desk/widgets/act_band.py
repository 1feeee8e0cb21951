"""The band of a story that holds the next act, the other acts, and the few fields that one of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter_app.desk import theme
from counter_app.desk.parts import Field, KeyButton, Notice, keeps_key, typed
from counter_app.desk.theme import styled, text
from counter_app.desk.widgets.acts import ACTS, PRINT, next_of
from counter_app.desk.widgets.choices import Choices
from counter_app.desk.widgets.story_act import Ask, StoryAct, said
from counter_app.desk.widgets.transfer_code import TransferCode
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import CounterError
from counter_app.domain.letters import owed
from counter_app.domain.payments import Method
from counter_app.domain.rights import Right, of_act
from counter_app.services.transfers import Transfer
from counter_app.words.errors import sentence
from counter_app.words.states import only_for
from counter_app.words.story import FORMS

MORE_KEY = "Ctrl+W"
_ASKING = f"""
ActBand[state="asking"] {{
    background: {theme.SURFACE}; border: 1px solid {theme.LINE}; border-left: 4px solid {theme.ACCENT};
}}
ActBand[state="second"] {{ background: {theme.SURFACE}; border: none; border-left: 4px solid transparent; }}
"""


def key_words(key: str) -> str:
    """A key as it stands on a cap: Ctrl+Enter."""
    return key.replace("Return", "Enter")


class ActBand(QFrame):
    """Shows what is next; `ask` opens an act's fields in its place, nothing pops up."""

    chosen = Signal(object)
    """A StoryAct whose button was pressed."""
    wanted = Signal(object, object)
    """A StoryAct and what was typed, by the fields' names: do it."""

    def __init__(
        self,
        may: Callable[[Right], bool] = lambda right: True,
        transfer: Callable[[Dossier, str], Transfer | None] = lambda dossier, amount: None,
    ) -> None:
        """`may` says whether who sits here has the right; what he has not is shown out of reach.

        `transfer` is how the typed amount would be paid by the bank, None where that cannot be.
        """
        super().__init__()
        self._may = may
        self.setProperty("kind", "notice")
        self.setStyleSheet(_ASKING)
        self.setAccessibleName(self.tr("Việc cần làm"))
        self._dossier: Dossier | None = None
        self._act: StoryAct | None = None
        self._state = "in_time"
        self._late = False
        self._primary: KeyButton | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 24, 12)
        column.setSpacing(8)
        self._rest = QWidget()
        self._form = _Form(transfer)
        self._form.wanted.connect(self._on_wanted)
        self._form.left.connect(self.leave)
        column.addWidget(self._rest)
        column.addWidget(self._form)
        self._form.hide()

    def show_dossier(self, dossier: Dossier, state: str, most_extensions: int) -> None:
        """The acts that the dossier's state allows; `state` is the theme's. A dispute comes before them."""
        self._dossier, self._state = dossier, "second" if dossier.conflicts else state
        self._late = state == "late"
        self.leave()
        old, self._rest = self._rest, QWidget()
        self._column.replaceWidget(old, self._rest)
        old.hide()
        old.deleteLater()
        following = next_of(dossier, state == "late", most_extensions)
        possible = [act for act in ACTS if act.may(dossier)]
        first = next((act for act in possible if following and act.kind == following.kind), None)
        others = [act for act in possible if act is not first]
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = text("", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(self._next_words(following.words if following else ""))
        column.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._primary = None
        if first is not None:
            self._primary = self._button(first, "" if dossier.conflicts else "primary")
            row.addWidget(self._primary)
        self._more = KeyButton(self.tr("Việc khác"), MORE_KEY)
        self._more.clicked.connect(self.toggle_more)
        row.addWidget(self._more)
        if not others:
            self._more.hide()
        row.addStretch(1)
        column.addLayout(row)
        if letter := owed(dossier):
            others = [act for act in others if act is not PRINT]
            asked = self.tr("In {}").format(FORMS.say(letter))
            # In a row of its own: beside a list there is no room for three.
            column.addWidget(
                self._button(PRINT, "" if first is not None else "primary", asked),
                alignment=Qt.AlignmentFlag.AlignLeft,
            )
        if first is not None and not self._may(of_act(first.kind)):
            column.addWidget(text(only_for(of_act(first.kind)), "second", wrap=True))
        self._others = QWidget()
        grid = QGridLayout(self._others)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, act in enumerate(others):
            grid.addWidget(self._button(act, "link"), place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(2, 1)
        self._others.hide()
        column.addWidget(self._others)

    def toggle_more(self) -> None:
        if not self._more.isHidden() and self._form.isHidden():
            self._others.setVisible(self._others.isHidden())

    def ask(self, act: StoryAct, given: Mapping[str, str] | None = None) -> None:
        """Opens the act's fields, `given` filled in, and puts the focus into the first that is not."""
        if self._dossier is None:
            return
        self._act = act
        styled(self, state="asking")
        self._rest.hide()
        warning = act.warns(self._dossier, self._late)
        self._form.open(act, self._dossier, given or {}, said(warning) if warning else "")

    def is_asking(self) -> bool:
        return not self._form.isHidden()

    def begun(self) -> tuple[StoryAct, dict[str, str]] | None:
        """The act whose fields hold something that is not written yet, and what they hold."""
        if self._act is None or not self.is_asking() or not self._form.is_begun():
            return None
        fresh = {ask.name for ask in self._act.asks if ask.fresh}
        return self._act, {name: v for name, v in self._form.values().items() if name not in fresh}

    def insist(self) -> None:
        """Another act was asked for: what is begun comes first."""
        if self._act is not None:
            words = self.tr("Đang ghi dở việc này: Enter để ghi, Esc để thôi, rồi hãy làm việc khác.")
            self._form.hold(words)

    def leave(self) -> None:
        """Closes the fields; nothing is written."""
        self._act = None
        styled(self, state=self._state)
        self._form.hide()
        self._rest.show()

    def refuse(self, error: CounterError) -> None:
        """The act was not done: says why, at the field that it concerns; what was typed stays."""
        self._form.refuse(error)

    @property
    def fault(self) -> Notice:
        """Where it says why."""
        return self._form.fault

    def warning(self) -> str:
        """What the act that is asked for brings with it, told before it is written."""
        return self._form.warning.words()

    def complain(self) -> str:
        """The error that stands in the band."""
        return self._form.fault.words()

    def _button(self, act: StoryAct, kind: str, words: str = "") -> KeyButton:
        button = KeyButton(words or said(act.words), key_words(act.key), kind)
        button.clicked.connect(lambda: self.chosen.emit(act))
        if not self._may(of_act(act.kind)):
            button.setEnabled(False)
            button.setToolTip(only_for(of_act(act.kind)))
        return button

    def _on_wanted(self, values: Mapping[str, str]) -> None:
        if self._act is not None:
            self.wanted.emit(self._act, values)

    def _next_words(self, words: str) -> str:
        if not words:
            return escape(self.tr("Hồ sơ đã kết thúc."))
        to_do = self.tr("Việc cần làm:")
        return f"<b>{escape(to_do)}</b> {escape(said(words))}"


class _Form(QWidget):
    """The fields of one act: Enter goes on and after the last that is needed does it, F9 does it from any of
    them, Esc leaves."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, transfer: Callable[[Dossier, str], Transfer | None]) -> None:
        super().__init__()
        self._transfer = transfer
        self._fields: dict[str, QLineEdit | Choices] = {}
        self._holds: dict[str, tuple[str, ...]] = {}
        self._aside: set[str] = set()
        self._late: dict[str, QWidget] = {}  # not shown before a refusal names them
        self._given: dict[str, str] = {}  # what stands in the fields before anybody touches them
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._heading = text("", "name")
        self._holder = QWidget()
        self.warning, self.fault = Notice(), Notice()
        self._do = KeyButton(self.tr("Ghi"), "Enter", "primary")
        self._do.clicked.connect(self._on_do)
        leave = KeyButton(self.tr("Thôi"), "Esc")
        leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._do)
        row.addWidget(leave)
        row.addStretch(1)
        for number in range(1, 10):  # from whichever field has the focus
            QShortcut(
                QKeySequence(f"Alt+{number}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(lambda number=number: self._choose(number))
        column.addWidget(self._heading)
        column.addWidget(self.warning)
        column.addWidget(self._holder)
        column.addWidget(self.fault)
        column.addLayout(row)

    def _choose(self, number: int) -> None:
        for field in self._fields.values():
            if isinstance(field, Choices):
                field.choose_number(number)

    def open(self, act: StoryAct, dossier: Dossier, given: Mapping[str, str], warning: str) -> None:
        self.fault.say("")
        self.warning.say(warning, "soon")
        self._do.setEnabled(True)
        self._heading.setText(said(act.words))
        self._do.say(said(act.go) if act.go else self.tr("Ghi"))
        self._do.setAccessibleName(f"{self._do.words()}: {said(act.words)}")
        old, self._holder = self._holder, QWidget()
        self._column.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._fields, self._holds = {}, {ask.name: ask.holds for ask in act.asks}
        self._aside, self._late = {ask.name for ask in act.asks if ask.aside}, {}
        self._given = {ask.name: ask.given(dossier).strip() for ask in act.asks}
        for ask in act.asks:
            choices = ask.offers(dossier)
            shown = self._choices(ask, choices) if choices else self._line(ask, dossier, given)
            column.addWidget(shown)
            if ask.if_refused and not given.get(ask.name):
                self._late[ask.name] = shown
                shown.hide()
        for name, field in self._fields.items():
            if isinstance(field, Choices):
                field.choose(given.get(name) or self._given[name])
        if act.kind == "paid":
            self._offer_transfer(dossier, column)
        self._holder.setVisible(bool(act.asks))
        self.show()
        filled = [f for f in self._fields.values() if isinstance(f, Choices) and f.value()]
        asked = [f for name, f in self._fields.items() if not given.get(name) and name not in self._late]
        open_ones = [field for field in asked if field not in filled]
        first: QWidget = next(iter(open_ones or self._fields.values()), self._do)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    def values(self) -> dict[str, str]:
        return {
            name: field.value() if isinstance(field, Choices) else typed(field)
            for name, field in self._fields.items()
        }

    def is_begun(self) -> bool:
        """Whether something is filled in that is not on its way to the disk."""
        return self._do.isEnabled() and self.values() != self._given

    def hold(self, words: str) -> None:
        """Says why it stays, and has the focus again."""
        self.fault.say(words, "soon")
        if not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            next(iter(self._fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, ask: Ask, dossier: Dossier, given: Mapping[str, str]) -> QWidget:
        line = QLineEdit(given.get(ask.name) or ask.given(dossier))
        line.returnPressed.connect(lambda: self._go_on(ask.name))
        shown = Field(said(ask.label), line, said(ask.hint) if ask.hint else "")
        for before in self._fields.values():
            if isinstance(before, Choices):
                before.chosen.connect(lambda value: shown.rename(said(ask.named_by.get(value, ask.label))))
        self._fields[ask.name] = line
        return shown

    def _choices(self, ask: Ask, offered: Sequence[tuple[str, str]]) -> QWidget:
        choices = Choices(said(ask.label), offered)
        choices.gone_on.connect(lambda: self._go_on(ask.name))
        self._fields[ask.name] = choices
        return choices

    def _offer_transfer(self, dossier: Dossier, column: QVBoxLayout) -> None:
        """The code to pay by, as soon as that way is chosen."""
        amount, method = self._fields["amount"], self._fields["method"]
        assert isinstance(amount, QLineEdit) and isinstance(method, Choices)
        shown = TransferCode()
        shown.hide()
        column.addWidget(shown)

        def look() -> None:
            wanted = method.value() == Method.TRANSFER
            found = self._transfer(dossier, typed(amount)) if wanted else None
            if found is not None:
                shown.show_transfer(found)
            shown.setVisible(found is not None)

        method.chosen.connect(lambda value: look())
        amount.textChanged.connect(lambda text: look())

    def refuse(self, error: CounterError) -> None:
        self._do.setEnabled(True)
        self.fault.say(sentence(error), "late")
        wrong = str(error.facts.get("field", ""))
        for name, field in self._fields.items():
            is_wrong = wrong in (name, *self._holds[name])
            styled(field, wrong=is_wrong)
            if is_wrong:
                if name in self._late:
                    self._late.pop(name).show()
                field.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        return keeps_key(event, Qt.Key.Key_F9) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._do.hasFocus()
        if enters or event.key() == Qt.Key.Key_F9:
            if not event.isAutoRepeat():
                self._on_do()
            return
        super().keyPressEvent(event)

    def _go_on(self, name: str) -> None:
        names = list(self._fields)
        after = [after for after in names[names.index(name) + 1 :] if after not in self._late]
        if name not in self._aside:
            after = [name for name in after if name not in self._aside]
        if after:
            self._fields[after[0]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._on_do()

    def _on_do(self) -> None:
        if self._do.isEnabled():
            self._do.setEnabled(False)
            self.wanted.emit(self.values())


def sequence(key: str) -> list[QKeySequence]:
    """The key and its twin on the keypad."""
    return [QKeySequence(key), *([QKeySequence("Ctrl+Enter")] if key == "Ctrl+Return" else [])]
