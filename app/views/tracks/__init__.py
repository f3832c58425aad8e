"""The panel of tracks: the track list at the left, the timeline at the right, and the filter for both."""
