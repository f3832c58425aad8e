"""One table of tracks whose right half is the timeline: which tracks stand in it, and the two halves side by side."""
