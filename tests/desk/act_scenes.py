"""Each act of a dossier's story with its fields open: what the table has, so that a new act is there too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pytestqt.qtbot import QtBot

from counter_app.desk.widgets.acts import ACTS
from counter_app.desk.widgets.choices import Choices
from counter_app.desk.widgets.story_act import StoryAct
from counter_app.desk.widgets.story_view import StoryView
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.services import lookup
from counter_app.services.office import Office


def act_forms(
    view: StoryView,
    office: Office,
    dossiers: Iterable[bytes],
    qtbot: QtBot,
    open_: Callable[[bytes], object],
    *,
    refused: bool = False,
) -> Iterator[str]:
    """Every act at the first of these dossiers that allows it; `refused` with the words that say so."""
    left = list(ACTS)
    for dossier in dossiers:
        told = lookup.story(office, dossier)
        here = [act for act in left if act.may(told)]
        if here:
            open_(dossier)
            qtbot.waitUntil(lambda dossier=dossier: view.dossier is not None and view.dossier.id == dossier)
        for act in here:
            left.remove(act)
            yield from _form(view, act, told, refused=refused)
    assert left == [], f"no dossier of the store allows {[act.kind for act in left]}"


def _form(view: StoryView, act: StoryAct, told: Dossier, *, refused: bool) -> Iterator[str]:
    view.ask(act)
    assert view.band.is_asking(), act.kind
    if not refused:
        yield act.kind
        for choices in view.band.findChildren(Choices):
            if choices.isVisible():
                yield from _chosen(act, choices)
    elif act.asks:
        last = act.asks[-1]
        view._on_refused(told, BadInput("empty", field=last.holds[0] if last.holds else last.name))
        yield f"{act.kind}, refused"
    view.band.leave()


def _chosen(act: StoryAct, choices: Choices) -> Iterator[str]:
    """What is asked after a choice goes by another name for each."""
    (ask,) = (ask for ask in act.asks if ask.choices or ask.name in ("paper", "mistaken"))
    for value, _ in ask.choices:
        choices.choose(value)
        yield f"{act.kind}, {value}"
