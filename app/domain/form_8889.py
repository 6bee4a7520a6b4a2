"""Form 8889, Part II, as figures to compare with the form that the holder files.

Instructions for Form 8889, lines 14a to 17b; the additional tax is 26 U.S.C. 223(f)(4). One form
for each holder and year. These are figures from records, not a tax form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.domain.age import age_on
from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import HsaForm, Withdrawal
from app.domain.hsa_pieces import HsaPiece, hsa_pieces
from app.domain.line_facts import NOTHING
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.paying_account import may_pay, paying_account
from app.domain.standing import Standing

EXEMPT_AGE: Final = 65
EXEMPT_CODES: Final = frozenset({"3", "4", "6"})
"""Box 3 of Form 1099-SA: disability, death, death after the year of death to a non-spouse."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form8889:
    """The figures of one holder and year; `holder_id` None where no holder is known.

    `line_14a` is what the records say was distributed: `withdrawn`, less what was `returned` as
    mistaken, and `card`, paid with the HSA card and tied to no withdrawal. `reported` is the sum
    of box 1 of the Forms 1099-SA, None where none was entered, and `difference` how much more was
    reported than recorded. Of `line_16`, `exempt` bears no additional tax (line 17a).
    """

    year: int
    holder_id: str | None
    withdrawn: Money = NOTHING
    returned: Money = NOTHING
    card: Money = NOTHING
    reported: Money | None = None
    line_14b: Money = NOTHING
    line_15: Money = NOTHING
    exempt: Money = NOTHING
    line_17b: Money = NOTHING

    @property
    def line_14a(self) -> Money:
        """All distributions of the year."""
        return self.withdrawn - self.returned + self.card

    @property
    def difference(self) -> Money | None:
        """What Forms 1099-SA report more than the records; None where none was entered."""
        return None if self.reported is None else self.reported - self.line_14a

    @property
    def line_14c(self) -> Money:
        """The distributions less what was rolled over or withdrawn as excess in time."""
        return self.line_14a - self.line_14b

    @property
    def line_16(self) -> Money:
        """What is taxable: never below zero."""
        return Money(max(0, self.line_14c.cents - self.line_15.cents))

    @property
    def has_exemption(self) -> bool:
        """Whether the box of line 17a is to be marked."""
        return self.exempt.cents > 0


def forms_8889(book: MoneyBook, year: int) -> tuple[Form8889, ...]:
    """Return the figures of each holder of an account for a year, by the holder's name.

    What belongs to no known holder comes last, if there is any.
    """
    return forms_by_year(book, (year,))[year]


def forms_by_year(book: MoneyBook, years: Iterable[int]) -> dict[int, tuple[Form8889, ...]]:
    """Return the figures of several years; the ledger is gone through only once."""
    heaps: defaultdict[tuple[int, str | None], _Heap] = defaultdict(_Heap)
    for each in book.withdrawals:
        heaps[each.on.year, holder_of(book, each.account_id)].withdrawals.append(each)
    for form in book.forms:
        if form.form == "1099-SA" and form.gross is not None:
            heaps[form.year, holder_of(book, form.account_id)].reports.append(form)
    for spent in _spent(book):
        heaps[spent.on.year, spent.holder_id].spent.append(spent)
    holders = sorted(
        {account.holder_id for account in book.accounts if account.holder_id},
        key=lambda holder: _place(book, holder),
    )
    forms: dict[int, tuple[Form8889, ...]] = {}
    for year in years:
        own = [_form(book, year, holder, heaps[year, holder]) for holder in holders]
        others = [_form(book, year, None, heaps[year, None])] if (year, None) in heaps else []
        forms[year] = (*own, *others)
    return forms


def _place(book: MoneyBook, holder_id: str) -> tuple[str, str]:
    person = book.person_by_id.get(holder_id)
    return person.name.casefold() if person else "", holder_id


@dataclass(slots=True)
class _Spent:
    """A distribution that was neither rolled over nor excess: what of it passes all tests."""

    on: date
    holder_id: str | None
    account_id: str | None
    amount: int
    well: int
    is_card: bool = False


@dataclass(slots=True)
class _Heap:
    """All that belongs on one form."""

    withdrawals: list[Withdrawal] = field(default_factory=list[Withdrawal])
    reports: list[HsaForm] = field(default_factory=list[HsaForm])
    spent: list[_Spent] = field(default_factory=list[_Spent])


def holder_of(book: MoneyBook, account_id: str | None) -> str | None:
    """Return the holder of an account; of the only holder there is, where no account is named."""
    if account := book.account_by_id.get(account_id or ""):
        return account.holder_id
    holders = {each.holder_id for each in book.accounts}
    return holders.pop() if len(holders) == 1 else None


def pieces_of(book: MoneyBook) -> Iterator[HsaPiece]:
    """Yield all pieces that an HSA paid, of all lines."""
    for standing in book.standings().values():
        yield from pieces_of_line(book, standing)


def pieces_of_line(book: MoneyBook, standing: Standing) -> tuple[HsaPiece, ...]:
    """Return the pieces that an HSA paid of one line."""
    if not standing.reimbursed.cents:
        return ()
    expense = standing.expense
    allocations = book.allocations_of.get(expense.id, ())
    return hsa_pieces(
        standing, allocations, book.withdrawal_by_id, _unfit(book, expense, allocations)
    )


def _unfit(book: MoneyBook, expense: Expense, allocations: Iterable[Allocation]) -> set[str | None]:
    """Return the withdrawals from accounts that may not pay for a line; None is its card."""
    if len(book.accounts) < 2:
        return set()
    paid_by = {each.withdrawal_id for each in allocations if each.payer == "hsa"}
    facts = book.facts(expense.id)
    return {
        key
        for key in (*paid_by, None)
        if (account := paying_account(book, expense, key)) and not may_pay(book, facts, account)
    }


def _spent(book: MoneyBook) -> Iterator[_Spent]:
    """Yield the distributions that were neither rolled over nor excess, of all years."""
    well: defaultdict[str, int] = defaultdict(int)
    for piece in pieces_of(book):
        if piece.withdrawal_id:
            well[piece.withdrawal_id] += piece.well.cents
        elif piece.is_card:
            account = book.expense_by_id[piece.expense_id].account_id
            holder = holder_of(book, account)
            cents = piece.amount.cents, piece.well.cents
            yield _Spent(piece.on, holder, account, *cents, is_card=True)
    for each in book.withdrawals:
        if each.kind == "normal":
            holder, cents = holder_of(book, each.account_id), kept(each).cents
            yield _Spent(each.on, holder, each.account_id, cents, min(well[each.id], cents))


def kept(withdrawal: Withdrawal) -> Money:
    """Return what of a withdrawal was not returned as a mistaken distribution."""
    returned = withdrawal.returned.cents if withdrawal.returned else 0
    return Money(max(0, withdrawal.amount.cents - returned))


def _form(book: MoneyBook, year: int, holder: str | None, heap: _Heap) -> Form8889:
    exempt = sum(
        each.amount - each.well
        for each in heap.spent
        if _is_exempt(book, holder, each, heap.reports)
    )
    taxed = sum(each.amount - each.well for each in heap.spent) - exempt
    return Form8889(
        year=year,
        holder_id=holder,
        withdrawn=_sum(each.amount for each in heap.withdrawals),
        returned=_sum(each.returned for each in heap.withdrawals),
        card=Money(sum(each.amount for each in heap.spent if each.is_card)),
        reported=_sum(form.gross for form in heap.reports) if heap.reports else None,
        line_14b=_sum(kept(each) for each in heap.withdrawals if each.kind != "normal"),
        line_15=Money(sum(each.well for each in heap.spent)),
        exempt=Money(exempt),
        line_17b=_percent(taxed, book.rules.additional_tax.percent),
    )


def _is_exempt(
    book: MoneyBook, holder: str | None, spent: _Spent, reports: Iterable[HsaForm]
) -> bool:
    """Return whether an exception applies: the holder was 65, disabled or dead."""
    person = book.person_by_id.get(holder or "")
    if person and person.born_on and age_on(person.born_on, spent.on) >= EXEMPT_AGE:
        return True
    codes = {form.code.strip() for form in reports if form.account_id == spent.account_id}
    return bool(codes) and codes <= EXEMPT_CODES


def _percent(cents: int, percent: int) -> Money:
    return Money(int((Decimal(cents) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)))


def _sum(amounts: Iterable[Money | None]) -> Money:
    return Money(sum(amount.cents for amount in amounts if amount))
