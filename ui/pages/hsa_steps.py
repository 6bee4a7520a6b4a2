"""What is asked about HSAs, wherever it is asked: each step shows a form and writes its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.tax_category import Status
from app.operations import allocations, hsa_accounts, necessity_letters, withdrawals
from app.operations.claiming import Claimable, claimable, tieable
from app.operations.dependents import say_dependent
from app.operations.money_book import money_book
from app.operations.trash import put_in_trash
from app.storage.queries.records import record
from ui.care_choices import Named, offered_papers
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.hsa_account import HsaAccountDialog, HsaAccountInput
from ui.dialogs.hsa_dependent import DependentDialog, DependentInput
from ui.dialogs.hsa_letter import LetterInput, NecessityLetterDialog
from ui.dialogs.hsa_payer import PayerDialog, PayerInput
from ui.dialogs.hsa_yearly import ContributionDialog, ContributionInput, FormDialog, FormInput
from ui.dialogs.withdrawal import BackDialog, BackInput, WithdrawalDialog, WithdrawalInput
from ui.dialogs.withdrawal_receipts import Receipt, ReceiptsDialog, ReceiptsInput
from ui.hsa_names import account_words
from ui.names import category_labels, word_for
from ui.shell import BannerAction, Shell
from ui.wording import short_date, tr

OWN_CARE = ("self", "spouse")
"""Whose care counts whoever claims them as a dependent."""


# ---------------------------------------------------------------------- accounts


def ask_account(desk: Desk, shell: Shell, account_id: str | None = None) -> None:
    """Ask for an account: a new one, or changes of one."""
    before = _known(desk, "hsa_account", account_id)
    book = money_book(desk.binder)
    own = next((each.id for each in book.people if each.relation == "self"), None)

    def do(given: HsaAccountInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            hsa_accounts.change_account(desk.binder, changed)
        else:
            hsa_accounts.add_account(desk.binder, **values_of(given))

    people = [(each.id, each.name) for each in book.people]
    dialog = HsaAccountDialog(desk, people, _papers(desk, before), before, own)
    shell.ask_dialog(dialog, do)


def ask_contribution(desk: Desk, shell: Shell, contribution_id: str | None = None) -> None:
    """Ask for money that went in: a new one, or changes of one."""
    before = _known(desk, "contribution", contribution_id)

    def do(given: ContributionInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            hsa_accounts.change_contribution(desk.binder, changed)
        else:
            hsa_accounts.add_contribution(desk.binder, **values_of(given))

    shell.ask_dialog(ContributionDialog(desk, _accounts(money_book(desk.binder)), before), do)


def ask_form(desk: Desk, shell: Shell, year: int, form_id: str | None = None) -> None:
    """Ask for a tax form of a custodian: a new one, or changes of one."""
    before = _known(desk, "hsa_form", form_id)

    def do(given: FormInput) -> None:
        if before:
            hsa_accounts.change_form(desk.binder, replace(before, **values_of(given)))
        else:
            hsa_accounts.record_form(desk.binder, **values_of(given))

    accounts = _accounts(money_book(desk.binder))
    shell.ask_dialog(FormDialog(accounts, _papers(desk, before), year, before), do)


# ---------------------------------------------------------------------- withdrawals


def ask_withdrawal(desk: Desk, shell: Shell, withdrawal_id: str | None = None) -> None:
    """Ask for money that came out: a new one, or changes of one."""
    before = _known(desk, "withdrawal", withdrawal_id)

    def do(given: WithdrawalInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            withdrawals.change_withdrawal(desk.binder, changed)
        else:
            withdrawals.add_withdrawal(desk.binder, **values_of(given))

    accounts = _accounts(money_book(desk.binder))
    shell.ask_dialog(WithdrawalDialog(desk, accounts, _papers(desk, before), before), do)


def ask_put_back(desk: Desk, shell: Shell, withdrawal_id: str) -> None:
    """Ask what of a withdrawal went back."""
    before = _known(desk, "withdrawal", withdrawal_id)

    def do(given: BackInput) -> None:
        withdrawals.put_back(desk.binder, withdrawal_id, given.amount, given.on)

    if before:
        shell.ask_dialog(BackDialog(desk, before), do)


def ask_paid_for(desk: Desk, shell: Shell, withdrawal_id: str) -> None:
    """Ask which receipts a withdrawal paid for; its account must cover them."""
    book = money_book(desk.binder)
    withdrawal = book.withdrawal_by_id.get(withdrawal_id)
    if withdrawal is None:
        return
    left = allocations.left_of(withdrawal, book.paid_by.get(withdrawal_id, ()))
    account = book.account_by_id.get(withdrawal.account_id or "")
    receipts = _receipts(book, tieable(book, account))

    def do(given: ReceiptsInput) -> None:
        allocations.pay_from(desk.binder, withdrawal_id, given.parts)

    shell.ask_dialog(ReceiptsDialog(desk, receipts, (), withdrawal, left), do)


def ask_claim(desk: Desk, shell: Shell) -> None:
    """Ask which receipts to claim, and record the withdrawal that pays for them."""
    book = money_book(desk.binder)
    receipts = _receipts(book, claimable(book))
    if not receipts:
        shell.say(
            tr("No expense passes all six tests now. The ledger says of each what is missing.")
        )
        return

    def do(given: ReceiptsInput) -> None:
        if given.on:
            allocations.draw_for(desk.binder, given.on, given.parts, account_id=given.account_id)

    shell.ask_dialog(ReceiptsDialog(desk, receipts, _accounts(book)), do)


def ask_payer(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask who pays for a line of the ledger: a withdrawal, an FSA, an HRA, or the deduction."""
    book = money_book(desk.binder)
    line = book.expense_by_id.get(expense_id)
    if line is None:
        return
    taken = [each.amount for each in book.allocations_of.get(expense_id, ())]
    taken += [each.amount for each in book.refunds_of.get(expense_id, ())]
    left = line.amount - sum(taken, Money())

    def do(given: PayerInput) -> None:
        parts = [(expense_id, given.amount)]
        if given.withdrawal_id:
            allocations.pay_from(desk.binder, given.withdrawal_id, parts)
        else:
            allocations.claim_elsewhere(desk.binder, given.payer, parts, on=given.on)

    withdrawals_left = [
        (each.id, tr("{amount} on {day}, {left} left", amount=str(each.amount),
                     day=short_date(each.on), left=str(rest)))
        for each in reversed(book.withdrawals)
        if each.kind == "normal"
        and (rest := allocations.left_of(each, book.paid_by.get(each.id, ()))) > Money(0)
    ]  # fmt: skip
    shell.ask_dialog(PayerDialog(desk, line, max(left, Money()), withdrawals_left), do)


def take_off(desk: Desk, shell: Shell, allocation_id: str) -> None:
    """Take what somebody pays of a line off again; the banner offers to undo it."""
    allocations.remove_allocations(desk.binder, [allocation_id])
    shell.say(
        tr("It is taken off: nobody claims it now."), BannerAction(tr("Undo"), desk.binder.undo)
    )


def _receipts(book: MoneyBook, lines: Iterable[Claimable]) -> list[Receipt]:
    labels = category_labels()
    return [_receipt(book, each, labels) for each in lines]


def _receipt(book: MoneyBook, one: Claimable, labels: Mapping[str, str]) -> Receipt:
    line = one.expense
    patient = book.patient_of(line)
    what = (
        line.what or word_for(labels, line.category),
        patient.name if patient else "",
    )
    return Receipt(
        id=line.id,
        paid_on=line.paid_on,
        served_on=line.served_on,
        provider=line.provider,
        what=" · ".join(part for part in what if part),
        amount=one.amount,
        is_sure=one.is_sure,
    )


# ---------------------------------------------------------------------- people and letters


def ask_dependent(
    desk: Desk, shell: Shell, year: int, person_id: str | None = None, status: str = ""
) -> None:
    """Ask whether somebody was a dependent in a year."""
    book = money_book(desk.binder)
    people = [(each.id, each.name) for each in book.people if each.relation not in OWN_CARE]

    def do(given: DependentInput) -> None:
        say_dependent(desk.binder, given.person_id, given.year, given.status)

    shell.ask_dialog(DependentDialog(people, year, person_id, status), do)


def ask_necessity_letter(desk: Desk, shell: Shell, letter_id: str | None = None) -> None:
    """Ask for a letter of medical necessity: a new one, or changes of one."""
    before = _known(desk, "necessity_letter", letter_id)
    book = money_book(desk.binder)

    def do(given: LetterInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            necessity_letters.change_necessity_letter(desk.binder, changed)
        else:
            necessity_letters.add_necessity_letter(desk.binder, **values_of(given))

    people = [(each.id, each.name) for each in book.people]
    labels = category_labels()
    needing = {
        each.id: labels[each.id]
        for each in book.rules.categories.values()
        if each.hsa is Status.NEEDS_LETTER
    }
    dialog = NecessityLetterDialog(desk, people, _papers(desk, before), needing, before)
    shell.ask_dialog(dialog, do)


# ---------------------------------------------------------------------- what they share


def put_away(desk: Desk, shell: Shell, kind: str, key: str, name: str) -> None:
    """Move a record to the trash; the banner offers to undo it."""
    put_in_trash(desk.binder, [(kind, key)])
    shell.say(
        tr("“{name}” is in the trash.", name=name), BannerAction(tr("Undo"), desk.binder.undo)
    )


def remove_form(desk: Desk, shell: Shell, form_id: str) -> None:
    """Take a tax form out; the banner offers to undo it."""
    hsa_accounts.remove_form(desk.binder, form_id)
    shell.say(tr("The form was taken out."), BannerAction(tr("Undo"), desk.binder.undo))


def _known(desk: Desk, kind: str, key: str | None) -> Any:
    return desk.binder.ask(record, kind, key) if key else None


def _papers(desk: Desk, before: Any) -> list[Named]:
    return offered_papers(desk.binder, None, before.document_id if before else None)


def _accounts(book: MoneyBook) -> list[Named]:
    return [(each.id, account_words(each)) for each in book.accounts]
