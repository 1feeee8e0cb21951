"""The files of a paper: shown page by page inside the window, and taken off with a reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from counter_app.desk.page import Desk
from counter_app.desk.pages.digitise_view import DigitiseView
from counter_app.desk.parts import keeps_escape, typed
from counter_app.desk.widgets.paper_rows import PaperRow
from counter_app.domain.attachments import Attachment
from counter_app.domain.errors import CounterError
from counter_app.paper.scanned import scanned_pdf
from counter_app.services import attaching, digitised, scanning
from counter_app.services.accesses import Why, note
from counter_app.services.contents import Content, spool
from counter_app.services.looking import PDF
from counter_app.services.office import Office, Session
from counter_app.services.page_images import aside, pages_of
from counter_app.words.errors import sentence


class PaperFiles(QObject):
    """Of the paper that is chosen in the view's list."""

    changed = Signal()
    """A file was taken off."""
    closed = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, view: DigitiseView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._code, self._dossier = "", b""
        view.reason.installEventFilter(self)

    def of(self, code: str, dossier: bytes) -> None:
        """The dossier whose papers stand there."""
        self._code, self._dossier = code, dossier

    def is_open(self) -> bool:
        return self._view.shows_sheet()

    def open(self, row: PaperRow) -> None:
        """Shows the files of the paper, one after the other; nothing of them touches the disk."""
        if not row.counted:
            return
        view, office, session, files = self._view, self._desk.office, self._desk.session, row.counted
        note(office, session, [self._dossier], Why.FILE)
        view.sheet.say(self.tr("Đang mở…"))
        view.show_sheet()
        self._desk.tasks.run(
            "paper",
            lambda: together(office, session, files),
            view.sheet.show_papers,
            lambda error: view.sheet.say(sentence(error)),
            latest=f"files-{id(self)}",
        )

    def close(self) -> bool:
        """Closes what is open: the reason that is asked for, or the file. False where nothing is."""
        view = self._view
        if not view.asked.isHidden():
            self._leave()
            return True
        if self.is_open():
            view.sheet.say("")
            view.show_pile()
            self.closed.emit()
            return True
        return False

    def ask(self) -> None:
        """Why the paper's last file was put there by mistake."""
        row = self._view.papers.row()
        if isinstance(row, PaperRow) and row.counted:
            self._view.reason.clear()
            self._view.asked.show()
            self._view.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if keeps_escape(event):
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._take_off()
                return True
        return False

    def _leave(self) -> None:
        self._view.asked.hide()
        self._view.papers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_off(self) -> None:
        row, why = self._view.papers.row(), typed(self._view.reason)
        if not isinstance(row, PaperRow) or not row.counted:
            return
        office, session, code = self._desk.office, self._desk.session, self._code
        digest, name = row.counted[-1].sha256.hex(), f"{row.number}. {row.name}"

        def then(_: object) -> None:
            self._leave()
            self.told.emit(self.tr("Đã rút lại một tệp của {name}.").format(name=name))
            self.changed.emit()

        def failed(error: CounterError) -> None:
            self._view.fault.say(sentence(error), "late")

        self._desk.tasks.run(
            "store", lambda: attaching.detach(office, session, code, digest, why), then, failed
        )


def together(office: Office, session: Session, files: tuple[Attachment, ...]) -> list[Content]:
    """The files as PDFs; raises those of `digitised.read`."""
    return [_as_pdf(office, one, digitised.read(office, session, one)) for one in files]


def _as_pdf(office: Office, one: Attachment, content: Content) -> Content:
    if one.media == PDF:
        return content
    pile, made = spool(office), spool(office)
    pages = [aside(page, pile) for page in pages_of(content, scanning.wish_of(office))]
    scanned_pdf([page.picture for page in pages], title=one.name, out=made)
    return made.open
