"""How the networks of a family learn: a page for each way of teaching, named by the family's row."""
