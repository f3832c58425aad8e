"""The score-map panel: exemplar, search region, the maps of the decision, and its constants."""
