"""Every track over the time of the video, and the score of the active one beneath: seen, clicked and scrubbed."""
