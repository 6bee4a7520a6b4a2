"""What the HSA paid, piece by piece: of which line, from which withdrawal, and if it was right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.allocation import Allocation
from app.domain.hsa_account import Withdrawal
from app.domain.money import Money
from app.domain.standing import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class HsaPiece:
    """A part of a line that the HSA paid. `well` of it passes all six tests.

    `on` is the day of the withdrawal, which may be before the line was paid. `withdrawal_id` is
    None where none is tied to it; `is_card` then says that it was paid with the HSA card.
    """

    expense_id: str
    withdrawal_id: str | None
    on: date
    amount: Money
    well: Money
    is_card: bool = False


def hsa_pieces(
    standing: Standing,
    allocations: Iterable[Allocation],
    withdrawals: Mapping[str, Withdrawal],
    unfit: Collection[str | None] = (),
) -> tuple[HsaPiece, ...]:
    """Return what the HSA paid of a line, in order of its dates.

    Cents in order are those of the earlier pieces: what went beyond came last. None of them are
    in pieces of `unfit` withdrawals, whose accounts may not pay for it; None is the card's.
    """
    expense = standing.expense
    if expense.paid_on is None:
        return ()
    paid = expense.paid_on
    raw = [
        (_day(each, withdrawals) or paid, each.id, each.withdrawal_id, each.amount.cents)
        for each in allocations
        if each.payer == "hsa"
    ]
    card = standing.reimbursed.cents - sum(cents for *_, cents in raw)
    if expense.method == "hsa" and card > 0:
        raw.append((paid, "", None, card))
    left, pieces = standing.reimbursed_well.cents, list[HsaPiece]()
    for on, key, withdrawal_id, cents in sorted(raw, key=lambda piece: piece[:2]):
        well = 0 if withdrawal_id in unfit else min(left, cents)
        left -= well
        pieces.append(
            HsaPiece(
                expense_id=expense.id,
                withdrawal_id=withdrawal_id,
                on=on,
                amount=Money(cents),
                well=Money(well),
                is_card=not key,
            )
        )
    return tuple(pieces)


def _day(allocation: Allocation, withdrawals: Mapping[str, Withdrawal]) -> date | None:
    withdrawal = withdrawals.get(allocation.withdrawal_id or "")
    return withdrawal.on if withdrawal else allocation.on
