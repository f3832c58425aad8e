"""Readers of annotated data, one module for each format, and ``prepare``, which makes training pictures from them."""
