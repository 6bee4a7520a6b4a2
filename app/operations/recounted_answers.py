"""What a correction does to the answers that others owe: counted again, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.recount import Recounted, Subject, recounted
from app.operations.clocks import settle_clock
from app.storage.unit_of_work import UnitOfWork


def recount_answers(
    binder: Binder,
    work: UnitOfWork,
    claim: Claim,
    reason: str,
    *,
    denial_id: str | None = None,
) -> Iterator[Recounted]:
    """Count the running times of others again, and return a line for each that has or had a date.

    The times are those of a claim, or only those for one of its denials. `reason` says what was
    corrected.
    """
    chosen = {"claim_id": claim.id} | ({"denial_id": denial_id} if denial_id else {})
    for clock in work.clocks.where(**chosen):
        if clock.kind == "step" or not clock.is_running:
            continue
        items = work.due_items.where(clock_id=clock.id)
        before = next((item for item in items if item.is_open), None)
        after = settle_clock(binder, work, clock)
        about = Subject(
            claim=claim.title,
            denial_id=clock.denial_id,
            clock_id=clock.id,
            title=clock.title,
            ask=after.ask,
        )
        if before or after.item:
            yield recounted(about, before, after.item, reason)
