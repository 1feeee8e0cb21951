"""A bug of ours met in the window: told, logged without the data that it met, and nobody waits for ever."""

from __future__ import annotations

import sys
import threading

import pytest

from counter_app.desk.bugs import BugReports
from counter_app.desk.tasks import Tasks
from counter_app.domain.errors import Unforeseen
from counter_app.words.errors import sentence

NAME = "Giàng A Páo"


def stumble():
    raise ValueError(f"no letter {NAME} 0900000123")


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.delenv("COUNTER_TRACE", raising=False)
    told = []
    BugReports(tmp_path / "logs", told.append).install()
    return told


def logged(tmp_path):
    return (tmp_path / "logs/counter.log").read_text()


def uncaught():
    try:
        stumble()
    except ValueError:
        sys.excepthook(*sys.exc_info())


def test_it_is_told_where_to_read_of_it_and_logged_without_what_it_met(told, tmp_path, capsys):
    uncaught()

    assert [sentence(error) for error in told] == [
        "Chương trình gặp lỗi của chính nó; dữ liệu đã lưu vẫn còn, "
        f"hãy gửi tệp nhật ký {tmp_path / 'logs'} cho bên hỗ trợ."
    ]
    assert "window-failed error=ValueError" in logged(tmp_path) and "stumble" in logged(tmp_path)
    said = logged(tmp_path) + "".join(capsys.readouterr())
    assert "Páo" not in said and "0900000123" not in said


def test_one_met_again_and_again_is_told_each_time_and_logged_once(told, tmp_path):
    for _ in range(3):
        uncaught()

    assert len(told) == 3
    assert logged(tmp_path).count("window-failed") == 1


def test_one_that_ends_a_thread_is_logged(told, tmp_path):
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()

    assert logged(tmp_path).count("window-failed") == 1
    assert told == []


def test_a_lanes_bug_comes_home_to_who_asked_as_a_failure(told, tmp_path, qtbot):
    tasks, failed = Tasks(logs=tmp_path / "logs"), []

    tasks.run("read", stumble, lambda _: None, failed.append)
    tasks.run("read", lambda: 1, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)

    assert isinstance(failed[0], Unforeseen) and failed[1] == 1
    assert sentence(failed[0]) == sentence(told[0])
    tasks.close()
