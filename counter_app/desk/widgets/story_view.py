"""A dossier as a story: how it stands, the next act, disagreements, and the line of sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from counter_app.desk import pasteboard
from counter_app.desk.following import FollowingArea
from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice, keeps_escape
from counter_app.desk.theme import text
from counter_app.desk.widgets.act_band import MORE_KEY, ActBand, sequence
from counter_app.desk.widgets.acts import ACTS
from counter_app.desk.widgets.disputes import MOST_KEYS, Disputes
from counter_app.desk.widgets.reading import Story, read_story
from counter_app.desk.widgets.story_act import Doing, StoryAct, said
from counter_app.desk.widgets.story_head import StoryHead
from counter_app.desk.widgets.take_back_act import TAKE_BACK
from counter_app.desk.widgets.timeline import Timeline, happenings
from counter_app.desk.widgets.whereabouts import Whereabouts
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, CounterError
from counter_app.domain.payments import read_amount
from counter_app.domain.rights import Right, of_act
from counter_app.domain.zone import VIETNAM
from counter_app.services import lookup, mending, records
from counter_app.services.lookup import Scan, id_text
from counter_app.services.transfers import Transfer, transfer_for
from counter_app.words.errors import sentence
from counter_app.words.states import only_for, warning_words
from counter_app.words.story import tell

DIGITISE_KEY = "Ctrl+Shift+Q"
_INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class StoryView(QWidget):
    """Reads in the "read" lane, acts in the "store" lane; the keys of the acts work inside `keys_in`."""

    told = Signal(str)
    changed = Signal(object)
    """The id of a dossier that an act has changed."""
    asked_of = Signal(object, object)
    """The id of another dossier, the one that is `here`, and the StoryActs that share the key pressed."""
    digitise = Signal(object)
    """The id of a dossier whose papers are to be scanned."""
    other = Signal(object)
    """The id of another dossier that is to be opened here."""
    given_back = Signal()
    """An act that was begun elsewhere is done or left: the focus may go back."""

    def __init__(
        self,
        desk: Desk,
        keys_in: QWidget | None = None,
        here: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        """`here` is the dossier that the keys mean where it is not the one shown: a list's row."""
        super().__init__()
        self._desk = desk
        self._story: Story | None = None
        self._wanted: bytes | None = None
        self._receipt: Scan | None = None
        self._focus_when_read = False
        self._here = here
        self._began_elsewhere = False
        self._to_ask: tuple[bytes, Sequence[StoryAct], Mapping[str, str]] | None = None
        self.head = StoryHead()
        self.disputes, self.band = Disputes(), ActBand(self._may, self._transfer)
        self.timeline = Timeline(self.tr("Diễn biến hồ sơ, mới nhất trước"))
        self.warned = Notice()
        self.whereabouts = Whereabouts()
        self.papers = KeyButton(self.tr("Số hóa giấy tờ"), DIGITISE_KEY, "link")
        self._area = self._scroll()
        self._nothing = text(
            self.tr("Chọn một hồ sơ ở danh sách để xem: ↑ ↓ rồi Enter."), "second", wrap=True
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMargin(32)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._area)
        self.papers.clicked.connect(self._on_digitise)
        self.band.chosen.connect(self.ask)
        self.band.wanted.connect(self._on_wanted)
        self.disputes.kept.connect(self._on_kept)
        self.disputes.mistaken.connect(lambda event: self.ask(TAKE_BACK, {"mistaken": event}))
        self.disputes.other_asked.connect(self._on_other)
        self._bind(keys_in or self)

    @property
    def dossier(self) -> Dossier | None:
        """What is shown."""
        return self._story.dossier if self._story else None

    def open(self, dossier: bytes, receipt: Scan | None = None) -> None:
        """Reads the dossier and shows it; a later call overtakes an earlier one.

        The `receipt` says what is known of one that is not here; it is remembered while the dossier is shown.
        """
        if receipt is not None or dossier != self._wanted:
            self._receipt = receipt
        self._wanted, receipt = dossier, self._receipt
        office, session, now = self._desk.office, self._desk.session, self._desk.now()
        self._desk.tasks.run(
            "read",
            lambda: read_story(office, session, dossier, now, receipt),
            self._show,
            self._on_unreadable,
            latest=f"story-{id(self)}",
        )

    def refresh(self) -> None:
        """Reads again what may have changed meanwhile."""
        if self._wanted is not None and not self.takes_escape():
            self.open(self._wanted)

    def take_focus(self) -> None:
        """To the line of sentences, as soon as it is there: the acts' keys work from it."""
        self._focus_when_read = self._story is None
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        self._keep_begun()
        self._story = self._wanted = self._to_ask = None
        self._began_elsewhere = False
        self._stack.setCurrentWidget(self._nothing)

    def _may(self, right: Right) -> bool:
        # Where nobody sits, the act itself says so.
        return self._desk.session.officer is None or self._desk.session.may(right)

    def _transfer(self, dossier: Dossier, typed: str) -> Transfer | None:
        try:
            return transfer_for(self._desk.office, dossier.code, read_amount(typed))
        except BadInput as bad:  # not a sum yet, else no code can be made
            if bad.facts.get("field") == "purpose":
                self.told.emit(sentence(bad))
            return None

    def ask(self, act: StoryAct, given: Mapping[str, str] | None = None) -> None:
        """Opens an act's fields in the band, where the state allows it and nothing else is begun there."""
        if self._story is not None and self.isVisible() and act.may(self._story.dossier):
            if not self._may(of_act(act.kind)):
                self.told.emit(only_for(of_act(act.kind)))
                return
            if self.band.begun() is not None:
                self.band.insist()
            else:
                self.band.ask(act, given)
            self._area.ensureWidgetVisible(self.band)

    def ask_of(
        self, dossier: bytes, sharing: Sequence[StoryAct], given: Mapping[str, str] | None = None
    ) -> None:
        """The same for a dossier that is read first: that act of `sharing` which its state allows."""
        self._to_ask = dossier, sharing, given or {}
        if self._story is not None and self._story.dossier.id == dossier == self._wanted:
            self._ask_what_waits()
        else:
            self._keep_begun()
            self.band.leave()
            self.open(dossier)

    def is_about_to_ask(self) -> bool:
        """Whether an act's fields will open as soon as its dossier is read."""
        return self._to_ask is not None

    def _ask_what_waits(self) -> None:
        if self._to_ask is None or self._story is None or self._story.dossier.id != self._to_ask[0]:
            return
        _, sharing, given = self._to_ask
        self._to_ask = None
        for act in sharing:
            self.ask(act, given)
        self._began_elsewhere = self.takes_escape()
        if not self._began_elsewhere:
            self.told.emit(self._why_not(sharing, self._story.dossier))

    def takes_escape(self) -> bool:
        return self.band.is_asking()

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event, self.takes_escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.takes_escape():
            self.leave()
            return
        super().keyPressEvent(event)

    def leave(self) -> None:
        """Closes the fields of an act, or asks no more for them."""
        self._to_ask = None
        self.band.leave()
        self._give_focus()

    def _give_focus(self) -> None:
        if self._began_elsewhere:
            self._began_elsewhere = False
            self.given_back.emit()
        else:
            self.take_focus()

    def _bind(self, host: QWidget) -> None:
        by_key: dict[str, list[StoryAct]] = {}
        for act in ACTS:
            by_key.setdefault(act.key, []).append(act)
        for key, sharing in by_key.items():
            for keys in sequence(key):
                QShortcut(keys, host, context=_INSIDE).activated.connect(
                    lambda sharing=sharing: self._on_key(sharing)
                )
        QShortcut(QKeySequence(MORE_KEY), host, context=_INSIDE).activated.connect(self._on_more)
        QShortcut(QKeySequence(DIGITISE_KEY), host, context=_INSIDE).activated.connect(self._on_digitise)
        for number in range(1, MOST_KEYS + 1):
            keep = QShortcut(QKeySequence(f"Ctrl+{number}"), host, context=_INSIDE)
            keep.setAutoRepeat(False)  # a key that is held must not settle the next one too
            keep.activated.connect(lambda number=number: self.disputes.keep_number(number))

    def _on_key(self, sharing: list[StoryAct]) -> None:
        if (here := self._here()) is not None:
            self.asked_of.emit(here, sharing)
            return
        if self._story is None or not self.isVisible():
            return
        dossier = self._story.dossier
        if not any(act.may(dossier) for act in sharing):
            self.told.emit(self._why_not(sharing, dossier))
        for act in sharing:  # no state allows two of them
            self.ask(act)

    def _why_not(self, sharing: Sequence[StoryAct], dossier: Dossier) -> str:
        own = next(filter(None, (act.why_not(dossier) for act in sharing)), "")
        return own or self.tr("Hồ sơ này bây giờ không làm việc đó được.")

    def _on_digitise(self) -> None:
        shown = self._story.dossier.id if self._story is not None and self.isVisible() else None
        if (dossier := self._here() or shown) is not None:
            self.digitise.emit(dossier)

    def _on_more(self) -> None:
        if self._story is not None and self.isVisible():
            self.band.toggle_more()

    def _show(self, story: Story) -> None:
        fresh = self._story is None or self._story.dossier.id != story.dossier.id
        if fresh:
            self._keep_begun()
            self.warned.say("")
        self._story = story
        dossier = story.dossier
        self.head.show_story(story)
        self.disputes.show_story(story)
        self.whereabouts.say(story.safe)
        if fresh or not self.band.is_asking():  # what is being typed stays
            most = self._desk.office.settings.max_extensions
            self.band.show_dossier(dossier, story.standing.state, most)
        self.timeline.show_story(happenings(dossier, story.name_of, story.machines, story.now))
        self._stack.setCurrentWidget(self._area)
        if fresh:
            self._area.verticalScrollBar().setValue(0)
        if self._focus_when_read:
            self.take_focus()
        if fresh:
            self._began_elsewhere = False
            self._take_up_begun()
        self._ask_what_waits()

    def _keep_begun(self) -> None:
        """What was typed of an act and not written waits until its dossier is opened again, on any page."""
        if self._story is not None and (begun := self.band.begun()) is not None:
            self._desk.begun[self._story.dossier.id] = begun
            words = self.tr("Còn giữ việc ghi dở của {}: mở lại hồ sơ ấy để ghi tiếp")
            self.told.emit(words.format(self._story.dossier.code))

    def _take_up_begun(self) -> None:
        if self._story is None or (begun := self._desk.begun.get(self._story.dossier.id)) is None:
            return
        act, _ = begun
        if act.may(self._story.dossier) and self._may(of_act(act.kind)):
            del self._desk.begun[self._story.dossier.id]
            self.band.ask(*begun)

    def _on_unreadable(self, error: CounterError) -> None:
        self._stack.setCurrentWidget(self._area)
        self.head.complain(sentence(error))
        self._to_ask = None

    def _on_wanted(self, act: StoryAct, values: Mapping[str, str]) -> None:
        if self._story is None:
            return
        dossier = self._story.dossier
        if act.kind == "label":
            self._label(act, dossier)
            return
        if act.kind == "copied":
            self._copy(act, dossier, values["to"])
            return
        doing = Doing(
            self._desk.office,
            self._desk.session,
            dossier,
            values,
            self._desk.now().astimezone(VIETNAM).date(),
            self._receipt.text if self._receipt and dossier.held else "",
        )
        work = (lambda: self._print(doing)) if act.kind == "printed" else (lambda: act.do(doing))
        self._desk.tasks.run(
            "store",
            work,
            lambda outcome: self._on_done(dossier, act, outcome, values.get("paper", "")),
            lambda error: self._on_refused(dossier, error, (act, dict(values))),
        )

    def _print(self, doing: Doing) -> bytes:
        from counter_app.desk import prints

        if (form := doing["paper"]) != "receipt":
            return prints.other(self._desk, doing.session, doing.dossier.id, form, doing["reprint"])
        queue = prints.way(self._desk).queue
        return prints.copy(doing.office, doing.session, doing.dossier.id, doing["reprint"], queue)

    def _label(self, act: StoryAct, dossier: Dossier) -> None:
        from counter_app.desk import prints

        desk, session = self._desk, self._desk.session

        def sent(paper: prints.Sent) -> None:
            desk.jobs.follow(paper)
            self._on_done(dossier, act, None)

        desk.tasks.run(
            "paper",
            lambda: prints.label(desk, session, dossier.id, dossier.code),
            sent,
            lambda error: self._on_refused(dossier, error),
        )

    def _copy(self, act: StoryAct, dossier: Dossier, to: str) -> None:
        office, session = self._desk.office, self._desk.session

        def copied(lines: str) -> None:
            pasteboard.put(lines)
            self._on_done(dossier, act, None)

        self._desk.tasks.run(
            "read",
            lambda: records.lines(office, session, dossier.id, to),
            copied,
            lambda error: self._on_refused(dossier, error),
        )

    def _send(self, pdf: bytes, dossier: Dossier, form: str) -> None:
        from counter_app.desk import prints

        desk, to = self._desk, prints.way(self._desk)

        def send() -> prints.Sent:
            if form != "receipt":
                return prints.others(desk, pdf, dossier.code, form)
            return prints.copied(desk, to, pdf, dossier.code, dossier.id)

        desk.tasks.run("paper", send, desk.jobs.follow)

    def _on_done(self, dossier: Dossier, act: StoryAct, outcome: object, form: str = "") -> None:
        warnings = "\n".join(warning_words(one) for one in act.notices(outcome))
        here = self._wanted == dossier.id
        self.told.emit(said(act.done) if here else " ".join(filter(None, (said(act.done), warnings))))
        if isinstance(outcome, bytes):
            self._send(outcome, dossier, form)
        if act.kind == "erased" and self._desk.keeper is not None:
            self._desk.keeper.kept.connect(self.refresh, Qt.ConnectionType.SingleShotConnection)
            self._desk.keeper.back_up()
        if here:
            self.warned.say(warnings)  # stands until the next act, or another dossier
            self.band.leave()
            self._give_focus()
            if self._wanted == dossier.id:  # still open where the list has its place back
                self.open(dossier.id)
        self.changed.emit(dossier.id)

    def _on_refused(
        self, dossier: Dossier, error: CounterError, begun: tuple[StoryAct, dict[str, str]] | None = None
    ) -> None:
        if self._wanted == dossier.id:
            self.band.refuse(error)
            self._area.show_with(self.band.fault)
            return
        self.told.emit(f"{dossier.code}: {sentence(error)}")
        if begun is not None:
            self._desk.begun[dossier.id] = begun

    def _on_other(self, code: str) -> None:
        office = self._desk.office
        self._desk.tasks.run(
            "read", lambda: lookup.show(office, code)[0].id, self.other.emit, self.disputes.refuse
        )

    def _on_kept(self, event: str, field: str) -> None:
        if self._story is None:
            return
        dossier, office, session = self._story.dossier, self._desk.office, self._desk.session
        entry = next((e for e in dossier.entries if str(e.ref) == event), None)

        def then(_fields: object) -> None:
            self.told.emit(self.tr("Đã giữ: {what}").format(what=tell(entry) if entry else ""))
            self.take_focus()
            self.open(dossier.id)
            self.changed.emit(dossier.id)

        self._desk.tasks.run(
            "store",
            lambda: mending.resolve(office, session, id_text(dossier.id), event, field),
            then,
            self.disputes.refuse,
        )

    def _scroll(self) -> FollowingArea:
        content = QWidget()
        content.setProperty("kind", "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.disputes)
        column.addWidget(self.warned)
        column.addWidget(self.band)
        line = QVBoxLayout()
        line.setContentsMargins(18, 16, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.whereabouts)
        line.addWidget(self.papers, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self.timeline)
        column.addLayout(line)
        column.addStretch(1)
        # Of the act that is asked for, not of the line of sentences, which is higher than the window.
        return FollowingArea(content, within=self.band)
