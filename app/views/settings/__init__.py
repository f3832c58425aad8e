"""The dialog of settings, built from their schema, and the one in which a key is given to an action."""
