"""Import: a file is previewed before it is added."""
