"""What the six tests look at: one line of the ledger with everything that bears on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final

from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import HsaAccount
from app.domain.money import Money
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.refund import Refund
from app.domain.travel import Stay, Trip

NOTHING: Final = Money()
_ANSWER: Final = re.compile(r"\s*(yes|no)\b", re.IGNORECASE)


class Outcome(StrEnum):
    """How a test came out; only six times `PASS` is claimable."""

    PASS = "pass"  # noqa: S105 - a word of the tests, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFacts:
    """One line of the ledger, and what its household recorded about it.

    `dependent` is what was said of the patient for the year of service (see `DependentYear`).
    `accounts` are all accounts of the household. `share` is what the newest explanation of
    benefits leaves to the patient for this line. `holder_born` is the birth date of the holder of
    the account that is asked. `used` is what earlier lines took of a limit that this line shares
    (see `stand_all`). `today` tells what was given and paid from what is still to come.
    """

    expense: Expense
    patient: Person | None = None
    dependent: str = ""
    accounts: tuple[HsaAccount, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    refunds: tuple[Refund, ...] = ()
    letter: NecessityLetter | None = None
    trip: Trip | None = None
    stay: Stay | None = None
    share: Money | None = None
    is_under_appeal: bool = False
    holder_born: date | None = None
    used: Money = NOTHING
    today: date | None = None

    @property
    def served_on(self) -> date | None:
        """The day of care: that of the line, else of the trip or of the first night."""
        if self.expense.served_on:
            return self.expense.served_on
        if self.trip:
            return self.trip.on
        return self.stay.from_on if self.stay else None

    @property
    def answer(self) -> str:
        """What the person answered to the question of the category: `yes`, `no` or nothing."""
        said = _ANSWER.match(self.expense.answer)
        return said[1].lower() if said else ""


@dataclass(frozen=True, slots=True)
class TestState:
    """How one of the six tests came out, why, and by which law or publication.

    Where only some cents fail or are in doubt, the outcome is that of the rest, and `part` and
    `doubt` say how many. `cause` is a word for the program, by which findings are chosen.
    """

    __test__: ClassVar[bool] = False  # a record of the tax rules; pytest collects names like this

    number: int
    state: Outcome
    reason: str
    source: str
    part: Money | None = None
    cause: str = ""
    doubt: Money | None = None

    @property
    def fails(self) -> bool:
        """Return whether the test rules out the line, or some cents of it."""
        return self.state is Outcome.FAIL or bool(self.part and self.part.cents > 0)

    @property
    def waits(self) -> bool:
        """Return whether the test is open for the line, or for some cents of it."""
        return self.state is Outcome.UNKNOWN or bool(self.doubt and self.doubt.cents > 0)
