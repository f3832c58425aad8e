"""The models dialog."""
