"""Attributes: the panel for the active track, and the dialog for the attributes of the project."""
