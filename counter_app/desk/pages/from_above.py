"""Over the board: the district's notices, one at a time, and what it issued that this program cannot read."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.desk.page import Desk
from counter_app.desk.parts import KeyButton, Notice
from counter_app.desk.theme import text
from counter_app.services import notices
from counter_app.services.notices import News
from counter_app.words import issuing


class FromAbove(QWidget):
    """Hidden while there is nothing; `look` reads anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._news = News()
        self._opened = ""
        """The notice that is shown whole, where its beginning alone would be."""
        self.notice, self.outdated = Notice(), Notice()
        self.done = KeyButton(self.tr("Đã đọc"), "Ctrl+Shift+J", "link")
        self.more = KeyButton(self.tr("Xem hết"), "Ctrl+Shift+O", "link")
        for button in (self.done, self.more):
            button.hide()
        self.done.clicked.connect(self._on_done)
        self.more.clicked.connect(self._on_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.outdated)
        self.hide()

    def look(self) -> None:
        office = self._desk.office
        self._desk.tasks.run(
            "read", lambda: notices.news(office), self._show, latest=f"from-above-{id(self)}"
        )

    def says(self) -> str:
        """The words of the notice that is shown; "" where none is."""
        return "" if self.isHidden() else self.notice.words()

    def _show(self, news: News) -> None:
        self._news = news
        self._say_notice()
        self.outdated.say("\n".join(map(issuing.unreadable, news.unreadable)), "soon")
        self.setVisible(bool(news.left or news.unreadable))

    def _say_notice(self) -> None:
        if not self._news.left:
            self.notice.say("")
            return
        first, *others = self._news.left
        whole = first.name == self._opened
        short = issuing.beginning(first.text)
        words = f"{issuing.head(first)} {first.text if whole else short}"
        if others:
            words += "\n" + self.tr("Còn {} thông báo nữa.").format(len(others))
        self.more.say(self.tr("Thu gọn") if whole else self.tr("Xem hết"))
        self.notice.say(words, "paused", self.done, *([self.more] if short != first.text else []))

    def _on_more(self) -> None:
        if self._news.left:
            name = self._news.left[0].name
            self._opened = "" if self._opened == name else name
            self._say_notice()

    def _on_done(self) -> None:
        if not self._news.left:
            return
        office, name = self._desk.office, self._news.left[0].name
        self._desk.tasks.run("store", lambda: notices.read(office, name), lambda _: self.look())


class NewsHint(QObject):
    """On the page where the day begins: that something waits to be read, and the key that leads there."""

    def __init__(self, desk: Desk, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._key = desk, key
        self.label = text("", "second")
        self.label.hide()

    def look(self) -> None:
        office = self._desk.office
        self._desk.tasks.run("read", lambda: notices.news(office), self._show, latest=f"news-{id(self)}")

    def _show(self, news: News) -> None:
        count = len(news.left) + len(news.unreadable)
        words = self.tr("{n} thông báo mới: bấm {key}")
        self.label.setText(words.format(n=count, key=self._key) if count else "")
        self.label.setVisible(bool(count))
