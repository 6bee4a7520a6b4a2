"""Which summary to print: of what, of which days, of whom, and who will read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.hsa_account import Withdrawal
from app.domain.person import Person
from app.domain.summary_choice import SummaryChoice, of_year
from app.operations.summary_preview import Beside
from app.storage.queries.claims import ClaimRow
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, DateField
from ui.widgets.text import label
from ui.wording import short_date, tr

_ALL: Final = 0
_OWN_DAYS: Final = -1


@dataclass(frozen=True, slots=True)
class SummaryWish:
    """What is to be made: the HSA summary or the list of what was paid, and what goes beside it."""

    choice: SummaryChoice
    is_hsa: bool
    beside: Beside


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryOffer:
    """What can be chosen from: the years with payments, the people, claims and withdrawals."""

    years: Sequence[int]
    people: Sequence[Person]
    claims: Sequence[ClaimRow]
    withdrawals: Sequence[Withdrawal]
    first_paid: date | None
    has_account: bool


class SummaryDialog(AskDialog[SummaryWish]):
    """Asks what is to be on the pages; they are then made and shown before anything is printed."""

    def __init__(self, offer: SummaryOffer, year: int, today: Callable[[], date]) -> None:
        super().__init__(tr("Print a summary"), tr("Make it and look at it …"))
        self._offer, self._today = offer, today
        self.form.add_widget(
            label(tr("The pages are made and shown first. Then you print them, or save them as a "
                     "PDF: both are the same pages."))
        )  # fmt: skip
        self.what = self.form.add(
            tr("Which one?"),
            ChoiceField(
                [
                    (True, tr("HSA summary, with the papers")),
                    (False, tr("Medical expenses paid, for any tax return")),
                ],
                value=offer.has_account,
            ),
        )
        years = sorted({*offer.years, year}, reverse=True)
        self.days = self.form.add(
            tr("Which days? By the day something was paid"),
            ChoiceField(
                [
                    *((each, str(each)) for each in years),
                    (_ALL, tr("Everything up to today")),
                    (_OWN_DAYS, tr("Other days")),
                ],
                value=year,
            ),
        )
        self.first = self.form.add(tr("From"), DateField(today, "past"))
        self.last = self.form.add(tr("Until"), DateField(today, "past"))
        self.person = self.form.add(
            tr("Whose?"),
            ChoiceField([(each.id, each.name) for each in offer.people], unknown=tr("Everybody’s")),
        )
        self.claim = self.form.add(
            tr("Of which claim?"),
            ChoiceField([(row.id, row.title) for row in offer.claims], unknown=tr("All of them")),
        )
        self.withdrawal = self.form.add(
            tr("Only what one withdrawal paid for?"),
            ChoiceField(
                [(each.id, f"{short_date(each.on)}: {each.amount}") for each in offer.withdrawals],
                unknown=tr("No, everything"),
            ),
        )
        self.copy = self.form.add(
            tr("Who will read it?"),
            ChoiceField(
                [
                    ("full", tr("I, or an examiner: everything")),
                    ("accountant", tr("My accountant: no diagnoses, services or drugs")),
                ],
                value="full",
            ),
            tr("The accountant’s copy lists the papers. The papers themselves stay out of it."),
        )
        self.papers = self.form.add("", CheckField(tr("Put the papers into it all the same")))
        self.table = self.form.add("", CheckField(tr("When saving: a table beside it (CSV)")))
        self.folder = self.form.add(
            "", CheckField(tr("When saving: a folder with the originals and a list beside it"))
        )
        self.what.changed.connect(self._show_what_fits)
        self.days.changed.connect(self._show_what_fits)
        self.copy.changed.connect(self._show_what_fits)
        self._show_what_fits()

    @Slot()
    def _show_what_fits(self) -> None:
        """Show only what can be asked of what is chosen."""
        is_hsa = bool(self.what.value())
        own_days = self.days.value() == _OWN_DAYS
        for field, fits in (
            (self.first, own_days),
            (self.last, own_days),
            (self.withdrawal, is_hsa and bool(self._offer.withdrawals)),
            (self.papers, is_hsa and self.copy.value() == "accountant"),
            (self.folder, is_hsa),
        ):
            self.form.set_row_visible(field, fits)

    def answer(self) -> SummaryWish:
        """Return what is chosen.

        Raises:
            UserError: the days are not known, or in the wrong order.
        """
        is_hsa = bool(self.what.value())
        first, last = self._days()
        is_full = self.copy.value() != "accountant"
        choice = SummaryChoice(
            first=first,
            last=last,
            person_id=self.person.value(),
            claim_id=self.claim.value(),
            withdrawal_id=self.withdrawal.value() if is_hsa else None,
            copy="full" if is_full else "accountant",
            has_papers=is_full or self.papers.value(),
        )
        beside = Beside(self.table.value(), is_hsa and self.folder.value())
        return SummaryWish(choice, is_hsa, beside)

    def _days(self) -> tuple[date, date]:
        days = self.days.value()
        if days == _OWN_DAYS:
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                raise UserError(tr("Say from which day until which day."))
            return first, last
        if not days:
            return self._offer.first_paid or self._today(), self._today()
        year = of_year(days)
        return year.first, year.last
