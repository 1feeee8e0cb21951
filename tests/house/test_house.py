"""The tree itself: what may lie in it, what must not, and how a module opens."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = {".ci", "benchmarks", "counter_app", "db", "docs", "installers", "resources", "tests"}
MADE_HERE = {".git", ".venv", ".build", ".hypothesis", "dist", "demo-papers"}
REGISTRY = re.compile(rb"https?://(pypi|files\.pythonhosted|deb\.debian|registry\.npmjs)")
# Spelled in two halves, so that this file does not name them itself.
OUTSIDE = [
    first + last for first, last in [("../", "shared"), ("/work", "/"), ("/root", "/"), ("/opt", "/pypi")]
]


def tracked() -> list[Path]:
    """The files that git keeps; where git is not installed, all that a clone could hold."""
    try:
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        tops = [top for top in ROOT.iterdir() if not made_here(top.name)]
        files = [path for top in tops for path in [top, *top.rglob("*")] if "__pycache__" not in path.parts]
    return sorted(path for path in files if path.is_file())


def made_here(top: str) -> bool:
    return top in MADE_HERE or (top.startswith(".") and top.endswith("_cache"))


FILES = tracked()
# What a user reads: ours, not the State's catalogue, nor what people are called.
READ = ("counter_app", "resources/help", "resources/templates", "resources/translations", "resources/locale")
MODULES = [path for path in FILES if path.suffix == ".py" and path.is_relative_to(ROOT / "counter_app")]


def test_the_tree_is_found() -> None:
    assert ROOT / "pyproject.toml" in FILES
    assert MODULES


def test_no_file_names_a_registry() -> None:
    assert [path for path in FILES if REGISTRY.search(path.read_bytes())] == []


def test_every_locked_package_has_its_hashes() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "installers" / "build.lock"):
        entries = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())

        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_no_file_is_larger_than_one_mebibyte() -> None:
    assert [path for path in FILES if path.stat().st_size > 1024 * 1024] == []


def test_the_top_level_holds_only_the_rooms_of_the_house() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in FILES if path.parent != ROOT}

    assert tops - FOLDERS == set()


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_file_names_a_place_outside_the_clone(outside: str) -> None:
    naming = [path for path in FILES if outside.encode() in path.read_bytes()]

    assert naming == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_by_telling_what_lives_there(module: Path) -> None:
    opening = ast.get_docstring(ast.parse(module.read_text("utf-8")))

    assert opening
    assert opening.splitlines()[0].endswith((".", ":"))


def test_words_in_uy_and_oa_are_spelled_as_the_laws_spell_them() -> None:
    """NĐ 30/2020/NĐ-CP and the State's forms set the tone on the first of the two vowels."""
    other = re.compile("\\b(h?uỷ|tuỳ|khoá|xoá|hoá)\\b", re.IGNORECASE)
    texts = [path for path in FILES if path.suffix in {".py", ".md", ".json", ".ts", ".po", ".txt"}]
    read = [path for path in texts if str(path.relative_to(ROOT)).startswith((*READ, "resources/catalogue"))]
    found = [(path.name, odd[0]) for path in read for odd in other.finditer(path.read_text("utf-8"))]

    assert read and found == []
