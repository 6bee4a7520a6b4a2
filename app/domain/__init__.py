"""Values and rules. Standard library only; no clock, no files, no chance."""
