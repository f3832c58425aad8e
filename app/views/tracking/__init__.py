"""Runs: the choice of tracker, the progress of a run, and the offer to track again after a correction."""
