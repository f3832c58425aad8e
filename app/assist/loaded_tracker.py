"""A tracker that is ready to run, with the facts that a project records about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.settings.tracker_choice import TrackerChoice
from tracker_core.tracker import Tracker
from tracker_core.weights.catalog import load_tracker, model_named


@dataclass(frozen=True, slots=True)
class LoadedTracker:
    """``family`` and ``weights`` (the file's sha256 in hexadecimal) distinguish trackers of the same name."""

    tracker: Tracker
    family: str = ""
    weights: str = ""
    prepare_for: Callable[[int], None] = lambda targets: None
    """Call it before a run, on the run's thread, with the number of targets."""


def load(choice: TrackerChoice, *, models_folder: Path, cores: int = 0) -> LoadedTracker:
    """Load one of Siamark's own trackers, or one from ``models_folder``. Takes seconds, and imports torch.

    ``cores``: how many processor cores it may use; 0 for all.

    Raises:
        As ``tracker_core.weights.catalog.load_tracker``.
    """
    model = model_named(choice.name, added=models_folder)
    tracker = load_tracker(choice.name, device=choice.device, precision=choice.precision, added=models_folder)
    if model.plugin:
        return LoadedTracker(tracker, model.family.name, model.sha256)
    from tracker_core.runtime.placement import share_cores  # torch, which load_tracker has imported by now

    return LoadedTracker(tracker, model.family.name, model.sha256, prepare_for=partial(share_cores, cores=cores))
