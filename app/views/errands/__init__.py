"""What is looked up in the pictures at the moment, in the status bar."""
