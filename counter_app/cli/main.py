"""The command line: calls the services, prints JSON Lines, says each failure in one sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli import commands, parser
from counter_app.cli.context import Context, Screen
from counter_app.domain.errors import CounterError, Unforeseen
from counter_app.system import clock, paths
from counter_app.system.logs import Log
from counter_app.words import errors as words

BUG = 1
STOPPED = 130


def main(argv: Sequence[str], screen: Screen | None = None) -> int:
    """Runs one command; the exit code of interface: 0, 2 for the rules, 3 for the surroundings."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows, or an old locale, has no place for Vietnamese letters.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    context: Context | None = None
    data = paths.default_data()
    try:
        asked = parser.parse(argv)
        data = asked.data or data
        context = Context(data, asked, screen)
        return commands.run(context)
    except CounterError as error:
        if context is None or error is not context.settings_fault:  # which was told at the opening
            print(words.sentence(error), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader went away; Python would complain once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except Exception as error:  # noqa: BLE001  a bug of ours: told without the data that it met
        _report_bug(data, error)
        return BUG
    finally:
        if context is not None:
            context.close()


def _report_bug(data: Path, error: Exception) -> None:
    log = paths.Places(data).logs
    if data.is_dir():
        Log(log, now=clock.now).failure("command-failed", error)
    print(words.sentence(Unforeseen("bug", log=log)), file=sys.stderr)
    if os.environ.get("COUNTER_TRACE"):
        raise error
