"""Who was a dependent in which tax year, as the person says."""

from __future__ import annotations

from typing import Final

from app.binder import Binder
from app.domain.dependent_year import STATUSES, DependentYear
from app.domain.errors import UserError
from app.operations.care_checks import one_of
from app.operations.ids import new_id

_OWN: Final = ("self", "spouse")


def say_dependent(
    binder: Binder, person_id: str, year: int, status: str, *, note: str = ""
) -> DependentYear | None:
    """Keep what somebody was in a tax year; an empty status forgets what was said.

    Raises:
        UserError: the year or the status cannot be right, or nobody needs to say it.
    """
    with binder.operation("Say who was a dependent") as work:
        person = work.people.get(person_id)
        if person.relation in _OWN:
            raise UserError(
                f"{person.name} is the holder or the spouse, whose care always counts. Only other "
                "people are dependents."
            )
        first = person.born_on.year if person.born_on else binder.today().year - 100
        if not first <= year <= binder.today().year + 1:
            raise UserError(f"The year {year} cannot be right for {person.name}. Please check it.")
        known = work.dependent_years.where(person_id=person_id, year=year)
        if not status:
            for each in known:
                work.dependent_years.remove(each.id)
            return None
        one_of(status, STATUSES, "an answer")
        said = DependentYear(
            id=known[0].id if known else new_id(), person_id=person_id, year=year, status=status,
            note=note.strip(),
        )  # fmt: skip
        return work.dependent_years.save(said) if known else work.dependent_years.add(said)
