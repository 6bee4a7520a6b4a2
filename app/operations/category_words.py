"""What people call the kinds of expense, read once with the tax book."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.domain.category_words import bare_words, words_of_categories
from app.operations.tax_book import tax_book
from app.resources import resource_json


def category_named(typed: str) -> str | None:
    """Return the id of the category that is called this; None where that is not certain.

    What is not certain is kept as it was typed: the test of the category then asks.
    """
    found = tax_book().category(typed)
    return found.id if found else _words().get(bare_words(typed))


@cache
def _words() -> Mapping[str, str | None]:
    labels = {each.id: each.label for each in tax_book().categories.values()}
    return words_of_categories(labels, resource_json("rules", "category_words.json"))
