"""Siamese trackers: exemplar and search region in, score map and box out. No screen and no application needed.

    from tracker_core import Box, load_tracker, track

    for step in track(frames, Box(x=120, y=80, width=64, height=48), tracker=load_tracker("siamrpnpp_tiny")):
        print(step.frame, step.box, step.score)

Names are imported when they are first used, and torch only when a tracker is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker_core.geometry import Box
    from tracker_core.look_alikes import find_look_alikes
    from tracker_core.tracking import Step, track
    from tracker_core.weights.catalog import load_tracker

__all__ = ["Box", "Step", "find_look_alikes", "load_tracker", "track"]

_HOMES = {
    "Box": "tracker_core.geometry",
    "find_look_alikes": "tracker_core.look_alikes",
    "Step": "tracker_core.tracking",
    "track": "tracker_core.tracking",
    "load_tracker": "tracker_core.weights.catalog",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
