"""Every table of sentences below the window, with the module that it stands in."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import counter_app.cli
import counter_app.words
from counter_app.words.language import Words


def tables() -> list[tuple[str, Words[Any]]]:
    found: list[tuple[str, Words[Any]]] = []
    seen: set[int] = set()
    for package in (counter_app.words, counter_app.cli):
        for module in pkgutil.iter_modules(package.__path__):
            name = f"{package.__name__}.{module.name}"
            for table in vars(import_module(name)).values():
                if isinstance(table, Words) and id(table) not in seen:
                    seen.add(id(table))
                    found.append((name, table))
    return found
