"""Import: a file is shown before it is taken."""
