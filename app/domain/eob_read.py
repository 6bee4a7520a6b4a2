"""From what was read in a paper to an explanation of benefits that a person looks at.

Nothing of it is a fact before the person says so. A code or day of care belongs to the line of
amounts beside which it stands; where only one day was read it is that of every line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from app.domain.eob import EobLine
from app.domain.eob_sums import EobAmounts, SumFinding, sums
from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.money import Money

AMOUNTS: Final = tuple(field.name for field in fields(EobAmounts))
_PLACED: Final = ("service_date", "procedure", "modifier", "carc", "rarc")


@dataclass(frozen=True, slots=True)
class EobDraft:
    """What a paper seems to say; `is_confirmed` says that a person confirmed every value used."""

    provider: str
    number: str
    patient: str
    insurer: str
    processed_on: date | None
    totals: EobAmounts
    lines: tuple[EobLine, ...]
    is_confirmed: bool

    @property
    def questions(self) -> tuple[SumFinding, ...]:
        """What of it does not add up."""
        return sums([line.amounts for line in self.lines], self.totals)


def draft_of(rows: Sequence[FactRow]) -> EobDraft:
    """Return what the values of a paper make; several totals of one name are left blank."""
    by_row: defaultdict[int, dict[str, FactRow]] = defaultdict(dict)
    totals: defaultdict[str, list[FactRow]] = defaultdict(list)
    for fact in rows:
        if fact.name in AMOUNTS and fact.row is not None:
            by_row[fact.row].setdefault(fact.name, fact)
        elif fact.name in AMOUNTS:
            totals[fact.name].append(fact)
    single = {name: found[0] for name, found in totals.items() if len(found) == 1}
    placed = [fact for fact in rows if fact.name in _PLACED]
    lines = tuple(_line(at, by_row[row], placed) for at, row in enumerate(sorted(by_row), start=1))
    used = [*single.values(), *(fact for found in by_row.values() for fact in found.values())]
    return EobDraft(
        provider=_first(rows, "provider") or _first(rows, "facility"),
        number=_first(rows, "claim_number"),
        patient=_first(rows, "patient"),
        insurer=_first(rows, "insurer"),
        processed_on=_day(_first(rows, "processed_date") or _first(rows, "letter_date")),
        totals=EobAmounts.of(_money(single)),
        lines=lines,
        is_confirmed=bool(used) and all(fact.is_confirmed for fact in used),
    )


def _line(at: int, amounts: dict[str, FactRow], placed: Sequence[FactRow]) -> EobLine:
    beside = [fact for fact in placed if any(_is_beside(fact, one) for one in amounts.values())]
    days = _values(beside, "service_date") or _only(_values(placed, "service_date"))
    codes = _values(beside, "procedure")
    return EobLine(
        id=str(at),
        eob_id="",
        position=at,
        served_on=_day(days[0]) if days else None,
        code=codes[0] if codes else "",
        modifiers=" ".join(_values(beside, "modifier")),
        reasons=" ".join((*_values(beside, "carc"), *_values(beside, "rarc"))),
        **_money(amounts),
    )


def _is_beside(fact: FactRow, amount: FactRow) -> bool:
    """Say whether two values stand on one line of one page."""
    one, other = fact.box, amount.box
    if fact.page != amount.page or one is None or other is None:
        return False
    middle = (one[1] + one[3]) / 2
    return other[1] <= middle <= other[3]


def _values(rows: Iterable[FactRow], name: str) -> list[str]:
    found = (fact.value for fact in rows if fact.name == name)
    return list(dict.fromkeys(value for value in found if isinstance(value, str)))


def _only(values: list[str]) -> list[str]:
    return values if len(values) == 1 else []


def _first(rows: Iterable[FactRow], name: str) -> str:
    return next(iter(_values(rows, name)), "")


def _money(found: dict[str, FactRow]) -> dict[str, Any]:
    amounts: dict[str, Any] = {}
    for name, fact in found.items():
        try:
            amounts[name] = Money.parse(str(fact.value))
        except UserError:
            continue
    return amounts


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
