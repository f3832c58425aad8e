"""The demo: a drawn clip of a seaside road with true boxes, and the whole job done on it without a screen."""
