"""What Siamark costs and what it is worth: each module measures one thing; ``command.py`` is ``siamark bench``.

Benchmarks import ``app`` and ``tracker_core``; neither imports them.
"""
