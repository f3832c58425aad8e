from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.views.style.icons import app_icon, icon
from app.views.style.theme import DARK, LIGHT, apply_theme
from resources import ICONS

NAMES = sorted(path.stem for path in ICONS.glob("*.svg") if path.stem != "siamark")


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def ink(image: QImage) -> tuple[int, QColor]:
    """How many pixels are drawn, and the colour of the most opaque one."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    drawn = [pixel for pixel in pixels if pixel.alpha() > 0]
    return len(drawn), max(drawn, key=QColor.alpha)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_a_line_drawing_in_the_colour_of_text(qapp: QApplication, name: str) -> None:
    count, colour = ink(icon(name).pixmap(24, 24).toImage())
    assert 24 < count < 24 * 24 / 1.5
    assert colour.name() == LIGHT.text


def test_a_button_follows_a_change_of_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("track"))
    gc.collect()
    assert ink(button.icon().pixmap(24, 24).toImage())[1].name() == LIGHT.text
    apply_theme(qapp, "dark")
    assert ink(button.icon().pixmap(24, 24).toImage())[1].name() == DARK.text
    disabled = button.icon().pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert ink(disabled)[1].name() == DARK.disabled_text


def test_a_dense_screen_gets_more_pixels(qapp: QApplication) -> None:
    pixmap = icon("save").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no icon 'banana'"):
        icon("banana")


def test_the_program_has_an_icon_of_its_own(qapp: QApplication) -> None:
    assert ink(app_icon().pixmap(64, 64).toImage())[0] > 64 * 64 / 2
