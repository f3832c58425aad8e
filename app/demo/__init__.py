"""The built-in demo clip: a seaside road, drawn by this package, with the true box of everything that moves."""
