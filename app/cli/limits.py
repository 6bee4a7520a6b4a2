"""Commands on a plan's limits: plan-year, meters, preventive-codes."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.cli.answer import Answer, table
from app.cli.care import said, said_texts
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none
from app.cli.words_of_owed import LIMITS
from app.domain.accumulators import Meter, meters_of
from app.domain.errors import UserError
from app.domain.plan_year import PlanYear
from app.operations.owed import money_case
from app.operations.plan_years import (
    add_plan_year,
    change_plan_year,
    choose_preventive_codes,
    remove_plan_year,
)
from app.storage.queries.records import all_people, all_plans, all_records


@with_binder
def plan_year(desk: Desk, words: Namespace) -> Answer:
    """Enter the limits of a plan year, change or remove them."""
    plan_id = id_of(desk.binder, "plan", words.plan)
    known: list[PlanYear] = [
        year
        for year in desk.binder.ask(all_records, "plan_year")
        if (year.plan_id, year.from_on, year.scope) == (plan_id, words.from_on, words.scope)
    ]
    if words.remove:
        if not known:
            raise UserError("There are no limits of a plan year that begins on this day.")
        remove_plan_year(desk.binder, known[0].id)
        return Answer({"removed": known[0].id}, ["Removed. “claimbinder undo” brings it back."])
    given = {**said(words, (*LIMITS, "coinsurance_percent")), **said_texts(words, ("note",))}
    if known:
        until = words.until_on or known[0].until_on
        made = change_plan_year(desk.binder, replace(known[0], until_on=until, **given))
    else:
        until = words.until_on or _year_later(words.from_on)
        made = add_plan_year(desk.binder, plan_id, words.from_on, until, scope=words.scope, **given)
    return Answer(_year_row(made), [f"The plan year of {made.from_on}: {made.id}"])


def _year_later(first: date) -> date:
    """Return the last day of the twelve months that begin on a day."""
    try:
        return first.replace(year=first.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(first.year + 1, 2, 28)


def _year_row(year: PlanYear) -> dict[str, Any]:
    limits = {name: getattr(year, name) for name in LIMITS}
    return {
        "plan_year": year.id,
        "plan": year.plan_id,
        "from": iso(year.from_on),
        "until": iso(year.until_on),
        "scope": year.scope,
        **{name: money and money.plain for name, money in limits.items()},
        "coinsurance": year.coinsurance_percent,
        "note": year.note or None,
    }


@with_binder
def meters(desk: Desk, words: Namespace) -> Answer:
    """List how much of each limit is used, the newest plan year first."""
    plan_id = id_or_none(desk.binder, "plan", words.plan)
    people = {person.id: person.name for person in desk.binder.ask(all_people)}
    plans = {plan.id: plan.name for plan in desk.binder.ask(all_plans)}
    found = [
        meter
        for meter in meters_of(money_case(desk.binder, desk.today).facts)
        if (plan_id is None or meter.year.plan_id == plan_id)
        and (words.on is None or meter.year.from_on <= words.on <= meter.year.until_on)
        and (meter.limit is not None or meter.used.cents)
    ]
    rows = [_meter_row(meter, people, plans) for meter in found]
    columns = ("plan_name", "from", "scope", "who", "kind", "used", "limit", "left", "printed")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _meter_row(meter: Meter, people: dict[str, str], plans: dict[str, str]) -> dict[str, Any]:
    year, left, printed = meter.year, meter.left, meter.printed
    return {
        "plan": year.plan_id,
        "plan_name": plans.get(year.plan_id),
        "from": iso(year.from_on),
        "until": iso(year.until_on),
        "scope": year.scope,
        "kind": meter.kind,
        "who": people.get(meter.person_id or "") if meter.person_id else "family",
        "used": meter.used.plain,
        "limit": meter.limit and meter.limit.plain,
        "left": left and left.plain,
        "printed": printed and printed.plain,
        "steps": [
            {"eob": step.explained.eob.id, "processed_on": iso(step.explained.eob.processed_on),
             "added": step.added.plain, "used": step.after.plain}
            for step in meter.steps if step.added.cents
        ],
    }  # fmt: skip


@with_binder
def preventive_codes(desk: Desk, words: Namespace) -> Answer:
    """List or choose the codes of preventive care."""
    if words.codes or words.none:
        codes = list(choose_preventive_codes(desk.binder, " ".join(words.codes)))
    else:
        codes = sorted(money_case(desk.binder, desk.today).facts.preventive_codes)
    return Answer({"codes": codes}, [" ".join(codes) or "No codes are chosen."])
