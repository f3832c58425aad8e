"""The tracker that a person has chosen, and where and how it computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from app.settings.schema import DEVICE, PRECISION, TRACKER
from app.settings.store import SettingsStore
from tracker_core.tracker import DeviceName, PrecisionName


@dataclass(frozen=True, slots=True)
class TrackerChoice:
    """A tracker by its name in the catalog; "auto" is the fastest device, and its own precision."""

    name: str
    device: DeviceName = "auto"
    precision: PrecisionName = "auto"


def tracker_choice(settings: SettingsStore) -> TrackerChoice:
    # The schema only allows texts that these types name.
    device, precision = cast(DeviceName, settings.get(DEVICE)), cast(PrecisionName, settings.get(PRECISION))
    return TrackerChoice(settings.get(TRACKER), device, precision)


def give_up_choice(settings: SettingsStore, removed: str) -> bool:
    """If the removed tracker was the chosen one, choose the default again. Returns whether it was.

    Raises:
        SettingsError: if the settings cannot be written; the default holds for this session all the same.
    """
    if removed != settings.get(TRACKER):
        return False
    settings.set(TRACKER, TRACKER.default)
    return True
