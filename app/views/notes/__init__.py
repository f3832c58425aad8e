"""The dialog for notes on frames and tracks."""
