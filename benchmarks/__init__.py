"""Benchmarks: what Siamark costs and what it achieves. Each module measures one thing; ``command.py`` is ``siamark
bench``.

Benchmarks import ``app`` and ``tracker_core``; neither imports them.
"""
