"""Pictures of the money: who paid in each month, and what an HSA may still pay, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.domain.money_pictures import PAYERS, PaidRow, paid_by_month, paid_by_year
from app.domain.shoebox import ShoeboxYear, shoebox_years
from app.jobs import Progress
from app.operations.money_book import money_book
from ui.desk import Desk
from ui.pages.money_counted import MONEY_KINDS
from ui.pages.picture_card import Picture, PictureCard, print_pictures
from ui.shell import Shell
from ui.widgets.chart_bars import Bar, Series
from ui.widgets.chart_table import Numbers
from ui.widgets.fields import ChoiceField
from ui.widgets.flow import flow
from ui.widgets.layout import EmptyState, Scrolling, column, emptied
from ui.widgets.text import button
from ui.wording import month_words, tr

SERIES: Final[dict[str, Series]] = {
    "own": Series("Own money", "solid", "accent"),
    "hsa": Series("HSA card", "slant", "good"),
    "employer": Series("FSA, HRA", "rows", "warning"),
    "help": Series("Programs", "dots", "danger"),
    "other": Series("Others", "cross", "muted"),
    "plan": Series("The plan", "open", "ink"),
}
"""How each payer is drawn: by a pattern, so that a picture needs no colour."""


@dataclass(frozen=True)
class Pictures:
    """What was counted: the years there are, what was paid, and the shoebox."""

    years: tuple[int, ...]
    paid: tuple[PaidRow, ...]
    shoebox: tuple[ShoeboxYear, ...]


class PicturesPart(QWidget):
    """A tab of the Money page."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._asked = 0
        self._pictures: tuple[Picture, ...] = ()
        self.year = ChoiceField[int]([], unknown=tr("All years"))
        self.year.setAccessibleName(tr("Which year"))
        self.year.changed.connect(self.reload)
        self._inside = column(16)
        inner = QWidget()
        around = column(16)
        around.setContentsMargins(0, 0, 8, 8)
        around.addWidget(flow(self.year, button(tr("Print the pictures …"), self._print, "print")))
        around.addLayout(self._inside)
        around.addStretch(1)
        inner.setLayout(around)
        self._stack = QStackedWidget()
        self._stack.addWidget(Scrolling(inner, least=240))
        self._stack.addWidget(
            EmptyState(
                "money",
                tr("Nothing to draw yet"),
                tr("Once expenses are entered with the day they were paid, you see here who paid "
                   "in each month, and what an HSA may still pay back, year by year."),
            )
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*MONEY_KINDS):
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Count anew, on a thread."""
        self._asked += 1
        number, binder, year = self._asked, self._desk.binder, self.year.value()
        until = self._desk.today().year

        def work(_progress: Progress) -> Pictures:
            book = money_book(binder)
            by_year = paid_by_year(book)
            paid = paid_by_month(book, year) if year else by_year
            years = tuple(row.period for row in reversed(by_year))
            return Pictures(years, paid, shoebox_years(book, until))

        def done(found: Pictures) -> None:
            if number == self._asked:
                self._show(found, year)

        self._desk.quick.run("Pictures of the money", work, done, owner=self)

    def _show(self, found: Pictures, year: int | None) -> None:
        self._stack.setCurrentIndex(0 if found.paid else 1)
        self.year.set_choices([(each, str(each)) for each in found.years])
        emptied(self._inside)
        shoebox = [row for row in found.shoebox if year is None or row.year <= year]
        self._pictures = (_paid(found.paid, year), *([_shoebox(shoebox)] if shoebox else []))
        for picture in self._pictures:
            self._inside.addWidget(PictureCard(picture))

    def _print(self) -> None:
        print_pictures(self, self._pictures)


def _paid(rows: Sequence[PaidRow], year: int | None) -> Picture:
    """Who paid, by month of a year or by year; payers who never paid are left out."""
    there = [at for at in range(len(PAYERS)) if any(row.parts[at].cents for row in rows)]
    series = [SERIES[PAYERS[at]] for at in there]
    named = [(_period(row.period, year), row) for row in rows]
    heads = (*(tr(each.name) for each in series), tr("All"), tr("Came back"))
    total = _total(rows)
    return Picture(
        title=tr("Who paid in {year}", year=year) if year else tr("Who paid, year by year"),
        bars=tuple(Bar(name[:3] if year else name, _some(row, there)) for name, row in named),
        series=tuple(Series(tr(each.name), each.pattern, each.tone) for each in series),
        first=tr("Month") if year else tr("Year"),
        heads=heads,
        rows=tuple(
            Numbers(name, _cells((*_some(row, there), row.total, row.back)))
            for name, row in (*named, (tr("All"), total))
        ),
        note=tr("By the day the money moved. What the plan paid is from the newest explanations "
                "of benefits, on the day they were processed."),
    )  # fmt: skip


def _shoebox(rows: Sequence[ShoeboxYear]) -> Picture:
    """What an HSA may still pay at the end of each year, and how it came to that."""
    heads = (
        tr("At start"), tr("Paid"), tr("HSA paid"), tr("FSA, HRA"), tr("Deducted"),
        tr("Came back"), tr("At end"),
    )  # fmt: skip
    return Picture(
        title=tr("What an HSA may still pay back, at the end of each year"),
        bars=tuple(Bar(str(row.year), (row.closing,)) for row in rows),
        series=(Series(tr("May still be paid back"), "slant", "good"),),
        first=tr("Year"),
        heads=heads,
        rows=tuple(
            Numbers(
                str(row.year),
                _cells((row.opening, row.paid, row.hsa, row.employer, row.deducted, row.back,
                        row.closing)),
            )
            for row in rows
        ),
        note=tr("Only what passes all six tests today. There is no time limit for paying it back "
                "(Notice 2004-50, Q&A 39). These are records, not tax advice."),
    )  # fmt: skip


def _period(period: int, year: int | None) -> str:
    if year is None:
        return str(period)
    return month_words(date(year, period, 1)).split(" ", 1)[0]


def _some(row: PaidRow, there: Sequence[int]) -> tuple[Money, ...]:
    return tuple(row.parts[at] for at in there)


def _total(rows: Sequence[PaidRow]) -> PaidRow:
    parts = tuple(sum((row.parts[at] for row in rows), Money()) for at in range(len(PAYERS)))
    return PaidRow(0, parts, sum((row.back for row in rows), Money()))


def _cells(amounts: Sequence[Money]) -> tuple[str, ...]:
    return tuple(str(amount) for amount in amounts)
