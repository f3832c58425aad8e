"""The trackers that are loaded: once each, whichever thread asks first."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import load_tracker

Load = Callable[[str, str], Tracker]
"""Name and device to a tracker; takes seconds, and the first time imports torch."""


class TrackerLoadError(Exception):
    """A tracker could not be loaded; its text is the sentence for the person."""


class TrackerPool:
    """Owner of the loaded trackers. Trackers are stateless, so threads may use one at the same time."""

    def __init__(self, load: Load | None = None) -> None:
        self._load: Load = load or _load
        self._lock = Lock()
        self._loaded: dict[tuple[str, str], Tracker] = {}

    def tracker(self, name: str, device: str) -> Tracker:
        """The tracker of that name on that device ("auto" among them), loaded if it is not yet. Not for the GUI thread.

        Raises:
            TrackerLoadError: for an unknown name, a damaged file, a device that is not there.
        """
        with self._lock:  # a second thread that wants the same tracker waits for it instead of loading it again
            if (name, device) not in self._loaded:
                try:
                    self._loaded[name, device] = self._load(name, device)
                except Exception as error:
                    raise TrackerLoadError(f"The tracker {name} could not be loaded: {error}.") from error
            return self._loaded[name, device]

    def loaded(self, name: str, device: str) -> Tracker | None:
        """The tracker if it is there; answers at once, on any thread."""
        return self._loaded.get((name, device))


def _load(name: str, device: str) -> Tracker:
    tracker = load_tracker(name, device=device)
    from tracker_core.runtime import leave_cores  # torch, which load_tracker has imported by now

    leave_cores(1)  # for decoding
    return tracker
