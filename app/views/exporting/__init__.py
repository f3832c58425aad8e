"""The dialog that exports tracks."""
