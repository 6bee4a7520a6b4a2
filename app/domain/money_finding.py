"""What stands out in explanations, bills and payments: its form, and how grave each kind is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, Literal

from app.domain.bill import Bill
from app.domain.eob import Eob
from app.domain.eob_versions import Explained
from app.domain.expense import Expense
from app.domain.finding import Finding
from app.domain.finding_mark import FindingMark
from app.domain.matters import OwedFacts
from app.domain.owed import Account, Owing, accounts_of, owings_of

Severity = Literal["high", "med", "info"]
SEVERITIES: Final[dict[str, Severity]] = {
    "M01": "high", "M02": "med", "M03": "high", "M04": "med", "M05": "high", "M06": "high",
    "M07": "med", "M08": "med", "M09": "med", "M10": "med", "M11": "high", "M12": "info",
    "M13": "high", "M14": "high", "M15": "med", "M16": "info", "M17": "high", "M18": "high",
    "M19": "info", "M20": "med",
}  # fmt: skip

_CHECK: Final = " (check the current text)"
SOURCES: Final[dict[str, str]] = {
    "M06": f"42 U.S.C. 18022(c){_CHECK}",
    "M08": f"45 CFR 147.130{_CHECK}",
    "M14": "Notice 2004-50 Q&A-37",
    "M17": f"45 CFR 149.620{_CHECK}",
    "M18": f"45 CFR 149.110 and 149.120{_CHECK}",
}
"""The law behind a finding, where there is one; most are the papers' own arithmetic."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with what it is about: `about` names it for an answer, also by another program.

    It is the finding's number, the record, and what of the record, parted by spaces. `claim_id`
    is the claim that the record belongs to; `mark` what the person said of the finding.
    """

    finding: Finding
    about: str
    claim_id: str | None = None
    mark: FindingMark | None = None


@dataclass(frozen=True, eq=False)
class MoneyCase:
    """The records, what hangs together in them, and the day on which they are looked at."""

    facts: OwedFacts
    today: date
    owings: tuple[Owing, ...] = field(default=())

    @classmethod
    def of(cls, facts: OwedFacts, today: date) -> MoneyCase:
        """Put together what belongs together."""
        return cls(facts, today, owings_of(facts))

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts with all providers."""
        return accounts_of(self.owings)

    @cached_property
    def holding(self) -> tuple[Explained, ...]:
        """The versions of explanations that hold, each once."""
        return tuple(
            versions.current
            for owing in self.owings
            for versions in owing.matter.explained
            if versions.current
        )


def about_eob(number: str, eob: Eob, text: str, *more: object) -> Noted:
    """Note something about an explanation."""
    return _noted(number, ("eob", eob.id), text, eob.claim_id, more)


def about_bill(number: str, bill: Bill, text: str, *more: object) -> Noted:
    """Note something about a bill."""
    return _noted(number, ("bill", bill.id), text, bill.claim_id, more)


def about_expense(number: str, expense: Expense, text: str, *more: object) -> Noted:
    """Note something about a line of the ledger."""
    return _noted(number, ("expense", expense.id), text, expense.claim_id, more)


def _noted(
    number: str,
    record: tuple[str, str],
    text: str,
    claim_id: str | None,
    more: tuple[object, ...],
) -> Noted:
    kind, key = record
    expense = key if kind == "expense" else None
    finding = Finding(
        number, SEVERITIES[number], expense, text, record, source=SOURCES.get(number, "")
    )
    return Noted(finding, " ".join((number, key, *map(str, more))), claim_id)
