from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.views.style.plotting import pyqtgraph
from app.views.style.theme import DARK, LIGHT, Colours, apply_theme, palette_of

Role = QPalette.ColorRole


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, "light")


def is_dark(palette: QPalette) -> bool:
    return palette.color(Role.Window).lightness() < 128


def luminance(colour: QColor) -> float:
    """WCAG 2 relative luminance."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_knows_its_ends() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (Role.WindowText, Role.Window),
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.ButtonText, Role.Button),
        (Role.PlaceholderText, Role.Base),
        (Role.PlaceholderText, Role.Window),
        (Role.HighlightedText, Role.Highlight),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.Link, Role.Window),
        (Role.Link, Role.Base),
    ],
)
def test_text_can_be_read_on_its_ground(colours: Colours, text: Role, ground: Role) -> None:
    palette = palette_of(colours)
    assert contrast(palette.color(text), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_disabled_can_still_be_made_out(colours: Colours) -> None:
    palette = palette_of(colours)
    disabled = palette.color(QPalette.ColorGroup.Disabled, Role.Text)
    assert (
        2.5
        <= contrast(disabled, palette.color(Role.Window))
        < contrast(palette.color(Role.Text), palette.color(Role.Window))
    )


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QLineEdit, QSpinBox])
def test_what_can_be_ticked_or_filled_in_is_outlined(
    qapp: QApplication, qtbot: QtBot, name: str, kind: type[QWidget]
) -> None:
    apply_theme(qapp, name)
    control = kind()
    qtbot.addWidget(control)
    control.resize(120, 26)
    control.ensurePolished()
    picture = control.grab().toImage()
    ground = qapp.palette().color(Role.Window)
    middle = picture.height() // 2
    edge = [picture.pixelColor(x, middle) for x in range(6)]
    assert max(contrast(pixel, ground) for pixel in edge) >= 2.5


def test_outlines_follow_a_change_of_theme(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light")
    box = QCheckBox("box")
    qtbot.addWidget(box)
    box.show()
    light = box.palette().color(Role.Window)
    apply_theme(qapp, "dark")
    qapp.processEvents()
    assert box.palette().color(Role.Window) != light
    assert box.palette().color(Role.WindowText) == QColor(DARK.text)


def test_widgets_on_the_screen_follow_a_change_of_theme(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "light")
    parent = QWidget()
    label = QLabel("text")
    QVBoxLayout(parent).addWidget(label)
    qtbot.addWidget(parent)
    parent.show()
    for name, colours in (("dark", DARK), ("light", LIGHT)):
        apply_theme(qapp, name)
        qapp.processEvents()
        assert label.palette().color(Role.WindowText) == QColor(colours.text)
        assert pyqtgraph().getConfigOption("background") == colours.window


def test_only_the_system_theme_follows_the_desktop(qapp: QApplication) -> None:
    changed = qapp.styleHints().colorSchemeChanged
    apply_theme(qapp, "system")
    changed.emit(Qt.ColorScheme.Dark)
    assert is_dark(qapp.palette())
    changed.emit(Qt.ColorScheme.Light)
    assert not is_dark(qapp.palette())
    apply_theme(qapp, "dark")
    changed.emit(Qt.ColorScheme.Light)
    assert is_dark(qapp.palette())


def test_an_unknown_theme_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="no theme 'blue', only system, light, dark"):
        apply_theme(qapp, "blue")
