"""Weights files: their content, the catalog of them, and how a file becomes a tracker."""
