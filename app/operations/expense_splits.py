"""Parting a line of the ledger among persons, kinds or claims: the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.shares import MOST_PARTS, refuse_other_sum
from app.operations.expense_checks import kept_line
from app.operations.expenses import add_line, save_line
from app.operations.ids import new_id
from app.operations.true_up import settle_true_ups
from app.storage.unit_of_work import UnitOfWork

PART_FIELDS: Final = frozenset(
    {"person_id", "category", "claim_id", "what", "served_on", "note", "answer", "necessity_id"}
)
"""What a part may have otherwise than the line; who was paid, when and how is that of the line."""


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a line: its amount, and those of `PART_FIELDS` in which it differs."""

    amount: Money
    known: Mapping[str, Any] = field(default_factory=dict[str, Any])


def split_expense(
    binder: Binder, expense_id: str, parts: Sequence[LinePart]
) -> tuple[Expense, ...]:
    """Make several lines of one; the first part stays the line, with all that hangs on it.

    Raises:
        UserError: the parts do not add up to the line, the line is a trip or a stay, or the first
            part is less than what was claimed of the line or came back for it.
    """
    if not 2 <= len(parts) <= MOST_PARTS:
        raise UserError(f"Make from 2 to {MOST_PARTS} parts of it.")
    for part in parts:
        if unknown := part.known.keys() - PART_FIELDS:
            raise ValueError(f"not a field of a part: {sorted(unknown)}")
    with binder.operation("Split an expense") as work:
        line = kept_line(work, expense_id)
        refuse_journey(work, line)
        refuse_other_sum(line.amount, [part.amount for part in parts])
        first, *others = parts
        kept = [save_line(binder, work, replace(line, amount=first.amount, **first.known))]
        for part in others:
            made = replace(
                line, id=new_id(), origin_id=line.id, amount=part.amount,
                reference="", author_id=binder.author_id, added_at=binder.now(), **part.known,
            )  # fmt: skip
            kept.append(add_line(binder, work, made))
        settle_true_ups(binder, work)
        return tuple(kept)


def refuse_journey(work: UnitOfWork, line: Expense) -> None:
    """Refuse to part what one trip or one stay is counted from."""
    if work.trips.where(expense_id=line.id) or work.stays.where(expense_id=line.id):
        raise UserError(
            "This line belongs to a trip or a stay, which is counted as a whole. Enter two trips "
            "or stays instead."
        )
