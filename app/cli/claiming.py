"""Commands on who pays for which cent: allocations, adding up, the shoebox, a year's figures."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.hsa_accounts import dollars, plain
from app.cli.naming import id_of, id_or_none, kept
from app.domain.allocation import Allocation
from app.domain.errors import UserError
from app.domain.form_8889 import Form8889, forms_8889, holder_of
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.shoebox import shoebox_years
from app.operations.allocations import (
    change_allocation,
    claim_elsewhere,
    left_of,
    pay_from,
    remove_allocations,
)
from app.operations.claiming import receipts_for
from app.operations.dependents import say_dependent
from app.operations.money_book import money_book

_SHORTEST: Final = 3
_LINES: Final = (
    "line_14a", "line_14b", "line_14c", "line_15", "line_16", "exempt", "line_17b", "reported",
    "difference",
)  # fmt: skip
_COLUMNS: Final = ("opening", "paid", "hsa", "employer", "deducted", "back", "closing")


# ---------------------------------------------------------------------- allocations


@with_binder
def allocate(desk: Desk, words: Namespace) -> Answer:
    """Say what a withdrawal paid for, or what another payer or the deduction took."""
    withdrawal, expenses = _named(words)
    ids = [kept(desk.binder, "expense", each) for each in expenses]
    amount = dollars(words.amount)
    if amount is not None and len(ids) != 1:
        raise UserError("A part has one expense. Name one, or leave the amount out.")
    parts = [(key, amount) for key in ids]
    if words.payer != "hsa":
        made = claim_elsewhere(desk.binder, words.payer, parts, on=words.on, tax_year=words.year)
        return _allocated(made, None)
    if not withdrawal:
        raise UserError("Which withdrawal paid it? Name it before the expenses.")
    done = pay_from(desk.binder, kept(desk.binder, "withdrawal", withdrawal), parts)
    return _allocated(done.allocations, done.left)


def _named(words: Namespace) -> tuple[str | None, list[str]]:
    """Return the withdrawal and the expenses, whichever way they were named."""
    loose = list(words.named)
    withdrawal: str | None = words.withdrawal
    if words.payer == "hsa" and withdrawal is None and loose:
        withdrawal = loose.pop(0)
    return withdrawal, [*loose, *words.expense]


def _allocated(made: Sequence[Allocation], left: Money | None) -> Answer:
    value = {
        "allocation": made[0].id,
        "allocations": [_allocation_row(each) for each in made],
        "left": plain(left),
    }
    lines = [f"{each.amount} of {each.expense_id}: {each.id}" for each in made]
    return Answer(value, lines + ([f"{left} is left of the withdrawal."] if left else []))


@with_binder
def allocation_change(desk: Desk, words: Namespace) -> Answer:
    """Change how much was claimed."""
    (key,) = _allocation_ids(desk, [words.allocation])
    made = change_allocation(desk.binder, key, Money.parse(words.amount))
    return Answer(_allocation_row(made), [f"Claimed is now {made.amount}."])


@with_binder
def take_off(desk: Desk, words: Namespace) -> Answer:
    """Take allocations off again."""
    ids = _allocation_ids(desk, words.allocations)
    remove_allocations(desk.binder, ids)
    return Answer({"removed": ids}, ["Taken off. “claimbinder undo” brings it back."])


def _allocation_ids(desk: Desk, called: Sequence[str]) -> list[str]:
    known = [each.id for each in money_book(desk.binder).allocations]
    found: list[str] = []
    for name in called:
        fitting = [key for key in known if key.startswith(name) and len(name) >= _SHORTEST]
        if len(fitting) != 1:
            raise UserError(
                f"There is no allocation “{name}” in this binder. “claimbinder allocations” lists "
                "them."
            )
        found += fitting
    return list(dict.fromkeys(found))


@with_binder
def allocations(desk: Desk, words: Namespace) -> Answer:
    """List who paid for what, of one withdrawal or expense or of all."""
    withdrawal = id_or_none(desk.binder, "withdrawal", words.withdrawal)
    expense = id_or_none(desk.binder, "expense", words.expense)
    rows = [
        _allocation_row(each)
        for each in money_book(desk.binder).allocations
        if withdrawal in {None, each.withdrawal_id} and expense in {None, each.expense_id}
    ]
    columns = ("allocation", "expense", "payer", "amount", "withdrawal", "on", "tax_year")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _allocation_row(one: Allocation) -> dict[str, Any]:
    return {
        "allocation": one.id,
        "expense": one.expense_id,
        "payer": one.payer,
        "amount": one.amount.plain,
        "withdrawal": one.withdrawal_id,
        "on": iso(one.on),
        "tax_year": one.tax_year,
    }


# ---------------------------------------------------------------------- what may be claimed


@with_binder
def add_up_(desk: Desk, words: Namespace) -> Answer:
    """Say which receipts come to an amount; nothing is written."""
    found, lines = receipts_for(
        desk.binder,
        Money.parse(words.amount),
        order=words.order,
        account_id=id_or_none(desk.binder, "hsa_account", words.account),
        person_id=id_or_none(desk.binder, "person", words.patient),
    )
    rows = [
        {
            "expense": each.expense.id,
            "amount": each.amount.plain,
            "paid_on": iso(each.expense.paid_on),
            "provider": each.expense.provider,
        }
        for each in lines
    ]
    value = {
        "expenses": rows,
        "total": found.total.plain,
        "missing": found.missing.plain,
        "is_best": found.is_best,
    }
    columns = ("expense", "paid_on", "amount", "provider")
    shown = table(columns, ([row[name] for name in columns] for row in rows))
    rest = f", {found.missing} less than asked for" if found.missing > Money(0) else ""
    return Answer(value, [*shown, f"Together {found.total}{rest}."])


@with_binder
def shoebox(desk: Desk, words: Namespace) -> Answer:
    """Roll forward what an HSA may still pay, a row for each year."""
    years = shoebox_years(money_book(desk.binder), words.until or desk.today.year)
    rows = [
        {"year": each.year, **{name: getattr(each, name).plain for name in _COLUMNS}}
        for each in years
    ]
    columns = ("year", *_COLUMNS)
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


@with_binder
def hsa_year(desk: Desk, words: Namespace) -> Answer:
    """Show the figures of Form 8889 for each holder, and the limits of the year."""
    book = money_book(desk.binder)
    found = [_form_row(book, each) for each in forms_8889(book, words.year)]
    limit = book.rules.limit(words.year, "hsa_contribution")
    until = book.rules.year(words.year).contribute_by
    amounts = {name: plain(amount) for name, amount in limit.amounts.items()} if limit else {}
    value = {
        "year": words.year,
        "holders": found,
        "limits": amounts,
        "limits_source": limit.source if limit else None,
        "contribute_by": iso(until.day) if until else None,
        "contributed": [
            {"account": account.id, "amount": _contributed(book, account.id, words.year).plain}
            for account in book.accounts
        ],
    }
    lines = [f"Figures to compare with Form 8889 for {words.year}. This is not tax advice."]
    for row in found:
        lines.append(row["holder_name"] or "Holder not known")
        lines += [f"  {name.replace('_', ' ')}: {row[name] or ''}".rstrip() for name in _LINES]
    lines += [
        f"Limit, {name.replace('_', ' ')}: {amount or ''}" for name, amount in amounts.items()
    ]
    return Answer(value, lines)


def _form_row(book: MoneyBook, form: Form8889) -> dict[str, Any]:
    holder = book.person_by_id.get(form.holder_id or "")
    figures = {name: plain(getattr(form, name)) for name in _LINES}
    return {
        "holder": form.holder_id,
        "holder_name": holder.name if holder else None,
        "withdrawals": [
            {
                "withdrawal": each.id,
                "left": left_of(each, book.paid_by.get(each.id, ())).plain,
            }
            for each in book.withdrawals
            if each.on.year == form.year
            and each.kind == "normal"
            and holder_of(book, each.account_id) == form.holder_id
        ],
        **figures,
    }


def _contributed(book: MoneyBook, account_id: str, year: int) -> Money:
    return sum(
        (
            each.amount
            for each in book.contributions
            if each.account_id == account_id and each.tax_year == year and each.giver != "rollover"
        ),
        Money(),
    )


# ---------------------------------------------------------------------- dependents


@with_binder
def dependent(desk: Desk, words: Namespace) -> Answer:
    """Keep whether somebody was a dependent in a tax year."""
    person_id = id_of(desk.binder, "person", words.person)
    status = "" if words.status == "unknown" else words.status
    said = say_dependent(desk.binder, person_id, words.year, status, note=words.note or "")
    value = {"person": person_id, "year": words.year, "status": said.status if said else None}
    return Answer(value, ["Kept." if said else "Forgotten what was said of that year."])


@with_binder
def dependents(desk: Desk, words: Namespace) -> Answer:  # noqa: ARG001 - every command has words
    """List who was a dependent, by year."""
    book = money_book(desk.binder)
    rows = [
        {
            "person": each.person_id,
            "name": book.person_by_id[each.person_id].name,
            "year": each.year,
            "status": each.status,
            "note": each.note or None,
        }
        for each in book.dependents
    ]
    columns = ("name", "year", "status", "note")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))
