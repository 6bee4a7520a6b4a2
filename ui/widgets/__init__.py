"""Widgets that any page may use. They know no binder."""
