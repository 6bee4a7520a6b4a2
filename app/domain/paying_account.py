"""Whether the very account that paid for a line may pay for it.

The six tests look at the household: one account that may pay is enough. Which account did pay is
a question of its own, for the figures of its holder's Form 8889 and for the findings.
"""

from __future__ import annotations

from app.domain.age import age_on
from app.domain.expense import Expense
from app.domain.hsa_account import HsaAccount
from app.domain.line_facts import LineFacts, Outcome
from app.domain.money_book import MoneyBook
from app.domain.money_tests import account_covers


def paying_account(
    book: MoneyBook, expense: Expense, withdrawal_id: str | None
) -> HsaAccount | None:
    """Return from which account a piece was paid: that of the withdrawal, else of the card."""
    withdrawal = book.withdrawal_by_id.get(withdrawal_id or "")
    used = withdrawal.account_id if withdrawal else expense.account_id
    return book.account_by_id.get(used or "")


def may_pay(book: MoneyBook, facts: LineFacts, account: HsaAccount) -> bool:
    """Say whether nothing is known by which this account may not pay for a line."""
    is_before = account_covers(account, facts.served_on).state is Outcome.FAIL
    return not is_before and not young_holder(book, facts, account)


def young_holder(book: MoneyBook, facts: LineFacts, account: HsaAccount) -> str:
    """Say that the holder of this account was too young for the premium; empty where not so."""
    category = book.rules.category(facts.expense.category)
    holder = book.person_by_id.get(account.holder_id or "")
    day = facts.served_on or facts.expense.paid_on
    if not (category and category.holder_age and holder and holder.born_on and day):
        return ""
    if age_on(holder.born_on, day) >= category.holder_age:
        return ""
    return f"Its holder, {holder.name}, was not yet {category.holder_age}."
