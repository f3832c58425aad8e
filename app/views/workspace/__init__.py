"""The videos of a folder: the list, what they hold together, and the dialog that exports all of them."""
