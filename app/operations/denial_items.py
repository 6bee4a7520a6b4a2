"""The entries that a denial has in the calendar: one for each step, kept in line with its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.binder import Binder
from app.domain.denial import Denial
from app.domain.denial_dates import DenialDates
from app.domain.due_item import FOLLOW_UP_KINDS, DueItem
from app.domain.planned_deadline import LETTER_SOURCE, PlannedDeadline
from app.operations.planned_items import planned_item
from app.storage.unit_of_work import UnitOfWork

_FIRST_TITLE = "Send the appeal"
_LATER_TITLE = "Ask for the next review"
_KEEP_TITLE = "Ask that the care goes on during the appeal"
_PEER_TITLE = "Have your doctor call the plan's doctor (peer-to-peer)"
_PEER_NOTE = (
    "The last day comes from your letter. This call does not stop the time to appeal: the appeal "
    "has its own date."
)


@dataclass(frozen=True, slots=True)
class WantedItem:
    """An entry as it should stand now: its kind, its words and what was planned for it."""

    kind: str
    title: str
    planned: PlannedDeadline

    @property
    def slot(self) -> tuple[str, str | None]:
        """What stays the same of an entry while its date changes.

        The appeal and the call between doctors are one each, whatever rule counts them; side
        steps are told apart by their rule.
        """
        return self.kind, self.planned.rule_id if self.kind in _SIDES else None


_SIDES = frozenset({"keep_benefits", "step"})


def due_items_of(denial: Denial, dates: DenialDates) -> tuple[WantedItem, ...]:
    """Return the entries that a denial should have now; a step without a date has none.

    The steps beside the appeal keep their own days after the appeal was sent.
    """
    if denial.standing not in {"open", "appealed"}:
        return ()
    wanted: list[WantedItem] = []
    if denial.standing == "open":
        wanted.append(WantedItem("appeal", _appeal_title(denial, dates), dates.appeal))
    wanted += [
        WantedItem(side.kind, side.rule.title if side.rule else _KEEP_TITLE, side.planned)
        for side in dates.sides
    ]
    if denial.keep:
        wanted = [item for item in wanted if item.kind != "keep_benefits"]
    if denial.peer_by:
        wanted.append(WantedItem("peer_to_peer", _PEER_TITLE, _of_peer(denial.peer_by)))
    return tuple(item for item in wanted if item.planned.last_day)


def _appeal_title(denial: Denial, dates: DenialDates) -> str:
    """Return what to do: after the first appeal, whom to ask is not always the plan."""
    if denial.level == 1:
        return _FIRST_TITLE
    return dates.rule.title if dates.rule else _LATER_TITLE


def _of_peer(day: date) -> PlannedDeadline:
    return PlannedDeadline(
        last_day=day, basis="letter", letter_day=day, source=LETTER_SOURCE,
        explanation=(_PEER_NOTE,),
    )  # fmt: skip


def settle_items(
    binder: Binder, work: UnitOfWork, denial: Denial, wanted: Sequence[WantedItem]
) -> tuple[DueItem, ...]:
    """Make the denial's open entries those that are wanted, and return them.

    An entry keeps its id and its doer while its date changes, so that other calendars move it. A
    side step that was done or waived is not asked for again. Days to ask again, for a paper or for
    what a won appeal owes, are not counted from the letter and stay.
    """
    every = work.due_items.where(denial_id=denial.id, clock_id=None)
    items = [item for item in every if item.kind not in FOLLOW_UP_KINDS]
    before = {slot_of(item): item for item in sorted(items, key=lambda item: item.is_open)}
    kept: list[DueItem] = []
    for each in wanted:
        old = before.get(each.slot)
        if old and not old.is_open and each.kind != "appeal":
            continue
        made = _item(binder, denial, each)
        if old and old.is_open:
            made = replace(made, id=old.id, doer_id=old.doer_id, added_at=old.added_at)
            kept.append(work.due_items.save(made))
        else:
            kept.append(work.due_items.add(made))
    ids = {item.id for item in kept}
    for item in items:
        if item.is_open and item.id not in ids:
            work.due_items.remove(item.id)
    return tuple(kept)


def slot_of(item: DueItem) -> tuple[str, str | None]:
    """Return the slot of an entry that is in the calendar, as of one that is wanted."""
    return item.kind, item.rule_id if item.kind in _SIDES else None


def _item(binder: Binder, denial: Denial, wanted: WantedItem) -> DueItem:
    return planned_item(
        binder,
        wanted.planned,
        kind=wanted.kind,
        title=wanted.title,
        claim_id=denial.claim_id,
        denial_id=denial.id,
    )
