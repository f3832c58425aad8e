"""How the networks of a family learn: one module for each way of teaching. The family's row names its module."""
