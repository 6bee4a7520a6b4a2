"""Files into facts: paths and bytes in, domain values out. No database."""
