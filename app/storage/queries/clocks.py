"""Running times: the payer's, those of whoever was asked for papers, and one's own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from app.domain.clock import Clock
from app.domain.decision_clock import AnswerState, answer_state
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.storage.repository import record_of
from app.storage.schema import claims, clocks, denials, due_items, people, plans

_patients = people.alias("patients")
_CLOCK = [item.name for item in fields(Clock)]
_ITEM = [item.name for item in fields(DueItem)]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A running or settled time with its entry in the calendar, if it has a date, and its names."""

    clock: Clock
    item: DueItem | None
    claim: str | None
    patient: str | None
    insurer: str
    phone: str

    @property
    def about(self) -> date | None:
        """The day about which an answer is due, or None where none may be named."""
        return self.item.last_day if self.item else None

    @property
    def at_latest(self) -> date | None:
        """The last day before an answer appears late."""
        return self.item.latest_on if self.item else None

    @property
    def is_of_others(self) -> bool:
        """Whether somebody else has to answer."""
        return self.clock.kind != "step"

    def state(self, today: date) -> AnswerState | None:
        """Return where the awaited answer stands, or None for a step of one's own."""
        if not self.is_of_others:
            return None
        return (
            answer_state(self.about, self.at_latest, today) if self.about else AnswerState.WAITING
        )


def clock_rows(
    connection: Connection, *, claim_id: str | None = None, include_settled: bool = False
) -> tuple[ClockRow, ...]:
    """Running times of claims that are not in the trash, the oldest first; of one claim or of all.

    With `include_settled` also those that were answered or waived.
    """
    query = (
        select(
            *(clocks.c[name].label(f"clock_{name}") for name in _CLOCK),
            *(due_items.c[name].label(f"item_{name}") for name in _ITEM),
            claims.c.title.label("claim_title"), _patients.c.name.label("patient_name"),
            plans.c.insurer.label("of_insurer"), plans.c.phone.label("of_phone"),
        )
        .outerjoin(due_items, due_items.c.clock_id == clocks.c.id)
        .outerjoin(claims, claims.c.id == clocks.c.claim_id)
        .outerjoin(_patients, _patients.c.id == claims.c.person_id)
        .outerjoin(plans, plans.c.id == claims.c.plan_id)
        .where(claims.c.trashed_at.is_(None))
        .order_by(
            clocks.c.started_on, clocks.c.added_at, clocks.c.id, due_items.c.done_on.nulls_first()
        )
    )  # fmt: skip
    if claim_id:
        query = query.where(clocks.c.claim_id == claim_id)
    if not include_settled:
        query = query.where(clocks.c.answered_on.is_(None), clocks.c.waived_on.is_(None))
    rows: dict[str, ClockRow] = {}
    for row in connection.execute(query).mappings():
        rows.setdefault(row["clock_id"], _row(row))  # an entry still open comes first
    return tuple(rows.values())


def _row(row: RowMapping) -> ClockRow:
    item = {name: row[f"item_{name}"] for name in _ITEM}
    return ClockRow(
        record_of("clock", {name: row[f"clock_{name}"] for name in _CLOCK}),
        record_of("due_item", item) if item["id"] else None,
        row["claim_title"],
        row["patient_name"],
        row["of_insurer"] or "",
        row["of_phone"] or "",
    )


def late_rows(connection: Connection, today: date) -> tuple[ClockRow, ...]:
    """Running times of others whose answer appears late on a day."""
    return tuple(row for row in clock_rows(connection) if row.state(today) is AnswerState.LATE)


def claim_denials(connection: Connection, claim_id: str) -> tuple[Denial, ...]:
    """The denials of a claim, the oldest letter first."""
    query = (
        select(denials)
        .where(denials.c.claim_id == claim_id)
        .order_by(denials.c.notice_on.nulls_first(), denials.c.added_at, denials.c.id)
    )
    return tuple(record_of("denial", row) for row in connection.execute(query).mappings())
