"""A folder of videos as one data set: the list, the progress of each, their totals, and their exports."""
