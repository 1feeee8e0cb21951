"""How the window looks: palette, type, the style sheet, and icons in a colour."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from counter_app.desk.early import plain
from counter_app.system.paths import resource

INK: Final = "#17232B"
SECOND: Final = "#47565F"
LINE: Final = "#C9D2D8"  # only separates
EDGE: Final = "#75858F"  # of a control
WINDOW: Final = "#F3F5F6"
RAIL: Final = "#E8EDF0"  # and days off
SURFACE: Final = "#FFFFFF"
DISABLED: Final = "#E1E6EA"
DISABLED_TEXT: Final = "#4E5D66"
ACCENT: Final = "#12588C"  # "here" or "next", nothing else
TINT: Final = "#E6F0F7"
TRAINING: Final = "#6B2169"  # the band of the training store, and nothing else

STATES: Final = {
    "in_time": ("#1D6B42", "#E4F2E9"),
    "soon": ("#8A4B00", "#FFF1DA"),
    "late": ("#A8201A", "#FBE7E5"),
    "paused": ("#5A4A8A", "#EEEBF7"),
}
"""Colour and tint of each state; the icon of the same name and a word always stand beside them."""

FAMILY: Final = "Source Sans Pro"
TYPE: Final = {  # kind: px, weight
    "small": (13, 400),
    "key": (13, 600),
    "body": (15, 400),
    "strong": (15, 600),
    "name": (19, 600),
    "page": (23, 600),
    "days": (29, 700),
    "date": (57, 700),
    "date-long": (46, 700),
}

_SHEET: Final = f"""
* {{ font-family: "{FAMILY}"; font-size: 15px; color: {INK}; }}
QWidget {{ background: transparent; }}
QMainWindow, QWidget[kind="window"] {{ background: {WINDOW}; }}
QWidget[kind="surface"] {{ background: {SURFACE}; }}
QFrame[kind="sheet"] {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 4px; }}
QFrame[kind="paper"] {{ background: {SURFACE}; border: 1px solid {LINE}; }}
QFrame[kind="rule"] {{ background: {LINE}; border: none; max-height: 1px; min-height: 1px; }}
QWidget[kind="top"] {{ background: {SURFACE}; border-bottom: 1px solid {LINE}; }}
QWidget[kind="foot"] {{ background: {SURFACE}; border-top: 1px solid {LINE}; }}
QWidget[kind="training"] {{ background: {TRAINING}; }}
QWidget[kind="training"] QLabel {{ color: {SURFACE}; }}
QWidget[kind="training"] QPushButton:hover {{ background: {INK}; }}
QWidget[kind="training"] QPushButton:focus {{ border-color: {SURFACE}; }}
QWidget[kind="rail"] {{ background: {RAIL}; border-right: 1px solid {LINE}; }}
QWidget[kind="side"] {{ background: {RAIL}; border-left: 1px solid {LINE}; }}

QLabel[kind="small"] {{ font-size: 13px; color: {SECOND}; }}
QLabel[kind="key"] {{ font-size: 13px; font-weight: 600; color: {SECOND}; }}
QLabel[kind="second"] {{ color: {SECOND}; }}
QLabel[kind="strong"] {{ font-weight: 600; }}
QLabel[kind="heading"] {{ font-weight: 600; color: {SECOND}; }}
QLabel[kind="heading"][here="true"] {{ color: {ACCENT}; }}
QLabel[kind="name"] {{ font-size: 19px; font-weight: 600; }}
QLabel[kind="page"] {{ font-size: 23px; font-weight: 600; }}
QLabel[kind="days"] {{ font-size: 29px; font-weight: 700; }}
QLabel[kind="date"] {{ font-size: 57px; font-weight: 700; }}
QLabel[kind="date-long"] {{ font-size: 46px; font-weight: 700; }}
QLabel[kind="cap"] {{
    font-size: 13px; font-weight: 600; background: {SURFACE};
    border: 1px solid {EDGE}; border-radius: 3px; padding: 0 5px; min-height: 18px; max-height: 18px;
}}
QLabel[kind="step"] {{
    font-size: 19px; font-weight: 600; background: {SURFACE}; border: 1px solid {EDGE}; border-radius: 3px;
}}
QLabel[kind="step"][here="true"] {{ color: #FFFFFF; background: {ACCENT}; border-color: {ACCENT}; }}
QLabel[kind="step"][done="true"] {{
    color: {STATES["in_time"][0]}; background: {STATES["in_time"][1]}; border: none;
}}
QLabel[kind="fault"] {{ color: {STATES["late"][0]}; font-weight: 600; }}

QPushButton {{
    background: {SURFACE}; border: 1px solid {EDGE}; border-radius: 4px; padding: 0 16px;
    min-height: 38px; max-height: 38px; font-weight: 600;
}}
QPushButton QLabel {{ font-weight: 600; }}
QPushButton QLabel[kind="cap"] {{ font-weight: 600; }}
QPushButton:hover {{ background: {WINDOW}; }}
QPushButton:pressed {{ background: {TINT}; }}
QPushButton:focus {{ border: 3px solid {ACCENT}; padding: 0 14px; min-height: 34px; max-height: 34px; }}
QPushButton[kind="primary"] {{ background: {ACCENT}; border-color: {ACCENT}; color: #FFFFFF; }}
QPushButton[kind="primary"]:focus {{ border-color: {ACCENT}; }}
QPushButton[kind="primary"] QLabel {{ color: #FFFFFF; background: transparent; }}
QPushButton[kind="primary"] QLabel[kind="cap"] {{ border-color: #FFFFFF; }}
QPushButton[kind="primary"]:hover {{ background: #0E4A77; }}
QPushButton[kind="primary"] QLabel:disabled {{ color: {DISABLED_TEXT}; border-color: {EDGE}; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled {{
    background: {DISABLED}; border-color: {LINE}; color: {DISABLED_TEXT};
}}
QPushButton QLabel:disabled {{ color: {DISABLED_TEXT}; background: transparent; }}
QPushButton[kind="link"] {{
    border: 3px solid transparent; background: transparent; color: {ACCENT}; padding: 0 5px;
    min-height: 26px; max-height: 26px;
}}
QPushButton[kind="link"]:focus {{ border-color: {ACCENT}; }}
QPushButton[kind="rail"] {{
    background: transparent; border: 3px solid transparent; border-radius: 0; text-align: left; padding: 0;
    min-height: 42px; max-height: 42px;
}}
QPushButton[kind="rail"][low="true"] {{ min-height: 20px; max-height: 20px; }}
QPushButton[kind="rail"] QLabel {{ font-weight: 400; }}
QPushButton[kind="rail"] QLabel[kind="rail-word"] {{ font-size: 13px; }}
QPushButton[kind="rail"] QLabel[kind="key"] {{ font-weight: 600; font-size: 13px; color: {SECOND}; }}
QPushButton[kind="rail"]:hover {{ background: {WINDOW}; }}
QPushButton[kind="rail"]:checked {{ background: {SURFACE}; border-left: 4px solid {ACCENT}; }}
QPushButton[kind="rail"] QLabel[here="true"] {{ color: {ACCENT}; font-weight: 600; }}
QPushButton[kind="rail"]:focus {{ border: 3px solid {ACCENT}; }}
QPushButton[kind="tab"] {{ padding: 0; min-height: 38px; max-height: 38px; }}
QPushButton[kind="tab"] QLabel {{ font-weight: 400; }}
QPushButton[kind="tab"] QLabel[kind="count"] {{ font-size: 19px; font-weight: 700; }}
QPushButton[kind="tab"]:checked {{ background: {TINT}; border-color: {ACCENT}; }}
QPushButton[kind="tab"]:focus {{ padding: 0; min-height: 34px; max-height: 34px; }}
QPushButton[kind="foot"] {{
    background: transparent; border: 3px solid transparent; padding: 0 5px;
    min-height: 26px; max-height: 26px;
}}
QPushButton[kind="foot"] QLabel {{ font-weight: 400; }}
QPushButton[kind="foot"] QLabel[kind="strong"] {{ font-weight: 600; }}
QPushButton[kind="foot"]:focus {{ border-color: {ACCENT}; }}

QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{
    background: {SURFACE}; border: 1px solid {EDGE}; border-radius: 4px; padding: 0 11px;
    min-height: 38px; max-height: 38px; selection-background-color: {ACCENT}; selection-color: #FFFFFF;
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{
    border: 3px solid {ACCENT}; padding: 0 9px; min-height: 34px; max-height: 34px;
}}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {STATES["late"][0]}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
    background: {DISABLED}; color: {DISABLED_TEXT};
}}
QLineEdit {{ placeholder-text-color: {SECOND}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url(@icons@/down.svg); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {SURFACE}; border: 1px solid {EDGE}; }}
QComboBox[kind="cell"], QSpinBox[kind="cell"] {{
    background: transparent; border: 1px solid transparent; min-height: 28px; max-height: 28px;
    padding: 0 3px;
}}
QComboBox[kind="cell"]:hover, QSpinBox[kind="cell"]:hover {{ border-color: {EDGE}; }}
QComboBox[kind="cell"]:focus, QSpinBox[kind="cell"]:focus {{
    border: 3px solid {ACCENT}; min-height: 24px; max-height: 24px; padding: 0 1px; background: {SURFACE};
}}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}

QCheckBox, QRadioButton {{ spacing: 8px; border: 3px solid transparent; border-radius: 4px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {ACCENT}; }}
QCheckBox[kind="cell"]:focus {{ border-color: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 16px; height: 16px; border: 2px solid {EDGE}; background: {SURFACE};
}}
QCheckBox::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: 10px; }}
QCheckBox::indicator:checked {{
    border-color: {ACCENT}; background: {ACCENT}; image: url(@icons@/check.svg);
}}
QRadioButton::indicator:checked {{ border-color: {ACCENT}; image: url(@icons@/dot.svg); }}
QCheckBox::indicator:disabled {{ border-color: {LINE}; background: {DISABLED}; }}

QFrame[kind="row"] {{ border: 3px solid transparent; border-radius: 4px; background: transparent; }}
QFrame[kind="row"][here="true"] {{ border-color: {ACCENT}; }}
QFrame[kind="band"] {{ border: none; border-left: 4px solid transparent; }}
QFrame[kind="band"][here="true"] {{ border-left: 4px solid {ACCENT}; }}

QListView, QTreeView, QTableView {{
    background: {SURFACE}; border: 1px solid {EDGE}; border-radius: 4px; outline: none;
}}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 3px solid {ACCENT}; }}
QAbstractItemView::item {{ min-height: 40px; padding: 0 10px; border: none; }}
QAbstractItemView::item:hover {{ background: {WINDOW}; color: {INK}; }}
QAbstractItemView::item:selected {{ background: {TINT}; color: {ACCENT}; }}
QHeaderView::section {{
    background: {SURFACE}; border: none; border-bottom: 1px solid {LINE}; padding: 0 10px; min-height: 28px;
    font-size: 13px; color: {SECOND};
}}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {EDGE}; border-radius: 4px; min-height: 32px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {INK}; color: #FFFFFF; border: none; padding: 4px 8px; }}
"""


def apply(app: QApplication) -> None:
    """Gives the program its letters, colours and style sheet, on top of Qt's style Fusion."""
    load_fonts("Regular", "Semibold", "Bold")
    font = QFont(FAMILY)
    font.setPixelSize(15)
    app.setFont(font)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(WINDOW))
    palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(SECOND))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(ACCENT))
    app.setPalette(palette)
    icons = resource("icons").as_posix()
    states = "".join(_state_rules(name, *colours) for name, colours in STATES.items())
    app.setStyleSheet(_SHEET.replace("@icons@", icons) + states)


def _state_rules(name: str, colour: str, tint: str) -> str:
    return f"""
QLabel[state="{name}"] {{ color: {colour}; font-weight: 600; }}
QFrame[kind="notice"][state="{name}"] {{ background: {tint}; border: none; border-left: 4px solid {colour}; }}
QFrame[kind="tag"][state="{name}"] {{ background: {tint}; border: none; border-radius: 3px; }}
"""


def load_fonts(*faces: str) -> None:
    """Faces of Source Sans, from its package."""
    # To run the package's own code, which lists its folder, would take longer than to read the fonts.
    package = find_spec("font_source_sans_pro")
    assert package is not None and package.origin is not None
    folder = Path(package.origin).parent / "files"
    for face in faces:
        QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{face}.ttf"))


def font(kind: str) -> QFont:
    """The font of a kind of text, for what paints itself."""
    pixels, weight = TYPE[kind]
    made = QFont(FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made


def styled(widget: QWidget, **properties: str | bool) -> None:
    """Sets what the style sheet looks at (kind, state, here, done, wrong), and has it looked at again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    # What was never shown is polished when it is.
    if changed and widget.window().windowHandle() is not None and _is_polished(widget):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _is_polished(widget: QWidget) -> bool:
    from PySide6.QtCore import Qt

    return widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)


def text(words: str = "", kind: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of one of the kinds: body, strong, second, small, heading, name, page, days, date, cap, fault.

    Its text is plain: a citizen's name is never markup.
    """
    label = QLabel(words)
    plain(label)
    label.setWordWrap(wrap)
    label.setProperty("kind", kind)
    return label


@cache
def _svg(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


def pixmap(name: str, colour: str = INK, size: int = 20, ratio: float = 2.0) -> QPixmap:
    """An icon of resources/icons in one colour, `size` logical pixels square."""
    from PySide6.QtGui import QPixmapCache
    from PySide6.QtSvg import QSvgRenderer

    key = f"{name} {colour} {size} {ratio}"
    drawn = QPixmap()
    if QPixmapCache.find(key, drawn):
        return drawn
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name).replace(b"#000", colour.encode()))).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, colour: str = INK, size: int = 20) -> QIcon:
    return QIcon(pixmap(name, colour, size))
