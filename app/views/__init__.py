"""What is seen. Views read the document and the session, and emit wishes; they write nothing."""
