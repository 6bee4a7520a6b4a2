"""One line of the ledger, entered beside its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCompleter, QWidget

from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.fact_rows import FactRow
from app.domain.money import Money
from app.domain.person import Person
from app.domain.receipt_read import Suggested, suggested
from app.operations.category_words import category_named
from app.operations.tax_book import tax_book
from app.storage.queries.claims import ClaimRow
from app.storage.queries.expense_details import last_line_to
from app.storage.queries.facts import PaperFacts, paper_facts
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.dialogs.expense_category import CategoryFields
from ui.dialogs.expense_more import MoreOfExpense, Named
from ui.dialogs.expense_picture import BESIDE, WIDE, Picture, put_beside
from ui.dialogs.expense_suggested import Beside, Suggesting, value_words
from ui.names import CATEGORIES, METHODS, choices, word_for
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.evidence import Evidence
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, TextField
from ui.wording import date_words, short_date, tr

RECEIPT_KINDS = frozenset({"receipt", "card_slip", "check", "itemized_bill", "pharmacy_label"})

_SUGGESTED: Final = (
    "amount", "provider", "paid_on", "served_on", "person_id", "method", "category",
)  # fmt: skip
"""The fields below which something may be suggested."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpenseInput:
    """The fields of an expense as filled in; their names are those that `enter_expense` takes."""

    amount: Money
    served_on: date | None
    paid_on: date | None
    provider: str
    address: str
    person_id: str | None
    category: str
    method: str
    claim_id: str | None
    document_id: str | None
    note: str
    what: str
    proof_id: str | None
    due_on: date | None
    account_id: str | None
    aid_id: str | None
    necessity_id: str | None
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpenseChoices:
    """What a form offers: papers are the receipts to choose from; records come by id and name.

    `payees` are the names of those who were paid before, `address` that of the one who was.
    """

    people: Sequence[Person]
    claims: Sequence[ClaimRow]
    papers: Sequence[PaperRow]
    accounts: Sequence[Named] = ()
    aids: Sequence[Named] = ()
    letters: Sequence[Named] = ()
    payees: Sequence[str] = ()
    address: str = ""


class ExpenseDialog(AskDialog[ExpenseInput]):
    """Asks how much, for whom, to whom, when, and which paper proves it.

    The paper is seen beside the form; what it seems to say stands below the fields and is taken
    with a key or a click, never by itself.
    """

    def __init__(
        self,
        desk: Desk,
        offered: ExpenseChoices,
        before: Expense | None = None,
        *,
        document_id: str | None = None,
    ) -> None:
        """Make the form; `before` is the line to change, `document_id` the paper of a new one."""
        super().__init__(
            tr("Change an expense") if before else tr("Enter an expense"),
            tr("Save") if before else tr("Enter it"),
        )
        self._desk, self._offered, self._is_new = desk, offered, before is None
        if fields := self.form.layout():  # many fields, and the paper beside them
            fields.setSpacing(12)
        self._papers = {paper.id: paper for paper in offered.papers}
        line = before or Expense(
            id="",
            amount=Money(),
            paid_on=None if document_id else desk.today(),
            person_id=offered.people[0].id if len(offered.people) == 1 else None,
            document_id=document_id,
            added_at=desk.binder.now(),
        )
        self._below = {name: Evidence() for name in _SUGGESTED}
        self._ask_payment(line)
        self._ask_care(line)
        self._ask_papers(line)
        self._lay_out(desk)
        self.suggesting = Suggesting(self, self._suggested_fields())
        self.suggesting.lit.connect(self.picture.light)
        self.form.entered.connect(self.suggesting.entered)
        self.receipt.changed.connect(self._show_receipt)
        self.paid_on.changed.connect(self._show_paid)
        self.method.changed.connect(self._show_paid)
        self._show_paid()
        self._show_receipt()
        self.amount.setFocus()

    # ------------------------------------------------------------------ the fields

    def _ask_payment(self, line: Expense) -> None:
        form, below = self.form, self._below
        self.amount = form.add(
            tr("How much was paid?"),
            MoneyField(None if self._is_new else line.amount),
            below=below["amount"],
        )
        self.provider = form.add(
            tr("To whom?"),
            TextField(line.provider, tr("Doctor, clinic, pharmacy, parking …")),
            below=below["provider"],
        )
        completer = QCompleter(list(self._offered.payees), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.provider.setCompleter(completer)
        self.provider.editingFinished.connect(self._ask_last_time)
        self.paid_on = DateField(self._desk.today, "past", line.paid_on)
        form.add(
            tr("Paid on"),
            self.paid_on,
            tr("Leave it empty if it is not paid yet."),
            below=below["paid_on"],
        )
        self.method = form.add(
            tr("How was it paid?"),
            ChoiceField(choices(METHODS), value=line.method),
            below=below["method"],
        )

    def _ask_care(self, line: Expense) -> None:
        form, below = self.form, self._below
        self.served_on = form.add(
            tr("Day of care"),
            DateField(self._desk.today, "near", line.served_on),
            below=below["served_on"],
        )
        self.person = form.add(
            tr("For whom?"),
            ChoiceField(
                [(person.id, person.name) for person in self._offered.people],
                unknown=tr("Not said"),
                value=line.person_id,
            ),
            below=below["person_id"],
        )
        self.kind = CategoryFields(form, tax_book(), line, self._offered.letters)
        self.category = self.kind.choice
        self.kind.below.addWidget(below["category"])
        self.claim = form.add(
            tr("For which claim?"),
            ChoiceField(
                [(row.id, row.title) for row in self._offered.claims],
                unknown=tr("For no claim"),
                value=line.claim_id,
            ),
        )

    def _ask_papers(self, line: Expense) -> None:
        form = self.form
        papers = [
            (paper.id, _paper_words(paper)) for paper in _receipts_first(self._offered.papers)
        ]
        self.receipt: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("No receipt yet"), value=line.document_id
        )
        form.add(tr("Receipt or bill"), self.receipt)
        self.note = form.add(tr("Notes"), NoteField(line.note, lines=2))
        payers = (self._offered.accounts, self._offered.aids)
        self.more = MoreOfExpense(self._desk, line, papers, payers)
        self.more.address.set_value(self._offered.address)
        form.add_widget(self.more)

    def _lay_out(self, desk: Desk) -> None:
        """Put the picture beside what scrolls."""
        self.picture = Picture(desk)
        holder = QWidget()
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(24)
        outer = self.layout()
        assert outer is not None
        outer.replaceWidget(self._scroll, holder)
        self._room.addWidget(self.picture, 1)
        self._room.addWidget(self._scroll, 1)

    def _suggested_fields(self) -> dict[str, Beside]:
        names = {person.id: person.name for person in self._offered.people}
        fields: dict[str, tuple[QWidget, Callable[[Any], str]]] = {
            "amount": (self.amount, value_words),
            "provider": (self.provider, value_words),
            "paid_on": (self.paid_on, value_words),
            "method": (self.method, partial(word_for, METHODS)),
            "served_on": (self.served_on, value_words),
            "person_id": (self.person, names.__getitem__),
            "category": (self.category, self._category_words),
        }
        return {
            name: Beside(field, self._below[name], words) for name, (field, words) in fields.items()
        }

    def _category_words(self, category: str) -> str:
        known = tax_book().categories.get(category)
        return (
            word_for(CATEGORIES, category) if category in CATEGORIES or not known else known.label
        )

    # ------------------------------------------------------------------ showing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        put_beside(self._room, self.picture, width=self.width())

    def sizeHint(self) -> QSize:
        """As much as the form needs, and room for the paper beside it."""
        hint = super().sizeHint()
        if self.picture.isHidden():
            return hint
        most = self.screen().availableSize().width() * 9 // 10
        wide = max(px(BESIDE), hint.width() + px(WIDE) + 24)
        return QSize(min(wide, most), max(hint.height(), px(560)))

    @Slot()
    def _show_receipt(self) -> None:
        """Show the chosen paper, and ask on a thread what was read in it."""
        document_id = self.receipt.value()
        self.picture.show_paper(self._papers.get(document_id or ""))
        self.updateGeometry()
        self.suggesting.show_read({})
        if document_id is None:
            return
        binder = self._desk.binder

        def show(facts: PaperFacts) -> None:
            if document_id == self.receipt.value():
                self._suggest(facts.rows, document_id, facts.kind.value)

        self._desk.quick.run(
            "", lambda _progress: binder.ask(paper_facts, document_id), show, owner=self
        )

    def _suggest(self, rows: Sequence[FactRow], document_id: str, read_as: str | None) -> None:
        paper = self._papers.get(document_id)
        kind = (paper.kind if paper else None) or read_as
        self.suggesting.show_read(suggested(rows, kind, self._offered.people))

    @Slot()
    def _ask_last_time(self) -> None:
        """Ask on a thread what was entered last for this payee."""
        payee, binder = self.provider.value(), self._desk.binder
        if not self._is_new or not payee:
            return

        def show(line: Expense | None) -> None:
            if payee == self.provider.value():
                kind = line and (category_named(line.category) or line.category)
                told = {"category": kind, "person_id": line.person_id} if line else {}
                known = {name: Suggested(value) for name, value in told.items() if value}
                self.suggesting.show_last_time(known)

        self._desk.quick.run(
            "", lambda _progress: binder.ask(last_line_to, payee), show, owner=self
        )

    @Slot()
    def _show_paid(self) -> None:
        """A day by which to pay is asked only while it is unpaid; an account only for its card."""
        try:
            paid_on = self.paid_on.value()
        except UserError:
            return
        self.kind.paid_on(paid_on)
        self.more.show_for(is_paid=paid_on is not None, method=self.method.value() or "own")

    # ------------------------------------------------------------------ the answer

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> ExpenseInput:
        """Return what is filled in now."""
        amount, paid_on = self.amount.value(), self.paid_on.value()
        if amount is None:
            raise UserError(tr("Enter the amount."))
        if paid_on and paid_on > self._desk.today():
            raise UserError(
                tr("{day} is still to come. Leave “Paid on” empty until it is paid.",
                   day=date_words(paid_on))
            )  # fmt: skip
        return ExpenseInput(
            amount=amount,
            served_on=self.served_on.value(),
            paid_on=paid_on,
            provider=self.provider.value(),
            address=self.more.address.value(),
            person_id=self.person.value(),
            category=self.category.value() or "",
            method=self.method.value() or "own",
            claim_id=self.claim.value(),
            document_id=self.receipt.value(),
            note=self.note.value(),
            what=self.more.what.value(),
            proof_id=self.more.proof.value(),
            due_on=None if paid_on and self._is_new else self.more.due_on.value(),
            account_id=self.more.account_for(self.method.value()),
            aid_id=self.more.aid_for(self.method.value()),
            necessity_id=self.kind.letter(),
            answer=self.kind.answer(),
        )


def _receipts_first(papers: Sequence[PaperRow]) -> list[PaperRow]:
    return sorted(papers, key=lambda paper: paper.kind not in RECEIPT_KINDS)


def _paper_words(paper: PaperRow) -> str:
    added = short_date(paper.dated_on or paper.added_at.astimezone().date())
    return f"{paper.name} · {added}"
