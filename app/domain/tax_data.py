"""Reading the files of the tax rules: a row without a source is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from app.domain.category_words import words_of_categories
from app.domain.money import Money
from app.domain.rule_rows import RulesDataError, check_row
from app.domain.tax_book import TaxBook
from app.domain.tax_category import (
    Before,
    CategoryLimit,
    Confidence,
    LimitKind,
    Status,
    TaxCategory,
)
from app.domain.tax_year import (
    AdditionalTax,
    LodgingLimit,
    MileagePeriod,
    TaxYear,
    YearLimit,
)

_CATEGORY: Final = "The category"
_PERIOD: Final = "The mileage period"
_LIMIT: Final = "The limit"
_CATEGORY_NEEDS: Final = frozenset(
    {"id", "label", "group", "hsa", "health_fsa", "schedule_a", "documents", "note", "source"}
    | {"confidence"}
)
_CATEGORY_MAY: Final = frozenset({"question", "limit", "paid_from", "before", "holder_age"})
_PERIOD_NEEDS: Final = frozenset({"id", "start", "end", "cents_per_mile", "source", "confidence"})
_LIMIT_NEEDS: Final = frozenset({"id", "year", "what", "source", "confidence"})
_LIMIT_MAY: Final = frozenset({"amounts", "percent", "day", "note"})


def parse_tax_book(
    categories: Mapping[str, Any], years: Mapping[str, Any], words: Mapping[str, Any]
) -> TaxBook:
    """Make the tax book from `hsa_categories.json`, `hsa_years.json` and `category_words.json`.

    Raises:
        RulesDataError: a row has no source, an unknown word, or cannot be read; the message names
            the row.
    """
    made = _categories(categories, words["words"])
    return TaxBook(
        categories=MappingProxyType(made),
        by_name=MappingProxyType(_names(made, words)),
        groups=MappingProxyType(dict(categories["group_names"])),
        years=MappingProxyType(_years(years["limits"])),
        mileage=_mileage(years["mileage"]),
        lodging=_lodging(years["lodging_per_person_per_night"]),
        additional_tax=_additional_tax(years["additional_tax"]),
        as_of=date.fromisoformat(years["as_of"]),
    )


def _categories(
    data: Mapping[str, Any], words: Mapping[str, Sequence[str]]
) -> dict[str, TaxCategory]:
    made: dict[str, TaxCategory] = {}
    for row in data["rows"]:
        _check(_CATEGORY, row, _CATEGORY_NEEDS, _CATEGORY_MAY)
        try:
            category = _category(row, words.get(row["id"], ()))
        except (KeyError, ValueError, TypeError) as error:
            raise RulesDataError(f"{_CATEGORY} {row['id']} cannot be read: {error}.") from error
        if category.id in made:
            raise RulesDataError(f"{_CATEGORY} {category.id} is there twice.")
        if category.group not in data["group_names"]:
            raise RulesDataError(f"{_CATEGORY} {category.id} is in a group that has no name.")
        made[category.id] = category
    return made


def _category(row: Mapping[str, Any], words: Sequence[str]) -> TaxCategory:
    category = TaxCategory(
        id=row["id"],
        label=row["label"],
        group=row["group"],
        hsa=Status(row["hsa"]),
        health_fsa=Status(row["health_fsa"]),
        schedule_a=Status(row["schedule_a"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        names=tuple(words),
        documents=tuple(row["documents"]),
        note=row["note"],
        question=row.get("question", ""),
        limit=_category_limit(row["limit"]) if "limit" in row else None,
        before=_before(row) if "paid_from" in row else None,
        holder_age=row.get("holder_age"),
    )
    if category.hsa is Status.CONDITIONAL and not category.question:
        raise ValueError("it is conditional and asks nothing")
    if category.hsa is Status.LIMITED and category.limit is None:
        raise ValueError("it is limited and names no limit")
    by_rule = category.limit is not None and category.limit.kind is LimitKind.RULE
    if by_rule and not category.question:
        raise ValueError("only a person knows its limit, and nobody is asked")
    return category


def _category_limit(row: Mapping[str, Any]) -> CategoryLimit:
    return CategoryLimit(
        kind=LimitKind(row["kind"]),
        rule=row.get("rule", ""),
        question=row.get("question", ""),
        starts=date.fromisoformat(row["from"]) if "from" in row else None,
    )


def _before(row: Mapping[str, Any]) -> Before:
    before: Mapping[str, str] = row["before"]
    return Before(
        paid_from=date.fromisoformat(row["paid_from"]),
        text=before["text"],
        question=before.get("question", ""),
    )


def _names(
    categories: Mapping[str, TaxCategory], words: Mapping[str, Any]
) -> dict[str, TaxCategory]:
    """Return the category of each bare word; a word that could mean two means none."""
    if unknown := words["words"].keys() - categories.keys():
        raise RulesDataError(f"Words are listed for no category: {', '.join(sorted(unknown))}.")
    labels = {category.id: category.label for category in categories.values()}
    meant = words_of_categories(labels, words)
    return {word: categories[key] for word, key in meant.items() if key is not None}


def _mileage(rows: list[Mapping[str, Any]]) -> tuple[MileagePeriod, ...]:
    """Return the periods in order; a day that is in two of them is a slip in the data."""
    periods = sorted(map(_period, rows), key=lambda period: period.start)
    for before, after in pairwise(periods):
        if after.start <= before.end:
            raise RulesDataError(f"{_PERIOD} {after.id} begins before {before.id} ends.")
        if after.start != before.end + timedelta(days=1):
            raise RulesDataError(f"There are days between {before.id} and {after.id}.")
    return tuple(periods)


def _period(row: Mapping[str, Any]) -> MileagePeriod:
    _check(_PERIOD, row, _PERIOD_NEEDS, ())
    tenths = Decimal(row["cents_per_mile"]) * 10
    if tenths != tenths.to_integral_value() or tenths <= 0:
        raise RulesDataError(f"{_PERIOD} {row['id']} has a rate that is none.")
    period = MileagePeriod(
        id=row["id"],
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
        rate=int(tenths),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )
    if period.end < period.start:
        raise RulesDataError(f"{_PERIOD} {period.id} ends before it begins.")
    return period


def _years(rows: list[Mapping[str, Any]]) -> dict[int, TaxYear]:
    by_year: dict[int, dict[str, YearLimit]] = {}
    for row in rows:
        limit = _year_limit(row)
        of_year = by_year.setdefault(limit.year, {})
        if limit.what in of_year:
            raise RulesDataError(f"{_LIMIT} {limit.id} is there twice.")
        of_year[limit.what] = limit
    return {
        year: TaxYear(year=year, limits=MappingProxyType(limits))
        for year, limits in sorted(by_year.items())
    }


def _year_limit(row: Mapping[str, Any]) -> YearLimit:
    _check(_LIMIT, row, _LIMIT_NEEDS, _LIMIT_MAY)
    amounts: Mapping[str, int | None] = row.get("amounts", {})
    try:
        limit = YearLimit(
            id=row["id"],
            year=row["year"],
            what=row["what"],
            source=row["source"],
            confidence=Confidence(row["confidence"]),
            amounts=MappingProxyType(
                {
                    name: None if dollars is None else Money(dollars * 100)
                    for name, dollars in amounts.items()
                }
            ),
            percent=row.get("percent", ""),
            day=date.fromisoformat(row["day"]) if "day" in row else None,
            note=row.get("note", ""),
        )
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"{_LIMIT} {row['id']} cannot be read: {error}.") from error
    if not (limit.amounts or limit.percent or limit.day):
        raise RulesDataError(f"{_LIMIT} {limit.id} limits nothing.")
    unknown = any(amount is None for amount in limit.amounts.values())
    if unknown != (limit.confidence is Confidence.UNKNOWN):
        raise RulesDataError(f"{_LIMIT} {limit.id} must be marked unknown where a figure is blank.")
    return limit


def _lodging(row: Mapping[str, Any]) -> LodgingLimit:
    _check("The lodging limit", row, {"dollars", "max_persons", "source", "confidence"}, ())
    return LodgingLimit(
        per_person_per_night=Money(row["dollars"] * 100),
        max_persons=row["max_persons"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


def _additional_tax(row: Mapping[str, Any]) -> AdditionalTax:
    _check("The additional tax", row, {"percent", "from_year", "source", "confidence"}, ())
    return AdditionalTax(
        percent=row["percent"],
        from_year=row["from_year"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
    )


def _check(what: str, row: Mapping[str, Any], needed: Iterable[str], may: Iterable[str]) -> None:
    """Refuse a row with unknown words, or one that names no source."""
    check_row(what, row, needed, may)
    if not str(row["source"]).strip():
        raise RulesDataError(f"{what} {row.get('id', '')} names no source.")
