"""One page per family: its network, its engine and its tracker. ``families.py`` is the table of families."""
