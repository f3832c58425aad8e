"""A folder of videos as one thing: which there are, how far each is, what they hold together, and their exports."""
