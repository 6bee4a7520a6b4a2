"""The limits of a plan in one of its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.plan_year import PlanYear
from ui.care_choices import Named
from ui.desk import Desk
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, MoneyField, NoteField, NumberField
from ui.wording import tr

SCOPES: Final[Mapping[str, str]] = {
    "in": "Care in the network",
    "out": "Care out of the network",
    "rx": "Drugs, with limits of their own",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanYearInput:
    """The limits as filled in; the names are those of `PlanYear`."""

    plan_id: str
    from_on: date
    until_on: date
    scope: str
    deductible_person: Money | None
    deductible_family: Money | None
    oop_person: Money | None
    oop_family: Money | None
    coinsurance_percent: int | None
    note: str


class PlanYearDialog(AskDialog[PlanYearInput]):
    """Asks for the limits of a plan year; a limit that the plan has not stays empty."""

    def __init__(self, desk: Desk, plans: Sequence[Named], before: PlanYear | None = None) -> None:
        super().__init__(
            tr("Change the limits of a plan year") if before else tr("The limits of a plan year"),
            tr("Save") if before else tr("Enter"),
        )
        today = desk.today()
        self._ask_when(desk, plans, before, today)
        form, known = self.form, before
        self.deductible_person = MoneyField(known.deductible_person if known else None)
        self.deductible_family = MoneyField(known.deductible_family if known else None)
        form.add_beside(
            [
                (tr("Deductible of a person"), self.deductible_person),
                (tr("Deductible of the family"), self.deductible_family),
            ]
        )
        self.oop_person = MoneyField(known.oop_person if known else None)
        self.oop_family = MoneyField(known.oop_family if known else None)
        form.add_beside(
            [
                (tr("Most a person pays in the year"), self.oop_person),
                (tr("Most the family pays in the year"), self.oop_family),
            ]
        )
        self.percent = form.add(
            tr("Your coinsurance, in percent"),
            NumberField(known.coinsurance_percent if known else None),
        )
        self.note = form.add(
            tr("Notes for yourself"), NoteField(known.note if known else "", lines=2)
        )

    def _ask_when(
        self, desk: Desk, plans: Sequence[Named], before: PlanYear | None, today: date
    ) -> None:
        form = self.form
        self.plan: ChoiceField[str] = ChoiceField(
            plans, value=before.plan_id if before else (plans[0][0] if plans else None)
        )
        form.add(tr("Which plan?"), self.plan)
        first = before.from_on if before else date(today.year, 1, 1)
        last = before.until_on if before else date(today.year, 12, 31)
        self.from_on = form.add(tr("First day"), DateField(desk.today, "near", first))
        self.until_on = form.add(tr("Last day"), DateField(desk.today, "near", last))
        self.scope = form.add(
            tr("For which care?"),
            ChoiceField(choices(SCOPES), value=before.scope if before else "in", roomy=True),
        )

    def answer(self) -> PlanYearInput:
        """Return what is filled in now."""
        plan_id, first, last = self.plan.value(), self.from_on.value(), self.until_on.value()
        if plan_id is None:
            raise UserError(tr("There is no plan yet. Add it under People first."))
        if first is None or last is None:
            raise UserError(tr("When does the plan year begin and end? Write both days."))
        return PlanYearInput(
            plan_id=plan_id,
            from_on=first,
            until_on=last,
            scope=self.scope.value() or "in",
            deductible_person=self.deductible_person.value(),
            deductible_family=self.deductible_family.value(),
            oop_person=self.oop_person.value(),
            oop_family=self.oop_family.value(),
            coinsurance_percent=self.percent.value(),
            note=self.note.value(),
        )
