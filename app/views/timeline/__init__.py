"""The timeline: every track over time, and the score of the active one below, to see, click and scrub."""
