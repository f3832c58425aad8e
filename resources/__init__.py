"""What Siamark ships that is not code: icons, translations, weights with their model cards, the demo clip.

A package, so that it is found in a source tree and in an installed wheel alike.
"""

from importlib.resources import files
from pathlib import Path

_FOLDER = Path(str(files(__name__)))

ICONS = _FOLDER / "icons"
TRANSLATIONS = _FOLDER / "translations"
WEIGHTS = _FOLDER / "weights"
DEMO_VIDEO = _FOLDER / "demo.mp4"
