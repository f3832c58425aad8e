"""The look of Siamark: Fusion with a light and a dark palette and one accent colour. Both palettes are complete,
because not every platform has a dark one. Widgets take their colours from the palette and get a
``QEvent.Type.PaletteChange``, so the theme can change while the window is open.
The application has no style sheet: with one, Qt leaves the old palette on child widgets that are already shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.views.style.wheel import WheelNeedsFocus

SPACING = 4
"""The grid, in pixels: margins and gaps are multiples of it."""

OUTLINED = ("QCheckBox", "QRadioButton", "QLineEdit", "QAbstractSpinBox")
FUSION_OUTLINE = 140  # percent by which a window is lighter than Fusion's outlines

SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@dataclass(frozen=True, slots=True)
class Colours:
    """The base colours of a palette, "#rrggbb" each."""

    window: str
    base: str
    alternate: str
    button: str
    border: str
    outline: str  # of fields and check boxes
    text: str
    dim_text: str
    disabled_text: str
    accent: str  # selections, and the filled part of sliders and progress bars
    accent_text: str
    link: str


LIGHT = Colours(
    window="#f3f4f6",
    base="#ffffff",
    alternate="#f7f8fa",
    button="#f9fafb",
    border="#c3c8d0",
    outline="#77808c",
    text="#1a1d21",
    dim_text="#5b6472",
    disabled_text="#8b93a0",
    accent="#2563d9",
    accent_text="#ffffff",
    link="#1d55c4",
)

DARK = Colours(
    window="#1f2226",
    base="#30353d",
    alternate="#353a43",
    button="#3a414b",
    border="#505864",
    outline="#79828f",
    text="#e4e7eb",
    dim_text="#a9b1bd",
    disabled_text="#868e9b",
    accent="#3a6fd6",
    accent_text="#ffffff",
    link="#82b3ff",
)


def apply_theme(app: QApplication, name: str) -> None:
    """Apply a theme to the application, now and (for ``system``) whenever the desktop switches between light and dark.

    Raises:
        ValueError: if ``name`` is not system, light or dark.
    """
    if name not in SCHEMES:
        raise ValueError(f"there is no theme {name!r}, only {', '.join(SCHEMES)}")
    follower = app.findChild(_DesktopFollower)
    if follower is None:
        app.setStyle(WheelNeedsFocus("Fusion"))
        follower = _DesktopFollower(app)
    follower.follows = name == "system"
    hints = app.styleHints()
    hints.setColorScheme(SCHEMES[name])
    dark = name == "dark" or (name == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _set_colours(app, DARK if dark else LIGHT)


def palette_of(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    by_role = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.alternate,
        role.Text: colours.text,
        role.PlaceholderText: colours.dim_text,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: "#ffffff",
        role.ToolTipBase: colours.base,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.accent_text,
        role.Accent: colours.accent,
        role.Link: colours.link,
        role.LinkVisited: colours.link,
        role.Mid: colours.border,
    }
    for colour_role, colour in by_role.items():
        palette.setColor(colour_role, QColor(colour))
    window = QColor(colours.window)
    palette.setColor(role.Light, window.lighter(125))
    palette.setColor(role.Midlight, window.lighter(110))
    palette.setColor(role.Dark, window.darker(140))
    palette.setColor(role.Shadow, window.darker(220))
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, text_role, QColor(colours.disabled_text))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return palette


def _set_colours(app: QApplication, colours: Colours) -> None:
    palette = palette_of(colours)
    app.setPalette(palette)
    # Fusion's outlines are a shade darker than the window, which is invisible in a dark one.
    outlined = QPalette(palette)
    outlined.setColor(QPalette.ColorRole.Window, QColor(colours.outline).lighter(FUSION_OUTLINE))
    for kind in OUTLINED:
        app.setPalette(outlined, kind)  # type: ignore[arg-type]  # the stub wants bytes, which PySide refuses


class _DesktopFollower(QObject):
    """Changes the palette with the desktop while the theme is ``system``."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.follows = False
        self._app = app
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self.follows:
            _set_colours(self._app, DARK if scheme == Qt.ColorScheme.Dark else LIGHT)
