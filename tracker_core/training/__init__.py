"""Training: sources > pictures > pairs > losses > run. Nothing here is needed to track."""
