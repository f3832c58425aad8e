"""Threads: frame loading, tracking, background tasks. They take and emit immutable values only."""
