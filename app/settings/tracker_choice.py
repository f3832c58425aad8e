"""The tracker that a person has chosen: which, where and how it shall compute."""

from __future__ import annotations

from dataclasses import dataclass

from app.settings.schema import DEVICE, PRECISION, TRACKER
from app.settings.store import SettingsStore


@dataclass(frozen=True, slots=True)
class TrackerChoice:
    """A tracker by its name in the catalog; "auto" is the fastest device, and its own precision."""

    name: str
    device: str = "auto"
    precision: str = "auto"


def tracker_choice(settings: SettingsStore) -> TrackerChoice:
    return TrackerChoice(settings.get(TRACKER), settings.get(DEVICE), settings.get(PRECISION))
