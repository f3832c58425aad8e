"""What Siamark costs: each module measures one thing, and ``python main.py bench`` prints it."""
