"""Turns a person's requests into commands, runs and playback."""
