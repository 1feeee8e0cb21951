"""The program's QApplication: its looks, its language, and where it collects garbage."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from counter_app.desk import theme
from counter_app.desk.sweeping import sweep_here
from counter_app.system.paths import resource


def application(language: str = "vi") -> QApplication:
    """The one that is there, or a new one that speaks `language`, unless COUNTER_LANGUAGE names another."""
    # The style is named before there is an application: to set it later reads all of QStyle first.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("counter-app")
    speak(app, os.environ.get("COUNTER_LANGUAGE") or language)
    theme.apply(app)
    sweep_here(app)
    return app


def speak(app: QApplication, language: str) -> None:
    """The window's language: Vietnamese as written, or a translation that ships with the program."""
    if language == "vi":
        return
    from PySide6.QtCore import QTranslator

    from counter_app.words import language as words

    words.use(language)
    translator = QTranslator(app)
    if translator.load(str(resource("translations") / f"counter_{language}.qm")):
        app.installTranslator(translator)
