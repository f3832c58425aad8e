"""The review panel: what is doubtful, how much is left, and the answers."""
