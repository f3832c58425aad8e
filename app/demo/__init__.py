"""The demo: a seaside road drawn by this package, the true box of all that moves, and the job done without a screen."""
