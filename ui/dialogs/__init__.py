"""Dialogs: each asks and returns a frozen answer; none of them writes."""
