"""Where a person's things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.settings.store import settings_path
from app.store.autosave import autosave_folder, left_open_folder
from tracker_core.weights.catalog import models_folder


@dataclass(frozen=True, slots=True)
class Places:
    """The file of the settings, and the folders of projects, of notes which are open, and of added models."""

    settings: Path
    projects: Path
    left_open: Path
    models: Path

    @classmethod
    def of_person(cls) -> Self:
        """As the system has it."""
        return cls(settings_path(), autosave_folder(), left_open_folder(), models_folder())

    @classmethod
    def below(cls, home: Path) -> Self:
        """All in one folder, so that no trace is left elsewhere."""
        return cls(home / "settings.json", home / "projects", home / "left-open", home / "models")
