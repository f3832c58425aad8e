"""Trackers of plug-ins: finding them, and loading one with errors of one sentence."""

from __future__ import annotations

from typing import cast

from tracker_core.decision.score_map import Constants
from tracker_core.plugins import TRACKERS, Plugin, PluginError, plugin_named, plugins
from tracker_core.tracker import DeviceName, PrecisionName, Tracker
from tracker_core.trackers.families import Family

PLUGGED = Family("plug-in", "Plug-in", "", None, Constants)
"""The family of every plug-in tracker; nothing is known about how it works."""

NEEDED = ("name", "constants", "calibration", "place", "with_constants", "init")


def tracker_plugins() -> list[Plugin]:
    """The installed tracker plug-ins; none is imported."""
    return plugins(TRACKERS)


def load_plugged(name: str, device: DeviceName, precision: PrecisionName) -> Tracker:
    """
    Raises:
        PluginError: whatever goes wrong in the plug-in.
    """
    plugin = plugin_named(TRACKERS, name)
    made = plugin.load()
    if not callable(made):
        raise PluginError(f"{plugin} is no function that loads a tracker, but {type(made).__name__}")
    try:
        tracker = made(device, precision)
    except Exception as error:
        raise plugin.error("cannot load its tracker", error) from error
    missing = [part for part in NEEDED if not hasattr(tracker, part)]
    if missing:
        raise PluginError(f"{plugin} loads what is no tracker: it lacks {', '.join(missing)}")
    return cast(Tracker, tracker)
