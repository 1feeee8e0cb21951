"""What a replaced machine has in the end, and what a wiped one leaves, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.services.replacing import Fetched, Salvaged
from counter_app.services.wiping import Outlook, Wiped
from counter_app.words import language, replacing, wiping


@pytest.fixture
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("vi")


def outlook(dossiers: int, waiting: int, *, unsent: bool = True, files: int = 0) -> Outlook:
    return Outlook("the district", dossiers, waiting, unsent, (), files)


def test_what_an_old_disk_gave_is_told_by_dossiers() -> None:
    given = replacing.from_disk(Salvaged(6, 1_230, 14))
    assert given == "Từ ổ đĩa cũ: 6 hồ sơ mà máy này chưa có; 1230 hồ sơ đã có."
    assert replacing.from_disk(Salvaged(0, 3, 2)) == "Từ ổ đĩa cũ: 2 việc mới của các hồ sơ mà máy này đã có."
    assert replacing.from_disk(Salvaged(0, 3, 0)).startswith("Ổ đĩa cũ không còn gì mới: 3 hồ sơ")
    refused = replacing.from_disk(Salvaged(1, 0, 1, refused=("message-damaged",)))
    assert "có 1 đoạn không nhận được: Dữ liệu trao đổi bị hỏng" in refused
    assert "đã cất riêng" in replacing.from_disk(Salvaged(0, 3, 9, aside=True))


def test_what_he_has_now_counts_what_still_waits() -> None:
    assert replacing.end(Fetched(3, 0)) == "Máy này nay có 3 hồ sơ, tất cả đã an toàn trên máy chủ."
    assert "3 hồ sơ; 2 hồ sơ chờ gửi" in replacing.end(Fetched(3, 0, waiting=2))


def test_what_waits_is_silent_where_nothing_does() -> None:
    assert wiping.waits(outlook(3, 0, unsent=False)) == ""
    assert wiping.waits(outlook(3, 0)).startswith("Còn việc chờ gửi")
    assert wiping.waits(outlook(3, 2)).startswith("2 hồ sơ còn chờ gửi")
    assert wiping.waits(outlook(3, 2, files=4)).startswith("2 hồ sơ và 4 tệp quét còn chờ gửi")
    assert wiping.waits(outlook(3, 0, files=4)).startswith("4 tệp quét còn chờ gửi")
    assert "với 4 tệp quét" in wiping.kept(Wiped(False, "ab", False, 4), "huyện", Path("/u/x"))
    assert wiping.sealing(0.5) == "Đang niêm phong và đọc lại: 50 %…"


@pytest.mark.parametrize("n", [1, 2])
def test_in_english_all_of_it_is_english(english: None, n: int) -> None:
    said = [
        replacing.coming(None),
        replacing.coming(Fetched(n, 96_000)),
        replacing.came(n, 96_000),
        replacing.reading(),
        replacing.delivering(),
        replacing.no_disk(),
        *(replacing.from_disk(Salvaged(a, n, b)) for a, b in ((n, n), (0, n), (0, 0))),
        replacing.from_disk(Salvaged(n, n, n, aside=True)),
        replacing.from_disk(Salvaged(n, n, n, refused=("message-damaged",) * n)),
        replacing.end(Fetched(n, 0)),
        replacing.end(Fetched(n, 0, waiting=n)),
        wiping.goes(outlook(n, n)),
        wiping.safe(outlook(n, 0)),
        wiping.waits(outlook(n, n)),
        wiping.waits(outlook(n, 0)),
        wiping.kept(Wiped(True, "", True), "the district", None),
        wiping.kept(Wiped(False, "ab", False), "the district", Path("/media/stick/kho")),
        wiping.empty(),
        *(wiping.known(Wiped(True, "", known)) for known in (True, False)),
    ]
    assert [words for words in said if not words.replace("…", "").isascii()] == []
