"""The diary of a claim: one line a day, and short logs of trials and of other programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app.binder import Binder
from app.domain.diary_line import KINDS, DiaryLine
from app.domain.errors import UserError
from app.operations.care_checks import one_line, one_of, refuse_to_come
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

WORST: Final = 10
"""The highest score."""


def add_line(
    binder: Binder,
    claim_id: str,
    text: str,
    *,
    on: date | None = None,
    score: int | None = None,
    kind: str = "symptom",
) -> DiaryLine:
    """Write one line; of today, unless another day is named.

    Raises:
        UserError: it says nothing, its score is not 0 to 10, its kind is none of ours, or its day
            has not come.
    """
    line = DiaryLine(
        id=new_id(), claim_id=claim_id, on=on or binder.today(), kind=kind, text=text, score=score,
        author_id=binder.author_id, added_at=binder.now(),
    )  # fmt: skip
    with binder.operation("Write in the diary") as work:
        return work.diary_lines.add(_checked(work, line, binder.today()))


def change_line(binder: Binder, line: DiaryLine) -> DiaryLine:
    """Replace a line of the diary.

    Raises:
        UserError: as `add_line`.
    """
    with binder.operation("Change a line of the diary") as work:
        return work.diary_lines.save(_checked(work, line, binder.today()))


def remove_line(binder: Binder, line_id: str) -> None:
    """Take a line out of the diary; undo brings it back."""
    with binder.operation("Remove a line of the diary") as work:
        work.diary_lines.remove(line_id)


def _checked(work: UnitOfWork, line: DiaryLine, today: date) -> DiaryLine:
    text = one_line(line.text)
    if not text and line.score is None:
        raise UserError("Write a few words about the day, or choose a number from 0 to 10.")
    if line.score is not None and not 0 <= line.score <= WORST:
        raise UserError(f"{line.score} is no score. Choose a number from 0 (good) to 10 (worst).")
    one_of(line.kind, KINDS, "a kind of line")
    refuse_to_come(sensible(line.on), today, "it was so")
    work.claims.get(line.claim_id)
    return replace(line, text=text)
