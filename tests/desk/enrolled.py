"""A counter that is enrolled with a district in the same process: its foot, its road, a link that is slow."""

from __future__ import annotations

import time

from counter_app.desk.foot import Foot
from counter_app.services import pacing
from counter_app.store import own


class Looked(Foot):
    """A foot that keeps all that its lamp has shown."""

    def __init__(self, now):
        self.shown = []
        super().__init__(now)

    def show_lamp(self, words, short, why, state):
        self.shown.append(words)
        super().show_lamp(words, short, why, state)


def settled(watched, qtbot):
    """Looked at, exchanged once, and quiet."""
    _, foot, _, watch = watched
    qtbot.waitUntil(lambda: foot.lamp.text().startswith("An toàn trên máy chủ: "))
    qtbot.waitUntil(lambda: watch.last.done is not None and not watch.busy)
    return watched


def receive_many(counter, monkeypatch):
    """24 dossiers, and a link that bears half a kilobyte at a time."""
    monkeypatch.setattr(pacing, "LARGEST", 512)
    with counter.office.writing() as (pen, _):
        own.put_text(pen.connection, "sync/room", "512")
    for number in range(24):
        counter.receive(f"Người nộp thứ {number}")


def slow(road, seconds):
    """Each answer takes its time, as over a thin link."""
    post = road.post

    def posted(path, body):
        time.sleep(seconds)
        return post(path, body)

    road.post = posted
