"""Invented households with a ledger drawn by lot: every payer, refunds, explanations, travel."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.domain.allocation import Allocation
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.finding import Finding
from app.domain.form_8889 import forms_8889
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.hsa_plan import PaperFacts
from app.domain.hsa_planning import plan_hsa
from app.domain.hsa_source import HsaSource
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.provider import Provider
from app.domain.refund import Refund
from app.domain.shoebox import carried, shoebox_years
from app.domain.summary_choice import of_year
from app.domain.travel import Stay, Trip
from app.operations.tax_book import tax_book

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = (
    Person(id="rosa", name="Rosa Alvarez", relation="self", born_on=date(1968, 4, 2)),
    Person(id="leo", name="Leo Alvarez", relation="spouse"),
    Person(id="ida", name="Ida Alvarez-Whitfield", relation="dependent", born_on=date(2012, 6, 1)),
)
CATEGORIES = (
    "physician_visit", "dental", "massage_therapy", "otc_medicine", "premium_regular", "", "huh",
)  # fmt: skip
PROVIDER = Provider(
    id="cedar", name="Cedar Hollow Infusion Center", added_at=AT,
    address="1200 Harbor Road\nPortland, OR 97201",
)  # fmt: skip
LETTER = NecessityLetter(
    id="letter", person_id="rosa", diagnosis="G43.709 chronic migraine", prescriber="Dr. Lee",
    covers="massage_therapy", signed_on=date(2026, 1, 5), until_on=date(2026, 12, 31),
    document_id="d-letter", added_at=AT,
)  # fmt: skip
SECRETS = ("Zolgamine drip", "G43.709", "chronic migraine", "Ketosan", "96365")


class Household:
    """A household whose ledger has `lines` lines around the year 2026."""

    def __init__(self, seed: int, lines: int = 30) -> None:
        self._lot = random.Random(seed)
        self._lines = [self._line(number) for number in range(lines)]
        self._paid = [each for each in self._lines if each.paid_on]
        self.withdrawals = tuple(
            Withdrawal(
                id=f"w-{number}", account_id="hsa", on=date(2026, number + 1, 20),
                amount=Money(self._lot.randrange(500_00, 900_00)), reference=f"R-{number}",
                kind="rollover" if number == 4 else "normal", added_at=AT,
            )
            for number in range(5)
        )  # fmt: skip
        self.book = MoneyBook(
            rules=tax_book(),
            today=AT.date(),
            expenses=tuple(sorted(self._lines, key=lambda each: each.paid_on or date.max)),
            people=PEOPLE,
            accounts=(
                HsaAccount(
                    id="hsa", holder_id="rosa", name="Harbor HSA", last4="1234",
                    established_on=date(2025, 3, 1), document_id="d-open", added_at=AT,
                ),
            ),
            withdrawals=self.withdrawals,
            allocations=tuple(self._allocations()),
            refunds=tuple(self._refunds()),
            letters=(LETTER,),
            trips=(
                Trip(
                    id="t", expense_id=self._paid[0].id, parking_id=self._paid[1].id,
                    on=date(2026, 2, 2), from_place="Salem", to_place="Portland", miles=700,
                    rate=205, purpose="Zolgamine drip", document_id="d-visit",
                ),
            ),
            stays=(
                Stay(id="s", expense_id=self._paid[2].id, from_on=date(2026, 2, 2), nights=2),
            ),
            eobs=(Eob(id="eob", document_id="d-eob", added_at=AT),),
            eob_lines=tuple(self._services()),
            providers=(PROVIDER,),
        )  # fmt: skip

    def _line(self, number: int) -> Expense:
        lot = self._lot
        paid = date(2025, 11, 1) + timedelta(days=lot.randrange(400))
        return Expense(
            id=f"e-{number:03}",
            served_on=paid - timedelta(days=lot.randrange(0, 40)),
            paid_on=paid if lot.random() > 0.05 else None,
            provider=lot.choice(("Dr. Lee", "Bright Dental", "")),
            provider_id=lot.choice((None, "cedar")),
            person_id=lot.choice(("rosa", "leo", "ida", None)),
            category=lot.choice(CATEGORIES),
            what=lot.choice(("", "Zolgamine drip", "Ketosan 20 mg")),
            amount=Money(lot.randrange(1, 2_000_00)),
            method=lot.choice(("own", "own", "card", "hsa", "fsa", "assistance", "other")),
            document_id=lot.choice((None, "d-bill", f"d-{number}")),
            proof_id=lot.choice((None, "d-statement")),
            eob_line_id=lot.choice((None, None, "l-0", "l-1")),
            added_at=AT,
        )

    def _allocations(self):
        left = {each.id: each.amount.cents for each in self.withdrawals if each.kind == "normal"}
        for line in self._paid:
            if line.method not in {"own", "card"} or self._lot.random() > 0.6:
                continue
            payer = self._lot.choice(("hsa", "hsa", "fsa", "deducted"))
            cents = self._lot.randrange(1, line.amount.cents + 1)
            withdrawal = self._lot.choice(list(left))
            if payer == "hsa":
                cents = min(cents, left[withdrawal])
                left[withdrawal] -= cents
            if cents:
                yield Allocation(
                    id=f"a-{line.id}", expense_id=line.id, payer=payer, amount=Money(cents),
                    withdrawal_id=withdrawal if payer == "hsa" else None,
                    on=line.paid_on, tax_year=2026 if payer == "deducted" else None, added_at=AT,
                )  # fmt: skip

    def _refunds(self):
        for line in self._paid:
            if self._lot.random() < 0.2:
                yield Refund(
                    id=f"r-{line.id}", expense_id=line.id, came_on=date(2026, 11, 1),
                    amount=Money(self._lot.randrange(1, line.amount.cents + 1)), added_at=AT,
                )  # fmt: skip

    def _services(self):
        for number in range(2):
            yield EobLine(
                id=f"l-{number}", eob_id="eob", position=number, code="96365",
                service="Zolgamine drip", billed=Money(3_000_00 + number), allowed=Money(900_00),
                plan_paid=Money(720_00), patient_owes=Money(180_00),
            )  # fmt: skip

    def plan(self, **chosen):
        """Return the plan of the summary of 2026, narrowed by fields of `SummaryChoice`."""

        choice = replace(of_year(2026), **chosen)
        papers = {
            key: PaperFacts(
                id=key, name=f"Ketosan paper {key}.pdf", kind="receipt", sha256=("ab" * 32,)
            )
            for key in (
                "d-bill", "d-statement", "d-eob", "d-letter", "d-open", "d-visit",
                *(f"d-{number}" for number in range(0, len(self._lines), 3)),
            )
        }  # fmt: skip
        shoebox = shoebox_years(self.book, 2026)
        source = HsaSource(
            money=self.book,
            claims={},
            papers=papers,
            findings=(
                Finding("H06", "med", self._paid[0].id, "The letter for Ketosan 20 mg has ended."),
            ),
            forms=forms_8889(self.book, 2026),
            shoebox=shoebox,
            carried=carried(shoebox),
        )
        return plan_hsa(source, choice)
