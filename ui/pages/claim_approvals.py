"""The approvals (prior authorizations) of a claim: how much is used, and until when they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.authorization import Authorization
from app.domain.cut_series import cut_rules, cut_sentence, denial_of, is_cut, says_so
from app.domain.denial import Denial
from app.operations import authorizations, trash
from app.operations.denials import DenialAnswer
from app.operations.rules import rule_book
from app.storage.queries.care import Approval, approvals
from app.storage.queries.clocks import claim_denials
from app.storage.queries.records import record
from ui.care_choices import offered_papers, offered_providers
from ui.care_names import STATUSES, left_words, used_words
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.authorization import AuthorizationDialog, AuthorizationInput
from ui.names import word_for
from ui.pages.care_deeds import paper_button
from ui.pages.denial_steps import ask_denial, ask_new_denial
from ui.pages.due_words import checked_words
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied, line
from ui.widgets.text import Label, LabelLook, button, label, muted, quiet_button, section
from ui.wording import days_left, short_date, tr

_TONES: Final[dict[str, Tone]] = {"approved": "good", "partly": "warning", "denied": "danger"}
_LOOKS: Final[dict[str, LabelLook]] = {
    "approved": "good", "partly": "warning", "denied": "danger",
}  # fmt: skip
_RECORD: Final = (
    "Record the “no” and say that this care is running now: then its short dates stand in the "
    "calendar and on Today."
)
_SAY_SO: Final = (
    "Open the “no” and say that this care is running now: then its short dates stand in the "
    "calendar and on Today."
)
_TEACH: Final = (
    "Write down what the plan was asked to approve before the care, its number, how many sessions "
    "they approved and until when. The end and your day to renew it go into the calendar."
)


class ApprovalsPart(QWidget):
    """The tab of a claim: a card for each approval, those that end soonest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self.teach = muted(tr(_TEACH))
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        top = line(button(tr("Add an approval …"), self.add, "plus"), stretch=False)
        top.insertWidget(0, section(tr("Approvals by the plan")), 1)
        inner = QWidget()
        inside = column(8)
        inside.setContentsMargins(0, 0, 8, 8)
        inside.addLayout(top)
        inside.addWidget(self.teach)
        inside.addLayout(self.cards)
        inside.addStretch(1)
        inner.setLayout(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolling(inner, least=240))

    def show_claim(self, claim_id: str) -> None:
        """Show the approvals of a claim."""
        self._claim_id = claim_id
        emptied(self.cards)
        rows = self._desk.binder.ask(approvals, claim_id)
        self.teach.setVisible(not rows)
        for row in rows:
            self.cards.addWidget(self._card(row))

    # ------------------------------------------------------------------ showing

    def _card(self, row: Approval) -> Card:
        one = row.authorization
        icon = "warning" if is_cut(one) else "approved"
        card = Card(one.service or one.number, icon, _TONES.get(one.status, "muted"))
        stands = " · ".join(part for part in (word_for(STATUSES, one.status), one.number) if part)
        card.body.addWidget(Label(stands, _LOOKS.get(one.status, "body")))
        if used := " · ".join(part for part in (used_words(one), left_words(one)) if part):
            card.body.addWidget(Label(used, "strong"))
        for words in self._days(one):
            card.body.addWidget(label(words))
        about = " · ".join(
            part for part in (row.provider, row.plan, one.codes, row.paper, one.note) if part
        )
        if about:
            card.body.addWidget(muted(about))
        if is_cut(one):
            self._tell_cut(card, one)
        deeds = tuple(self._deeds(row))
        for deed in deeds:  # several cards have the same buttons: to the ear each names its own
            deed.setAccessibleName(f"{deed.text()}: {one.service or one.number}")
        card.body.addWidget(flow(*deeds))
        return card

    def _days(self, one: Authorization) -> Iterator[str]:
        today = self._desk.today()
        if one.from_on and one.until_on:
            days = tr("{first} to {last}", first=short_date(one.from_on),
                      last=short_date(one.until_on))  # fmt: skip
        elif one.until_on:
            days = tr("until {day}", day=short_date(one.until_on))
        else:
            days = tr("from {day}", day=short_date(one.from_on)) if one.from_on else ""
        if days and one.until_on and one.status != "ended":
            days = f"{days} · {days_left(one.until_on, today)}"
        if days:
            yield tr("Approved: {days}", days=days)
        elif one.status == "approved":
            yield tr("Until when it holds is not written down yet.")
        if one.renew_by and one.status != "ended":
            yield tr("Ask to renew it by {day}", day=short_date(one.renew_by))

    def _tell_cut(self, card: Card, one: Authorization) -> None:
        """Say that the time runs before the last approved session, and by which law."""
        card.body.addWidget(Label(cut_sentence(one, self._desk.today()), "warning"))
        plan = self._desk.binder.ask(record, "plan", one.plan_id) if one.plan_id else None
        for law in cut_rules(rule_book(), plan):
            card.body.addWidget(label(law.text))
            checked = checked_words(law.verification)
            if said := " · ".join(part for part in (law.source, checked) if part):
                card.body.addWidget(muted(said))
        if not says_so(denial := self._denial(one)):
            card.body.addWidget(label(tr(_SAY_SO if denial else _RECORD)))

    def _deeds(self, row: Approval) -> Iterator[QPushButton]:
        one = row.authorization
        if is_cut(one):
            denial = self._denial(one)
            words = tr("Open the “no” …") if denial else tr("Record the “no” …")
            yield button(words, partial(self._ask_denial, one), "warning")
        if one.status in {"approved", "partly"} and one.units is not None:
            yield button(tr("One more used"), partial(self._use_one, one), "plus")
        if row.paper and one.document_id:
            yield paper_button(self._shell, one.document_id)
        yield quiet_button(tr("Change …"), partial(self.change, one.id), "edit")
        if one.status in {"approved", "partly"}:
            yield quiet_button(tr("It has ended"), partial(self._end, one), "check")
        yield quiet_button(tr("Move to trash"), partial(self._to_trash, one.id), "trash")

    def _denial(self, one: Authorization) -> Denial | None:
        return denial_of(one, self._desk.binder.ask(claim_denials, self._claim_id))

    # ------------------------------------------------------------------ doing

    def add(self) -> None:
        """Ask for an approval."""

        def do(given: AuthorizationInput) -> None:
            authorizations.add_authorization(
                self._desk.binder, claim_id=self._claim_id, **values_of(given)
            )

        self._shell.ask_dialog(self._dialog(None), do)

    def change(self, authorization_id: str) -> None:
        """Ask again about an approval."""
        before = self._desk.binder.ask(record, "authorization", authorization_id)
        if not isinstance(before, Authorization):
            return

        def do(given: AuthorizationInput) -> None:
            changed = replace(before, **values_of(given))
            authorizations.change_authorization(self._desk.binder, changed)

        self._shell.ask_dialog(self._dialog(before), do)

    def _dialog(self, before: Authorization | None) -> AuthorizationDialog:
        binder = self._desk.binder
        denials = [
            (each.id, _denial_words(each)) for each in binder.ask(claim_denials, self._claim_id)
        ]
        providers = offered_providers(binder, before.provider_id if before else None)
        papers = offered_papers(binder, self._claim_id, before.document_id if before else None)
        return AuthorizationDialog(self._desk, providers, papers, denials, before)

    def _use_one(self, one: Authorization) -> None:
        used = replace(one, used=(one.used or 0) + 1)
        authorizations.change_authorization(self._desk.binder, used)

    def _end(self, one: Authorization) -> None:
        authorizations.change_authorization(self._desk.binder, replace(one, status="ended"))
        undo = BannerAction(tr("Undo"), self._desk.binder.undo)
        self._shell.say(tr("The approval has ended. Its dates are done."), undo)

    def _ask_denial(self, one: Authorization) -> None:
        """Open the denial that cut the series; or ask for it, with what is known already."""
        if denial := self._denial(one):
            ask_denial(self._desk, self._shell, denial.id)
            return
        binder = self._desk.binder
        before = {each.id for each in binder.ask(claim_denials, self._claim_id)}
        known = DenialAnswer(
            document_id=one.document_id, notice_on=one.answered_on, continuing="yes",
            action_on=one.last_session_on,
        )  # fmt: skip
        if not ask_new_denial(self._desk, self._shell, self._claim_id, known=known):
            return
        for each in binder.ask(claim_denials, self._claim_id):
            if each.id not in before:
                authorizations.change_authorization(binder, replace(one, denial_id=each.id))

    def _to_trash(self, authorization_id: str) -> None:
        trash.put_in_trash(self._desk.binder, [("authorization", authorization_id)])
        undo = BannerAction(tr("Undo"), self._desk.binder.undo)
        self._shell.say(tr("The approval is in the trash."), undo)


def _denial_words(denial: Denial) -> str:
    day = short_date(denial.notice_on) if denial.notice_on else tr("undated")
    return tr("Level {level}, letter of {day}", level=denial.level, day=day)
