"""The trackers that are loaded: once each, whichever thread asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from app.settings.tracker_choice import TrackerChoice
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import load_tracker, model_named


@dataclass(frozen=True, slots=True)
class LoadedTracker:
    """A tracker, and what tells it from another of its name: its family and the sha256 of its weights file."""

    tracker: Tracker
    family: str = ""
    weights: str = ""
    prepare_for: Callable[[int], None] = lambda targets: None
    """To be called before a run, on its thread, with how many targets it has."""


Load = Callable[[TrackerChoice], LoadedTracker]
"""Takes seconds, and the first time imports torch."""


class TrackerLoadError(Exception):
    """A tracker could not be loaded; its text is the sentence for the person."""


class TrackerPool:
    """Owner of the loaded trackers. Trackers are stateless, so threads may use one at the same time."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded: dict[TrackerChoice, LoadedTracker] = {}

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        """The tracker, loaded if it is not yet. Not for the GUI thread.

        Raises:
            TrackerLoadError: for an unknown name, a damaged file, a device that is not there.
        """
        with self._lock:  # a second thread that wants the same tracker waits for it instead of loading it again
            if choice not in self._loaded:
                try:
                    self._loaded[choice] = self._load(choice)
                except Exception as error:
                    raise TrackerLoadError(f"The tracker {choice.name} could not be loaded: {error}.") from error
            return self._loaded[choice]

    def loaded(self, choice: TrackerChoice) -> LoadedTracker | None:
        """The tracker if it is there; answers at once, on any thread."""
        return self._loaded.get(choice)

    def forget(self, name: str) -> None:
        """Load it again when it is asked for: another file has its name now. What uses it goes on with the old one."""
        for choice in [choice for choice in tuple(self._loaded) if choice.name == name]:
            self._loaded.pop(choice, None)


def load_from(models_folder: Path) -> Load:
    """Loads Siamark's own trackers, and those that a person keeps in that folder."""

    def load(choice: TrackerChoice) -> LoadedTracker:
        model = model_named(choice.name, added=models_folder)
        tracker = load_tracker(choice.name, device=choice.device, precision=choice.precision, added=models_folder)
        from tracker_core.runtime.placement import share_cores  # torch, which load_tracker has imported by now

        return LoadedTracker(tracker, model.family.name, model.sha256, prepare_for=share_cores)

    return load
