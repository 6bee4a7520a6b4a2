"""Plans into files: domain values and paths in, files out. No database."""
