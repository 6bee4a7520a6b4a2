"""One claim: what it is, what one can do, and its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.claim import Claim
from app.operations import trash
from app.storage.queries.claims import ClaimRow, claim_rows
from app.storage.queries.records import all_people, all_plans, record
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.claim import ClaimDialog, ClaimInput
from ui.names import CLAIM_STATUSES, word_for
from ui.pages.answer_steps import ask_for_papers
from ui.pages.bundle_steps import make_bundle
from ui.pages.call_steps import log_call
from ui.pages.claim_now import NowPart
from ui.pages.claim_parts import ClaimTabs
from ui.pages.claim_story import StoryPart
from ui.pages.denial_steps import ask_denial, ask_new_denial
from ui.pages.due_deed import Deed, more_button
from ui.pages.recount_steps import change_claim
from ui.pages.sent_steps import record_what_was_sent
from ui.pages.step_steps import ask_new_step
from ui.shell import BannerAction, Shell
from ui.widgets.flow import flow
from ui.widgets.layout import line
from ui.widgets.text import button, muted, primary_button, quiet_button, section
from ui.wording import short_date, tr

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
        self.next = NowPart(desk, shell)
        self.next.more_denials.connect(self._show_denials)
        self.story = StoryPart(desk, shell)
        self.story.line_opened.connect(self._open_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self._actions())
        self.parts = ClaimTabs(desk, shell, {"now": self.next, "story": self.story})
        layout.addWidget(self.parts, 1)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(4)
        change = quiet_button(tr("Change"), self.change, "edit")
        change.setAccessibleName(tr("Change the claim"))
        more = more_button(
            (
                Deed(tr("Log a call …"), "log-call", self._log_call),
                Deed(tr("Asked for papers …"), "papers", self._ask_for_papers),
                Deed(tr("Another step …"), "scales", self._ask_step),
                Deed(tr("Move to trash"), "trash", self.move_to_trash),
            )
        )
        more.setAccessibleDescription(tr("More that can be done with the claim"))
        top = line(change, more, stretch=False)
        top.insertWidget(0, self.heading, 1)
        head.addLayout(top)
        head.addWidget(self.about)
        return head

    def _actions(self) -> QWidget:
        """What one can do with the claim."""
        self.bundle = primary_button(tr("Get the appeal out"), self._make_bundle, "bundle")
        return flow(
            self.bundle,
            button(tr("They said no …"), self.record_denial, "warning"),
            button(tr("We sent it …"), self._record_sending, "sent"),
        )

    # ------------------------------------------------------------------ showing

    @property
    def claim_id(self) -> str:
        """The claim that is shown; empty if none is."""
        return self._claim_id

    def show_claim(self, claim_id: str) -> None:
        """Show a claim; an empty id shows nothing."""
        self._claim_id = claim_id
        rows = self._desk.binder.ask(claim_rows, claim_id) if claim_id else ()
        self.setVisible(bool(rows))
        if not rows:
            return
        self._show_head(rows[0])
        self.parts.show_claim(claim_id)

    def _show_head(self, row: ClaimRow) -> None:
        self.heading.setText(row.title)
        parts = (
            word_for(CLAIM_STATUSES, row.status), row.patient, row.plan, row.provider,
            tr("Claim {number}", number=row.number) if row.number else "",
            tr("Care on {day}", day=short_date(row.service_on)) if row.service_on else "",
        )  # fmt: skip
        self.about.setText(" · ".join(part for part in parts if part))

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

    @Slot()
    def _show_denials(self) -> None:
        """Show the story with nothing but the denials."""
        self.parts.show_part("story")
        self.story.filter.set_value("denial")

    @Slot(str, str)
    def _open_line(self, what: str, record_id: str) -> None:
        """Show the record of a line of the story where it is at home."""
        if what in {"denial", "answer", "fast_appeal", "keep_care"}:
            ask_denial(self._desk, self._shell, record_id)
        elif what in _IN_PARTS:
            self.parts.show_part(_IN_PARTS[what])
        elif what in _ELSEWHERE:
            kind = "sending" if what == "delivery" else what
            self._shell.go_to(_ELSEWHERE[what], kind, record_id)

    def _log_call(self) -> None:
        log_call(self._desk, self._shell, self._claim_id)

    def _make_bundle(self) -> None:
        make_bundle(self._desk, self._shell, self._claim_id, self.parts.show_part)
