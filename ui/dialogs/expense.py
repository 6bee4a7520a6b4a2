"""One line of the ledger, entered beside its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.person import Person
from app.storage.queries.claims import ClaimRow
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.names import CATEGORIES, METHODS, choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.wording import short_date, tr

RECEIPT_KINDS = frozenset({"receipt", "card_slip", "check", "itemized_bill", "pharmacy_label"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpenseInput:
    """The fields of an expense as filled in; their names are those of `Expense`."""

    amount: Money
    served_on: date | None
    paid_on: date | None
    provider: str
    person_id: str | None
    category: str
    method: str
    claim_id: str | None
    document_id: str | None
    note: str


class ExpenseDialog(AskDialog[ExpenseInput]):
    """Asks how much, for whom, to whom, when, and which paper proves it."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[Person],
        claims: Sequence[ClaimRow],
        papers: Sequence[PaperRow],
        before: Expense | None = None,
    ) -> None:
        """Make the form; `papers` are the receipts to choose from, `before` the line to change."""
        super().__init__(
            tr("Change an expense") if before else tr("Enter an expense"),
            tr("Save") if before else tr("Enter it"),
        )
        line = before or Expense(
            id="",
            amount=Money(),
            person_id=people[0].id if len(people) == 1 else None,
            added_at=desk.binder.now(),
        )
        form = self.form
        self.amount = form.add(
            tr("How much was paid?"), MoneyField(line.amount if before else None)
        )
        self.provider = form.add(
            tr("To whom?"), TextField(line.provider, tr("Doctor, clinic, pharmacy, parking …"))
        )
        self.paid_on = DateField(desk.today, "past", line.paid_on if before else desk.today())
        form.add(tr("Paid on"), self.paid_on, tr("Leave it empty if it is not paid yet."))
        self.served_on = form.add(tr("Day of care"), DateField(desk.today, "past", line.served_on))
        self.person = form.add(
            tr("For whom?"),
            ChoiceField(
                [(person.id, person.name) for person in people],
                unknown=tr("Not said"),
                value=line.person_id,
            ),
        )
        self.category = form.add(
            tr("What for?"),
            ChoiceField(_categories(line.category), unknown=tr("Not said"), value=line.category),
        )
        self.method = form.add(
            tr("How was it paid?"), ChoiceField(choices(METHODS), value=line.method)
        )
        self.claim = form.add(
            tr("For which claim?"),
            ChoiceField(
                [(row.id, row.title) for row in claims],
                unknown=tr("For no claim"),
                value=line.claim_id,
            ),
        )
        self.receipt = form.add(
            tr("Receipt"),
            ChoiceField(
                [(paper.id, _receipt(paper)) for paper in _receipts_first(papers)],
                unknown=tr("No receipt yet"),
                value=line.document_id,
            ),
        )
        self.note = form.add(tr("Notes"), NoteField(line.note, lines=2))

    def answer(self) -> ExpenseInput:
        """Return what is filled in now."""
        amount = self.amount.value()
        if amount is None:
            raise UserError(tr("Enter the amount."))
        return ExpenseInput(
            amount=amount,
            served_on=self.served_on.value(),
            paid_on=self.paid_on.value(),
            provider=self.provider.value(),
            person_id=self.person.value(),
            category=self.category.value() or "",
            method=self.method.value() or "own",
            claim_id=self.claim.value(),
            document_id=self.receipt.value(),
            note=self.note.value(),
        )


def _categories(kept: str) -> list[tuple[str, str]]:
    """Return what to choose from; a category that came from elsewhere stays on offer."""
    offered = choices(CATEGORIES)
    return offered if not kept or kept in CATEGORIES else [*offered, (kept, kept)]


def _receipts_first(papers: Sequence[PaperRow]) -> list[PaperRow]:
    return sorted(papers, key=lambda paper: paper.kind not in RECEIPT_KINDS)


def _receipt(paper: PaperRow) -> str:
    added = short_date(paper.dated_on or paper.added_at.astimezone().date())
    return f"{paper.name} · {added}"
