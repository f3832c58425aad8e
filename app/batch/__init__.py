"""Tracks many videos without a window: a list of jobs, done by one process per device. A stopped batch can go on
later.
"""
