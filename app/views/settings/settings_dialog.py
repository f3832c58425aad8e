"""The settings, one row each, built from the schema. Changes apply at once, without confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.language import tr, translated
from app.settings.schema import Kind, Setting
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

LABEL_WIDTH = 320  # pixels; longer text is wrapped
NARROWEST = 440


class SettingsDialog(QDialog):
    """
    Signals:
        chosen: a Setting and its new value.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        groups: Mapping[str, Sequence[Setting[Any]]],
        values: Mapping[str, object],
        parent: QWidget | None = None,
    ) -> None:
        """``groups``: title to settings. ``values``: by key."""
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.fields: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.addStrut(NARROWEST)  # a minimum width of the dialog itself would let fields lie over their labels
        for title, settings in groups.items():
            box = QGroupBox(translated(title))
            form = QFormLayout(box)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
            for setting in settings:
                field, text = self._field(setting), translated(setting.label)
                self.fields[setting.key] = field
                if isinstance(field, QCheckBox):
                    field.setText(text)
                    form.addRow(field)
                else:
                    label = WrappedLabel(text)
                    label.setFixedWidth(LABEL_WIDTH)  # the same in all groups, so that the fields form one column
                    label.setBuddy(field)
                    form.addRow(label, field)
                self.show_value(setting, values[setting.key])
            column.addWidget(box)
        column.addStretch(1)
        buttons = button_box(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def show_value(self, setting: Setting[Any], value: Any) -> None:  # noqa: ANN401  (of the setting's own type)
        """Show a value without emitting it."""
        field = self.fields[setting.key]
        with QSignalBlocker(field):
            match field:
                case QCheckBox():
                    field.setChecked(value)
                case QComboBox():
                    field.setCurrentIndex(field.findData(value))
                case QSpinBox() | QDoubleSpinBox():
                    field.setValue(value)

    def _field(self, setting: Setting[Any]) -> QWidget:
        def choose(value: object) -> None:
            self.chosen.emit(setting, value)

        field: QWidget
        match setting.kind:
            case Kind.SWITCH:
                field = QCheckBox()
                field.toggled.connect(choose)
            case Kind.CHOICE:
                field = combo = QComboBox()
                for value, text in setting.choices:
                    combo.addItem(translated(text), value)
                combo.currentIndexChanged.connect(lambda index: choose(combo.itemData(index)))
            case Kind.WHOLE:
                field = whole = QSpinBox()
                whole.setRange(int(setting.least), int(setting.most))
                whole.valueChanged.connect(choose)
            case Kind.NUMBER:
                field = number = QDoubleSpinBox()
                number.setRange(setting.least, setting.most)
                number.setDecimals(2)
                number.setSingleStep(0.05)
                number.valueChanged.connect(choose)
            case _:
                raise ValueError(f"there is no field for {setting.key}, a {setting.kind.name.lower()}")
        if isinstance(field, QAbstractSpinBox):
            field.setKeyboardTracking(False)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return field
