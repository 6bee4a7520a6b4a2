"""The limits of a plan in each of its years, and the codes of care that costs no share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.choice import Choice
from app.domain.errors import UserError
from app.domain.money import LARGEST, Money
from app.domain.plan_year import SCOPES, PlanYear
from app.operations.care_checks import one_of, refuse_backwards
from app.operations.day_checks import sensible
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

PREVENTIVE: Final = "preventive_codes"
"""The choice that lists the codes of care a person knows to be preventive, parted by blanks."""

_AMOUNTS: Final = ("deductible_person", "deductible_family", "oop_person", "oop_family")
_LONGEST: Final = 366


def add_plan_year(
    binder: Binder, plan_id: str, from_on: date, until_on: date, **known: Any
) -> PlanYear:
    """Keep the limits of a plan in one of its years; `known` are further fields of `PlanYear`.

    Raises:
        UserError: the plan is not there, the days are no year, an amount or the rate cannot be
            right, or the days meet those of another year of the same plan and scope.
    """
    year = PlanYear(id=new_id(), plan_id=plan_id, from_on=from_on, until_on=until_on, **known)
    with binder.operation("Enter the limits of a plan year") as work:
        return work.plan_years.add(_checked(work, year))


def change_plan_year(binder: Binder, year: PlanYear) -> PlanYear:
    """Replace the limits of a plan year; raises as `add_plan_year`."""
    with binder.operation("Change the limits of a plan year") as work:
        return work.plan_years.save(_checked(work, year))


def remove_plan_year(binder: Binder, plan_year_id: str) -> None:
    """Take the limits of a plan year out; undo brings them back."""
    with binder.operation("Remove the limits of a plan year") as work:
        work.plan_years.remove(plan_year_id)


def choose_preventive_codes(binder: Binder, codes: str) -> tuple[str, ...]:
    """Keep the codes of preventive care, and return them; an empty text forgets them all."""
    listed = tuple(dict.fromkeys(codes.replace(",", " ").upper().split()))
    if any(not code.isalnum() or len(code) > 12 for code in listed):
        raise UserError("A code has letters and digits only, like 99395. Part codes by blanks.")
    with binder.operation("Choose codes of preventive care") as work:
        before = work.choices.find(PREVENTIVE)
        choice = Choice(id=PREVENTIVE, value=" ".join(listed))
        if before is None:
            work.choices.add(choice)
        elif listed:
            work.choices.save(replace(before, value=choice.value))
        else:
            work.choices.remove(PREVENTIVE)
    return listed


def _checked(work: UnitOfWork, year: PlanYear) -> PlanYear:
    plan = work.plans.get(year.plan_id)
    one_of(year.scope, SCOPES, "a group of providers that is")
    for day in (year.from_on, year.until_on):
        sensible(day)
    refuse_backwards(year.from_on, year.until_on, "A plan year ends after it begins.")
    if (year.until_on - year.from_on).days >= _LONGEST:
        raise UserError("A plan year has twelve months at most. Please check the two days.")
    percent = year.coinsurance_percent
    if percent is not None and not 0 <= percent <= 100:
        raise UserError(f"A rate of {percent} % cannot be right. Write a number from 0 to 100.")
    for name in _AMOUNTS:
        amount: Money | None = getattr(year, name)
        if amount is not None and not Money() <= amount <= Money(LARGEST):
            raise UserError(f"A limit of {amount} cannot be right. Please check the amount.")
    for other in work.plan_years.where(plan_id=plan.id, scope=year.scope):
        meets = year.from_on <= other.until_on and other.from_on <= year.until_on
        if meets and other.id != year.id:
            raise UserError(
                "The limits of these days are entered already. Change that plan year, or end it "
                "before this one begins."
            )
    return year
