"""Every sentence of the window has its English, with the same places to fill."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from counter_app.system.paths import resource

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
_PLACES = re.compile(r"\{\w*\}")


def messages(ts: Path) -> dict[tuple[str, str], str]:
    found = {}
    for context in ET.parse(ts).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            found[name, message.findtext("source", "")] = message.findtext("translation", "")
    return found


def test_no_sentence_of_the_window_lacks_its_english(tmp_path: Path) -> None:
    kept = resource("translations/counter_en.ts")
    fresh = tmp_path / "fresh.ts"
    shutil.copy(kept, fresh)
    sources = sorted(str(path) for path in (ROOT / "counter_app" / "desk").rglob("*.py"))

    command = [str(TOOLS / "pyside6-lupdate"), "-locations", "none", *sources, "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)

    said = {key for key, english in messages(fresh).items() if not english}
    assert said == set(), (
        "run pyside6-lupdate, translate resources/translations/counter_en.ts, pyside6-lrelease"
    )


def test_translations_have_the_same_places_to_fill() -> None:
    differing = [
        vietnamese
        for (_, vietnamese), english in messages(resource("translations/counter_en.ts")).items()
        if sorted(_PLACES.findall(vietnamese)) != sorted(_PLACES.findall(english))
    ]

    assert differing == []


def test_the_compiled_catalogue_says_what_the_text_says(app: object) -> None:
    translator = QTranslator()
    assert translator.load(str(resource("translations/counter_en.qm")))

    for (context, vietnamese), english in messages(resource("translations/counter_en.ts")).items():
        assert translator.translate(context, vietnamese) == english
    assert QCoreApplication.translate("Window", "Tra cứu") == "Tra cứu"
