"""The tax book of this program, read once."""

from __future__ import annotations

from functools import cache

from app.domain.tax_book import TaxBook
from app.domain.tax_data import parse_tax_book
from app.resources import resource_json


@cache
def tax_book() -> TaxBook:
    """Return the kinds of expense, the rates and the limits, each with its source."""
    return parse_tax_book(
        resource_json("rules", "hsa_categories.json"),
        resource_json("rules", "hsa_years.json"),
        resource_json("rules", "category_words.json"),
    )
