"""Texts outside of widgets: marked in tables, and said in the window's language.

The names are those that Qt's lupdate looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6 import QtCore

QT_TRANSLATE_NOOP = cast("Callable[[str, str], str]", QtCore.QT_TRANSLATE_NOOP)
translate = cast("Callable[[str, str], str]", QtCore.QCoreApplication.translate)
