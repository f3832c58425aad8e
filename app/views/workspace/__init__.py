"""The workspace: the panel with its list of videos, their statistics, and the export dialog."""
