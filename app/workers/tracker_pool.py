"""The trackers that are loaded: once each, whichever thread asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock

from app.assist.loaded_tracker import LoadedTracker, load
from app.settings.tracker_choice import TrackerChoice

Load = Callable[[TrackerChoice], LoadedTracker]
"""Takes seconds, and the first time imports torch."""


MOST_LOADED = 3


class TrackerLoadError(Exception):
    """A tracker could not be loaded; its text is the sentence for the person."""


class TrackerPool:
    """Owner of the loaded trackers. Trackers are stateless, so threads may use one at the same time.

    Only those used last are kept: a person who tries one after the other shall not fill the memory with them.
    """

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
            loaded = self._loaded.get(choice)
            if loaded is None:
                try:
                    loaded = self._load(choice)
                except Exception as error:
                    raise TrackerLoadError(f"The tracker {choice.name} could not be loaded: {error}.") from error
            self._loaded.pop(choice, None)
            self._loaded[choice] = loaded  # as the one used last
            while len(self._loaded) > MOST_LOADED:
                self._loaded.pop(next(iter(self._loaded)), None)
            return loaded

    def loaded(self, choice: TrackerChoice) -> LoadedTracker | None:
        """The tracker if it is there; answers at once, on any thread."""
        return self._loaded.get(choice)

    def forget(self, name: str) -> None:
        """Load it again when it is asked for: another file has its name now. What uses it goes on with the old one."""
        for choice in [choice for choice in tuple(self._loaded) if choice.name == name]:
            self._loaded.pop(choice, None)


def load_from(models_folder: Path) -> Load:
    """Loads Siamark's own trackers, and those that a person keeps in that folder."""

    return partial(load, models_folder=models_folder)
