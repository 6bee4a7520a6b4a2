"""An explanation of benefits beside its paper: what the plan says, with its sums checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Slot

from app.domain.eob import Eob, EobLine
from app.domain.eob_read import AMOUNTS
from app.domain.eob_sums import EobAmounts, sums
from app.domain.errors import UserError
from app.domain.money import Money
from ui.desk import Desk
from ui.dialogs.beside import BesidePaper
from ui.dialogs.bill import MoneyOffers
from ui.dialogs.eob_lines import EobLinesField
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DateField,
    MoneyField,
    NoteField,
    TextField,
)
from ui.widgets.text import Label, section
from ui.wording import tr

NETWORKS: Final[Mapping[str, str]] = {"in": "In the network", "out": "Out of the network"}
EOB_STATES: Final[Mapping[str, str]] = {
    "paid": "Paid",
    "partly": "Paid in part",
    "denied": "Denied",
    "pending": "Not decided yet",
    "reversed": "Taken back",
}
_MONEY: Final = (
    ("billed", "Billed"), ("discount", "Discount"), ("allowed", "Allowed"),
    ("plan_paid", "Plan paid"), ("not_covered", "Not covered"), ("deductible", "Deductible"),
    ("copay", "Copay"), ("coinsurance", "Coinsurance"), ("patient_owes", "What you owe"),
)  # fmt: skip
_MORE_MONEY: Final = (
    ("cost_share", "Your share in one column"), ("other_paid", "Paid by other insurance"),
    ("reduction", "Kept back by the plan"), ("deductible_met", "Deductible used so far"),
    ("oop_met", "Out-of-pocket used so far"), ("paid_to_patient", "Sent to you by the plan"),
)  # fmt: skip
_MOST_QUESTIONS: Final = 3
_ADDS_UP: Final = "The amounts add up, as far as the paper shows them."


@dataclass(frozen=True, kw_only=True, slots=True)
class EobInput:
    """An explanation as filled in: fields of `Eob` by name, its lines, and the ledger's wish."""

    known: Mapping[str, Any]
    lines: tuple[EobLine, ...]
    to_ledger: bool


class EobDialog(BesidePaper[EobInput]):
    """Asks what the plan's paper says; what does not add up is said, and kept as printed."""

    def __init__(
        self,
        desk: Desk,
        offers: MoneyOffers,
        before: Eob | None = None,
        lines: Sequence[EobLine] = (),
    ) -> None:
        """Make the form; `before` may be a draft without an id."""
        is_change = bool(before and before.id)
        super().__init__(
            tr("Change an explanation of benefits")
            if is_change
            else tr("Enter an explanation of benefits"),
            tr("Save") if is_change else tr("It says so") if before else tr("Enter it"),
        )
        self._desk, self._offers = desk, offers
        self._known = before or Eob(id="", added_at=desk.binder.now())
        self.money: dict[str, MoneyField] = {}
        self._ask_what()
        self._ask_money()
        self.form.add_widget(section(tr("Line by line, if the paper has lines")))
        self.lines = EobLinesField(desk.today, lines)
        self.form.add_widget(self.lines)
        self.said = Label("", "muted")
        self.form.add_widget(self.said)
        self.ledger = CheckField(
            tr("Put what I owe into the ledger, as not paid yet"), value=not is_change
        )
        if not is_change:
            self.form.add("", self.ledger)
        self.more = More(tr("More about this explanation"))
        self._ask_more()
        self.form.add_widget(self.more)
        self.lines.changed.connect(self._check_sums)
        self._check_sums()
        self.lay_beside(desk, self.document)

    def _ask_what(self) -> None:
        form, known = self.form, self._known
        self.provider = form.add(
            tr("Who gave the care?"), TextField(known.provider, tr("As printed"))
        )
        self.number = TextField(known.number)
        self.processed_on = DateField(self._desk.today, "past", known.processed_on)
        form.add(tr("Claim number of the plan"), self.number)
        form.add(tr("Processed on"), self.processed_on)
        self.network: ChoiceField[str] = ChoiceField(
            choices(NETWORKS), unknown=tr("Not said"), value=known.network or None
        )
        self.status: ChoiceField[str] = ChoiceField(
            choices(EOB_STATES), unknown=tr("Not said"), value=known.status or None
        )
        form.add_beside([(tr("The provider is"), self.network), (tr("The plan has"), self.status)])

    def _ask_money(self) -> None:
        self.form.add_widget(section(tr("The totals, as printed; leave empty what is not there")))
        for start in range(0, len(_MONEY), 3):
            self.form.add_beside(
                [(tr(title), self._field(name)) for name, title in _MONEY[start : start + 3]]
            )

    def _field(self, name: str) -> MoneyField:
        amount: Money | None = getattr(self._known, name)
        field = MoneyField(amount)
        field.editingFinished.connect(self._check_sums)
        self.money[name] = field
        return field

    def _ask_more(self) -> None:
        form, known, offers = self.more.form, self._known, self._offers
        none = tr("Not said")
        for name, title in _MORE_MONEY:
            form.add(tr(title), self._field(name))
        self.person: ChoiceField[str] = ChoiceField(
            offers.people, unknown=none, value=known.person_id
        )
        form.add(tr("For whom?"), self.person)
        self.claim: ChoiceField[str] = ChoiceField(
            offers.claims, unknown=none, value=known.claim_id
        )
        form.add(tr("For which claim?"), self.claim)
        self.plan: ChoiceField[str] = ChoiceField(offers.plans, unknown=none, value=known.plan_id)
        form.add(tr("Of which plan?"), self.plan)
        self.document: ChoiceField[str] = ChoiceField(
            offers.papers, unknown=tr("Not added yet"), value=known.document_id
        )
        form.add(tr("The paper"), self.document)
        self.follows: ChoiceField[str] = ChoiceField(
            offers.eobs, unknown=tr("None"), value=known.follows_id
        )
        form.add(
            tr("Which older version does it replace?"),
            self.follows,
            tr("One with the same claim number is found without asking."),
        )
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.follows_id, known.note, *(getattr(known, name) for name, _ in _MORE_MONEY)
        )

    @Slot()
    def _check_sums(self) -> None:
        """Say what does not add up; it is a question, and never in the way of saving."""
        try:
            totals = {name: money for name, field in self.money.items() if name in AMOUNTS
                      and (money := field.value()) is not None}  # fmt: skip
            lines = [line.amounts for line in self.lines.value()]
        except UserError:
            self.said.setText("")
            return
        found = sums(lines, EobAmounts.of(totals))
        told = [finding.text for finding in found[:_MOST_QUESTIONS]]
        if len(found) > _MOST_QUESTIONS:
            told.append(tr("{n} more do not add up.", n=len(found) - _MOST_QUESTIONS))
        known = bool(totals) or bool(lines)
        self.said.set_look("warning" if found else "muted")
        self.said.setText("\n".join(told) if found else tr(_ADDS_UP) if known else "")

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> EobInput:
        """Return what is filled in now."""
        return EobInput(
            known={
                "provider": self.provider.value(),
                "number": self.number.value(),
                "processed_on": self.processed_on.value(),
                "network": self.network.value() or "",
                "status": self.status.value() or "",
                "person_id": self.person.value(),
                "claim_id": self.claim.value(),
                "plan_id": self.plan.value(),
                "document_id": self.document.value(),
                "follows_id": self.follows.value(),
                "note": self.note.value(),
                **{name: field.value() for name, field in self.money.items()},
            },
            lines=self.lines.value(),
            to_ledger=self.ledger.value() and not self._known.id,
        )
