"""The rates, limits and sources that the lines of an HSA summary were measured by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.hsa_plan import LedgerLine, RateUsed
from app.domain.hsa_source import HsaSource
from app.domain.tax_category import Confidence

_CAREFULLY = {
    Confidence.PRIMARY: "",
    Confidence.SECONDARY: "read in a secondary source",
    Confidence.MEMORY: "check Publication 502",
    Confidence.UNKNOWN: "not checked",
}


def rates_used(source: HsaSource, lines: Sequence[LedgerLine]) -> tuple[RateUsed, ...]:
    """Return each rate and each kind of expense that these lines use, with its source."""
    used = (*_mileage(source, lines), *_lodging(source, lines), *_kinds(source, lines))
    return tuple(dict.fromkeys(used))


def _mileage(source: HsaSource, lines: Sequence[LedgerLine]) -> Iterator[RateUsed]:
    shown = {line.expense.id for line in lines}
    for trip in sorted(source.money.trips, key=lambda each: each.on):
        if trip.expense_id not in shown:
            continue
        period = source.money.rules.mileage_on(trip.on)
        is_known = period is not None and period.rate == trip.rate
        cents = f"{trip.rate // 10}.{trip.rate % 10}".removesuffix(".0")
        yield RateUsed(
            "Medical mileage",
            f"{cents} cents a mile",
            f"{period.start} to {period.end}" if period and is_known else f"{trip.on}",
            _cited(period.source, period.confidence)
            if period and is_known
            else trip.rate_source or "entered by the person, no source named",
        )


def _lodging(source: HsaSource, lines: Sequence[LedgerLine]) -> Iterator[RateUsed]:
    shown = {line.expense.id for line in lines}
    if any(stay.expense_id in shown for stay in source.money.stays):
        limit = source.money.rules.lodging
        yield RateUsed(
            "Lodging near care",
            f"{limit.per_person_per_night} a night for each person, {limit.max_persons} at most",
            "not indexed",
            _cited(limit.source, limit.confidence),
        )


def _kinds(source: HsaSource, lines: Sequence[LedgerLine]) -> Iterator[RateUsed]:
    found = {
        kind.label: kind
        for line in lines
        if (kind := source.money.rules.category(line.expense.category))
    }
    for label, kind in sorted(found.items()):
        status = kind.hsa.value.replace("_", " ").replace("lmn", "a letter of medical necessity")
        as_of = f"as of {source.money.rules.as_of}"
        yield RateUsed(label, status, as_of, _cited(kind.source, kind.confidence))


def _cited(source: str, confidence: Confidence) -> str:
    caution = _CAREFULLY[confidence]
    return f"{source} ({caution})" if caution else source
