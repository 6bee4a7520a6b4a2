"""Today: what needs a hand now, in at most five cards, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.operations.agenda import agenda
from app.operations.rules import rule_book
from app.storage.queries.papers import holds_anything, inbox_count, locked_papers
from app.storage.queries.upkeep import backup_state
from ui.desk import Desk
from ui.pages.due_deeds import settling_deeds, undated_deeds
from ui.pages.due_lines import DueLine, more_dates
from ui.pages.due_words import still_words
from ui.pages.today_harm import HarmQuestion, not_asked
from ui.pages.today_lines import (
    KeepLine,
    OwedLine,
    UndatedEntry,
    UndatedList,
    UrgentAdvice,
    indented,
)
from ui.pages.today_money import MONEY_KINDS, look_at_money, money_card
from ui.pages.today_notices import clock_notice, phone_notice
from ui.pages.today_parts import TodayParts, today_parts
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, EmptyState, PageFrame, Scrolling, emptied, line
from ui.widgets.text import button, label, muted, quiet_button
from ui.wording import count_of, date_words, tr

if TYPE_CHECKING:
    from app.domain.money_today import MoneyMatter
    from app.domain.undated import Undated
    from app.storage.queries.dates import DueRow, OpenDenial

MOST_CARDS: Final = 5
_MOST_IN_FULL: Final = 3
"""How many entries without a date stand in full; the others stand in a list below them."""

_SHOWN = (
    "claim", "denial", "due_item", "clock", "choice", "calendar_file", "document", "reading",
    "person", "plan", "upkeep",
)  # fmt: skip


class TodayPage(PageFrame):
    """Shows what can save a treatment first, then what needs a date, what is due, what waits."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Today"))
        self._desk, self._shell = desk, shell
        inner = QWidget()
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 16, 0)
        self._cards.setSpacing(16)
        self._scroll = Scrolling(inner)
        self.body.addWidget(self._scroll, 1)
        self._shows_all = False
        self._not_asked: dict[str, OpenDenial] = {}
        self._money: tuple[MoneyMatter, ...] = ()

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_SHOWN, *MONEY_KINDS):
            self.reload()

    def reload(self) -> None:
        """Ask again for everything; what is found of the money comes a little later."""
        self._show()
        look_at_money(self._desk, self, self._show_money)

    def _show_money(self, found: tuple[MoneyMatter, ...]) -> None:
        if found != self._money:
            self._money = found
            self._show()

    def _show(self) -> None:
        today = self._desk.today()
        self.heading.setText(tr("Today, {day}", day=date_words(today, today)))
        emptied(self._cards)
        self._not_asked = not_asked(self._desk)
        parts = today_parts(agenda(self._desk.binder, rule_book(), today), today)
        made = (self._urgent(parts), self._undated(parts), self._due(parts), self._answers(parts))
        cards = [card for card in made if card is not None]
        cards += self._desk_cards(MOST_CARDS - len(cards))
        pressing, others = (cards[:1], cards[1:]) if made[0] else ([], cards)
        for part in (*self._doubts(), *pressing, *self._notices(), *others):
            self._cards.addWidget(part)
        if not cards:
            self._cards.addWidget(self._nothing(), 1)
        self._cards.addStretch(1)

    def _doubts(self) -> list[QWidget]:
        """A computer whose date seems wrong: all that stands below hangs on it."""
        return [clock for clock in [clock_notice(self._desk)] if clock]

    def _notices(self) -> list[QWidget]:
        """What is said once nothing presses more: a question about harm, a calendar behind."""
        made: list[QWidget] = []
        if row := next(iter(self._not_asked.values()), None):
            made.append(HarmQuestion(self._desk, self._shell, row, with_claim=True))
        if phone := phone_notice(self._desk, self._shell):
            made.append(phone)
        return made

    # ------------------------------------------------------------------ what is to be done

    def _urgent(self, parts: TodayParts) -> Card | None:
        """What can save a treatment: a fast appeal, and the care that can go on meanwhile."""
        if not (parts.fast or parts.keep or parts.keep_today or parts.keep_passed):
            return None
        card = Card(tr("Do this first"), "warning", "danger")
        desk, shell = self._desk, self._shell
        fast: list[Callable[[], QWidget]] = [
            partial(UrgentAdvice, desk, shell, group, in_full=number == 0)
            for number, group in enumerate(parts.fast)
        ]
        keep = [partial(KeepLine, desk, shell, row) for row in parts.keep]
        today = [
            partial(UrgentAdvice, desk, shell, group, in_full=not (fast or keep or number))
            for number, group in enumerate(parts.keep_today)
        ]
        passed = [partial(KeepLine, desk, shell, row) for row in parts.keep_passed]
        first, rest = [*fast[:_MOST_IN_FULL], *keep], [*fast[_MOST_IN_FULL:], *today, *passed]
        room = max(0, _MOST_IN_FULL - len(first))
        for make in (*first, *(rest if self._shows_all else rest[:room])):
            card.body.addWidget(make())
        if rest[room:]:
            every = len(first) + len(rest)
            words = tr("See fewer") if self._shows_all else tr("See all {n}", n=every)
            icon = "up" if self._shows_all else "down"
            card.body.addLayout(line(quiet_button(words, self._turn, icon)))
        return card

    def _turn(self) -> None:
        """Show all that presses, or only what comes first."""
        self._shows_all = not self._shows_all
        self.reload()

    def _undated(self, parts: TodayParts) -> Card | None:
        rows = parts.undated
        if not rows:
            return None
        heading = count_of(
            len(rows), "They said no, and the date is missing", "{n} denials have no date yet"
        )
        if any(entry.kind != "denial" for entry in rows):
            heading = count_of(len(rows), "A date is missing", "{n} dates are missing")
        card = Card(heading, "warning", "warning")
        for entry in rows[:_MOST_IN_FULL]:
            card.body.addWidget(UndatedEntry(self._desk, self._shell, entry))
            self._ask_harm(card, entry.denial_id)
        if rest := rows[_MOST_IN_FULL:]:
            card.body.addWidget(UndatedList(rest, self._desk.today(), self._open))
        return card

    def _due(self, parts: TodayParts) -> Card | None:
        if not parts.ahead and not parts.passed:
            return None
        card = Card(tr("Coming up") if parts.ahead else tr("Dates that have passed"), "calendar")
        for row in parts.ahead:
            card.body.addWidget(self._line(row))
            if row.kind == "appeal":
                self._ask_harm(card, row.denial_id)
        if parts.ahead and parts.passed:
            card.body.addWidget(muted(tr("These dates have passed:")))
        for row in parts.passed:
            card.body.addWidget(self._line(row))
            if words := still_words(row, self._desk.today()):
                card.body.addWidget(indented(label(words)))
        below = [quiet_button(tr("Days in reserve …"), self._choose_reserve, "clock")]
        if parts.more:
            to_calendar = partial(self._shell.go_to, "calendar")
            below.insert(0, quiet_button(more_dates(parts.more), to_calendar, "calendar"))
        card.body.addWidget(flow(*below))
        return card

    def _answers(self, parts: TodayParts) -> Card | None:
        """Answers that others owe: what appears late first."""
        if not (parts.late or parts.asked or parts.owed):
            return None
        heading = (
            count_of(len(parts.late), "An answer appears late: ask", "{n} answers appear late: ask")
            if parts.late
            else tr("You wait for an answer")
        )
        card = Card(heading, "help", "warning" if parts.late else "accent")
        for row in (*parts.late, *parts.asked):
            card.body.addWidget(OwedLine(self._desk, self._shell, row))
        for entry in parts.owed:
            card.body.addWidget(UndatedEntry(self._desk, self._shell, entry))
        return card

    def _ask_harm(self, card: Card, denial_id: str | None) -> None:
        """Ask below its line whether waiting could harm: of one denial at a time."""
        if row := self._not_asked.get(denial_id or ""):
            self._not_asked = {}
            card.body.addWidget(
                indented(HarmQuestion(self._desk, self._shell, row, with_claim=False))
            )

    def _line(self, row: DueRow) -> DueLine:
        deeds = settling_deeds(self._desk, self._shell, row)[:1]
        buttons = [deed.button() for deed in deeds]
        return DueLine(row, self._desk.today(), None, with_claim=True, more=buttons)

    # ------------------------------------------------------------------ what waits on the desk

    def _desk_cards(self, room: int) -> list[Card]:
        """Money, the Inbox and the backup: one card each, or fewer where room is short."""
        money = money_card(self._desk, self._shell, self._money)
        cards = [card for card in (money, self._inbox(), self._backup()) if card is not None]
        while len(cards) > max(1, room):
            last = cards.pop()
            cards[-1].take_in(last)
        return cards

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

    def _choose_reserve(self) -> None:
        from ui.pages.recount_steps import choose_reserve  # noqa: PLC0415 - see above

        choose_reserve(self._desk, self._shell)

    def _open(self, entry: Undated) -> None:
        """Do what is wanted most for an entry: enter its date."""
        undated_deeds(self._desk, self._shell, entry)[0].run()
