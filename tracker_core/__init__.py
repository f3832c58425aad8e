"""Siamese trackers: exemplar in, search region in, score map and box out. Knows no screen and no application."""
