"""From the words of a paper to facts with their places. Pure: no files, no clock.

The entry is `sift.sift`.
"""
