"""Where settings, projects, notes and models are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.settings.store import settings_path
from app.store.autosave import autosave_folder, left_open_folder
from tracker_core.weights.catalog import models_folder


@dataclass(frozen=True, slots=True)
class Places:
    """The settings file, and the folders of projects, of notes on open projects, and of added models."""

    settings: Path
    projects: Path
    left_open: Path
    models: Path

    @classmethod
    def of_person(cls) -> Self:
        """The usual places of this system."""
        return cls(settings_path(), autosave_folder(), left_open_folder(), models_folder())

    @classmethod
    def below(cls, home: Path) -> Self:
        """Everything in one folder, which leaves no trace elsewhere."""
        return cls(home / "settings.json", home / "projects", home / "left-open", home / "models")
