"""How far a machine is that takes the place of a dead one, and what it has in the end."""

from __future__ import annotations

from counter_app.services.replacing import Fetched, Salvaged
from counter_app.words.errors import reason
from counter_app.words.language import Words
from counter_app.words.syncing import size

_SAID = Words(
    {
        "begins": "Đang hỏi máy chủ…",
        "comes": "Đang nhận từ máy chủ: {n} hồ sơ, {size}…",
        "came": "Từ máy chủ: {n} hồ sơ, {size}.",
        "reads": "Đang đọc ổ đĩa cũ…",
        "new": "Từ ổ đĩa cũ: {n} hồ sơ mà máy này chưa có; {known} hồ sơ đã có.",
        "only-events": "Từ ổ đĩa cũ: {n} việc mới của các hồ sơ mà máy này đã có.",
        "nothing": "Ổ đĩa cũ không còn gì mới: {n} hồ sơ của nó đều đã có ở đây.",
        "aside": "{n} hồ sơ trên ổ đĩa cũ đã cất riêng, chưa tính: máy ấy chưa từng ghi danh với máy chủ của "
        "máy này; hãy báo nơi quản lý máy chủ, hoặc ghép hai máy.",
        "refused": "Ổ đĩa cũ có {n} đoạn không nhận được: {why}",
        "no-disk": "Chưa chọn ổ đĩa cũ; có nó sau này thì làm ở Thiết lập (F11), phần Kho dữ liệu.",
        "delivers": "Đang gửi lên máy chủ những gì ổ đĩa cũ đã cho…",
        "safe": "Máy này nay có {n} hồ sơ, tất cả đã an toàn trên máy chủ.",
        "waits": "Máy này nay có {all} hồ sơ; {n} hồ sơ chờ gửi lên máy chủ, máy sẽ tự gửi.",
    }
)


def coming(so_far: Fetched | None) -> str:
    """While it comes."""
    if so_far is None:
        return _SAID.say("begins")
    return _SAID.say("comes", n=so_far.dossiers, size=size(so_far.size))


def came(dossiers: int, size_: int) -> str:
    """All that was safe; `size_` in bytes."""
    return _SAID.say("came", n=dossiers, size=size(size_))


def reading() -> str:
    return _SAID.say("reads")


def delivering() -> str:
    return _SAID.say("delivers")


def no_disk() -> str:
    return _SAID.say("no-disk")


def from_disk(given: Salvaged) -> str:
    """What the old disk gave, and what of it was refused."""
    if given.aside:
        said = _SAID.say("aside", n=given.known + given.dossiers)
    elif given.dossiers:
        said = _SAID.say("new", n=given.dossiers, known=str(given.known))
    elif given.events:
        said = _SAID.say("only-events", n=given.events)
    else:
        said = _SAID.say("nothing", n=given.known)
    if not given.refused:
        return said
    return f"{said} {_SAID.say('refused', n=len(given.refused), why=reason(given.refused[0]))}"


def end(now: Fetched) -> str:
    """What he has now."""
    if now.waiting:
        return _SAID.say("waits", n=now.waiting, all=str(now.dossiers))
    return _SAID.say("safe", n=now.dossiers)
