"""The pages of the window: their names, and the module of each, read when the page is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from counter_app.desk.page import Desk, Page

if TYPE_CHECKING:
    from counter_app.services.lookup import Scan

MakePage = Callable[[Desk], Page]

INTAKE: Final = "intake"
INSTANT: Final = "instant"
FIND: Final = "find"
BOARD: Final = "board"
HAND_BACK: Final = "hand_back"
PASSING: Final = "passing"
POSTING: Final = "posting"
BOOKS: Final = "books"
FEEDBACK: Final = "feedback"
STORY: Final = "story"
DIGITISE: Final = "digitise"
CAMERA: Final = "camera"
SYNC: Final = "sync"
STICK: Final = "stick"
APOLOGIES: Final = "apologies"
SETTINGS: Final = "settings"
HELP: Final = "help"
SEAT: Final = "seat"
"""No page: the door where an officer sits down, of which help tells too."""

_PAGES: Final = "counter_app.desk.pages"
PAGES: Final = {
    INTAKE: ("intake", "IntakePage"),
    INSTANT: ("instant", "InstantPage"),
    FIND: ("find", "FindPage"),
    BOARD: ("board", "BoardPage"),
    HAND_BACK: ("hand_back", "HandBackPage"),
    PASSING: ("passing", "PassingPage"),
    POSTING: ("posting", "PostingPage"),
    BOOKS: ("books", "BooksPage"),
    FEEDBACK: ("feedback", "FeedbackPage"),
    STORY: ("story", "StoryPage"),
    DIGITISE: ("digitise", "DigitisePage"),
    CAMERA: ("camera", "CameraPage"),
    SYNC: ("sync", "SyncPage"),
    STICK: ("stick", "StickPage"),
    APOLOGIES: ("apologies", "ApologiesPage"),
    SETTINGS: ("settings", "SettingsPage"),
    HELP: ("help", "HelpPage"),
}


class Finds(Protocol):
    """Pages, by what the window asks of them."""

    def search(self, text: str) -> object: ...


class Tells(Protocol):
    def open(self, dossier: bytes, receipt: Scan | None = None) -> object: ...


class Helps(Protocol):
    def show_for(self, topic: str) -> object: ...


class Closes(Protocol):
    def close_day(self) -> object: ...


class Receives(Protocol):
    def begin(self, card: str = "", slip: str = "") -> object: ...

    def ask_for(self, procedure: str) -> object: ...


def makers() -> dict[str, MakePage]:
    """What makes each page, by its name."""

    def maker(module: str, name: str) -> MakePage:
        def make(desk: Desk) -> Any:
            return getattr(_read(module), name)(desk)

        return make

    return {page: maker(*where) for page, where in PAGES.items()}


def wanted_ahead() -> list[str]:
    """The modules of the pages that are asked for first, and of the first paper."""
    pages = [f"{_PAGES}.{module}" for module, _ in PAGES.values()]
    return [
        *pages,
        "counter_app.desk.prints",
        "counter_app.desk.leaving",
        "reportlab.pdfgen.canvas",
        "rapidfuzz",
    ]


def _read(page: str) -> Any:
    return import_module(f"{_PAGES}.{page}")
