"""A training run: its file, its loop, validation, checkpoints and log."""
