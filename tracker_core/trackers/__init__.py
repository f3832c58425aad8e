"""A family a page: its network, its engine and its tracker; ``families.py`` is the table of them."""
