"""What is done with a line of the ledger: pay, money back, split, repeat, a payment plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.due_item import TAX_KINDS
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.operations import expense_repeats, expense_splits, instalments, payments, refunds
from app.operations.tax_book import tax_book
from app.storage.queries.dates import due_rows
from app.storage.queries.expense_details import refunds_of
from app.storage.queries.records import all_people, record, record_names
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.expense_category import category_choices
from ui.dialogs.expense_instalments import InstalmentsDialog, PlanInput
from ui.dialogs.expense_repeat import RepeatInput, repeat_line
from ui.dialogs.expense_split import SplitDialog, SplitInput
from ui.dialogs.pay import PayDialog, PayInput
from ui.dialogs.refund import RefundDialog, RefundInput
from ui.pages.expense_choices import papers_with
from ui.shell import BannerAction, Shell
from ui.widgets.dialog import AskDialog
from ui.wording import count_of, short_date, tr

T = TypeVar("T")


def ask_payment(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask how a line was paid, or a part of it."""
    line = _line(desk, expense_id)
    if line is None:
        return
    if line.paid_on is not None:
        shell.fail(UserError(tr("This was paid on {day}.", day=short_date(line.paid_on))))
        return
    accounts = desk.binder.ask(record_names, "hsa_account")
    dialog = PayDialog(desk, line, _papers(desk, line.proof_id), accounts)

    def do(given: PayInput) -> None:
        payments.pay_expense(desk.binder, line.id, **values_of(given))

    _ask(desk, shell, dialog, do, lambda given: tr("{amount} is paid.", amount=str(given.amount)))


def ask_refund(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask what came back for a line that was paid."""
    line = _line(desk, expense_id)
    if line is None:
        return
    if line.paid_on is None:
        shell.fail(UserError(tr("This is not paid yet, so nothing can come back for it.")))
        return
    dialog = RefundDialog(desk, line, desk.binder.ask(refunds_of, line.id), _papers(desk))

    def do(given: RefundInput) -> None:
        new = values_of(given.new) if given.new else {}
        if given.gone:
            refunds.revise_refunds(desk.binder, line.id, given.gone, **new)
        else:
            refunds.add_refund(desk.binder, line.id, **new)

    def words(given: RefundInput) -> str:
        if given.new is None:
            return tr("It is taken out.")
        said = tr("{amount} came back: it is in the ledger.", amount=str(given.new.amount))
        task = _task_about(desk, line.id)
        return f"{said} {task}".strip()

    _ask(desk, shell, dialog, do, words)


def ask_split(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask for the parts of a line."""
    line = _line(desk, expense_id)
    if line is None:
        return
    people = [(each.id, each.name) for each in desk.binder.ask(all_people)]
    dialog = SplitDialog(line, people, category_choices(tax_book(), line.category))

    def do(given: SplitInput) -> None:
        expense_splits.split_expense(desk.binder, line.id, given.parts)

    _ask(
        desk, shell, dialog, do,
        lambda given: tr("It is {n} lines now.", n=len(given.parts)),
    )  # fmt: skip


def ask_repeat(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask for further days of the same."""
    line = _line(desk, expense_id)
    if line is None:
        return

    def do(given: RepeatInput) -> None:
        expense_repeats.repeat_expense(desk.binder, line.id, given.days, is_paid=given.choice)

    _ask(
        desk, shell, repeat_line(desk, line), do,
        lambda given: count_of(len(given.days), "{n} line is entered.", "{n} lines are entered."),
    )  # fmt: skip


def ask_instalments(desk: Desk, shell: Shell, expense_id: str) -> None:
    """Ask for the payments that were agreed on."""
    line = _line(desk, expense_id)
    if line is None:
        return
    if line.paid_on is not None:
        shell.fail(UserError(tr("This was paid on {day}.", day=short_date(line.paid_on))))
        return

    def do(given: PlanInput) -> None:
        instalments.plan_instalments(
            desk.binder, line.id, given.instalments, finance_charge=given.finance_charge
        )

    _ask(
        desk, shell, InstalmentsDialog(desk, line), do,
        lambda given: tr("{n} payments are in your calendar.", n=len(given.instalments)),
    )  # fmt: skip


def _task_about(desk: Desk, expense_id: str) -> str:
    """Return what must now be seen to, where an HSA had paid what came back."""
    for row in desk.binder.ask(due_rows):
        if row.kind in TAX_KINDS and row.expense_id == expense_id and row.done_on is None:
            return tr("{title}. It is in your calendar, {day}.", title=row.title,
                      day=short_date(row.last_day))  # fmt: skip
    return ""


def _line(desk: Desk, expense_id: str) -> Expense | None:
    found = desk.binder.ask(record, "expense", expense_id)
    return found if isinstance(found, Expense) else None


def _papers(desk: Desk, *kept: str | None) -> list[tuple[str, str]]:
    return [(paper.id, paper.name) for paper in papers_with(desk, *kept)]


def _ask(
    desk: Desk,
    shell: Shell,
    dialog: AskDialog[T],
    do: Callable[[T], None],
    words: Callable[[T], str],
) -> None:
    """Ask, do it while the dialog is open, and say what was done, with its undo."""
    given = shell.ask_dialog(dialog, do)
    if given is not None:
        shell.say(words(given), BannerAction(tr("Undo"), desk.binder.undo))
