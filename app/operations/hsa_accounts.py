"""Health savings accounts, what went in, and what the custodian reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.hsa_account import CONTRIBUTORS, FORMS, Contribution, HsaAccount, HsaForm
from app.domain.money import Money
from app.operations.care_checks import (
    check_paper,
    one_line,
    one_of,
    refuse_backwards,
    refuse_to_come,
)
from app.operations.hsa_checks import (
    FIRST_ACCOUNTS,
    check_moved,
    check_printed,
    check_sum,
    kept_account,
)
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

CODES: Final = {
    "1": "Normal",
    "2": "Excess contributions",
    "3": "Disability",
    "4": "Death",
    "5": "Prohibited transaction",
    "6": "Death, to someone other than the spouse, in a later year",
}
"""Box 3 of Form 1099-SA: why the money came out."""

_LONGEST_END: Final = 4


# ---------------------------------------------------------------------- accounts


def add_account(binder: Binder, established_on: date | None = None, **known: Any) -> HsaAccount:
    """Add an account; `known` are further fields of `HsaAccount`.

    Raises:
        UserError: the day cannot be right, or the holder or the paper does not exist.
    """
    account = HsaAccount(
        id=new_id(), established_on=established_on, author_id=binder.author_id,
        added_at=binder.now(), **known,
    )  # fmt: skip
    with binder.operation("Add an HSA") as work:
        return work.hsa_accounts.add(_checked_account(work, account, binder.today()))


def change_account(binder: Binder, account: HsaAccount) -> HsaAccount:
    """Replace what is known of an account; raises as `add_account`."""
    with binder.operation("Change an HSA") as work:
        return work.hsa_accounts.save(_checked_account(work, account, binder.today()))


def _checked_account(work: UnitOfWork, given: HsaAccount, today: date) -> HsaAccount:
    holder = work.people.get(given.holder_id) if given.holder_id else None
    check_paper(work, given.document_id)
    opened, closed = given.established_on, given.closed_on
    refuse_to_come(opened, today, "the account was established")
    refuse_to_come(closed, today, "the account was closed")
    if opened and opened < FIRST_ACCOUNTS:
        raise UserError(
            f"The year {opened.year} cannot be right: health savings accounts exist since 2004, "
            "and Archer MSAs, whose day a rollover keeps, since 1997. Please check the day."
        )
    if holder and opened and holder.born_on and opened < holder.born_on:
        raise UserError(
            f"{holder.name} was born on {spoken(holder.born_on)}, after this day. Please check the "
            "day on which the account was established."
        )
    refuse_backwards(opened, closed, "The account was closed before it was established.")
    end = one_line(given.last4)
    if len(end) > _LONGEST_END or not (end.isalnum() or not end):
        raise UserError(
            "Enter only the last four signs of the account number. The rest is better not kept."
        )
    return replace(given, last4=end, name=one_line(given.name), custodian=one_line(given.custodian))


# ---------------------------------------------------------------------- contributions


def add_contribution(
    binder: Binder, on: date, amount: Money, *, tax_year: int | None = None, **known: Any
) -> Contribution:
    """Record money that went into an account; `known` are further fields of `Contribution`.

    Where no tax year is named it is the year of the day.

    Raises:
        UserError: the amount, the day or the tax year cannot be right.
    """
    contribution = Contribution(
        id=new_id(), on=on, amount=amount, tax_year=tax_year or on.year,
        author_id=binder.author_id, added_at=binder.now(), **known,
    )  # fmt: skip
    with binder.operation("Record a contribution") as work:
        return work.contributions.add(_checked_contribution(work, contribution, binder.today()))


def change_contribution(binder: Binder, contribution: Contribution) -> Contribution:
    """Replace a contribution; raises as `add_contribution`."""
    with binder.operation("Change a contribution") as work:
        return work.contributions.save(_checked_contribution(work, contribution, binder.today()))


def _checked_contribution(work: UnitOfWork, given: Contribution, today: date) -> Contribution:
    check_sum(given.amount, "A contribution")
    one_of(given.giver, CONTRIBUTORS, "a giver of contributions")
    account = kept_account(work, given.account_id)
    check_moved(given.on, today, account, "the money went in")
    if given.tax_year not in {given.on.year, given.on.year - 1}:
        raise UserError(
            f"Money that went in on {spoken(given.on)} is for {given.on.year} or for the year "
            f"before, not for {given.tax_year}. Please check the tax year."
        )
    return replace(given, account_id=account.id if account else None)


# ---------------------------------------------------------------------- tax forms


def record_form(
    binder: Binder, account_id: str, year: int, *, form: str = "1099-SA", **known: Any
) -> HsaForm:
    """Record what a custodian reported for a year; `known` are further fields of `HsaForm`.

    The same form of the same account, year and code is replaced: a corrected one takes its place.

    Raises:
        UserError: the year, the code or an amount cannot be right, or nothing is said.
    """
    with binder.operation(f"Record a form {form}") as work:
        same = [
            each
            for each in work.hsa_forms.where(account_id=account_id, year=year, form=form)
            if each.code == known.get("code", "")
        ]
        made = HsaForm(
            id=same[0].id if same else new_id(), account_id=account_id, year=year, form=form,
            author_id=binder.author_id, added_at=binder.now(), **known,
        )  # fmt: skip
        _check_form(work, made, binder.today())
        return work.hsa_forms.save(made) if same else work.hsa_forms.add(made)


def change_form(binder: Binder, form: HsaForm) -> HsaForm:
    """Replace what a form says; raises as `record_form`."""
    with binder.operation(f"Change a form {form.form}") as work:
        _check_form(work, form, binder.today())
        return work.hsa_forms.save(form)


def remove_form(binder: Binder, form_id: str) -> None:
    """Take a form out; undo brings it back."""
    with binder.operation("Remove a tax form") as work:
        work.hsa_forms.remove(form_id)


def _check_form(work: UnitOfWork, given: HsaForm, today: date) -> None:
    one_of(given.form, FORMS, "a form")
    account = kept_account(work, given.account_id)
    check_paper(work, given.document_id)
    opened = account.established_on if account else None
    if not (opened or FIRST_ACCOUNTS).year <= given.year <= today.year:
        raise UserError(
            f"A form for {given.year} cannot be right for this account. Please check the year."
        )
    if given.code and given.code not in CODES:
        raise UserError("Box 3 of Form 1099-SA has a code from 1 to 6. Please look at the form.")
    for amount, what in (
        (given.gross, "What the form reports"),
        (given.earnings, "Box 2"),
        (given.fair_value, "The value of the account"),
    ):
        check_printed(amount, what)
    if given.gross is None and given.fair_value is None:
        raise UserError(
            "Enter the amount of the form.",
            ask="What stands in box 1 of Form 1099-SA, or in box 2 of Form 5498-SA?",
        )
