"""Arithmetic of pictures of pages, for reading papers and for printing them alike.

Leaf: no files, no decoding. Used in workers only.
"""
