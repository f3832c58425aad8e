"""Turns what a person asked for into commands, runs and playback."""
