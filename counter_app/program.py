"""Where the program begins: no command opens the window, a command goes to the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def _window_asked(argv: list[str]) -> Path | bool | None:
    """False where there is a command; else the data folder that was named, or None."""
    if not argv:
        return None
    if len(argv) == 2 and argv[0] == "--data":
        return Path(argv[1])
    return False


def main() -> int:
    argv = sys.argv[1:]
    data = _window_asked(argv)
    if isinstance(data, bool):
        from counter_app.cli.main import main as command_line

        return command_line(argv)
    from counter_app.desk.app import main as window
    from counter_app.system import paths

    return window(data or paths.default_data())


if __name__ == "__main__":
    sys.exit(main())
