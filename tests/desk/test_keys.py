"""A key means one thing, whatever page is in front: what a hand has learnt on one holds on all."""

from __future__ import annotations

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from counter_app.desk.contents import PAGES
from counter_app.desk.pages.settings import SECTIONS, SettingsPage
from counter_app.desk.parts import KeyButton
from counter_app.desk.settings.section import Section
from counter_app.desk.widgets.act_band import MORE_KEY
from counter_app.desk.widgets.acts import ACTS
from counter_app.desk.widgets.story_act import said
from counter_app.desk.window import HELP, Window

# What each key means, as the words on its button begin. The one act of a page that writes is on F9, what
# stands n-th in a row on Alt+n; these, and the keys of the first run, which no page is beside, are not here.
MEANS = {
    "Ctrl+B": ("Yêu cầu bổ sung",),
    "Ctrl+D": ("Đã nhận đủ",),
    "Ctrl+E": ("Ghi cuộc gọi",),
    "Ctrl+F": ("Thủ tục khác",),
    "Ctrl+G": ("Giao giải quyết",),
    "Ctrl+H": ("Hẹn lại",),
    "Ctrl+I": ("Quét từ ảnh",),
    "Ctrl+J": ("Trả cùng lúc",),
    "Ctrl+K": ("Gác lại",),
    "Ctrl+L": ("Thu", "Đã thu"),
    "Ctrl+M": ("Chỉ trả một phần", "Trả trọn hồ sơ"),
    "Ctrl+N": ("Làm lại", "Thêm"),  # something new: an empty page, another officer
    "Ctrl+O": ("Xem",),
    "Ctrl+P": ("In ",),
    "Ctrl+Q": ("Nhắc người giữ",),
    "Ctrl+R": ("Lập phiếu khôi phục", "Mở lại bằng phiếu khôi phục"),
    "Ctrl+S": ("Sửa",),
    "Ctrl+T": ("Lưu, hồ sơ nữa", "Hồ sơ nữa", "Giấy nữa"),
    "Ctrl+U": ("In nhãn",),
    "Ctrl+W": ("Việc khác",),
    "Ctrl+Z": ("Rút lại",),
    "Ctrl+Enter": (
        "Tiếp nhận",
        "Đã có kết quả",
        "Trả kết quả",
        "Đã nhận bổ sung",
        "Trả lời",
        "Đã công khai",
        "Quét từ máy",
        "Nhận về",
    ),  # what comes next
    "Ctrl+Shift+A": ("Kết quả không đồng ý",),
    "Ctrl+Shift+B": ("Sao lưu",),
    "Ctrl+Shift+Del": ("Xóa",),
    "Ctrl+Shift+C": ("Trả chưa được",),
    "Ctrl+Shift+D": ("Dừng",),
    "Ctrl+Shift+E": ("Xuất",),
    "Ctrl+Shift+Enter": ("Chụp bằng camera",),
    "Ctrl+Shift+F": ("Yêu cầu nộp phí",),
    "Ctrl+Shift+F8": ("Tạm dừng",),
    "Ctrl+Shift+G": ("Đã có đủ giấy",),
    "Ctrl+Shift+H": ("Hủy",),
    "Ctrl+Shift+I": ("Camera",),
    "Ctrl+Shift+J": ("Đã đọc",),
    "Ctrl+Shift+K": ("Kiểm tra kho",),
    "Ctrl+Shift+L": ("Khóa tài khoản", "Mở lại tài khoản"),
    "Ctrl+Shift+M": ("Mã PIN",),
    "Ctrl+Shift+N": ("Nhập sau", "Thôi nhập sau"),
    "Ctrl+Shift+O": ("Xem hết", "Thu gọn"),
    "Ctrl+Shift+P": ("In ",),
    "Ctrl+Shift+Q": ("Số hóa",),
    "Ctrl+Shift+R": ("Cho rút",),
    "Ctrl+Shift+S": ("Rút lại lần giao",),
    "Ctrl+Shift+T": ("Từ chối",),
    "Ctrl+Shift+U": ("Hoàn lệ phí",),
    "Ctrl+Shift+V": ("Không nộp thì dừng",),
    "Ctrl+Shift+W": ("Diễn tập",),
    "Ctrl+Shift+Y": ("Chép",),
    "Ctrl+Shift+Z": ("Rút lại việc", "Rút lại khoản"),
}


def keys_of(part: QWidget) -> set[tuple[str, str]]:
    """The keys of its buttons, each with its words."""
    return {(one.key, one.words()) for one in part.findChildren(KeyButton) if one.words()}


def all_keys(window: Window) -> set[tuple[str, str]]:
    found = keys_of(window.top) | {(act.key.replace("Return", "Enter"), said(act.words)) for act in ACTS}
    for name in PAGES.keys() - {HELP}:
        page = window.go(name)
        found |= keys_of(page)
        if isinstance(page, SettingsPage):
            sections: list[Section] = [page.choose(section) for section, _, _ in SECTIONS]
            found = found.union(*map(keys_of, sections))
    return {(key, words) for key, words in found if key.startswith("Ctrl+")}


def test_a_key_means_the_same_on_every_page(window: Window) -> None:
    found = all_keys(window)

    odd = [(key, words) for key, words in found if not words.startswith(MEANS.get(key, ()))]
    assert sorted(odd) == []
    assert found and MORE_KEY in MEANS


def test_no_key_of_the_window_is_an_act_s_or_a_page_s(window: Window) -> None:
    """Two shortcuts on one key in one window answer neither. Esc is taken before it is one; of the lamp's
    key, and of that of a page without a place in the rail, a page only tells."""
    own = [one.key().toString() for one in window.findChildren(QShortcut) if one.parent() is window]
    acts = {act.key.replace("Return", "Enter") for act in ACTS}
    pages = {key for name in PAGES for key, _ in keys_of(window.go(name))}

    assert len(own) == len(set(own)) > 10
    assert set(own) & (acts | pages) <= {"Esc", "Shift+F2", "Shift+F5", "Shift+F7", "Shift+F8"}


def test_the_same_words_have_the_same_key_everywhere(window: Window) -> None:
    keys: dict[str, set[str]] = {}
    for key, words in all_keys(window):
        keys.setdefault(words, set()).add(key)

    assert {words: sorted(those) for words, those in keys.items() if len(those) > 1} == {}
