"""Loads each tracker once, for all threads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock

from app.assist.loaded_tracker import LoadedTracker, load
from app.settings.tracker_choice import TrackerChoice
from app.workers.garbage import loading_libraries

Load = Callable[[TrackerChoice], LoadedTracker]
"""Takes seconds, and the first time imports torch."""


MOST_LOADED = 3


class TrackerLoadError(Exception):
    """A tracker could not be loaded; the text is the sentence for the person."""


class TrackerPool:
    """Owns the loaded trackers. Trackers are stateless, so threads may share one. Only the last used ones are kept, so
    that trying many does not fill the memory.
    """

    def __init__(self, load: Load) -> None:
        self._load = load
        self._lock = Lock()
        self._loaded: dict[TrackerChoice, LoadedTracker] = {}

    def tracker(self, choice: TrackerChoice) -> LoadedTracker:
        """The tracker, loaded if necessary. Do not call it on the GUI thread.

        Raises:
            TrackerLoadError: for an unknown name, a damaged file, a device that is not there.
        """
        with self._lock:  # a second thread that wants the same tracker waits instead of loading it too
            loaded = self._loaded.get(choice)
            if loaded is None:
                try:
                    with loading_libraries():
                        loaded = self._load(choice)
                except Exception as error:
                    raise TrackerLoadError(f"The tracker {choice.name} could not be loaded: {error}.") from error
            self._loaded.pop(choice, None)
            self._loaded[choice] = loaded  # as the one used last
            while len(self._loaded) > MOST_LOADED:
                self._loaded.pop(next(iter(self._loaded)), None)
            return loaded

    def loaded(self, choice: TrackerChoice) -> LoadedTracker | None:
        """The tracker if it is loaded. Returns at once; any thread may call it."""
        return self._loaded.get(choice)

    def forget(self, name: str) -> None:
        """Load it again at the next request, because its file has changed. Current users keep the old one."""
        for choice in [choice for choice in tuple(self._loaded) if choice.name == name]:
            self._loaded.pop(choice, None)


def load_from(models_folder: Path) -> Load:
    """Loads Siamark's own trackers, and the person's in that folder."""

    return partial(load, models_folder=models_folder)
