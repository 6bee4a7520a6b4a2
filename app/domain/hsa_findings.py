"""What an examiner would ask: the findings H01 to H20 on the lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from app.domain.finding import Finding
from app.domain.form_8889 import pieces_of_line
from app.domain.hsa_account import HsaAccount
from app.domain.hsa_findings_of_records import account_name
from app.domain.hsa_pieces import HsaPiece
from app.domain.line_facts import LineFacts, Outcome, TestState
from app.domain.money_book import MoneyBook
from app.domain.money_tests import FOREIGN_METHODS, account_covers
from app.domain.packet import BILL, PAYMENT, TRAVEL
from app.domain.paying_account import paying_account, young_holder
from app.domain.required_papers import ITEMIZED, missing_letters
from app.domain.return_days import RETURN_SOURCE, return_by
from app.domain.standing import Standing
from app.domain.tax_category import LimitKind, TaxCategory

_HIGH, _MED, _INFO = "high", "med", "info"
_INCURRED: Final = "Notice 2004-2 Q&A-26"
_RECORDS: Final = "Publication 969, Recordkeeping"
_OF_CAUSES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "not_qualified": (("H04", _HIGH),),
        "answered_no": (("H04", _HIGH),),
        "needs_letter": (("H05", _MED),),
        "letter_gap": (("H06", _MED),),
        "too_early": (("H15", _MED),),
        "holder_young": (("H04", _HIGH), ("H12", _MED)),
        "holder_age": (("H12", _MED),),
        "no_birth_date": (("H12", _MED),),
        "over_premium": (("H12", _MED),),
        "over_lodging": (("H13", _MED),),
        "lodging_condition": (("H04", _HIGH),),
        "lodging_question": (("H28", _MED),),
        "no_stay": (("H28", _MED),),
        "no_trip": (("H14", _MED),),
        "no_rate": (("H20", _INFO),),
        "own_rate": (("H20", _INFO),),
        "no_limit": (("H20", _INFO),),
        "category": (("H27", _MED),),
        "question": (("H28", _MED),),
        "over_fee": (("H29", _MED),),
        "over_miles": (("H29", _MED),),
        "not_dependent": (("H02", _HIGH),),
        "nobody": (("H30", _MED),),
        "relation": (("H30", _MED),),
        "age": (("H30", _MED),),
        "before_birth": (("H30", _MED),),
        "before_hsa": (("H01", _HIGH),),
        "closed": (("H36", _MED),),
        "no_date": (("H26", _MED),),
        "to_come": (("H18", _HIGH),),
        "prepaid": (("H18", _HIGH),),
        "other_payer": (("H03", _HIGH),),
        "deducted": (("H03", _HIGH),),
        "unknown_payer": (("H31", _MED),),
        "appeal": (("H32", _INFO),),
        "planned": (("H33", _INFO),),
    }
)
"""Which findings a test leads to. H21 to H36 are this program's own; H07 to H11, H16, H17 and H19
do not come from a test."""

_SETTLED: Final = frozenset({"other_payer", "deducted"})
"""Where only a part is another payer's, that part is left out and the rest is in order."""

PREMIUMS: Final = (
    "Only premiums of COBRA, of insurance while one gets unemployment benefits, of long-term care "
    "up to a limit, and of Medicare or a retiree plan of a holder of 65 or older count. If it is "
    "one of those, choose that category."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LinePapers:
    """The papers behind a line: their letters (see `packet`), and names of those hard to read."""

    letters: str = ""
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingsCase:
    """What the findings look at: the money, and the papers behind each line.

    Lines that are not in `papers` have none. `today` tells what is still to come.
    """

    money: MoneyBook
    papers: Mapping[str, LinePapers] = field(default_factory=dict[str, LinePapers])
    today: date | None = None


def line_findings(case: FindingsCase, only: Iterable[str] | None = None) -> Iterator[Finding]:
    """Yield what stands out in the paid lines, in the order of the ledger.

    With `only`, in the lines of these ids, in the order of these; nothing else is looked at.
    """
    money, standings = case.money, case.money.standings()
    for standing in standings.values() if only is None else (standings[key] for key in only):
        expense = standing.expense
        if expense.paid_on is None:
            continue
        facts, pieces = money.facts(expense.id), pieces_of_line(money, standing)
        found = (
            *_of_tests(standing, money.rules.category(expense.category)),
            *_of_dates(facts, standing, pieces),
            *_of_accounts(money, facts, pieces),
            *_of_amounts(facts, standing),
            *(_of_papers(case, facts) if _matters(standing) else ()),
        )
        for finding in found:
            yield replace(finding, year=expense.paid_on.year)


def _matters(standing: Standing) -> bool:
    """Return whether any cent of a line is, or may be, the HSA's: only then papers are missed."""
    return standing.not_claimable != standing.expense.amount or standing.expense.amount.cents <= 0


def _of_tests(standing: Standing, category: TaxCategory | None) -> Iterator[Finding]:
    """What the six tests say. A premium that does not count is named as one, too."""
    for test in standing.tests:
        if test.cause == "no_date" and test.number != 3:
            continue  # the third test asks for the same day
        for number, weight in _OF_CAUSES.get(test.cause, ()):
            is_settled = test.cause in _SETTLED and test.state is Outcome.PASS
            severity = _INFO if is_settled else weight
            yield _about(standing, _number(number, test, category), severity, test.reason, test)
        if test.cause == "not_qualified" and category and category.is_premium:
            yield _about(standing, "H12", _MED, PREMIUMS, test)


def _number(number: str, test: TestState, category: TaxCategory | None) -> str:
    """Return H04 where a fee, not an over-the-counter product, was paid too early."""
    is_fee = bool(category and category.limit and category.limit.kind is LimitKind.MONTHLY_FEE)
    return "H04" if test.cause == "too_early" and is_fee else number


def _of_dates(
    facts: LineFacts, standing: Standing, pieces: Iterable[HsaPiece]
) -> Iterator[Finding]:
    served, paid = facts.served_on, facts.expense.paid_on
    if served is None or paid is None:
        return
    if any(piece.on < served for piece in pieces):
        text = "The HSA paid before the date of service. Check both dates."
        yield Finding("H18", _HIGH, facts.expense.id, text, source=_INCURRED)
    elif paid < served and standing.tests[2].cause not in {"prepaid", "to_come"}:
        text = (
            "It was paid before the date of service. Check both dates: care that is still to come "
            "is not an expense yet."
        )
        if paid.year < served.year:
            text = (
                f"It was paid in {paid.year} for care in {served.year}. It counts from the day of "
                "care on, not before. Check both dates."
            )
        yield Finding("H18", _HIGH, facts.expense.id, text, source=_INCURRED)
    if paid.year != served.year:
        text = (
            f"The service was in {served.year}. It is listed in {paid.year}, the year in which it "
            "was paid."
        )
        yield _about(standing, "H22", _INFO, text)


def _of_accounts(
    money: MoneyBook, facts: LineFacts, pieces: Iterable[HsaPiece]
) -> Iterator[Finding]:
    """Yield H01 and H12 where the very account that paid, or its holder, was too young."""
    accounts: dict[str, HsaAccount] = {}
    for piece in pieces:
        if account := paying_account(money, facts.expense, piece.withdrawal_id):
            accounts[account.id] = account
    is_told = money.standings()[facts.expense.id].tests[2].cause == "before_hsa"
    for account in accounts.values():
        name, record = account_name(account), ("hsa_account", account.id)
        test = account_covers(account, facts.served_on)
        if test.state is Outcome.FAIL and not is_told:
            text = f"{name} paid for it. {test.reason}"
            yield Finding("H01", _HIGH, facts.expense.id, text, record, test.source)
        if text := young_holder(money, facts, account):
            yield Finding("H12", _MED, facts.expense.id, f"{name} paid for it. {text}", record)


def _of_amounts(facts: LineFacts, standing: Standing) -> Iterator[Finding]:
    amount = facts.expense.amount.cents
    if amount == 0:
        yield _about(standing, "H23", _MED, "The amount is zero. Check it against the receipt.")
    if amount < 0:
        text = "The amount is negative. Record money that came back as a refund."
        yield _about(standing, "H24", _INFO, text)
    if standing.over.cents:
        text = _over(facts, standing)
        yield Finding("H03", _HIGH, facts.expense.id, text, source=RETURN_SOURCE)
    if facts.expense.method == "hsa" and not facts.allocations and amount > 0:
        text = "Paid with the HSA card. No withdrawal is tied to it yet."
        yield _about(standing, "H25", _INFO, text)


def _over(facts: LineFacts, standing: Standing) -> str:
    """Say how much the HSA paid too much, and until when it may be returned."""
    text = (
        f"The HSA paid {standing.over} more than is left after what came back, what others paid "
        "and what was deducted."
    )
    known = [refund.came_on for refund in facts.refunds]
    if facts.expense.method not in FOREIGN_METHODS and known:
        day = return_by(min(known))
        text += (
            " If the custodian takes it back as a mistaken distribution, return it by "
            f"{day:%B} {day.day}, {day.year}; otherwise it belongs on line 16 of Form 8889."
        )
    return text


def _of_papers(case: FindingsCase, facts: LineFacts) -> Iterator[Finding]:
    """Name papers that are missing or hard to read; no missing paper fails a test."""
    expense = facts.expense
    papers = case.papers.get(expense.id, LinePapers())
    category = case.money.rules.category(expense.category)
    missing = missing_letters(category, papers.letters)
    for wanted in missing:
        if found := _MISSING.get(wanted):
            number, text = found
            yield Finding(number, _MED, expense.id, text, source=_RECORDS)
    if facts.trip is not None and facts.trip.document_id is None and TRAVEL not in papers.letters:
        text = "No paper proves the appointment of this trip. Add one."
        yield Finding("H14", _MED, expense.id, text, source="Publication 502")
    for name in papers.unreadable:
        text = f"“{name}” is hard to read. Scan or photograph it again, or ask for a copy."
        yield Finding("H09", _MED, expense.id, text, source="Rev. Proc. 97-22")


_NO_BILL: Final = ("H07", "No itemized bill or receipt is attached. Add it.")
_MISSING: Final[Mapping[frozenset[str], tuple[str, str]]] = MappingProxyType(
    {
        ITEMIZED: (
            "H07",
            "No itemized bill, receipt or explanation of benefits is attached. Add it.",
        ),
        frozenset({BILL}): _NO_BILL,
        frozenset({BILL, PAYMENT}): _NO_BILL,
        frozenset({PAYMENT}): ("H08", "Nothing proves the payment. Add a receipt or statement."),
    }
)
"""What is said of papers that are missing. Letters of necessity are H05 and H06, travel H14."""


def _about(
    standing: Standing, number: str, severity: str, text: str, test: TestState | None = None
) -> Finding:
    source = test.source if test else ""
    return Finding(number, severity, standing.expense.id, text, source=source)
