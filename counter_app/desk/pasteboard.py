"""What was copied of a dossier, on the system's clipboard, until the officer leaves the seat."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

# Windows keeps a history of what was copied, and may send it to other devices of the account: not this
# ("Cloud Clipboard and Clipboard History Formats", learn.microsoft.com/windows/win32/dataxchg).
_UNKEPT: Final = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
_NO: Final = bytes(4)  # a DWORD
_put = ""


def put(text: str) -> None:
    """The text may be pasted, until `forget`."""
    global _put
    data = QMimeData()
    data.setText(text)
    for name in _UNKEPT:
        data.setData(f'application/x-qt-windows-mime;value="{name}"', _NO)
    QGuiApplication.clipboard().setMimeData(data)
    _put = text


def forget() -> None:
    """Takes away what `put` has left there; what somebody has copied since stays."""
    global _put
    if _put and QGuiApplication.clipboard().text() == _put:
        QGuiApplication.clipboard().clear()
    _put = ""
