"""Learning from the open project: the question before it, its progress, and its result."""
