"""Where the program begins: no command opens the window, a command goes to the command line."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from counter_app.system.processes import forbid_core_dumps


class _Screen:
    """The window, for a command that ends by showing what it made."""

    def there(self) -> bool:
        """Whether a window can open: always on Windows and macOS, with a display elsewhere."""
        if sys.platform in ("win32", "darwin"):
            return True
        return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))

    def window(self, data: Path, passphrase: str) -> int:
        from counter_app.desk.app import main as window

        os.environ["COUNTER_PASSPHRASE"] = passphrase
        return window(data)

    def picture(self, data: Path, target: Path, passphrase: str) -> bool:
        """Paints the window into a file in a process of its own, since a process has one Qt platform."""
        import multiprocessing

        target.unlink(missing_ok=True)
        os.environ["COUNTER_PASSPHRASE"] = passphrase
        painter = multiprocessing.get_context("spawn").Process(target=_paint, args=(data, target))
        painter.start()
        painter.join()
        return painter.exitcode == 0 and target.is_file()


def _paint(data: Path, target: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from counter_app.desk.picture import snapshot

    snapshot(data, target)


def _window_asked(argv: list[str]) -> tuple[Path | None, bool] | None:
    """The data folder that was named and whether it is for training; None where there is a command."""
    rest = [word for word in argv if word != "--training"]
    training = len(rest) < len(argv)
    if not rest:
        return None, training
    if len(rest) == 2 and rest[0] == "--data":
        return Path(rest[1]), training
    return None


def main() -> int:
    forbid_core_dumps()
    argv = sys.argv[1:]
    asked = _window_asked(argv)
    if asked is None:
        from counter_app.cli.main import main as command_line

        return command_line(argv, _Screen())
    gc.disable()  # the window collects at times of its own (desk/sweeping); its start has nothing to collect
    from counter_app.desk.app import main as window
    from counter_app.system import paths

    data, training = asked
    return window(data or paths.default_data(), training=training)


if __name__ == "__main__":
    sys.exit(main())
