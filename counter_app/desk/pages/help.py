"""Trợ giúp (F1): what the screen in front is for, its steps, its keys, and what to do when it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout

from counter_app.desk import theme
from counter_app.desk.page import Desk, Page
from counter_app.desk.parts import keeps_escape, keys
from counter_app.desk.title_row import TitleRow
from counter_app.system.paths import resource
from counter_app.words import language

_WIDEST: Final = 820
_READS: Final = (
    QTextDocument.MarkdownFeature.MarkdownDialectCommonMark | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "intake": ("intake",),
    "find": ("find", "dossier"),
    "board": ("board", "dossier"),
    "hand_back": ("hand_back",),
    "passing": ("passing",),
    "posting": ("posting",),
    "books": ("books",),
    "feedback": ("feedback",),
    "story": ("story", "dossier"),
    "digitise": ("digitise",),
    "instant": ("instant",),
    "sync": ("sync", "dossier"),
    "stick": ("stick",),
    "apologies": ("apologies",),
    "camera": ("camera",),
    "settings": ("settings",),
    "seat": ("seat",),
}
"""The parts that tell of each page, in resources/help; what holds everywhere follows them."""


def help_text(topic: str, spoken: str) -> str:
    """The Markdown of a page's help; raises CannotRead("part-missing") where the program is not whole."""
    parts = (*TOPICS.get(topic, ()), "everywhere")
    return "\n\n".join(resource(f"help/{spoken}/{part}.md").read_text(encoding="utf-8") for part in parts)


class HelpPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words = QTextBrowser()
        self.words.setAccessibleName(self.title)
        self.words.setOpenLinks(False)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.document().setDocumentMargin(24)
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        sheet.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.words)
        top = TitleRow(self.title)
        top.add_stretch()
        top.add(keys(("↑ ↓", self.tr("xem tiếp")), ("Esc", self.tr("quay lại"))))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 12)
        column.setSpacing(12)
        column.addWidget(top)
        column.addWidget(sheet, 1)

    @property
    def title(self) -> str:
        return self.tr("Trợ giúp")

    def show_for(self, topic: str) -> None:
        """Tells of the page of that name."""
        spoken = language.spoken()
        self.desk.tasks.run("read", lambda: help_text(topic, spoken), self._show, latest="help")

    def entered(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, markdown: str) -> None:
        document = self.words.document()
        document.setMarkdown(markdown, _READS)
        block = document.begin()
        while block.isValid():
            _set(block)
            block = block.next()
        self.words.verticalScrollBar().setValue(0)


def _set(block: QTextBlock) -> None:
    """One block in the window's own type: what Markdown makes of headings is too large and too tight."""
    cursor = QTextCursor(block)
    shape, letters = block.blockFormat(), QTextCharFormat()
    level = shape.headingLevel()
    shape.setTopMargin({0: 0, 1: 0}.get(level, 20))
    shape.setBottomMargin(8 if level else 6)
    shape.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(shape)
    listed = block.textList()
    if listed is not None and listed.format().style() == QTextListFormat.Style.ListDisc:
        cursor.insertText("\N{NO-BREAK SPACE}")  # a disc stands against its words
    if level:
        letters.setFont(theme.font("page" if level == 1 else "name"))
        letters.setForeground(QColor(theme.INK))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.setCharFormat(letters)
