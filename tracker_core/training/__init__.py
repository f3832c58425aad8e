"""Training: prepared pictures -> pairs -> labels -> losses -> loop. Nothing here is needed to track."""
