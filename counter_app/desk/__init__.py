"""The window: what the officer sees, and nothing that is decided."""

import builtins

_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401

# From its import on, PySide6 reads the source of every module that is imported later, in case it asks for
# Qt's names in snake case (`from __feature__ import snake_case`): a quarter of the program's start, for a
# thing that nobody here asks for. See napari's issue 8584.
builtins.__import__ = _import
