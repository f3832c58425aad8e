"""Attributes: the panel of the active track, and the dialog of what the project asks."""
