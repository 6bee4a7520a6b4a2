"""A year's health expenses by date paid: the ledger, its totals, its exhibits and what stands out.

The tests that decide whether a health savings account may pay (26 U.S.C. 213(d) and 223(d)(2);
Form 8889 instructions, line 15) are not applied here. The ledger says what was recorded and what
is missing, and draws no conclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from app.domain.finding import Finding
from app.domain.money import Money

YEAR_BASIS = "paid"
UNKNOWN = "Not recorded"
NOT_TESTED = "H00"
"""The finding that stands in every summary as long as the HSA tests are not applied."""
METHOD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "own": "Own money",
        "card": "Own card",
        "check": "Check",
        "cash": "Cash",
        "hsa": "HSA",
        "fsa": "FSA",
        "hra": "HRA",
        "assistance": "Assistance",
        "other": "Other",
    }
)
"""How an expense was paid: the word of the record, and the words on the page."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A paper that supports an expense, and the name its owner knows it by."""

    document: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One expense as it was recorded; texts are shown as they stand, empty where not known.

    A negative `amount` is money that came back. `method` is one of `METHOD_NAMES`; `claim` is the
    title of the claim that the expense belongs to.
    """

    expense: str
    served_on: date | None
    paid_on: date | None
    patient: str
    provider: str
    category: str
    amount: Money
    method: str
    claim: str = ""
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class HsaExhibit:
    """A receipt with its number in the summary, and the expenses that it stands behind."""

    number: str
    receipt: Receipt
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What a group of ledger rows comes to; `parts` divide it further and add up to it."""

    name: str
    amount: Money
    count: int
    parts: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True)
class HsaPlan:
    """Everything the summary of one year shows, in the order in which it shows it."""

    year: int
    holder: str
    rows: tuple[LedgerRow, ...]
    exhibits: tuple[HsaExhibit, ...]
    by_person: tuple[Total, ...]
    by_category: tuple[Total, ...]
    by_method: tuple[Total, ...]
    findings: tuple[Finding, ...]

    @property
    def paid(self) -> Money:
        """Everything paid in the year, less what came back."""
        return added(self.rows)

    @property
    def answer(self) -> Mapping[str, Money]:
        """The sums of the year, by the names that `hsa --json` gives them.

        No test is applied yet, so nothing is called claimable and nothing is ruled out: all that
        was paid in the year needs attention, and no amount is carried forward as claimable.
        `reimbursed` is a fact, not a conclusion: what the person recorded as paid by the HSA. It
        is part of `needs_attention`, because the tests ask of that money too whether the HSA was
        right to pay it.
        """
        nothing = Money()
        return {
            "claimable": nothing,
            "needs_attention": self.paid,
            "not_claimable": nothing,
            "reimbursed": added(row for row in self.rows if row.method == "hsa"),
            "unreimbursed_carried": nothing,
        }

    def numbers_of(self, row: LedgerRow) -> tuple[str, ...]:
        """Return the exhibit numbers of the papers behind a row, in their order."""
        known = {exhibit.receipt.document: exhibit.number for exhibit in self.exhibits}
        return tuple(dict.fromkeys(known[receipt.document] for receipt in row.receipts))


def added(rows: Iterable[LedgerRow]) -> Money:
    """Return the sum of the amounts."""
    return Money(sum(row.amount.cents for row in rows))


def plan_hsa(year: int, rows: Iterable[LedgerRow], *, holder: str = "") -> HsaPlan:
    """Return the plan of the summary of `year` from all rows of the ledger, paid or not.

    A row belongs to the year in which it was paid. Rows without a paid date belong to no year;
    those that may still fall into this one are counted in a finding.
    """
    recorded = tuple(rows)
    ledger = tuple(sorted((row for row in recorded if _paid_in(row, year)), key=_by_date_paid))
    return HsaPlan(
        year=year,
        holder=holder,
        rows=ledger,
        exhibits=_exhibits(year, ledger),
        by_person=_totals(ledger, "patient", "category"),
        by_category=_totals(ledger, "category"),
        by_method=_totals(ledger, "method"),
        findings=_findings(year, ledger, recorded),
    )


def _paid_in(row: LedgerRow, year: int) -> bool:
    return row.paid_on is not None and row.paid_on.year == year


def _by_date_paid(row: LedgerRow) -> tuple[date, date, str]:
    return row.paid_on or date.min, row.served_on or date.min, row.expense


def _exhibits(year: int, ledger: tuple[LedgerRow, ...]) -> tuple[HsaExhibit, ...]:
    """Number the receipts in ledger order; one that stands behind several rows counts once."""
    behind: dict[str, tuple[Receipt, list[LedgerRow]]] = {}
    for row in ledger:
        for receipt in row.receipts:
            rows = behind.setdefault(receipt.document, (receipt, []))[1]
            if row not in rows:
                rows.append(row)
    return tuple(
        HsaExhibit(f"HSA-{year}-{number:03d}", receipt, tuple(rows))
        for number, (receipt, rows) in enumerate(behind.values(), start=1)
    )


def _totals(rows: Iterable[LedgerRow], *fields: str) -> tuple[Total, ...]:
    """Group by the first field, each group by the next; names in alphabetical order."""
    if not fields:
        return ()
    first, *others = fields

    def name(row: LedgerRow) -> str:
        value: str = getattr(row, first)
        return METHOD_NAMES.get(value, value) if first == "method" else value.strip() or UNKNOWN

    ordered = sorted(rows, key=lambda row: (name(row).casefold(), name(row)))
    groups = [(key, tuple(group)) for key, group in groupby(ordered, name)]
    return tuple(
        Total(key, added(group), len(group), _totals(group, *others)) for key, group in groups
    )


def _findings(
    year: int, ledger: tuple[LedgerRow, ...], recorded: tuple[LedgerRow, ...]
) -> tuple[Finding, ...]:
    of_the_year = [
        Finding(
            NOT_TESTED,
            "info",
            None,
            "The HSA tests are not applied yet. This summary lists what was paid and draws no "
            "conclusion about what an HSA may pay.",
        )
    ]
    unpaid = tuple(row for row in recorded if row.paid_on is None and _may_fall_in(row, year))
    if unpaid:
        of_the_year.append(_unpaid(year, unpaid))
    of_rows = [finding for row in ledger for finding in _row_findings(row)]
    return (*of_the_year, *of_rows, *_lookalikes(ledger))


def _may_fall_in(row: LedgerRow, year: int) -> bool:
    return row.served_on is None or row.served_on.year <= year


def _unpaid(year: int, rows: tuple[LedgerRow, ...]) -> Finding:
    one = len(rows) == 1
    return Finding(
        "H21",
        "info",
        None,
        f"{len(rows)} {'expense has' if one else 'expenses have'} no paid date "
        f"({added(rows)} in all) and {'is' if one else 'are'} not in this ledger. If "
        f"{'it was' if one else 'some were'} paid in {year}, add the date.",
    )


def _row_findings(row: LedgerRow) -> Iterator[Finding]:
    """What can be known from the row alone."""
    if not row.receipts:
        yield _about(row, "H07", "med", "No receipt is attached. Add the bill or receipt.")
    if row.served_on is None:
        yield _about(row, "H26", "med", "The date of service is missing. Add it from the receipt.")
    elif row.paid_on is not None:
        yield from _date_findings(row, row.served_on, row.paid_on)
    if row.amount.cents == 0:
        yield _about(row, "H23", "med", "The amount is zero. Check it against the receipt.")
    if row.amount.cents < 0:
        yield _about(row, "H24", "info", "The amount is negative: it is counted as money back.")
    if row.method == "hsa":
        yield _about(row, "H25", "info", "Recorded as paid with the HSA.")
    if row.method in {"fsa", "hra"}:
        text = f"Recorded as paid by the {METHOD_NAMES[row.method]}."
        yield _about(row, "H03", "high", text)


def _date_findings(row: LedgerRow, served_on: date, paid_on: date) -> Iterator[Finding]:
    if paid_on < served_on:
        text = (
            "It was paid before the date of service. Check both dates: care that is still to come "
            "is not an expense yet."
        )
        yield _about(row, "H18", "high", text)
    if paid_on.year != served_on.year:
        text = (
            f"The service was in {served_on.year}. It is listed in {paid_on.year}, the year in "
            "which it was paid."
        )
        yield _about(row, "H22", "info", text)


def _about(row: LedgerRow, number: str, severity: str, text: str) -> Finding:
    return Finding(number, severity, row.expense, text)


def _lookalikes(ledger: tuple[LedgerRow, ...]) -> list[Finding]:
    """Name each row that equals an earlier one in all that a receipt shows."""
    seen: set[tuple[object, ...]] = set()
    found: list[Finding] = []
    for row in ledger:
        look = (row.served_on, row.paid_on, row.patient, row.provider.casefold(), row.amount)
        if look in seen:
            text = (
                "Another expense has the same dates, patient, provider and amount. Is it the same?"
            )
            found.append(Finding("M10", "med", row.expense, text))
        seen.add(look)
    return found
