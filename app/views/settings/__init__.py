"""The dialog of settings, built from their schema, and the dialog that gives an action a key."""
