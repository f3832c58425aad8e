"""The dialog that links detections to tracks."""
