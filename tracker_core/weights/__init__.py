"""Weights files: what is in them, which there are, and how they become a tracker."""
