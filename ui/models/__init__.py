"""Item models: frozen rows shown in lists and tables."""
