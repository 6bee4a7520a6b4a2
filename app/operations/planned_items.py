"""The entry of the calendar that stands for a day which was planned on."""

from __future__ import annotations

from typing import Any

from app.binder import Binder
from app.domain.due_item import DueItem
from app.domain.planned_deadline import PlannedDeadline
from app.operations.ids import new_id


def planned_item(binder: Binder, planned: PlannedDeadline, **known: Any) -> DueItem:
    """Return a new entry for a planned day; `known` are further fields of `DueItem`.

    The day to plan on must be known. Both days, the law and how well it was checked go with it.
    """
    assert planned.last_day is not None
    fields: dict[str, Any] = {
        "last_day": planned.last_day,
        "safe_on": planned.safe_file_by,
        "basis": planned.basis or "letter",
        "letter_on": planned.letter_day,
        "rule_on": planned.rule_day,
        "latest_on": planned.latest,
        "rule_id": planned.rule_id,
        "source": planned.source or "",
        "verification": planned.verification or "",
        "counts_as_filed": planned.counts_as_filed or "",
        "note": " ".join(planned.explanation),
        "author_id": binder.author_id,
        "added_at": binder.now(),
    }
    return DueItem(id=new_id(), **fields | known)
