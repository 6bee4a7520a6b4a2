"""Records, the search index, originals, derived images, backups."""
