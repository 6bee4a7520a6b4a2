"""Tax time: from “which year” to the printed HSA summary, and the ledger as a table."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.domain.summary_choice import of_year
from app.jobs import Progress
from app.operations import summaries
from app.operations.money_book import money_book
from app.operations.outputs import Written
from app.operations.summary_preview import MadeSummary, made_summary
from app.storage.queries.claims import claim_rows
from app.storage.queries.money import expense_years
from app.storage.queries.records import all_people
from app.workers import WorkerPool
from ui.desk import Desk
from ui.dialogs.summary import SummaryDialog, SummaryOffer, SummaryWish
from ui.dialogs.summary_preview import SummaryPreview
from ui.pages.opening_files import open_file, refuse_inside
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr

_WORKERS = 2


def print_summary(desk: Desk, shell: Shell, year: int) -> None:
    """Ask where the HSA summary of a year should lie, make it, and open it to print."""
    target = shell.choose_new_file(
        tr("Save the HSA summary of {year}", year=year),
        tr("HSA summary {year}.pdf", year=year),
        tr("PDF files (*.pdf)"),
    )
    if target is None:
        return
    refuse_inside(desk, target)

    def work(progress: Progress) -> summaries.HsaPrinted:
        with WorkerPool(_WORKERS) as workers:
            return summaries.print_hsa(
                desk.binder, workers, of_year(year), target, progress, today=desk.today()
            )

    def done(made: summaries.HsaPrinted) -> None:
        shell.say(_about(made, year), _opener(tr("Open and print …"), made.file.path))
        open_file(made.file.path)

    shell.run(tr("Making the HSA summary"), work, done)


def ask_summary(desk: Desk, shell: Shell, year: int | None = None) -> None:
    """Ask which summary, make it, show its pages; then print or save them."""
    wish = shell.ask_dialog(SummaryDialog(_offer(desk), year or desk.today().year, desk.today))
    if wish is None:
        return

    def work(progress: Progress) -> MadeSummary:
        return made_summary(desk.binder, wish.choice, progress, is_hsa=wish.is_hsa)

    def done(made: MadeSummary) -> None:
        try:
            _show(desk, shell, made, wish)
        finally:
            made.close()

    shell.run(tr("Making the summary"), work, done)


def _offer(desk: Desk) -> SummaryOffer:
    ask = desk.binder.ask
    money = money_book(desk.binder)
    paid = [each.paid_on for each in money.expenses if each.paid_on]
    return SummaryOffer(
        years=ask(expense_years),
        people=ask(all_people),
        claims=ask(claim_rows),
        withdrawals=sorted(money.withdrawals, key=lambda each: each.on, reverse=True),
        first_paid=min(paid, default=None),
        has_account=bool(money.accounts),
    )


def _show(desk: Desk, shell: Shell, made: MadeSummary, wish: SummaryWish) -> None:
    """Show the pages; save them where the person wants them to lie."""
    days = wish.choice.year or f"{wish.choice.first} {wish.choice.last}"
    name = (
        tr("HSA summary {days}", days=days)
        if wish.is_hsa
        else tr("Medical expenses paid {days}", days=days)
    )
    if not shell.ask_dialog(SummaryPreview(desk, made, name)):
        return
    target = shell.choose_new_file(
        tr("Save the summary"), tr("{name}.pdf", name=name), tr("PDF files (*.pdf)")
    )
    if target is None:
        return
    refuse_inside(desk, target)
    written = made.save(target, wish.beside)
    words = tr("Saved: {names}.", names=", ".join(each.name for each in written))
    shell.say(words, _opener(tr("Open it"), target))


def save_table(desk: Desk, shell: Shell, year: int | None) -> None:
    """Ask where the ledger should lie as a table, of one year or of all, and write it."""
    name = tr("Expenses {year}.csv", year=year) if year else tr("Expenses.csv")
    target = shell.choose_new_file(tr("Save as a table"), name, tr("Tables (*.csv)"))
    if target is None:
        return
    refuse_inside(desk, target)

    def work(_progress: Progress) -> Written:
        return summaries.write_expenses(desk.binder, target, year=year)

    def done(written: Written) -> None:
        words = tr("The table is saved: {name}.", name=written.path.name)
        shell.say(words, _opener(tr("Open it"), written.path))

    shell.run(tr("Writing the table"), work, done)


def _about(made: summaries.HsaPrinted, year: int) -> str:
    words = [
        tr("The HSA summary of {year} is ready:", year=year),
        count_of(made.file.pages, "{n} page.", "{n} pages."),
    ]
    if made.gaps:
        stands_in = count_of(
            len(made.gaps),
            "A page stands in for {n} receipt that could not go in",
            "Pages stand in for {n} receipts that could not go in",
        )
        words.append(f"{stands_in}: {', '.join(gap.name for gap in made.gaps)}.")
    words.append(tr("Its figures are to be compared with your tax forms. It is not tax advice."))
    return " ".join(words)


def _opener(words: str, file: Path) -> BannerAction:
    return BannerAction(words, partial(open_file, file))
