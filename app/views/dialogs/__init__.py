"""Small windows over the main window: each asks or tells one thing, and emits what was wished for."""
