"""Hears from the system that the network is back; where the system says nothing of it, nothing is heard."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtNetwork import QNetworkInformation

_Reach = QNetworkInformation.Reachability


class Source(Protocol):
    """What QNetworkInformation tells."""

    reachabilityChanged: SignalInstance
    isBehindCaptivePortalChanged: SignalInstance

    def reachability(self) -> _Reach: ...
    def isBehindCaptivePortal(self) -> bool: ...


class Network(QObject):
    """Silent where none of Qt's plug-ins knows this system."""

    came_back = Signal()
    """The machine reaches the world, and did not a moment ago. It may be wrong: an exchange will show."""

    def __init__(self, source: Source | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._open = self._is_open()
        if source is not None:
            source.reachabilityChanged.connect(self._on_changed)
            source.isBehindCaptivePortalChanged.connect(self._on_changed)

    def _is_open(self) -> bool:
        source = self._source
        return (
            source is not None
            and source.reachability() is _Reach.Online
            and not source.isBehindCaptivePortal()
        )

    def _on_changed(self) -> None:
        before, self._open = self._open, self._is_open()
        if self._open and not before:
            self.came_back.emit()


def here(parent: QObject) -> Network:
    """The system's own word. Takes some 15 ms."""
    loaded = QNetworkInformation.loadDefaultBackend()
    return Network(QNetworkInformation.instance() if loaded else None, parent)
