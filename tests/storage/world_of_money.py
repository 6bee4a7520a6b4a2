"""The money of a household: one record of each kind, with every link that it can have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.dependent_year import DependentYear
from app.domain.due_item import DueItem
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.money import Money
from app.domain.necessity_letter import NecessityLetter
from app.domain.plan_year import PlanYear
from app.domain.refund import Refund
from app.domain.table_profile import TableProfile
from app.domain.travel import Stay, Trip
from app.operations import aids, allocations, payments, refunds, withdrawals
from app.operations.appeal_holds import decide_hold
from app.operations.eob_entry import enter_eob
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

DAY: Final = date(2026, 11, 21)
YEAR: Final = DAY.year
LONG: Final = "a long note " * 2000


@dataclass(frozen=True)
class Purse:
    """What the verbs about money need."""

    account: Any
    withdrawal: Any
    paid: Any
    due: Any
    bill: Any
    eob: Any
    letter: Any
    aid: Any


def fill_purse(
    binder: Binder, *, person_id: str, plan_id: str, claim_id: str, provider_id: str, paper_id: str
) -> Purse:
    """Write one record of each kind of money, all tied to one claim and one paper."""
    links = _Links(binder, person_id, plan_id, claim_id, provider_id, paper_id)
    with binder.operation("Fill the purse") as work:
        account = links.account(work)
        withdrawal = links.withdrawal(work, account)
        eob, line = links.explanation(work)
        bill, letter, aid = links.bill(work), links.letter(work), links.aid(work)
        paid = work.expenses.add(
            Expense(
                **links.of_money, amount=Money(10_000), served_on=DAY, paid_on=DAY,
                category="office-visit", person_id=person_id, proof_id=paper_id,
                provider_id=provider_id, bill_id=bill.id, eob_line_id=line.id,
                necessity_id=letter.id, claim_id=claim_id, document_id=paper_id,
            )
        )  # fmt: skip
        due = work.expenses.add(
            replace(paid, id=new_id(), amount=Money(4_000), paid_on=None, origin_id=paid.id)
        )
        work.expenses.add(
            replace(paid, id=new_id(), amount=Money(900), method="assistance", aid_id=aid.id)
        )
        work.expenses.add(
            replace(paid, id=new_id(), amount=Money(700), method="hsa", account_id=account.id)
        )
        links.hang_on(work, paid, withdrawal)
        links.wait_for(work, aid, letter)
        links.remember(work)
    return Purse(account, withdrawal, paid, due, bill, eob, letter, aid)


@dataclass(frozen=True)
class _Links:
    binder: Binder
    person_id: str
    plan_id: str
    claim_id: str
    provider_id: str
    paper_id: str

    @property
    def of_money(self) -> dict[str, Any]:
        """What every record has that somebody wrote."""
        return {
            "id": new_id(), "author_id": self.binder.author_id, "added_at": self.binder.now(),
        }  # fmt: skip

    def account(self, work: UnitOfWork) -> HsaAccount:
        account = work.hsa_accounts.add(
            HsaAccount(
                **self.of_money, holder_id=self.person_id, custodian="Oak Bank", last4="4321",
                established_on=date(2020, 1, 1), document_id=self.paper_id,
            )
        )  # fmt: skip
        work.contributions.add(
            Contribution(
                **self.of_money, account_id=account.id, on=DAY, tax_year=YEAR, amount=Money(50_000)
            )
        )
        work.hsa_forms.add(
            HsaForm(
                **self.of_money, account_id=account.id, year=YEAR, gross=Money(5_000),
                document_id=self.paper_id,
            )
        )  # fmt: skip
        return account

    def withdrawal(self, work: UnitOfWork, account: HsaAccount) -> Withdrawal:
        return work.withdrawals.add(
            Withdrawal(
                **self.of_money, account_id=account.id, on=DAY, amount=Money(5_000),
                document_id=self.paper_id,
            )
        )  # fmt: skip

    def explanation(self, work: UnitOfWork) -> tuple[Eob, EobLine]:
        """Two versions of one explanation, and the line of the newer one."""
        first = work.eobs.add(
            Eob(
                **self.of_money, claim_id=self.claim_id, plan_id=self.plan_id,
                person_id=self.person_id, provider_id=self.provider_id, number="C-1",
                document_id=self.paper_id, patient_owes=Money(14_000),
            )
        )  # fmt: skip
        eob = work.eobs.add(replace(first, id=new_id(), follows_id=first.id))
        line = EobLine(id=new_id(), eob_id=eob.id, position=0, patient_owes=Money(14_000))
        return eob, work.eob_lines.add(line)

    def bill(self, work: UnitOfWork) -> Bill:
        return work.bills.add(
            Bill(
                **self.of_money, amount=Money(14_000), claim_id=self.claim_id,
                person_id=self.person_id, provider_id=self.provider_id, document_id=self.paper_id,
            )
        )  # fmt: skip

    def letter(self, work: UnitOfWork) -> NecessityLetter:
        return work.necessity_letters.add(
            NecessityLetter(
                **self.of_money, person_id=self.person_id, provider_id=self.provider_id,
                covers="Air filter", signed_on=DAY, document_id=self.paper_id,
            )
        )  # fmt: skip

    def aid(self, work: UnitOfWork) -> Aid:
        return work.aids.add(
            Aid(
                **self.of_money, name="Copay fund", claim_id=self.claim_id,
                person_id=self.person_id, provider_id=self.provider_id, document_id=self.paper_id,
            )
        )  # fmt: skip

    def hang_on(self, work: UnitOfWork, paid: Expense, withdrawal: Withdrawal) -> None:
        """Write what can be about one line of the ledger."""
        work.allocations.add(
            Allocation(
                **self.of_money, expense_id=paid.id, payer="hsa", amount=Money(5_000), on=DAY,
                withdrawal_id=withdrawal.id, document_id=self.paper_id,
            )
        )  # fmt: skip
        work.refunds.add(
            Refund(
                **self.of_money, expense_id=paid.id, came_on=DAY, amount=Money(1_000),
                document_id=self.paper_id,
            )
        )  # fmt: skip
        work.trips.add(
            Trip(
                id=new_id(), expense_id=paid.id, parking_id=paid.id, on=DAY, miles=700, rate=205,
                document_id=self.paper_id,
            )
        )  # fmt: skip
        work.stays.add(
            Stay(
                id=new_id(), expense_id=paid.id, from_on=DAY, nights=2, document_id=self.paper_id
            )
        )  # fmt: skip
        work.due_items.add(
            DueItem(
                **self.of_money, kind="tax", title="Money may have to go back",
                last_day=date(2027, 4, 15), basis="rule", expense_id=paid.id,
            )
        )  # fmt: skip

    def wait_for(self, work: UnitOfWork, aid: Aid, letter: NecessityLetter) -> None:
        work.due_items.add(
            DueItem(
                **self.of_money, kind="necessity_letter", title="The letter ends", last_day=DAY,
                necessity_id=letter.id,
            )
        )  # fmt: skip
        work.due_items.add(
            DueItem(
                **self.of_money, kind="assistance", title="An answer is due", last_day=DAY,
                aid_id=aid.id,
            )
        )  # fmt: skip

    def remember(self, work: UnitOfWork) -> None:
        """Write what is about a year, a table and a finding."""
        work.dependent_years.add(
            DependentYear(id=new_id(), person_id=self.person_id, year=YEAR, status="claimed")
        )
        work.plan_years.add(
            PlanYear(
                id=new_id(), plan_id=self.plan_id, from_on=date(YEAR, 1, 1),
                until_on=date(YEAR, 12, 31),
            )
        )  # fmt: skip
        work.table_profiles.add(
            TableProfile(**self.of_money, name="Portal", headers="Date", mapping="{}")
        )
        work.finding_marks.add(FindingMark(**self.of_money, state="as_printed"))


MoneyVerb = Callable[[Binder, Purse], object]

MONEY_VERBS: Final[dict[str, MoneyVerb]] = {
    "add help with the cost": lambda b, of: aids.add_aid(b, "Fund", due_on=DAY, note=LONG),
    "pay a part": lambda b, of: payments.pay_expense(b, of.due.id, DAY, amount=Money(1)),
    "get money back": lambda b, of: refunds.add_refund(b, of.paid.id, DAY, Money(5_000), note=LONG),
    "put money back": lambda b, of: withdrawals.put_back(b, of.withdrawal.id, Money(100), DAY),
    "claim from another payer": lambda b, of: allocations.claim_elsewhere(
        b, "fsa", [(of.paid.id, Money(1))]
    ),
    "enter an explanation": lambda b, of: enter_eob(b, provider="Dr. Lee", note=LONG),
    "wait with the money": lambda b, of: decide_hold(b, of.paid.id, "hold"),
}
"""Ways to change the money, tried once; `world.VERBS` takes them in."""

SMALL_MONEY_VERBS: Final = frozenset(
    {"pay a part", "put money back", "claim from another payer", "wait with the money"}
)
"""Verbs that may still fit into pages that are there."""
