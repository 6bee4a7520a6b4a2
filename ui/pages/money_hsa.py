"""HSA: accounts, what came out and what it paid for, the figures of a year, what stands out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.jobs import Progress
from app.storage.queries.records import record
from ui.desk import Desk
from ui.pages.hsa_steps import ask_account
from ui.pages.money_counted import MONEY_KINDS
from ui.pages.money_hsa_cards import (
    accounts_card,
    claim_card,
    dependents_card,
    letters_card,
    withdrawals_card,
)
from ui.pages.money_hsa_findings import findings_card
from ui.pages.money_hsa_year import (
    HsaYear,
    contributions_card,
    shoebox_card,
    tax_card,
)
from ui.pages.summary_steps import print_summary
from ui.shell import Shell
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, Scrolling, column, emptied
from ui.widgets.text import button
from ui.wording import tr

_KINDS: Final = (*MONEY_KINDS, "contribution", "hsa_form", "plan")
_YEARS: Final = 7
"""Years offered where there are no older records: as long as tax papers are usually kept."""


class HsaPart(QWidget):
    """A tab of the Money page; what is long to work out is worked out on a thread."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._asked = 0
        self._wanted = ""
        self.seen: HsaYear | None = None
        now = desk.today().year
        self.year: ChoiceField[int] = ChoiceField(_offered(now, now), value=now)
        self.year.setAccessibleName(tr("Tax year"))
        self.year.changed.connect(self.reload)
        inner = QWidget()
        self.cards = column(16)
        inside = column(16)
        inside.setContentsMargins(0, 0, 8, 8)
        inside.addWidget(
            flow(
                self.year,
                button(tr("HSA summary of the year …"), self._print, "print"),
            )
        )
        inside.addLayout(self.cards)
        inside.addStretch(1)
        inner.setLayout(inside)
        self.scrolling = Scrolling(inner, least=240)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.scrolling)
        self._stack.addWidget(
            EmptyState(
                "purse",
                tr("No HSA yet"),
                tr("Add your health savings account with the day on which it was established. "
                   "Then every cent of the ledger shows whether the HSA may pay it back, and "
                   "which receipts explain which withdrawal. Without an HSA the ledger works as "
                   "before."),
                tr("Add an HSA"),
                lambda: ask_account(desk, shell),
            )
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # ------------------------------------------------------------------ showing

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_KINDS):
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask again for everything."""
        self._asked += 1
        number, binder, today = self._asked, self._desk.binder, self._desk.today()
        year = self.year.value() or today.year

        def work(_progress: Progress) -> HsaYear:
            return HsaYear.of(binder, year, today)

        def done(seen: HsaYear) -> None:
            if number == self._asked:
                self._show(seen)

        self._desk.quick.run("The HSAs of a year", work, done, owner=self)

    def show_record(self, kind: str, record_id: str) -> None:
        """Bring a record into view, in its own year, once that is shown."""
        self._wanted = record_id
        found = self._desk.binder.ask(record, kind, record_id)
        year = {"withdrawal": "on", "contribution": "tax_year", "hsa_form": "year"}.get(kind)
        value = getattr(found, year, None) if found and year else None
        wanted = getattr(value, "year", value)
        if isinstance(wanted, int) and wanted != self.year.value():
            self._offer_years(wanted)
            self.year.set_value(wanted)
            return
        self.reload()

    def _show(self, seen: HsaYear) -> None:
        self.seen = seen
        book, desk, shell = seen.book, self._desk, self._shell
        place = self.scrolling.verticalScrollBar().value()
        emptied(self.cards)
        is_used = bool(book.accounts or book.withdrawals or book.contributions or book.letters)
        self._stack.setCurrentIndex(0 if is_used else 1)
        if not is_used:
            return
        self._offer_years(min((each.on.year for each in book.withdrawals), default=seen.year))
        cards = (
            claim_card(desk, shell, seen),
            withdrawals_card(desk, shell, seen),
            findings_card(desk, shell, seen, self.bring),
            tax_card(desk, shell, seen),
            contributions_card(desk, shell, seen),
            accounts_card(desk, shell, book),
            letters_card(desk, shell, seen),
            dependents_card(desk, shell, seen),
            shoebox_card(seen),
        )
        for card in cards:
            if card is not None:
                self.cards.addWidget(card)
        self.scrolling.verticalScrollBar().setValue(place)
        if self._wanted:
            self.bring(self._wanted)
        self._wanted = ""

    def _offer_years(self, first: int) -> None:
        now = self._desk.today().year
        first = min(first, *(year for year, _ in _offered(now, now)))
        offered = _offered(first, now)
        if len(offered) != self.year.count():
            self.year.blockSignals(True)  # the value stays: nothing has to be asked again
            self.year.set_choices(offered)
            self.year.blockSignals(False)

    def bring(self, name: str) -> None:
        """Bring a card, or the line of a record, into view, its beginning first."""
        found = self.findChild(QWidget, name)
        inner = self.scrolling.widget()
        if found and inner:
            self.scrolling.verticalScrollBar().setValue(found.mapTo(inner, QPoint(0, 0)).y())
            found.setFocus()

    def _print(self) -> None:
        print_summary(self._desk, self._shell, self.year.value() or self._desk.today().year)


def _offered(first: int, now: int) -> list[tuple[int, str]]:
    """Return the years to choose from, the newest first."""
    return [
        (year, tr("Tax year {year}", year=year))
        for year in range(now, min(first, now - _YEARS + 1) - 1, -1)
    ]
