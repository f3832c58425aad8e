"""The dialog of labels: their names, colours, order and tracks."""
