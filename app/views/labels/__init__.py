"""The labels dialog: names, colours, order and tracks."""
