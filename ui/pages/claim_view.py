"""One claim: what is next, what one can do, and its story in time order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.claim import Claim
from app.operations import trash
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import all_people, all_plans, record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.claim import ClaimDialog, ClaimInput
from ui.names import CLAIM_STATUSES, word_for
from ui.pages.answer_steps import ask_for_papers
from ui.pages.bundle_steps import make_bundle
from ui.pages.call_steps import log_call
from ui.pages.claim_denials import DenialLine, shown_denials
from ui.pages.claim_parts import ClaimTabs
from ui.pages.claim_story import StoryPart
from ui.pages.denial_steps import ask_denial, ask_new_denial
from ui.pages.due_deeds import settling_deeds
from ui.pages.due_lines import ShortDueLine, more_dates
from ui.pages.recount_steps import change_claim
from ui.pages.sent_steps import record_what_was_sent
from ui.pages.step_steps import ask_new_step
from ui.shell import BannerAction, Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, emptied, line
from ui.widgets.text import button, muted, primary_button, quiet_button, section
from ui.wording import count_of, short_date, tr

_MOST_DENIALS: Final = 2
_NEXT: Final = 2
"""How many denials and other dates stand above the story; the rest is in it and in the calendar."""

_ELSEWHERE: Final = {
    "document": "papers",
    "call": "calls",
    "expense": "money",
    "deadline": "calendar",
    "sending": "sent",
    "delivery": "sent",
}
"""On which page a line of the story is shown, by what it is about."""

_IN_PARTS: Final = {
    "treatment": "treatments",
    "diary": "treatments",
    "authorization": "approvals",
    "letter": "letters",
}
"""In which part of the claim."""


class ClaimView(QWidget):
    """Shows one claim. Everything that can be done with it starts here."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self.heading = section("")
        self.about = muted("")
        self.next = Card()
        self.story = StoryPart(desk, shell)
        self.story.line_opened.connect(self._open_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(self._head())
        layout.addWidget(self._actions())
        layout.addWidget(self.next)
        self.parts = ClaimTabs(desk, shell, self.story)
        layout.addWidget(self.parts, 1)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(4)
        change = quiet_button(tr("Change"), self.change, "edit")
        remove = quiet_button(tr("Move to trash"), self.move_to_trash, "trash")
        top = line(change, remove, stretch=False)
        top.insertWidget(0, self.heading, 1)
        head.addLayout(top)
        head.addWidget(self.about)
        return head

    def _actions(self) -> QWidget:
        """What one can do with the claim."""
        self.bundle = primary_button(tr("Make the bundle"), self._make_bundle, "bundle")
        return flow(
            self.bundle,
            button(tr("They said no …"), self.record_denial, "warning"),
            button(tr("We sent it …"), self._record_sending, "sent"),
            button(tr("Log a call …"), self._log_call, "log-call"),
            quiet_button(tr("Asked for papers …"), self._ask_for_papers, "papers"),
            quiet_button(tr("Another step …"), self._ask_step, "scales"),
        )

    # ------------------------------------------------------------------ showing

    def show_claim(self, claim_id: str) -> None:
        """Show a claim; an empty id shows nothing."""
        self._claim_id = claim_id
        rows = self._desk.binder.ask(claim_rows, claim_id) if claim_id else ()
        self.setVisible(bool(rows))
        if not rows:
            return
        self._show_head(rows[0])
        self._show_next()
        self.story.show_claim(claim_id)
        self.parts.show_claim(claim_id)

    def _show_head(self, row: ClaimRow) -> None:
        self.heading.setText(row.title)
        parts = (
            word_for(CLAIM_STATUSES, row.status), row.patient, row.plan, row.provider,
            tr("Claim {number}", number=row.number) if row.number else "",
            tr("Care on {day}", day=short_date(row.service_on)) if row.service_on else "",
        )  # fmt: skip
        self.about.setText(" · ".join(part for part in parts if part))

    def _show_next(self) -> None:
        """The denials with what comes next, then the other dates that are near."""
        emptied(self.next.body)
        desk, shell = self._desk, self._shell
        every = shown_denials(desk, self._claim_id)
        shown = every[:_MOST_DENIALS]
        for each in shown:
            self.next.body.addWidget(DenialLine(desk, shell, each))
        if left := len(every) - len(shown):
            words = count_of(left, "{n} more “no” in the story", "{n} more “no”s in the story")
            only_denials = partial(self.story.filter.set_value, "denial")
            self.next.body.addLayout(line(quiet_button(words, only_denials, "warning")))
        said = {each.due.id for each in shown if each.due}
        said |= {each.waits.item.id for each in shown if each.waits and each.waits.item}
        dated = [
            row
            for row in desk.binder.ask(due_rows)
            if row.claim_id == self._claim_id and row.id not in said
        ]
        for row in dated[:_NEXT]:
            do = settling_deeds(desk, shell, row)[0].button()
            self.next.body.addWidget(ShortDueLine(row, desk.today(), do))
        if left := len(dated[_NEXT:]):
            more = quiet_button(more_dates(left), lambda: shell.go_to("calendar"), "calendar")
            self.next.body.addLayout(line(more))
        if not shown and not dated:
            self.next.body.addWidget(muted(tr("Nothing is due for this claim.")))

    # ------------------------------------------------------------------ doing

    def change(self) -> None:
        """Ask for changes of the claim."""
        binder = self._desk.binder
        claim: Claim = binder.ask(record, "claim", self._claim_id)  # type: ignore[assignment]
        dialog = ClaimDialog(self._desk, binder.ask(all_people), binder.ask(all_plans), claim)

        def do(given: ClaimInput) -> None:
            change_claim(self._desk, self._shell, replace(claim, **values_of(given)))

        self._shell.ask_dialog(dialog, do)

    def move_to_trash(self) -> None:
        """Move the claim to the trash; it can be restored from there."""
        trash.put_in_trash(self._desk.binder, [("claim", self._claim_id)])
        self._shell.say(
            tr("The claim is in the trash. Its papers are still here."),
            BannerAction(tr("Undo"), self._desk.binder.undo),
        )

    def record_denial(self) -> None:
        """Ask for a denial of this claim."""
        ask_new_denial(self._desk, self._shell, self._claim_id)

    def _record_sending(self) -> None:
        """Ask what was sent."""
        record_what_was_sent(self._desk, self._shell, self._claim_id)

    def _ask_for_papers(self) -> None:
        """Ask which papers were asked for."""
        ask_for_papers(self._desk, self._shell, self._claim_id)

    def _ask_step(self) -> None:
        """Ask for a step that a rule counts."""
        ask_new_step(self._desk, self._shell, self._claim_id)

    @Slot(str, str)
    def _open_line(self, what: str, record_id: str) -> None:
        """Show the record of a line of the story where it is at home."""
        if what in {"denial", "answer"}:
            ask_denial(self._desk, self._shell, record_id)
        elif what in _IN_PARTS:
            self.parts.show_part(_IN_PARTS[what])
        elif what in _ELSEWHERE:
            kind = "sending" if what == "delivery" else what
            self._shell.go_to(_ELSEWHERE[what], kind, record_id)

    def _log_call(self) -> None:
        log_call(self._desk, self._shell, self._claim_id)

    def _make_bundle(self) -> None:
        make_bundle(self._desk, self._shell, self._claim_id)
