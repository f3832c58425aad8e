"""The list of tracks: names, contents, selection and visibility."""
