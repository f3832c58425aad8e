"""Synthetic clips: cut-out objects on their own paths, where the truth is known exactly."""
