"""Every reason word that the program raises, read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import counter_app
from counter_app.domain import errors

CLASSES = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.CounterError)
}
_OURS = re.compile(rf"\b({'|'.join(CLASSES)})\b")
_TELLING = (ast.Assign, ast.Call, ast.Tuple, ast.List)
_WORD = re.compile(r"[a-z]+(-[a-z]+)+|empty")


def raised() -> dict[str, str]:
    """Reason -> where it is raised; a reason that is put together from parts is a pattern with `.+`."""
    found: dict[str, str] = {}
    root = Path(counter_app.__file__).parent
    for path in sorted(root.rglob("*.py")):
        if path.parent.name == "words":
            continue
        source = path.read_text(encoding="utf-8")
        if not _OURS.search(source):
            continue
        nodes = _told(ast.parse(source))
        named = _named(nodes)
        for node in nodes:
            for why in _reasons(node, named):
                found.setdefault(why, f"{path.relative_to(root)}:{getattr(node, 'lineno', 0)}")
    return found


def _told(module: ast.Module) -> list[ast.AST]:
    """The nodes that may tell of a reason. `ast.walk` takes thrice the time, at each worker's start."""
    found: list[ast.AST] = []
    ahead: list[ast.AST] = [module]
    while ahead:
        node = ahead.pop()
        if isinstance(node, _TELLING):
            found.append(node)
        for part in vars(node).values():
            if isinstance(part, list):
                ahead += [one for one in part if isinstance(one, ast.AST)]
            elif isinstance(part, ast.AST):
                ahead.append(part)
    return found


def _named(nodes: list[ast.AST]) -> dict[str, list[ast.expr]]:
    """What each name of the module may stand for."""
    named: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
    return named


def _reasons(node: ast.AST, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Call) and node.args and _is_ours(node.func):
        first = node.args[0]
        for one in named.get(first.id, []) if isinstance(first, ast.Name) else [first]:
            yield from _texts(one)
    # A table of faults: (…, DiskFull, "disk-full").
    if isinstance(node, ast.Tuple | ast.List) and any(_is_ours(part) for part in node.elts):
        yield from (
            part.value
            for part in node.elts
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _WORD.fullmatch(part.value)
        )


def _is_ours(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in CLASSES


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else ".+" for part in node.values)
