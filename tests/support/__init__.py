"""Fakes that tests of several parts share: ``from tests.support.trackers import ScriptedTracker``."""
