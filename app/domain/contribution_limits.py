"""What may be put into an HSA for a year, beside what was: information, not a verdict.

The limits are those of a full year of coverage: 26 U.S.C. 223(b). Months without coverage lower
them. Spouses share one family limit; each one's catch-up is their own: 26 U.S.C. 223(b)(5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.age import age_by_end_of
from app.domain.form_8889 import holder_of
from app.domain.hsa_account import Contribution
from app.domain.line_facts import NOTHING
from app.domain.money import Money
from app.domain.money_book import MoneyBook

CATCH_UP_AGE: Final = 55
FULL: Final = ("self", "employer")
"""Who gives what counts towards the limit; money rolled over does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContributionYear:
    """One holder's contributions for a tax year, and the limits, None where they are not known.

    `catch_up` is what a holder of 55 or older may add, included in neither limit; it is zero for
    a younger one, and None where the birth date or the amount is not known. `until` is the day
    the return is due without an extension.
    """

    year: int
    holder_id: str | None
    given: Money
    own: Money
    employer: Money
    self_only: Money | None = None
    family: Money | None = None
    catch_up: Money | None = None
    until: date | None = None
    source: str = ""
    late: tuple[Contribution, ...] = ()

    @property
    def most_self(self) -> Money | None:
        """The limit of somebody with self-only coverage, catch-up included."""
        return _with(self.self_only, self.catch_up)

    @property
    def most_family(self) -> Money | None:
        """The limit of somebody with family coverage, catch-up included."""
        return _with(self.family, self.catch_up)

    @property
    def over_family(self) -> Money:
        """What is above any limit there is."""
        return _above(self.given, self.most_family)

    @property
    def over_self(self) -> Money:
        """What is above the limit of self-only coverage."""
        return _above(self.given, self.most_self)


def contribution_years(book: MoneyBook) -> tuple[ContributionYear, ...]:
    """Return each holder's tax years in which something was contributed, in order."""
    groups: dict[tuple[int, str | None], list[Contribution]] = {}
    for each in book.contributions:
        if each.giver in FULL:
            key = each.tax_year, holder_of(book, each.account_id)
            groups.setdefault(key, []).append(each)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return tuple(_year(book, year, holder, given) for (year, holder), given in ordered)


def over_together(book: MoneyBook, years: Iterable[ContributionYear]) -> dict[int, Money]:
    """Return by year what the holder and the spouse put in above their common family limit."""
    spouses = {person.id for person in book.people if person.relation in {"self", "spouse"}}
    shared: defaultdict[int, list[ContributionYear]] = defaultdict(list)
    for each in years:
        if each.holder_id in spouses:
            shared[each.year].append(each)
    over: dict[int, Money] = {}
    for year, couple in shared.items():
        limit = couple[0].family
        if len(couple) > 1 and limit is not None:
            most = limit.cents + sum((each.catch_up or NOTHING).cents for each in couple)
            above = sum(each.given.cents for each in couple) - most
            if above > 0:
                over[year] = Money(above)
    return over


def _year(
    book: MoneyBook, year: int, holder: str | None, given: list[Contribution]
) -> ContributionYear:
    limit = book.rules.limit(year, "hsa_contribution")
    deadline = book.rules.limit(year, "contribute_by")
    until = deadline.day if deadline else None
    return ContributionYear(
        year=year,
        holder_id=holder,
        given=_sum(given),
        own=_sum(each for each in given if each.giver == "self"),
        employer=_sum(each for each in given if each.giver == "employer"),
        self_only=limit.amount("self_only") if limit else None,
        family=limit.amount("family") if limit else None,
        catch_up=_catch_up(book, year, holder),
        until=until,
        source=limit.source if limit else "",
        late=tuple(each for each in given if until and each.on > until),
    )


def _catch_up(book: MoneyBook, year: int, holder: str | None) -> Money | None:
    """Return what a holder may add who reaches 55 by the end of the year."""
    person = book.person_by_id.get(holder or "")
    if person is None or person.born_on is None:
        return None
    if age_by_end_of(person.born_on, year) < CATCH_UP_AGE:
        return NOTHING
    return book.rules.year(year).amount("hsa_contribution", "catch_up_55")


def _with(limit: Money | None, catch_up: Money | None) -> Money | None:
    return None if limit is None else limit + (catch_up or NOTHING)


def _above(given: Money, limit: Money | None) -> Money:
    return NOTHING if limit is None else Money(max(0, given.cents - limit.cents))


def _sum(given: Iterable[Contribution]) -> Money:
    return Money(sum(each.amount.cents for each in given))
