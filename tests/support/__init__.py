"""Fakes shared by tests of several rooms: ``from tests.support.trackers import ScriptedTracker``."""
