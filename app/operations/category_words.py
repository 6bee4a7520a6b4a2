"""What people call the kinds of expense."""

from __future__ import annotations

from app.operations.tax_book import tax_book


def category_named(typed: str) -> str | None:
    """Return the id of the category that is called this; None where that is not certain.

    What is not certain is kept as it was typed: the test of the category then asks.
    """
    found = tax_book().category(typed)
    return found.id if found else None
