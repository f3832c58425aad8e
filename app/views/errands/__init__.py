"""The running errand, shown in the status bar."""
