"""Meters: how much of a plan's deductible and out-of-pocket maximum is used, and the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.accumulators import Meter, meters_of
from app.domain.money import Money
from app.domain.plan_year import PlanYear
from app.jobs import Progress
from app.operations.money_book import money_book
from app.storage.queries.records import record
from ui.desk import Desk
from ui.pages.owed_steps import ask_plan_year
from ui.shell import Shell
from ui.widgets.chart_fill import Pattern
from ui.widgets.chart_meter import MeterBar
from ui.widgets.chart_table import Numbers, NumbersTable
from ui.widgets.layout import Card, EmptyState, Scrolling, column, emptied, line
from ui.widgets.text import Label, button, label, muted, quiet_button
from ui.wording import short_date, tr

_KINDS: Final = ("eob", "eob_line", "plan", "plan_year", "person", "claim")
"""What is counted here."""
_LIMITS: Final = {"deductible": "Deductible", "oop": "Out-of-pocket maximum"}
_PATTERNS: Final[dict[str, Pattern]] = {"deductible": "solid", "oop": "slant"}
_SCOPES: Final = {"in": "in the network", "out": "out of the network", "rx": "drugs"}


@dataclass(frozen=True)
class PlanMeters:
    """The meters of one plan year, with the names that go with them."""

    plan: str
    year: PlanYear
    meters: tuple[tuple[str, Meter], ...]

    @property
    def is_assumed(self) -> bool:
        """Whether some paper did not say if its provider is in the network."""
        return any(meter.is_assumed for _whose, meter in self.meters)


class LimitsPart(QWidget):
    """A tab of the Money page."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._asked = 0
        self._inside = column(16)
        self._stack = QStackedWidget()
        around = QWidget()
        page = column(16)
        page.setContentsMargins(0, 0, 8, 8)
        page.addLayout(line(button(tr("Enter the limits of a year …"), self.enter, "plus")))
        page.addLayout(self._inside)
        page.addStretch(1)
        around.setLayout(page)
        self._stack.addWidget(Scrolling(around, least=240))
        self._stack.addWidget(
            EmptyState(
                "scales",
                tr("No limits are known yet"),
                tr("A deductible is what you pay before the plan pays; the out-of-pocket maximum "
                   "is the most you pay in a year. Enter both, and the explanations of benefits: "
                   "then you see here how far you are, and whether the plan counts as you do."),
                tr("Enter the limits of a year …"),
                self.enter,
            )
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_KINDS):
            self.reload()

    def reload(self) -> None:
        """Count anew, on a thread."""
        self._asked += 1
        number, binder = self._asked, self._desk.binder

        def work(_progress: Progress) -> tuple[PlanMeters, ...]:
            book = money_book(binder)
            plans = {plan.id: plan.name for plan in book.plans}
            people = {person.id: person.name for person in book.people}
            shown = (meter for meter in meters_of(book.owed_facts) if _counts(meter))
            return tuple(
                PlanMeters(
                    plans.get(year.plan_id, ""),
                    year,
                    tuple((people.get(each.person_id or "", tr("Family")), each) for each in some),
                )
                for year, some in groupby(shown, key=lambda meter: meter.year)
            )

        def done(found: tuple[PlanMeters, ...]) -> None:
            if number == self._asked:
                self._show(found)

        self._desk.quick.run("Limits of the plans", work, done, owner=self)

    def _show(self, found: Sequence[PlanMeters]) -> None:
        emptied(self._inside)
        self._stack.setCurrentIndex(0 if found else 1)
        for each in found:
            self._inside.addWidget(self._card(each))

    def enter(self) -> None:
        """Ask for the limits of a plan year."""
        ask_plan_year(self._desk, self._shell)

    def _card(self, found: PlanMeters) -> Card:
        """The meters of a plan year, and its button; the year of a plan's card has none yet."""
        card = _card(found)
        if self._desk.binder.ask(record, "plan_year", found.year.id) is None:
            change = quiet_button(tr("Enter the limits of a year …"), self.enter, "plus")
        else:
            ask = partial(ask_plan_year, self._desk, self._shell, found.year.id)
            change = quiet_button(tr("Change the limits …"), ask, "edit")
        change.setAccessibleName(f"{change.text()} {found.plan} {found.year.from_on.year}")
        card.body.addLayout(line(change))
        return card


def _counts(meter: Meter) -> bool:
    """Say whether a meter tells anything: it has a limit, or something was used."""
    return meter.limit is not None or meter.used > Money()


def _card(found: PlanMeters) -> Card:
    year = found.year
    span = tr("{start} to {end}", start=short_date(year.from_on), end=short_date(year.until_on))
    scope = tr(_SCOPES.get(year.scope, year.scope))
    card = Card(" · ".join(part for part in (found.plan, span, scope) if part), "scales")
    for whose, meter in found.meters:
        card.body.addWidget(Label(_title(whose, meter), "strong"))
        if meter.limit is not None:
            bar = MeterBar(
                f"{_title(whose, meter)}. {_words(meter)}", meter.used, meter.limit,
                meter.printed, _PATTERNS[meter.kind],
            )  # fmt: skip
            card.body.addWidget(bar)
        card.body.addWidget(label(_words(meter)))
    if found.is_assumed:
        card.body.addWidget(muted(tr("Some papers do not say whether the provider is in the "
                                     "network; they are counted as if it were.")))  # fmt: skip
    if any(meter.printed is not None for _whose, meter in found.meters):
        card.body.addWidget(muted(tr("The thick line on a bar is what the newest paper prints.")))
    card.body.addWidget(_table(found))
    return card


def _title(whose: str, meter: Meter) -> str:
    return tr("{limit}, {whose}", limit=tr(_LIMITS[meter.kind]), whose=whose)


def _words(meter: Meter) -> str:
    if meter.limit is None or meter.left is None:
        return tr("{used} used; no limit is known.", used=str(meter.used))
    said = tr("{used} of {limit} used, {left} left.", used=str(meter.used),
              limit=str(meter.limit), left=str(meter.left))  # fmt: skip
    if meter.left <= Money():
        said = tr("{used} of {limit} used: the limit is reached.", used=str(meter.used),
                  limit=str(meter.limit))  # fmt: skip
    if meter.printed is not None and meter.printed != meter.used:
        said += " " + tr("The newest paper says {printed}.", printed=str(meter.printed))
    return said


def _table(found: PlanMeters) -> NumbersTable:
    heads = (tr("Limit"), tr("Used"), tr("Left"), tr("Paper says"))
    table = NumbersTable(tr("Numbers of the meters"), tr("What"), heads)
    table.show_numbers(
        [
            Numbers(
                _title(whose, meter),
                tuple(
                    "" if cell is None else str(cell)
                    for cell in (meter.limit, meter.used, meter.left, meter.printed)
                ),
            )
            for whose, meter in found.meters
        ]
    )
    return table
