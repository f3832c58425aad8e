"""The tracker that a command uses: by its name, or the person's default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.cli.output import refuse
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore, settings_path
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import CatalogError, load_tracker, model_named

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
PrecisionName = Literal["auto", "float32", "bf16"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a tracker's boxes: its family, and the sha256 of its weights."""

    family: str
    weights: str


def default_tracker() -> str:
    """The tracker that is used when none is named: the person's choice, which the window shares."""
    return SettingsStore(settings_path()).get(TRACKER)


def loaded_tracker(name: str, *, device: DeviceName, precision: PrecisionName = "auto") -> Tracker:
    """The tracker, ready to start. Ends the command with one line if it cannot be loaded. Imports torch."""
    try:
        model_named(name)  # before torch, which takes its time
    except CatalogError as error:
        refuse(error)
    from tracker_core.runtime.placement import DeviceError
    from tracker_core.weights.files import WeightsError

    try:
        return load_tracker(name, device=device, precision=precision)
    except (CatalogError, DeviceError, WeightsError) as error:
        refuse(error)


def made_of(name: str) -> Origin:
    """The origin of a tracker that ``loaded_tracker`` returns."""
    model = model_named(name)
    return Origin(model.family.name, model.sha256)
