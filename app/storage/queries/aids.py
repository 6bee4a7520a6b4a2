"""Help with the cost: programs, prices and estimates, and what a program has paid so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.aid import Aid
from app.domain.money import Money
from app.storage.money_tables import aids
from app.storage.repository import record_of
from app.storage.schema import claims, documents, expenses, people, providers


@dataclass(frozen=True, slots=True)
class AidRow:
    """A program, price or estimate with its names; `paid` is what a program has paid so far.

    `paper` is None where there is none, or where it lies in the trash.
    """

    aid: Aid
    claim: str | None
    person: str | None
    provider: str | None
    paper: str | None
    paid: Money
    payments: int

    @property
    def left(self) -> Money | None:
        """What is left of a grant, below zero where more was paid; None where none is known."""
        is_grant = self.aid.kind == "program" and self.aid.answer in {"approved", "partly"}
        return self.aid.amount - self.paid if is_grant and self.aid.amount else None

    @property
    def next_on(self) -> date | None:
        """The next day that matters: an answer that is due, else the end of what was given."""
        if self.aid.answered_on is None and self.aid.due_on:
            return self.aid.due_on
        return None if self.aid.answer == "refused" else self.aid.until_on


def aid_rows(connection: Connection, claim_id: str | None = None) -> tuple[AidRow, ...]:
    """All help with the cost that is not in the trash, the newest request first; or of a claim."""
    paid = expenses.c
    by_program = (
        select(paid.aid_id, func.sum(paid.amount).label("paid"), func.count().label("payments"))
        .where(
            paid.trashed_at.is_(None), paid.paid_on.is_not(None), paid.method == "assistance",
            paid.aid_id.is_not(None),
        )
        .group_by(paid.aid_id)
        .subquery()
    )  # fmt: skip
    query = (
        select(
            aids, claims.c.title.label("claim_title"), people.c.name.label("person_name"),
            providers.c.name.label("provider_name"), documents.c.name.label("paper_name"),
            by_program.c.paid, by_program.c.payments,
        )
        .outerjoin(claims, (claims.c.id == aids.c.claim_id) & claims.c.trashed_at.is_(None))
        .outerjoin(people, people.c.id == aids.c.person_id)
        .outerjoin(
            providers, (providers.c.id == aids.c.provider_id) & providers.c.trashed_at.is_(None)
        )
        .outerjoin(
            documents, (documents.c.id == aids.c.document_id) & documents.c.trashed_at.is_(None)
        )
        .outerjoin(by_program, by_program.c.aid_id == aids.c.id)
        .where(aids.c.trashed_at.is_(None))
        .order_by(aids.c.asked_on.desc().nulls_last(), aids.c.added_at.desc(), aids.c.id)
    )  # fmt: skip
    if claim_id:
        query = query.where(aids.c.claim_id == claim_id)
    names = [column.name for column in aids.columns]
    return tuple(
        AidRow(
            record_of("aid", {name: row[name] for name in names}), row["claim_title"],
            row["person_name"], row["provider_name"], row["paper_name"], _money(row["paid"]),
            row["payments"] or 0,
        )
        for row in connection.execute(query).mappings()
    )  # fmt: skip


def _money(sum_of_cents: Money | int | None) -> Money:
    return sum_of_cents if isinstance(sum_of_cents, Money) else Money(sum_of_cents or 0)
