"""The list of tracks: what they are called, what they consist of, which are selected and which are hidden."""
