"""Export and import: one file per format; formats do not know of each other. No Qt."""
