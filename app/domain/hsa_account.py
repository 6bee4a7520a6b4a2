"""Health savings accounts: what went in, what came out, and what the custodian reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.money import Money

WITHDRAWAL_KINDS: Final = ("normal", "rollover", "excess")
"""A distribution for expenses, one that went to another account, one of excess contributions."""

CONTRIBUTORS: Final = ("self", "employer", "rollover")
FORMS: Final = ("1099-SA", "5498-SA")


@dataclass(frozen=True, kw_only=True, slots=True)
class HsaAccount:
    """An account of one holder. Only what was served from `established_on` on counts for it.

    The day is that of state law; money rolled over from another account keeps the earlier day
    (Publication 969). `document_id` is the paper that proves it, `last4` the end of the number.
    """

    id: str
    holder_id: str | None = None
    name: str = ""
    custodian: str = ""
    last4: str = ""
    established_on: date | None = None
    closed_on: date | None = None
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """Money that left an account; `returned` is what went back as a mistaken distribution."""

    id: str
    account_id: str | None = None
    on: date
    amount: Money
    kind: str = "normal"
    how: str = ""
    reference: str = ""
    returned: Money | None = None
    returned_on: date | None = None
    document_id: str | None = None
    source: str = "typed"
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """Money that went into an account, and the tax year for which it was given."""

    id: str
    account_id: str | None = None
    on: date
    tax_year: int
    amount: Money
    giver: str = "self"
    reference: str = ""
    source: str = "typed"
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HsaForm:
    """What a custodian reported of an account for a year, as printed on its form.

    1099-SA: `gross` is box 1, `earnings` box 2, `code` box 3. 5498-SA: `gross` is box 2, what was
    contributed in the year, and `fair_value` box 5.
    """

    id: str
    account_id: str
    year: int
    form: str = "1099-SA"
    gross: Money | None = None
    earnings: Money | None = None
    code: str = ""
    fair_value: Money | None = None
    document_id: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
