"""Measures how good a tracker is: data sets as sequences, runs over them, and the protocols of the field, one file
each.
"""
