"""Commands on health savings accounts: what they are, what went in and out, their tax forms."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import kept
from app.domain.errors import UserError
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.operations.allocations import left_of
from app.operations.hsa_accounts import (
    add_account,
    add_contribution,
    change_account,
    change_contribution,
    record_form,
)
from app.operations.money_book import money_book
from app.operations.withdrawals import add_withdrawal, change_withdrawal, put_back
from app.storage.queries.records import record

_ACCOUNT_LINKS: Final = {
    "holder_id": ("holder", "person"),
    "document_id": ("document", "document"),
}
_MOVED_LINKS: Final = {"account_id": ("account", "hsa_account")}
_WITHDRAWAL_LINKS: Final = {**_MOVED_LINKS, "document_id": ("document", "document")}


def dollars(typed: str | None) -> Money | None:
    """Read an amount that was typed; None where nothing was said.

    Raises:
        UserError: it is no amount, or too large to be one.
    """
    return Money.parse(typed) if typed else None


def plain(amount: Money | None) -> str | None:
    """Return an amount for programs."""
    return amount.plain if amount is not None else None


# ---------------------------------------------------------------------- accounts


@with_binder
def account_new(desk: Desk, words: Namespace) -> Answer:
    """Add an account."""
    made = add_account(desk.binder, **_account_words(desk, words))
    return Answer({"account": made.id}, [f"Added the HSA: {made.id}"])


@with_binder
def account_change(desk: Desk, words: Namespace) -> Answer:
    """Change an account; what is not named stays."""
    before = _kept(desk, "hsa_account", words.account)
    made = change_account(desk.binder, replace(before, **_account_words(desk, words)))
    return Answer({"account": made.id}, [f"Changed the HSA: {made.id}"])


def _account_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    days = said(words, ("established", "closed"))
    return {
        **said_texts(words, ("name", "custodian", "last4", "note")),
        **{f"{name}_on": day for name, day in days.items()},
        **said_links(desk.binder, words, _ACCOUNT_LINKS),
    }


@with_binder
def accounts(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command has words
    """List the accounts."""
    book = money_book(desk.binder)
    rows = [_account_row(book, each) for each in book.accounts]
    columns = ("account", "name", "holder_name", "custodian", "last4", "established_on")
    header = ("account", "name", "holder", "custodian", "ends", "established")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _account_row(book: MoneyBook, account: HsaAccount) -> dict[str, Any]:
    holder = book.person_by_id.get(account.holder_id or "")
    return {
        "account": account.id,
        "name": account.name or None,
        "holder": account.holder_id,
        "holder_name": holder.name if holder else None,
        "custodian": account.custodian or None,
        "last4": account.last4 or None,
        "established_on": iso(account.established_on),
        "closed_on": iso(account.closed_on),
        "document": account.document_id,
        "note": account.note or None,
    }


# ---------------------------------------------------------------------- withdrawals


@with_binder
def withdrawal_new(desk: Desk, words: Namespace) -> Answer:
    """Record money that came out."""
    made = add_withdrawal(desk.binder, **_moved(desk, words, _WITHDRAWAL_LINKS))
    return Answer({"withdrawal": made.id}, [f"Recorded {made.amount}: {made.id}"])


@with_binder
def withdrawal_change(desk: Desk, words: Namespace) -> Answer:
    """Change a withdrawal; what is not named stays."""
    before = _kept(desk, "withdrawal", words.withdrawal)
    made = change_withdrawal(desk.binder, replace(before, **_moved(desk, words, _WITHDRAWAL_LINKS)))
    return Answer({"withdrawal": made.id}, [f"Changed the withdrawal: {made.id}"])


@with_binder
def put_back_(desk: Desk, words: Namespace) -> Answer:
    """Record what went back into the account as a mistaken distribution."""
    withdrawal_id = kept(desk.binder, "withdrawal", words.withdrawal)
    made = put_back(desk.binder, withdrawal_id, Money.parse(words.amount), words.on or desk.today)
    return Answer(_withdrawal_row(money_book(desk.binder), made), ["Recorded what went back."])


@with_binder
def withdrawals(desk: Desk, words: Namespace) -> Answer:
    """List the withdrawals with what each paid for and what is left of it."""
    book = money_book(desk.binder)
    found = [each for each in book.withdrawals if words.year in {None, each.on.year}]
    rows = [_withdrawal_row(book, each) for each in found]
    columns = ("withdrawal", "on", "amount", "kind", "paid_for", "left", "reference")
    header = ("withdrawal", "on", "amount", "kind", "paid for", "left", "reference")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _withdrawal_row(book: MoneyBook, one: Withdrawal) -> dict[str, Any]:
    paid = book.paid_by.get(one.id, ())
    return {
        "withdrawal": one.id,
        "account": one.account_id,
        "on": iso(one.on),
        "amount": one.amount.plain,
        "kind": one.kind,
        "how": one.how or None,
        "reference": one.reference or None,
        "returned": plain(one.returned),
        "returned_on": iso(one.returned_on),
        "paid_for": sum((each.amount for each in paid), Money()).plain,
        "left": left_of(one, paid).plain if one.kind == "normal" else "0.00",
        "expenses": [{"expense": each.expense_id, "amount": each.amount.plain} for each in paid],
        "source": one.source,
        "note": one.note or None,
    }


def _moved(desk: Desk, words: Namespace, links: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Return what was said of money that went in or out."""
    amount = dollars(words.amount)
    return {
        **said(words, ("on",)),
        **({"amount": amount} if amount is not None else {}),
        **said_texts(words, ("kind", "giver", "how", "reference", "note")),
        **said_links(desk.binder, words, links),
    }


# ---------------------------------------------------------------------- contributions


@with_binder
def contribution_new(desk: Desk, words: Namespace) -> Answer:
    """Record money that went in."""
    made = add_contribution(desk.binder, tax_year=words.year, **_moved(desk, words, _MOVED_LINKS))
    value = {"contribution": made.id, "tax_year": made.tax_year}
    return Answer(value, [f"Recorded {made.amount} for {made.tax_year}: {made.id}"])


@with_binder
def contribution_change(desk: Desk, words: Namespace) -> Answer:
    """Change a contribution; what is not named stays."""
    before = _kept(desk, "contribution", words.contribution)
    known = _moved(desk, words, _MOVED_LINKS)
    if words.year is not None:
        known["tax_year"] = words.year
    made = change_contribution(desk.binder, replace(before, **known))
    return Answer({"contribution": made.id}, [f"Changed the contribution: {made.id}"])


@with_binder
def contributions(desk: Desk, words: Namespace) -> Answer:
    """List the contributions."""
    every: tuple[Contribution, ...] = money_book(desk.binder).contributions
    rows = [
        {
            "contribution": each.id,
            "account": each.account_id,
            "on": iso(each.on),
            "tax_year": each.tax_year,
            "amount": each.amount.plain,
            "giver": each.giver,
            "reference": each.reference or None,
            "source": each.source,
            "note": each.note or None,
        }
        for each in every
        if words.year in {None, each.tax_year}
    ]
    columns = ("contribution", "on", "tax_year", "amount", "giver")
    header = ("contribution", "on", "for", "amount", "from")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


# ---------------------------------------------------------------------- tax forms


@with_binder
def form(desk: Desk, words: Namespace) -> Answer:
    """Enter what a custodian reported for a year."""
    known = {
        "gross": dollars(words.gross),
        "earnings": dollars(words.earnings),
        "fair_value": dollars(words.fair_value),
    }
    links = said_links(
        desk.binder, words, {"document_id": ("document", "document"), **_MOVED_LINKS}
    )
    account = links.pop("account_id", None) or _only_account(desk)
    made = record_form(
        desk.binder, account, words.year, form=words.form,
        **known, **links, **said_texts(words, ("code", "note")),
    )  # fmt: skip
    return Answer({"hsa_form": made.id}, [f"Recorded Form {made.form} for {made.year}: {made.id}"])


def _only_account(desk: Desk) -> str:
    accounts = money_book(desk.binder).accounts
    if len(accounts) == 1:
        return accounts[0].id
    raise UserError(
        "Add the HSA first."
        if not accounts
        else "There are several HSAs. Say which with --account.",
        ask="Which HSA is the form about?",
    )


@with_binder
def forms(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command has words
    """List the tax forms."""
    every: tuple[HsaForm, ...] = money_book(desk.binder).forms
    rows = [
        {
            "hsa_form": each.id,
            "account": each.account_id,
            "year": each.year,
            "form": each.form,
            "gross": plain(each.gross),
            "earnings": plain(each.earnings),
            "code": each.code or None,
            "fair_value": plain(each.fair_value),
            "document": each.document_id,
            "note": each.note or None,
        }
        for each in every
    ]
    columns = ("hsa_form", "year", "form", "gross", "earnings", "code", "fair_value")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _kept(desk: Desk, kind: str, called: str) -> Any:
    return desk.binder.ask(record, kind, kept(desk.binder, kind, called))
