"""The window."""

import ctypes
import sys

import PySide6

if PySide6.__version__ == "6.12.0" and sys.version_info < (3, 12):
    # There `emit()` gives True away without owning it; after some 600 signals Python would end the process.
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 40
