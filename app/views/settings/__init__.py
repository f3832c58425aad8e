"""The settings dialog, built from the schema, and the dialog that gives an action a key."""
