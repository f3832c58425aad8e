"""The timeline: every track over time with the active track's score below; click and scrub in it."""
