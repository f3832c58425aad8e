"""Small dialogs: each asks or tells one thing, and emits the answer."""
