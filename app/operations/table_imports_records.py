"""The lines of a table as records of the binder, but for those that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, HsaAccount, Withdrawal
from app.domain.person import Person
from app.importing.benefits import RefusedRow
from app.importing.tables_account import AccountLine
from app.importing.tables_cells import NotALineError
from app.importing.tables_ledger import LedgerLine
from app.operations.ids import new_id
from app.operations.table_imports_known import Known, Likeness
from app.operations.table_imports_people import Accounts, Household, claim_called
from app.operations.tax_book import tax_book

SOURCE: Final = "csv"

_LONGEST_NOTE: Final = 1000
_LONGEST_TEXT: Final = 300
_PAID_SINCE: Final = (
    "Line {row}: it is here as unpaid, and the file says that it was paid on {day}. Open it in the "
    "ledger and enter the payment."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the binder has already, but for the trash."""

    people: tuple[Person, ...]
    claims: tuple[Claim, ...]
    accounts: tuple[HsaAccount, ...]
    expenses: tuple[Expense, ...]
    withdrawals: tuple[Withdrawal, ...]
    contributions: tuple[Contribution, ...]


@dataclass
class Drafts:
    """What a file would bring: records to add, lines that are here, refusals, remarks."""

    binder: Binder
    expenses: list[Expense] = field(default_factory=list[Expense])
    withdrawals: list[Withdrawal] = field(default_factory=list[Withdrawal])
    contributions: list[Contribution] = field(default_factory=list[Contribution])
    duplicates: list[int] = field(default_factory=list[int])
    refused: list[RefusedRow] = field(default_factory=list[RefusedRow])
    left_out: list[RefusedRow] = field(default_factory=list[RefusedRow])
    nameless: set[str] = field(default_factory=set[str])
    notes: list[str] = field(default_factory=list[str])

    @property
    def added(self) -> int:
        """How many records would be new."""
        return len(self.expenses) + len(self.withdrawals) + len(self.contributions)

    def take_ledger(
        self,
        lines: Sequence[LedgerLine],
        kept: Kept,
        claim_id: str | None,
    ) -> None:
        """Make expenses of lines of a ledger; `claim_id` is that of all of them, if given."""
        household = Household(kept.people)
        known = Known(kept.expenses, _like_expense)
        unpaid = {each.reference: each for each in kept.expenses if each.paid_on is None}
        people = {name: household.meant(name) for name in {line.patient for line in lines}}
        for line in lines:
            try:
                person = people[line.patient]
                household.refuse_before_birth(line.served_on or line.paid_on, person)
                reference = known.reference_of(_like_ledger(line))
            except UserError as error:
                self.refused.append(RefusedRow(line.row, str(error)))
                continue
            if reference is None:
                self.duplicates.append(line.row)
                if line.paid_on and line.reference and line.reference in unpaid:
                    self.notes.append(_PAID_SINCE.format(row=line.row, day=line.paid_on))
                continue
            if line.patient and not person:
                self.nameless.add(line.patient)
            claim = None if claim_id else claim_called(kept.claims, line.claim_number)
            self.expenses.append(
                self._expense(
                    line, reference, person and person.id, claim_id or (claim and claim.id)
                )
            )

    def _expense(
        self, line: LedgerLine, reference: str, person_id: str | None, claim_id: str | None
    ) -> Expense:
        category = tax_book().category(line.category) if line.category else None
        note = (
            line.note,
            f"Patient: {line.patient}." if line.patient and not person_id else "",
            f"Claim {line.claim_number}." if line.claim_number and not claim_id else "",
        )
        return Expense(
            id=new_id(),
            served_on=line.served_on,
            paid_on=line.paid_on,
            provider=line.provider[:_LONGEST_TEXT],
            person_id=person_id,
            category=category.id if category else line.category[:_LONGEST_TEXT],
            amount=line.amount,
            method=line.method,
            claim_id=claim_id,
            source=SOURCE,
            note=" ".join(filter(None, note))[:_LONGEST_NOTE],
            author_id=self.binder.author_id,
            added_at=self.binder.now(),
            reference=reference,
            what=line.what[:_LONGEST_TEXT],
        )

    def take_account(
        self, lines: Sequence[AccountLine], kept: Kept, account_id: str | None
    ) -> None:
        """Make withdrawals and contributions of lines of an account."""
        accounts = Accounts(kept.accounts, account_id, lines)
        gone = Known(kept.withdrawals, _like_movement)
        come = Known(kept.contributions, _like_movement)
        for line in lines:
            try:
                account = accounts.of(line)
                like = _like_account(line, account)
                is_gone = line.what == "withdrawal"
                reference = gone.reference_of(like) if is_gone else come.reference_of(like)
            except NotALineError as told:
                self.left_out.append(RefusedRow(line.row, str(told)))
                continue
            except UserError as error:
                self.refused.append(RefusedRow(line.row, str(error)))
                continue
            if reference is None:
                self.duplicates.append(line.row)
            elif is_gone:
                self.withdrawals.append(self._withdrawal(line, reference, account))
            else:
                self.contributions.append(self._contribution(line, reference, account))

    def _withdrawal(self, line: AccountLine, reference: str, account_id: str | None) -> Withdrawal:
        return Withdrawal(
            id=new_id(),
            account_id=account_id,
            on=line.on,
            amount=line.amount,
            kind=line.kind,
            how=line.text[:_LONGEST_TEXT],
            reference=reference,
            source=SOURCE,
            author_id=self.binder.author_id,
            added_at=self.binder.now(),
        )

    def _contribution(
        self, line: AccountLine, reference: str, account_id: str | None
    ) -> Contribution:
        return Contribution(
            id=new_id(),
            account_id=account_id,
            on=line.on,
            tax_year=line.tax_year,
            amount=line.amount,
            giver=line.giver,
            reference=reference,
            source=SOURCE,
            note=" ".join(filter(None, (line.text, line.note)))[:_LONGEST_NOTE],
            author_id=self.binder.author_id,
            added_at=self.binder.now(),
        )


def _like_ledger(line: LedgerLine) -> Likeness:
    return Likeness(
        days=(line.served_on, line.paid_on),
        amount=line.amount,
        name=_folded(line.provider or line.what),
        printed=(line.patient, line.what, line.claim_number),
        reference=line.reference,
    )


def _like_expense(expense: Expense) -> Likeness:
    return Likeness(
        days=(expense.served_on, expense.paid_on),
        amount=expense.amount,
        name=_folded(expense.provider or expense.what),
        reference=expense.reference,
    )


def _like_account(line: AccountLine, account_id: str | None) -> Likeness:
    return Likeness(
        days=(line.on,), amount=line.amount, printed=(line.text,), reference=line.reference,
        account_id=account_id,
    )  # fmt: skip


def _like_movement(record: Withdrawal | Contribution) -> Likeness:
    return Likeness(
        days=(record.on,), amount=record.amount, reference=record.reference,
        account_id=record.account_id,
    )  # fmt: skip


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
