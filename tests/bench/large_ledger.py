"""A ledger of twenty years, made quickly: rows through storage, receipts as real papers."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from app.binder import Binder
from app.domain.allocation import Allocation
from app.domain.eob import Eob, EobLine
from app.domain.expense import Expense
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.money import Money
from app.domain.refund import Refund
from app.operations.claims import open_claim
from app.operations.ids import new_id
from app.operations.intake import add_bytes
from app.operations.people import add_person, add_plan
from app.operations.plan_years import add_plan_year

LINES = 40_000
YEARS = 20
LAST_YEAR = 2026
RECEIPTS = 400
NOW = datetime(2026, 11, 21, 16, tzinfo=UTC)
TODAY = NOW.date()

_CATEGORIES = ("physician_visit", "rx_drug", "lab_imaging", "dental", "infusion_prescribed")
_METHODS = ("card", "check", "own", "hsa", "fsa")


@dataclass(frozen=True)
class _Household:
    people: list[str]
    claims: list[str]
    receipts: list[str]


def make_large_ledger(root: Path) -> None:
    """Make a binder with `LINES` expenses, of which `RECEIPTS` of the last year have a receipt."""
    dots = random.Random(20061121)
    with Binder.create(root, now=lambda: NOW) as binder:
        household = _household(binder, dots)
        lines = list(_lines(dots, household))
        with binder.operation("Twenty years") as work:
            work.hsa_accounts.add(
                HsaAccount(
                    id="hsa", holder_id=household.people[0], established_on=date(2008, 1, 1),
                    added_at=NOW,
                )
            )  # fmt: skip
            work.expenses.add_all(lines)
            withdrawals, allocations = _reimbursed(lines)
            work.withdrawals.add_all(withdrawals)
            work.allocations.add_all(allocations)
            work.refunds.add_all(list(_refunds(lines)))
            eobs = [_eob(line) for line in lines[::5]]
            work.eobs.add_all([eob for eob, _ in eobs])
            work.eob_lines.add_all([service for _, service in eobs])


def _household(binder: Binder, dots: random.Random) -> _Household:
    relations = ("self", "spouse", "dependent", "dependent")
    people = [
        add_person(binder, f"Person {number}", relation=relation).id
        for number, relation in enumerate(relations)
    ]
    plan = add_plan(binder, "Harbor Choice", person_id=people[0], program="employer")
    add_plan_year(
        binder, plan.id, date(LAST_YEAR, 1, 1), date(LAST_YEAR, 12, 31),
        deductible_family=Money(340_000), oop_family=Money(1_500_000),
    )  # fmt: skip
    claims = [
        open_claim(binder, f"Claim {number}", person_id=people[0], plan_id=plan.id).id
        for number in range(20)
    ]
    receipts = [
        add_bytes(binder, f"receipt {number:03}.jpg", _receipt(dots, number)).document_id or ""
        for number in range(RECEIPTS)
    ]
    return _Household(people, claims, receipts)


def _receipt(dots: random.Random, number: int) -> bytes:
    """Return the photo of a receipt, about as heavy as those of a telephone that were sent on."""
    ground = Image.frombytes("L", (60, 80), dots.randbytes(60 * 80))
    photo = ground.resize((1200, 1600), Image.Resampling.BICUBIC).convert("RGB")
    ImageDraw.Draw(photo).text((100, 100), f"Receipt {number}", fill="black", font_size=60)
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _lines(dots: random.Random, household: _Household) -> Iterator[Expense]:
    receipts = iter(household.receipts)
    first = date(LAST_YEAR - YEARS + 1, 1, 1)
    days = (TODAY - first).days
    for number in range(LINES):
        served = first + timedelta(days=number * days // LINES)
        is_last_year = served.year == LAST_YEAR
        yield Expense(
            id=new_id(), served_on=served,
            paid_on=None if number % 50 == 0 else min(served + timedelta(days=20), TODAY),
            provider=f"Provider {number % 60}", person_id=household.people[number % 4],
            category=_CATEGORIES[number % 5], amount=Money(dots.randint(500, 40_000)),
            method=_METHODS[number % 5] if number % 7 else "card",
            claim_id=household.claims[number % 20] if number % 9 == 0 else None,
            document_id=next(receipts, None) if is_last_year and number % 2 else None,
            added_at=NOW,
        )  # fmt: skip


def _reimbursed(lines: list[Expense]) -> tuple[list[Withdrawal], list[Allocation]]:
    """Return withdrawals that each paid for some lines, some time later."""
    own = [line for line in lines if line.paid_on and line.method in {"card", "check", "own"}]
    withdrawals: list[Withdrawal] = []
    allocations: list[Allocation] = []
    for at in range(0, len(own), 30):
        some = own[at : at + 5]
        total = sum((line.amount for line in some), Money())
        day = max(line.paid_on or TODAY for line in some)
        out = Withdrawal(id=new_id(), account_id="hsa", on=day, amount=total, added_at=NOW)
        withdrawals.append(out)
        allocations += [
            Allocation(
                id=new_id(), expense_id=line.id, payer="hsa", amount=line.amount, on=day,
                withdrawal_id=out.id, added_at=NOW,
            )
            for line in some
        ]  # fmt: skip
    return withdrawals, allocations


def _refunds(lines: list[Expense]) -> Iterator[Refund]:
    for line in lines[::100]:
        if line.paid_on:
            yield Refund(
                id=new_id(),
                expense_id=line.id,
                came_on=line.paid_on,
                amount=Money(100),
                added_at=NOW,
            )


def _eob(line: Expense) -> tuple[Eob, EobLine]:
    eob = Eob(
        id=new_id(), person_id=line.person_id, claim_id=line.claim_id, provider=line.provider,
        number=line.id, processed_on=line.served_on, status="paid", network="in",
        patient_owes=line.amount, added_at=NOW,
    )  # fmt: skip
    service = EobLine(
        id=new_id(), eob_id=eob.id, position=1, served_on=line.served_on, deductible=line.amount,
        allowed=line.amount, patient_owes=line.amount,
    )  # fmt: skip
    return eob, service
