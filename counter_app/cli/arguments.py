"""A parser of arguments that the words room tells, and one of a command that is not given."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from counter_app.domain.errors import BadInput
from counter_app.words.usage import argument_words, frame_words


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, frame_words("usage") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Every argument is told by the words room, under the command that `prog` ends with."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Formatter, **given)

    @property
    def command(self) -> str:
        return self.prog.partition(" ")[2]

    def add_argument(self, *names: Any, **given: Any) -> argparse.Action:
        made = super().add_argument(*names, **given)
        made.help = argument_words(self.command, made.dest.removesuffix("_first"))
        return made

    def add_argument_group(self, *names: Any, **given: Any) -> argparse._ArgumentGroup:
        return super().add_argument_group(*map(frame_words, names), **given)

    def error(self, message: str) -> NoReturn:
        usage = self.format_usage().strip().removeprefix(frame_words("usage"))
        raise BadInput("usage", usage=usage, detail=message)


class NotAsked(Parser):
    """Of a command that is not given: nobody reads its arguments, and to make all costs 50 ms."""

    def __init__(self, **given: Any) -> None:
        pass

    def add_argument(self, *names: Any, **given: Any) -> Any:
        pass

    def set_defaults(self, **given: Any) -> None:
        pass

    def add_subparsers(self, **given: Any) -> Any:
        return self

    def add_parser(self, name: str, **given: Any) -> Parser:
        return self
