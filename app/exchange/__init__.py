"""Tracks to the files of the field and back: a file a format, unaware of each other. No Qt."""
