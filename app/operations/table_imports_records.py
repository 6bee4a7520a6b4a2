"""The lines of a table as records of the binder, but for those that are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, HsaAccount, Withdrawal
from app.domain.person import Person
from app.importing.benefits import RefusedRow
from app.importing.tables_account import NO_YEAR, AccountLine
from app.importing.tables_cells import NotALineError
from app.importing.tables_ledger import LedgerLine
from app.operations.ids import new_id
from app.operations.table_imports_known import Known, KnownMovements, Likeness, Verdict
from app.operations.table_imports_people import Accounts, Household, claim_called
from app.operations.tax_book import tax_book

SOURCE: Final = "csv"

_LONGEST_NOTE: Final = 1000
_LONGEST_TEXT: Final = 300
_PAID_SINCE: Final = (
    "Line {row}: it is in the ledger as unpaid, and the file says that it was paid on {day}. Open "
    "it there and enter the payment."
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
    paid_since: list[Expense] = field(default_factory=list[Expense])
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
        people = {name: household.meant(name) for name in {line.patient for line in lines}}
        ledger = {each.id: each for each in kept.expenses}
        good: list[LedgerLine] = []
        for line in lines:
            try:
                day = line.served_on or line.paid_on
                household.refuse_before_birth(day, people[line.patient])
                good.append(line)
            except UserError as error:
                self.refused.append(RefusedRow(line.row, str(error)))
        verdicts = Known(kept.expenses, _like_expense).verdicts([_like_ledger(x) for x in good])
        for line, verdict in zip(good, verdicts, strict=True):
            if verdict.reference is None:
                self._stay(line, verdict, ledger)
                continue
            person = people[line.patient]
            if line.patient and not person:
                self.nameless.add(line.patient)
            claim = None if claim_id else claim_called(kept.claims, line.claim_number)
            self.expenses.append(
                self._expense(
                    line, verdict.reference, person and person.id,
                    claim_id or (claim and claim.id),
                )
            )  # fmt: skip

    def _stay(self, line: LedgerLine, verdict: Verdict, ledger: Mapping[str, Expense]) -> None:
        """Count a line that is here already; one that was unpaid gets its payment."""
        if verdict.why:
            self.refused.append(RefusedRow(line.row, verdict.why))
            return
        self.duplicates.append(line.row)
        if verdict.was_unpaid and verdict.record_id in ledger:
            self._pay(line, ledger[verdict.record_id])

    def _pay(self, line: LedgerLine, here: Expense) -> None:
        """Enter the payment of a line that came unpaid from a table; of others only remark it."""
        if here.source == SOURCE and line.paid_on:
            self.paid_since.append(replace(here, paid_on=line.paid_on, method=line.method))
        else:
            self.notes.append(_PAID_SINCE.format(row=line.row, day=line.paid_on))

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
        placed: list[tuple[AccountLine, str | None]] = []
        for line in lines:
            try:
                placed.append((line, accounts.of(line)))
            except NotALineError as told:
                self.left_out.append(RefusedRow(line.row, str(told)))
            except UserError as error:
                self.refused.append(RefusedRow(line.row, str(error)))
        gone = [each for each in placed if each[0].what == "withdrawal"]
        come = [each for each in placed if each[0].what == "contribution"]
        for known, some, made in (
            (KnownMovements(kept.withdrawals, _like_movement), gone, self._add_withdrawal),
            (KnownMovements(kept.contributions, _like_movement), come, self._add_contribution),
        ):
            verdicts = known.verdicts([_like_account(*each) for each in some])
            for (line, account), verdict in zip(some, verdicts, strict=True):
                if verdict.why:
                    self.refused.append(RefusedRow(line.row, verdict.why))
                elif verdict.reference is None:
                    self.duplicates.append(line.row)
                else:
                    made(line, verdict.reference, account)
        self.duplicates.sort()

    def _add_withdrawal(self, line: AccountLine, reference: str, account_id: str | None) -> None:
        made = Withdrawal(
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
        self.withdrawals.append(made)

    def _add_contribution(self, line: AccountLine, reference: str, account_id: str | None) -> None:
        made = Contribution(
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
        self.contributions.append(made)


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
        record_id=expense.id,
    )


def _like_account(line: AccountLine, account_id: str | None) -> Likeness:
    return Likeness(
        days=(line.on,), amount=line.amount, printed=(line.text,), reference=line.reference,
        account_id=account_id,
    )  # fmt: skip


def _like_movement(record: Withdrawal | Contribution) -> Likeness:
    said = record.how if isinstance(record, Withdrawal) else record.note.removesuffix(NO_YEAR)
    return Likeness(
        days=(record.on,), amount=record.amount, reference=record.reference,
        printed=(said.strip() if record.source == SOURCE else "",),
        account_id=record.account_id, record_id=record.id,
    )  # fmt: skip


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
