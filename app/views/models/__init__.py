"""The dialog of the models that track."""
