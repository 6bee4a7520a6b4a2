"""The plan of the HSA expense summary: all that its pages show, in the order of the pages.

Every amount stands in a column that adds up to a printed total: the cents of each line are parted
into what the HSA paid, what is left to claim, what needs a look, and what cannot be claimed (see
`standing`). The plan draws no conclusion of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.eob_sums import EobAmounts
from app.domain.expense import Expense
from app.domain.finding import Finding
from app.domain.form_8889 import Form8889
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.money import Money
from app.domain.necessity_letter import NecessityLetter
from app.domain.shoebox import ShoeboxYear
from app.domain.standing import Standing
from app.domain.summary_choice import SummaryChoice
from app.domain.travel import Stay, Trip

YEAR_BASIS: Final = "paid"
UNKNOWN: Final = "Not recorded"
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

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "E": "explanation of benefits",
        "B": "bill or receipt",
        "P": "proof of payment",
        "L": "letter of medical necessity",
        "T": "proof of travel or lodging",
        "R": "proof of money back",
        "W": "withdrawal",
        "A": "account or tax form",
    }
)
"""What a paper proves, by the letter that stands for it in the ledger, in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """A paper as its owner knows it; `sha256` has the digest of each of its originals."""

    id: str
    name: str
    kind: str = ""
    sha256: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backing:
    """A paper that stands behind a line, and what it proves there: some of `LETTERS`."""

    letters: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaPart:
    """What an HSA paid of a line. `withdrawal_id` is None for the HSA card alone."""

    amount: Money
    on: date | None
    reference: str = ""
    withdrawal_id: str | None = None
    in_period: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One paid line of the ledger as it is printed. Texts are empty where nothing is known.

    `place` is where the provider is, `address` all of it. `eob` are the figures of its
    explanation of benefits; a later line with the same ones says in `eob_at` where they stand.
    """

    number: int
    standing: Standing
    patient: str = ""
    provider: str = ""
    address: str = ""
    what: str = ""
    code: str = ""
    category: str = ""
    claim: str = ""
    eob: EobAmounts | None = None
    eob_at: int | None = None
    parts: tuple[HsaPart, ...] = ()
    papers: tuple[Backing, ...] = ()
    letter: NecessityLetter | None = None
    is_complete: bool = False
    flags: tuple[str, ...] = ()

    @property
    def expense(self) -> Expense:
        """The line as it was recorded."""
        return self.standing.expense

    @property
    def hsa_now(self) -> Money:
        """What an HSA paid of it within the days of the summary."""
        return total(part.amount for part in self.parts if part.in_period)

    @property
    def hsa_else(self) -> Money:
        """What an HSA paid of it before or after."""
        return total(part.amount for part in self.parts if not part.in_period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The sums of the ledger's columns over some lines."""

    count: int
    billed: Money
    allowed: Money
    plan_paid: Money
    share: Money
    paid: Money
    not_claimable: Money
    hsa_now: Money
    hsa_else: Money
    claimable: Money
    needs_attention: Money


@dataclass(frozen=True, slots=True)
class HsaExhibit:
    """A paper with its number in the summary, the letters it answers to, and the lines behind it.

    `about` says what else it belongs to: an account, a withdrawal.
    """

    number: str
    paper: PaperFacts
    letters: tuple[str, ...]
    lines: tuple[LedgerLine, ...]
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of a group of lines; `parts` divide it further and add up to it."""

    name: str
    sums: Columns
    parts: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """What a withdrawal paid of one line; None for lines that this summary does not show."""

    line: LedgerLine | None
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalFacts:
    """A withdrawal, and where each cent of it went."""

    withdrawal: Withdrawal
    account: str
    holder: str
    parts: tuple[PaidPart, ...]

    @property
    def allocated(self) -> Money:
        """What of it is tied to expenses."""
        return total(part.amount for part in self.parts)

    @property
    def returned(self) -> Money:
        """What went back to the account as a mistaken distribution."""
        return self.withdrawal.returned or Money()

    @property
    def rest(self) -> Money:
        """What is neither tied to an expense nor returned; may be taxable if it is normal."""
        return self.withdrawal.amount - self.allocated - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the household: who, born when, and what is said of each year of the summary."""

    name: str
    relation: str
    born_year: int | None
    years: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """An account as it is printed; `exhibit` is the number of the paper that proves its start."""

    account: HsaAccount
    holder: str
    exhibit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripFacts:
    """A trip with its mileage; `parking` are parking and tolls, `exhibit` the appointment."""

    trip: Trip
    amount: Money
    parking: Money
    patient: str
    exhibit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """Nights near care: what the hotel took, the cap, and what is allowed of it."""

    stay: Stay
    actual: Money
    cap: Money
    patient: str
    exhibit: str = ""

    @property
    def allowed(self) -> Money:
        """What of it counts at most."""
        return min(self.actual, self.cap)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter of medical necessity, and the lines that need one: inside it and outside."""

    letter: NecessityLetter
    patient: str
    exhibit: str
    inside: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """An amount of a line, and the reasons why it stands where it stands."""

    line: LedgerLine
    amount: Money
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateUsed:
    """A rate or rule that the summary applied: what, how much, from when until when, and whose."""

    what: str
    value: str
    dates: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaPlan:
    """Everything the summary shows, in the order in which it shows it.

    `elsewhere` are lines paid on other days of which an HSA paid in these days; `paid` are those
    paid in these days. `refused` is what an HSA paid of lines although a test is not passed.
    `unpaid` are the lines, and their sum, that nobody has paid yet. `secrets` are texts of records
    that name services, drugs and diagnoses.
    """

    choice: SummaryChoice
    holder: str
    about: str
    accounts: tuple[AccountFacts, ...]
    family: tuple[Member, ...]
    forms: tuple[Form8889, ...]
    shoebox: tuple[ShoeboxYear, ...]
    elsewhere: tuple[LedgerLine, ...]
    paid: tuple[LedgerLine, ...]
    by_person: tuple[Total, ...]
    by_provider: tuple[tuple[str, str, int, Money], ...]
    withdrawals: tuple[WithdrawalFacts, ...]
    trips: tuple[TripFacts, ...]
    stays: tuple[StayFacts, ...]
    letters: tuple[LetterFacts, ...]
    answers: tuple[LedgerLine, ...]
    left_out: tuple[Reasoned, ...]
    to_look_at: tuple[Reasoned, ...]
    refused: tuple[Reasoned, ...]
    findings: tuple[Finding, ...]
    rates: tuple[RateUsed, ...]
    exhibits: tuple[HsaExhibit, ...]
    unpaid: tuple[int, Money]
    carried: Money
    secrets: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[LedgerLine, ...]:
        """All lines of the ledger, in printed order."""
        return (*self.elsewhere, *self.paid)

    @property
    def answer(self) -> Mapping[str, Money]:
        """The sums that `hsa --json` names, over the lines paid in these days.

        `unreimbursed_carried` is what is claimable and not yet claimed at the end, of all years.
        """
        return {
            "claimable": total(line.standing.claimable for line in self.paid),
            "needs_attention": total(line.standing.needs_attention for line in self.paid),
            "not_claimable": total(line.standing.not_claimable for line in self.paid),
            "reimbursed": total(line.standing.reimbursed for line in self.paid),
            "unreimbursed_carried": self.carried,
        }

    def numbers_of(self, line: LedgerLine) -> tuple[tuple[str, str], ...]:
        """Return letters and exhibit number of each paper behind a line, in printed order."""
        known = {exhibit.paper.id: exhibit.number for exhibit in self.exhibits}
        return tuple((paper.letters, known[paper.document_id]) for paper in line.papers)


def total(amounts: Iterable[Money]) -> Money:
    """Return the sum of amounts."""
    return Money(sum(amount.cents for amount in amounts))


def columns(lines: Iterable[LedgerLine]) -> Columns:
    """Return the sums of the ledger's columns; figures of an explanation count where they stand."""
    rows = tuple(lines)
    eobs = [line.eob for line in rows if line.eob]

    def seen(name: str) -> Money:
        return total(getattr(eob, name) or Money() for eob in eobs)

    return Columns(
        count=len(rows),
        billed=seen("billed"),
        allowed=seen("allowed"),
        plan_paid=seen("plan_paid"),
        share=seen("patient_owes"),
        paid=total(line.expense.amount for line in rows),
        not_claimable=total(line.standing.not_claimable for line in rows),
        hsa_now=total(line.hsa_now for line in rows),
        hsa_else=total(line.hsa_else for line in rows),
        claimable=total(line.standing.claimable for line in rows),
        needs_attention=total(line.standing.needs_attention for line in rows),
    )
