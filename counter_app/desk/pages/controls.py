"""What stands in a page's controls, as plain values, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox, QWidget

Controls = Mapping[str, QWidget]


def read(controls: Controls) -> dict[str, Any]:
    """Texts, numbers, ticks and chosen values by the controls' names; what is empty is left out."""
    found = {name: _value(control) for name, control in controls.items()}
    return {name: value for name, value in found.items() if value not in ("", False, None)}


def fill(controls: Controls, values: Mapping[str, Any]) -> None:
    """Puts back what `read` gave; a value of another kind, as an older page kept it, is passed by."""
    for name, control in controls.items():
        value = values.get(name)
        if isinstance(control, QLineEdit) and isinstance(value, str):
            control.setText(value)
        elif isinstance(control, QSpinBox) and isinstance(value, int):
            control.setValue(value)
        elif isinstance(control, QComboBox) and value is not None:
            control.setCurrentIndex(max(0, control.findData(value)))
        elif isinstance(control, QAbstractButton) and value is True:
            control.setChecked(True)


def _value(control: QWidget) -> Any:
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QSpinBox):
        return control.value()
    if isinstance(control, QComboBox):
        return control.currentData()
    assert isinstance(control, QAbstractButton)
    return control.isChecked()
