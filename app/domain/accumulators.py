"""How much of a plan's limits is used: deductible and out-of-pocket maximum, by plan year.

Each is counted for a person and for the family, in the network, out of it, and for drugs where
these have limits of their own. A plan counts in the order in which it processes claims, not in
the order of care. Only what the newest versions say counts. The out-of-pocket maximum counts
deductible, copay and coinsurance; premiums, what is not covered and balance bills do not count
(42 U.S.C. 18022(c)(3); 45 CFR 155.20). A person's limit that a plan has holds inside the family's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, Literal

from app.domain.eob import EobLine
from app.domain.eob_versions import Explained, Versions, versions_of
from app.domain.matters import OwedFacts
from app.domain.money import Money
from app.domain.plan import Plan, plan_in_force
from app.domain.plan_year import PlanYear

Limit = Literal["deductible", "oop"]
LIMITS: Final[tuple[Limit, ...]] = ("deductible", "oop")

_NOTHING: Final = Money()
_DAY: Final = timedelta(days=1)
_DRUG: Final = "NDC"
_SHARES: Final = ("deductible", "copay", "coinsurance", "cost_share")


@dataclass(frozen=True, slots=True)
class Step:
    """What one explanation added to a meter: `before` is what was used until then."""

    explained: Explained
    before: Money
    added: Money

    @property
    def after(self) -> Money:
        """What is used with it."""
        return self.before + self.added


@dataclass(frozen=True, eq=False)
class Meter:
    """How much of one limit is used; `person_id` None is the family's.

    `limit` is None where the plan year has none. `comparison` is with the newest paper that prints
    how much is used. `is_assumed` says that some paper does not tell whether the provider is in
    the network.
    """

    year: PlanYear
    kind: Limit
    person_id: str | None
    limit: Money | None
    steps: tuple[Step, ...]
    is_assumed: bool = False
    comparison: Comparison | None = None

    @cached_property
    def used(self) -> Money:
        """What is used, by one's own records."""
        return self.steps[-1].after if self.steps else _NOTHING

    @property
    def left(self) -> Money | None:
        """What is left until the limit is reached; None where there is none."""
        return None if self.limit is None else max(self.limit - self.used, _NOTHING)

    @property
    def printed(self) -> Money | None:
        """What the newest paper says is used."""
        return self.comparison.printed if self.comparison else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a paper prints as used, and what one's own records came to on the day of that paper.

    `agrees` allows for other papers of the same day: nobody knows in which order they were counted.
    """

    explained: Explained
    printed: Money
    own: Money
    agrees: bool


def meters_of(facts: OwedFacts, groups: Sequence[Versions] | None = None) -> tuple[Meter, ...]:
    """Return the meters of all plan years in which anything was processed or limits are known.

    `groups` are the explanations with their versions, where they are known already.
    """
    if groups is None:
        groups = versions_of(facts.eobs, facts.eob_lines)
    counting = _Counting(facts, groups)
    return tuple(
        meter
        for year in counting.years.all()
        for person in counting.people(year)
        for meter in counting.meters(year, person)
    )


@dataclass(frozen=True, slots=True)
class Used:
    """What the lines of one explanation use of the limits of one plan year."""

    deductible: Money
    oop: Money


class PlanYears:
    """Finds the plan year of a line; a plan without one has those that its card tells of."""

    def __init__(self, facts: OwedFacts) -> None:
        self._plans = facts.plans
        self._facts = facts
        self._by_plan: defaultdict[str, list[PlanYear]] = defaultdict(list)
        self._of_cards: dict[str, PlanYear] = {}
        for year in facts.plan_years:
            self._by_plan[year.plan_id].append(year)

    def all(self) -> tuple[PlanYear, ...]:
        """All plan years, the newest first."""
        years = (*(year for years in self._by_plan.values() for year in years),)
        found = (*years, *self._of_cards.values())
        scopes = ("in", "out", "rx")
        return tuple(
            sorted(
                found,
                key=lambda year: (-year.from_on.toordinal(), year.plan_id, scopes.index(year.scope)
                                  if year.scope in scopes else 3, year.id),
            )
        )  # fmt: skip

    def split(self, explained: Explained) -> Iterator[tuple[PlanYear, Used]]:
        """Yield each plan year that an explanation uses, with how much of it."""
        by_year: defaultdict[str, list[EobLine]] = defaultdict(list)
        years: dict[str, PlanYear] = {}
        for line in explained.standing:
            year = self.year_of(explained, line.served_on)
            if year is not None:
                years[year.id] = year
                by_year[year.id].append(line)
        whole = explained.eob
        if len(years) < 2:
            day = explained.days[0] if explained.days else whole.processed_on
            year = next(iter(years.values()), None) or self.year_of(explained, day)
            if year is not None:
                yield year, _used(explained)
            return
        for key, lines in by_year.items():
            yield years[key], _used_by(lines)

    def year_of(self, explained: Explained, day: date | None) -> PlanYear | None:
        """Return the plan year whose limits a day of care counts to, if one is known."""
        if day is None:
            return None
        person = self._facts.person_of(explained.eob)
        plan = self._plan(explained.eob.plan_id, person, day)
        if plan is None:
            return None
        fitting = [year for year in self._by_plan[plan.id] if year.from_on <= day <= year.until_on]
        scope = _scope(explained, {year.scope for year in fitting})
        return next((year for year in fitting if year.scope == scope), None) or (
            None if fitting else self._of_card(plan, day, scope)
        )

    def _plan(self, plan_id: str | None, person: str | None, day: date) -> Plan | None:
        named = next((plan for plan in self._plans if plan.id == plan_id), None)
        return named or plan_in_force(self._plans, person, day)

    def _of_card(self, plan: Plan, day: date, scope: str) -> PlanYear | None:
        """Return the calendar year of a plan whose card tells its limits, within its dates."""
        if scope != "in" or (plan.deductible is None and plan.out_of_pocket_max is None):
            return None
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        key = f"{plan.id}-{day.year}"
        return self._of_cards.setdefault(
            key,
            PlanYear(
                id=key, plan_id=plan.id, deductible_person=plan.deductible,
                from_on=max(first, plan.from_on or first), oop_person=plan.out_of_pocket_max,
                until_on=min(last, plan.until_on or last),
                coinsurance_percent=plan.coinsurance_percent,
            ),
        )  # fmt: skip


def _scope(explained: Explained, scopes: set[str]) -> str:
    codes = [line.code for line in explained.standing if line.code]
    if "rx" in scopes and codes and all(code.startswith(_DRUG) for code in codes):
        return "rx"
    return "out" if explained.eob.network == "out" else "in"


def _used(explained: Explained) -> Used:
    """Return what a whole explanation uses: its totals, else the sums of its lines."""
    by_line = _used_by(explained.standing)
    eob = explained.eob
    if all(getattr(eob, name) is None for name in _SHARES):
        return by_line
    whole = (
        part if (part := getattr(eob, name)) is not None else _column(explained.standing, name)
        for name in _SHARES
    )
    deductible = eob.deductible if eob.deductible is not None else by_line.deductible
    return Used(deductible, sum(whole, _NOTHING))


def _used_by(lines: Sequence[EobLine]) -> Used:
    shares = (_column(lines, name) for name in _SHARES)
    return Used(_column(lines, "deductible"), sum(shares, _NOTHING))


def _column(lines: Iterable[EobLine], name: str) -> Money:
    return Money(sum((getattr(line, name) or _NOTHING).cents for line in lines))


_Key = tuple[str, str | None]
"""A plan year and a person, or None for the family."""


class _Counting:
    """Counts what each version uses of each plan year, for its patient and for the family."""

    def __init__(self, facts: OwedFacts, groups: Sequence[Versions]) -> None:
        self.years = PlanYears(facts)
        self._facts = facts
        self._uses: dict[str, list[tuple[PlanYear, Used]]] = {}
        self._steps: defaultdict[_Key, list[tuple[Explained, Used]]] = defaultdict(list)
        self._groups: defaultdict[_Key, list[Versions]] = defaultdict(list)
        holding = [(each.current, each) for each in groups if each.current]
        decided = [(each, group) for each, group in holding if not each.is_pending]
        for explained, group in sorted(decided, key=lambda each: _processed(each[0])):
            for year, used in self._split(explained):
                for key in self._keys(year, explained):
                    self._steps[key].append((explained, used))
                    self._groups[key].append(group)
        self._count_what_held_before(groups)

    def _count_what_held_before(self, groups: Iterable[Versions]) -> None:
        """Take in what holds no more, taken back or open again: papers of its days counted it."""
        for group in groups:
            if group.current and not group.current.is_pending:
                continue
            keys = (
                key
                for each in group.all
                for year, _ in self._split(each)
                for key in self._keys(year, each)
            )
            for key in dict.fromkeys(keys):
                self._groups[key].append(group)

    def people(self, year: PlanYear) -> list[str | None]:
        """Return whom a plan year has meters of; the family comes last."""
        return [person for key, person in self._steps if key == year.id and person] + [None]

    def meters(self, year: PlanYear, person: str | None) -> Iterator[Meter]:
        """Yield the meters of a person, or of the family, in a plan year."""
        whose = "person" if person else "family"
        parts = self._steps[year.id, person]
        for kind in LIMITS:
            steps = tuple(_steps(kind, parts))
            yield Meter(
                year,
                kind,
                person,
                getattr(year, f"{kind}_{whose}"),
                steps,
                is_assumed=any(not explained.eob.network for explained, _ in parts),
                comparison=self._compared(kind, (year.id, person), steps),
            )

    def _split(self, explained: Explained) -> list[tuple[PlanYear, Used]]:
        key = explained.eob.id
        if key not in self._uses:
            self._uses[key] = list(self.years.split(explained))
        return self._uses[key]

    def _keys(self, year: PlanYear, explained: Explained) -> list[_Key]:
        person = self._facts.person_of(explained.eob)
        return [(year.id, None), *([(year.id, person)] if person else [])]

    def _compared(self, kind: Limit, key: _Key, steps: Sequence[Step]) -> Comparison | None:
        name = "deductible_met" if kind == "deductible" else "oop_met"
        for step in reversed(steps):
            printed: Money | None = getattr(step.explained.eob, name)
            if printed is not None:
                day = step.explained.eob.processed_on
                own = self._used_until(kind, key, day) if day else step.after
                before = self._used_until(kind, key, day - _DAY) if day else step.before
                agrees = printed in {own, step.after, before + step.added}
                return Comparison(step.explained, printed, own, agrees)
        return None

    def _used_until(self, kind: Limit, key: _Key, day: date) -> Money:
        """Add up what the versions that held on a day use."""
        total = 0
        for group in self._groups[key]:
            then = group.as_of(day)
            if then is not None and not then.is_pending:
                for year, used in self._split(then):
                    total += getattr(used, kind).cents if key in self._keys(year, then) else 0
        return Money(total)


def _processed(explained: Explained) -> tuple[date, datetime, str]:
    eob = explained.eob
    last = explained.days[-1] if explained.days else date.max
    return eob.processed_on or last, eob.added_at, eob.id


def _steps(kind: Limit, parts: Sequence[tuple[Explained, Used]]) -> Iterator[Step]:
    before = _NOTHING
    for explained, used in parts:
        added: Money = getattr(used, kind)
        yield Step(explained, before, added)
        before += added
