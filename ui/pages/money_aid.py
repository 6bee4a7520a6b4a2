"""Help with the cost: programs, prices and estimates; and what the open appeals have cost."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.aid import Aid
from app.domain.fighting_costs import FightingCosts
from app.domain.money import Money
from app.operations import aids, trash
from app.operations.appeal_holds import claims_under_appeal
from app.operations.fighting_costs import fighting_costs_of
from app.storage.queries.aids import AidRow, aid_rows
from app.storage.queries.claims import claim_rows
from app.storage.queries.records import all_people, record
from ui.care_choices import offered_papers, offered_providers
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.aid import AID_ANSWERS, AID_KINDS, AidDialog, AidInput, AidOffers
from ui.names import word_for
from ui.pages.care_deeds import CareLine, change_button, paper_button, trash_button
from ui.pages.story_steps import print_fighting_costs
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied, line, rule
from ui.widgets.text import Label, button, label, muted, quiet_button
from ui.wording import days_left, short_date, tr

_KINDS: Final = (
    "aid", "expense", "refund", "claim", "denial", "document", "person", "provider",
)  # fmt: skip
"""What is shown here."""
_ICONS: Final = {"program": "lifebuoy", "quote": "purse", "estimate": "checklist"}
_TONES: Final[dict[str, Tone]] = {"approved": "good", "partly": "warning", "refused": "danger"}
_TEACH: Final = (
    "Programs that help to pay, cash prices you asked for, and estimates before care. Write down "
    "what you sent and when an answer is due: the day stands in the calendar."
)
_WAIT: Final = (
    "An appeal about this is open. Until it is answered, it may be better not to take this money "
    "out of an HSA: what the plan pays later would have to go back. You decide, line by line, in "
    "the ledger."
)


class AidPart(QWidget):
    """A tab of the Money page."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        inner = QWidget()
        inside = column(8)
        inside.setContentsMargins(0, 0, 8, 8)
        inside.addLayout(self.cards)
        inside.addStretch(1)
        inner.setLayout(inside)
        self.scrolling = Scrolling(inner, least=240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.scrolling)

    def reload(self) -> None:
        """Ask again for everything."""
        emptied(self.cards)
        self.cards.addWidget(self._aids(self._desk.binder.ask(aid_rows)))
        titles = {row.id: row.title for row in self._desk.binder.ask(claim_rows)}
        for claim_id in sorted(claims_under_appeal(self._desk.binder), key=titles.__getitem__):
            costs = fighting_costs_of(self._desk.binder, claim_id, today=self._desk.today())
            if costs.rows:
                self.cards.addWidget(self._costs(titles[claim_id], costs))

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_KINDS):
            self.reload()

    def show_record(self, kind: str, record_id: str) -> None:
        """Bring a program or a price into view."""
        found = self.findChild(CareLine, record_id) if kind == "aid" else None
        if found:
            self.scrolling.ensureWidgetVisible(found)
            found.setFocus()

    # ------------------------------------------------------------------ programs and prices

    def _aids(self, rows: tuple[AidRow, ...]) -> Card:
        card = Card(tr("Programs, prices and estimates"), "lifebuoy")
        if not rows:
            card.body.addWidget(muted(tr(_TEACH)))
        for place, row in enumerate(rows):
            if place:
                card.body.addWidget(rule())
            card.body.addWidget(self._line(row))
        add = button(tr("Add help with the cost …"), self.add, "plus")
        card.body.addLayout(line(add))
        return card

    def _line(self, row: AidRow) -> CareLine:
        one = row.aid
        said = [Label(one.name, "strong")]
        about = (word_for(AID_KINDS, one.kind), one.what, row.claim, row.person, row.provider)
        said.append(muted(" · ".join(part for part in about if part)))
        said.append(self._stands(row))
        if row.paid > Money():
            said.append(label(_paid_words(row)))
        if days := self._days(row):
            said.append(label(days))
        if one.papers:
            said.append(muted(tr("Sent with it: {papers}", papers=one.papers)))
        if one.note:
            said.append(muted(one.note))
        buttons = [change_button(one.name, partial(self.change, one.id))]
        if one.document_id and row.paper:
            buttons.append(paper_button(self._shell, one.document_id))
        buttons.append(trash_button(one.name, partial(self._put_away, one)))
        made = CareLine(_ICONS[one.kind], _TONES.get(one.answer, "accent"), said, buttons)
        made.setObjectName(one.id)
        return made

    def _stands(self, row: AidRow) -> Label:
        """Say what they answered, or that nothing has come yet; the amount goes with it."""
        one = row.aid
        amount = str(one.amount) if one.amount else ""
        if one.kind != "program":
            return Label(amount or tr("No price yet"), "body" if amount else "muted")
        if not one.answer:
            asked = tr("Asked for on {day}", day=short_date(one.asked_on)) if one.asked_on else ""
            return muted(" · ".join(part for part in (tr("No answer yet"), asked) if part))
        on = short_date(one.answered_on)
        words = (word_for(AID_ANSWERS, one.answer), amount, on)
        look = "good" if one.answer == "approved" else "warning"
        return Label(" · ".join(part for part in words if part), look)

    def _days(self, row: AidRow) -> str:
        day = row.next_on
        if day is None:
            return ""
        left = days_left(day, self._desk.today())
        if day == row.aid.due_on and row.aid.answered_on is None:
            return tr("Answer due by {day} · {left}", day=short_date(day), left=left)
        return tr("Holds until {day} · {left}", day=short_date(day), left=left)

    # ------------------------------------------------------------------ what the fight costs

    def _costs(self, title: str, costs: FightingCosts) -> Card:
        card = Card(tr("While fighting: {claim}", claim=title), "scales", "warning")
        card.body.addWidget(Label(costs.sentence, "strong"))
        if costs.ask:
            card.body.addWidget(label(costs.ask))
        card.body.addWidget(label(tr(_WAIT)))
        out = partial(print_fighting_costs, self._desk, self._shell, costs.claim_id)
        go = partial(self._shell.go_to, "claims", "claim", costs.claim_id)
        deeds = (
            button(tr("Print what it cost …"), out, "print"),
            quiet_button(tr("Open the claim"), go, "claims"),
        )
        for deed in deeds:  # several cards have the same buttons: to the ear each names its own
            deed.setAccessibleName(f"{deed.text()}: {title}")
        card.body.addWidget(flow(*deeds))
        return card

    # ------------------------------------------------------------------ doing

    def add(self) -> None:
        """Ask for a program, a price or an estimate."""

        def do(given: AidInput) -> None:
            aids.add_aid(self._desk.binder, **values_of(given))

        self._shell.ask_dialog(self._dialog(None), do)

    def change(self, aid_id: str) -> None:
        """Ask again about one."""
        before = self._desk.binder.ask(record, "aid", aid_id)
        if not isinstance(before, Aid):
            return

        def do(given: AidInput) -> None:
            aids.change_aid(self._desk.binder, replace(before, **values_of(given)))

        self._shell.ask_dialog(self._dialog(before), do)

    def _dialog(self, before: Aid | None) -> AidDialog:
        binder = self._desk.binder
        offers = AidOffers(
            claims=[(row.id, row.title) for row in binder.ask(claim_rows)],
            people=[(each.id, each.name) for each in binder.ask(all_people)],
            providers=offered_providers(binder, before.provider_id if before else None),
            papers=offered_papers(
                binder, before.claim_id if before else None, before.document_id if before else None
            ),
        )
        return AidDialog(self._desk, offers, before)

    def _put_away(self, one: Aid) -> None:
        trash.put_in_trash(self._desk.binder, [("aid", one.id)])
        undo = BannerAction(tr("Undo"), self._desk.binder.undo)
        self._shell.say(tr("“{name}” is in the trash.", name=one.name), undo)


def _paid_words(row: AidRow) -> str:
    left = row.left
    if left is None:
        return tr("Has paid {paid} so far", paid=row.paid)
    if left < Money():
        return tr("Has paid {paid}: {more} more than the grant", paid=row.paid, more=-left)
    return tr("Has paid {paid} so far, {left} is left", paid=row.paid, left=left)
