"""The tracker in the settings, and what happens to it when its model is removed."""

from __future__ import annotations

from pathlib import Path

from app.settings.schema import DEVICE, PRECISION, TRACKER
from app.settings.store import SettingsStore
from app.settings.tracker_choice import TrackerChoice, give_up_choice, tracker_choice


def test_the_choice_is_what_the_settings_say(tmp_path: Path) -> None:
    settings = SettingsStore(tmp_path / "settings.json")
    assert tracker_choice(settings) == TrackerChoice(TRACKER.default)
    settings.set(TRACKER, "mine")
    settings.set(DEVICE, "cpu")
    settings.set(PRECISION, "bf16")
    assert tracker_choice(settings) == TrackerChoice("mine", "cpu", "bf16")


def test_the_default_is_chosen_again_only_if_the_chosen_model_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings = SettingsStore(path)
    settings.set(TRACKER, "mine")
    assert not give_up_choice(settings, "another")
    assert SettingsStore(path).get(TRACKER) == "mine"
    assert give_up_choice(settings, "mine")
    assert SettingsStore(path).get(TRACKER) == TRACKER.default
