"""Small dialogs. Each asks or tells one thing, and emits the answer."""
