"""Many videos without a window: a list of jobs, carried out by one process a device, that goes on where it stopped."""
