"""Readers of annotated data, one file for each form of it, and ``prepare``, which makes training pictures of them."""
