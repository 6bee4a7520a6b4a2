"""The headless commands: the operations of the window, without a window."""

from app.cli.program import main

__all__ = ["main"]
