"""Today: what needs a hand now, in at most five cards, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.storage.queries.dates import DueRow, due_rows, undated_rows
from app.storage.queries.papers import holds_anything, inbox_count, locked_papers
from app.storage.queries.upkeep import backup_state
from ui.desk import Desk
from ui.pages.due_lines import DueLine, UndatedLine, more_dates
from ui.shell import Shell
from ui.widgets.layout import Card, EmptyState, PageFrame, Scrolling, emptied, line
from ui.widgets.text import button, label, quiet_button
from ui.wording import count_of, date_words, tr

_AHEAD_DAYS: Final = 30
_MOST_DATES: Final = 5
_SHOWN = ("claim", "denial", "due_item", "document", "reading", "person", "plan", "upkeep")


class TodayPage(PageFrame):
    """Shows the open denials without a date first, then what is due, then what waits."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Today"))
        self._desk, self._shell = desk, shell
        inner = QWidget()
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 16, 0)
        self._cards.setSpacing(16)
        self._scroll = Scrolling(inner)
        self.body.addWidget(self._scroll, 1)

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_SHOWN):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything."""
        today = self._desk.today()
        self.heading.setText(tr("Today, {day}", day=date_words(today, today)))
        emptied(self._cards)
        cards = [
            card
            for card in (self._undated(), self._due(), self._inbox(), self._backup())
            if card is not None
        ]
        for card in cards:
            self._cards.addWidget(card)
        if not cards:
            self._cards.addWidget(self._nothing(), 1)
        self._cards.addStretch(1)

    def _undated(self) -> Card | None:
        rows = self._desk.binder.ask(undated_rows)
        if not rows:
            return None
        heading = count_of(
            len(rows), "They said no, and the date is missing", "{n} denials have no date yet"
        )
        card = Card(heading, "warning", "warning")
        for row in rows:
            enter = partial(self._enter_date, row.denial_id)
            card.body.addWidget(UndatedLine(row, self._desk.today(), enter, with_claim=True))
        return card

    def _due(self) -> Card | None:
        today = self._desk.today()
        rows = self._desk.binder.ask(due_rows)
        near = [row for row in rows if (row.aim_on - today).days <= _AHEAD_DAYS]
        shown = (near or list(rows[:1]))[:_MOST_DATES]
        if not shown:
            return None
        card = Card(tr("Coming up"), "calendar")
        for row in shown:
            card.body.addWidget(DueLine(row, today, partial(self._done, row), with_claim=True))
        left = len(rows) - len(shown)
        if left:
            open_calendar = quiet_button(
                more_dates(left), lambda: self._shell.go_to("calendar"), "calendar"
            )
            card.body.addLayout(line(open_calendar))
        return card

    def _inbox(self) -> Card | None:
        count = self._desk.binder.ask(inbox_count)
        locked = self._desk.binder.ask(locked_papers)
        if not count and not locked:
            return None
        card = Card(
            count_of(count, "{n} paper waits in the Inbox", "{n} papers wait in the Inbox"),
            "inbox",
        )
        if locked:
            card.body.addWidget(
                label(
                    count_of(
                        locked,
                        "{n} paper needs its password before it can be read.",
                        "{n} papers need their passwords before they can be read.",
                    )
                )
            )
        sort = button(tr("Sort them"), lambda: self._shell.go_to("inbox"), "inbox")
        card.body.addLayout(line(sort))
        return card

    def _backup(self) -> Card | None:
        state = self._desk.binder.ask(backup_state)
        if not state.is_overdue(self._desk.today()):
            return None
        card = Card(tr("Make a copy of everything"), "backup")
        card.body.addWidget(label(state.sentence(self._desk.today())))
        go = button(tr("Back up now …"), self._back_up, "backup")
        card.body.addLayout(line(go))
        return card

    def _back_up(self) -> None:
        from ui.pages.upkeep_steps import back_up_now  # noqa: PLC0415 - see below

        back_up_now(self._desk, self._shell)

    def _nothing(self) -> QWidget:
        if self._desk.binder.ask(holds_anything):
            return EmptyState(
                "check-circle",
                tr("Nothing is due today"),
                tr("Dates, calls to make and papers to sort show up here by themselves."),
            )
        return EmptyState(
            "add-papers",
            tr("Start with a paper"),
            tr("Drop a letter, a receipt or a photo anywhere on this window. "
               "It is kept here, on this computer, and nowhere else."),
            tr("Add papers"),
            lambda: self._shell.go_to("inbox"),
        )  # fmt: skip

    # ------------------------------------------------------------------ doing
    # The code of what is done is loaded when it is done: this page is what a start waits for.

    def _enter_date(self, denial_id: str) -> None:
        from ui.pages.denial_steps import ask_denial  # noqa: PLC0415 - see above

        ask_denial(self._desk, self._shell, denial_id)

    def _done(self, row: DueRow) -> None:
        from app.operations import dates  # noqa: PLC0415 - see above

        dates.mark_done(self._desk.binder, row.id, self._desk.today())
