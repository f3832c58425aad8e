"""The workspace: the list of videos, their statistics, and the dialog that exports them."""
