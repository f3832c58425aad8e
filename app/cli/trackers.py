"""The tracker that a command uses: by its name, or the person's default."""

from __future__ import annotations

from app.assist.loaded_tracker import LoadedTracker, load
from app.cli.output import refuse
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore, settings_path
from app.settings.tracker_choice import TrackerChoice
from tracker_core.tracker import DeviceName, PrecisionName
from tracker_core.weights.catalog import CatalogError, model_named, models_folder


def default_tracker() -> str:
    """The tracker that is used when none is named: the person's choice, which the window shares."""
    return SettingsStore(settings_path()).get(TRACKER)


def loaded_tracker(name: str, *, device: DeviceName, precision: PrecisionName = "auto") -> LoadedTracker:
    """The tracker, ready to start. Ends the command with one line if it cannot be loaded. Imports torch."""
    try:
        model_named(name)  # before the slow import of torch
    except CatalogError as error:
        refuse(error)
    from tracker_core.runtime.placement import DeviceError
    from tracker_core.weights.files import WeightsError

    try:
        return load(TrackerChoice(name, device, precision), models_folder=models_folder())
    except (CatalogError, DeviceError, WeightsError) as error:
        refuse(error)
