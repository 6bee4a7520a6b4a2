"""Money that left the house for care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

OWN_METHODS: Final = ("own", "card", "check", "cash")
"""Ways to pay with one's own money; `own` where nobody said which."""

METHODS: Final = (*OWN_METHODS, "hsa", "fsa", "hra", "assistance", "other")
SOURCES: Final = ("typed", "eob", "csv")

HOLDS: Final = ("", "hold", "claim")
"""Whether money that is under appeal may be reimbursed: the program's advice, or what the person
decided: to wait, or to claim it all the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expense:
    """One line of the ledger: one amount, paid on one day in one way; `paid_on` None is unpaid.

    What is paid in parts is several lines: each part that is paid is split off the rest, and
    `origin_id` names the line it came from. `due_on` is the day of an instalment.

    `document_id` is the bill or receipt, `proof_id` the paper that proves the payment. `answer`
    is what the person said to the question of a conditional category, with the reason.
    `reference` is the identifier of the line in the file or paper that it came from.
    """

    id: str
    served_on: date | None = None
    paid_on: date | None = None
    provider: str = ""
    person_id: str | None = None
    category: str = ""
    amount: Money
    method: str = "own"
    claim_id: str | None = None
    document_id: str | None = None
    source: str = "typed"
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
    reference: str = ""
    what: str = ""
    provider_id: str | None = None
    proof_id: str | None = None
    bill_id: str | None = None
    eob_line_id: str | None = None
    origin_id: str | None = None
    due_on: date | None = None
    hold: str = ""
    answer: str = ""
    necessity_id: str | None = None
    aid_id: str | None = None
    account_id: str | None = None
