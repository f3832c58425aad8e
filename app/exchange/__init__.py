"""Formats that the field reads, one file each and unaware of each other; formats.py is the table. No Qt."""
