"""Whether the amounts of an explanation of benefits add up. What does not is a question.

The equations E1 to E5 are those of the insurers' own arithmetic: real papers break them by
rounding, by leaving columns out and by mistake, so nothing here is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self

from app.domain.money import Money

Equation = Literal["E1", "E2", "E3", "E4", "E5"]

_NAMES: Final = {
    "billed": "the amount billed",
    "discount": "the discount",
    "allowed": "the amount allowed",
    "not_covered": "the amount not covered",
    "deductible": "the deductible",
    "copay": "the copay",
    "coinsurance": "the coinsurance",
    "cost_share": "your share of the cost",
    "plan_paid": "what the plan paid",
    "other_paid": "what other insurance paid",
    "reduction": "the reduction",
    "patient_owes": "what you owe",
}
_SENTENCE: Final = "{where}{parts} add up to {sum}, the paper says {said} for {whole}."
_QUESTION: Final = " Which is right?"


@dataclass(frozen=True, slots=True, kw_only=True)
class EobAmounts:
    """The amounts of a line or of a whole claim; None where the paper has no such column.

    `cost_share` stands for deductible, copay and coinsurance where they share one column;
    `other_paid` is another insurance, `reduction` what the plan keeps back and nobody owes.
    """

    billed: Money | None = None
    discount: Money | None = None
    allowed: Money | None = None
    not_covered: Money | None = None
    deductible: Money | None = None
    copay: Money | None = None
    coinsurance: Money | None = None
    cost_share: Money | None = None
    plan_paid: Money | None = None
    other_paid: Money | None = None
    reduction: Money | None = None
    patient_owes: Money | None = None

    @classmethod
    def of(cls, amounts: Mapping[str, Money]) -> Self:
        """Return the amounts that a mapping has under these names; its others are left out."""
        return cls(**{name: amounts[name] for name in _NAMES if name in amounts})

    def items(self) -> Iterator[tuple[str, Money]]:
        """Yield the names and amounts that the paper has."""
        for name in _NAMES:
            money: Money | None = getattr(self, name)
            if money is not None:
                yield name, money

    @property
    def shares(self) -> tuple[str, ...]:
        """The names of the patient's parts by the plan, if the paper shows them all.

        Without a column of coinsurance it may hide in what is owed.
        """
        parts = self.known("deductible", "copay", "coinsurance", "cost_share")
        whole = "cost_share" in parts or ("coinsurance" in parts and len(parts) > 1)
        return parts if whole else ()

    def known(self, *names: str) -> tuple[str, ...]:
        """Return those of the names whose amounts stand on the paper."""
        return tuple(name for name in names if getattr(self, name) is not None)

    def sum_of(self, names: Iterable[str]) -> Money:
        """Add up; what does not stand on the paper counts nothing."""
        return sum((getattr(self, name) or Money() for name in names), Money())


@dataclass(frozen=True, slots=True)
class SumFinding:
    """Amounts that do not add up: by which equation, where, and the question to ask.

    `row` is the line, from 1, or None for the totals; `said` is on the paper, `parts` is the
    sum of what should make it up.
    """

    equation: Equation
    row: int | None
    said: Money
    parts: Money
    text: str


def sums(
    lines: Sequence[EobAmounts], totals: EobAmounts | None, first_row: int = 1
) -> tuple[SumFinding, ...]:
    """Return what does not close in the lines of one claim and its totals, in their order.

    `first_row` is the number of the first line on the paper.
    """
    found: list[SumFinding] = []
    for row, line in enumerate(lines, start=first_row):
        found += _of_amounts(line, row)
    if totals:
        found += _of_amounts(totals, None)
        found += _of_columns(lines, totals)
    return tuple(found)


def _of_amounts(amounts: EobAmounts, row: int | None) -> Iterator[SumFinding]:
    checks: tuple[tuple[Equation, str, _Ways], ...] = (
        ("E1", "billed", _billed_ways(amounts)),
        ("E2", "allowed", _allowed_ways(amounts)),
        ("E3", "patient_owes", _owed_ways(amounts)),
        ("E4", "billed", _closing_ways(amounts)),
    )
    for equation, whole, ways in checks:
        said: Money | None = getattr(amounts, whole)
        if said is None or not ways or any(amounts.sum_of(way) == said for way in ways):
            continue
        yield _finding(equation, row, whole, said, ways[0], amounts)


_Ways = tuple[tuple[str, ...], ...]
"""What may make up an amount: any one of these sums closes the equation. The first is the usual."""


def _billed_ways(amounts: EobAmounts) -> _Ways:
    """E1: what was billed is allowed, discount and not covered, which may lie in the discount."""
    if not amounts.known("allowed") or not amounts.known("discount"):
        return ()
    return _unique(("allowed", *amounts.known("discount", "not_covered")), ("allowed", "discount"))


def _allowed_ways(amounts: EobAmounts) -> _Ways:
    """E2: what is allowed is paid by somebody; what is not covered may lie in it."""
    if not amounts.known("plan_paid"):
        return ()
    paid = amounts.known("plan_paid", "other_paid", "reduction")
    owed = amounts.known("patient_owes")
    ways: list[tuple[str, ...]] = []
    if amounts.shares:
        ways += [(*paid, *amounts.shares), (*paid, *amounts.shares, *amounts.known("not_covered"))]
    if owed:
        ways.append((*paid, *owed))
    return _unique(*ways) if amounts.shares or not amounts.known("not_covered") else ()


def _owed_ways(amounts: EobAmounts) -> _Ways:
    """E3: what the patient owes is the shares, with what is not covered unless another bears it."""
    if not amounts.shares:
        return ()
    plain = amounts.shares
    return _unique((*plain, *amounts.known("not_covered")), plain)


def _closing_ways(amounts: EobAmounts) -> _Ways:
    """E4: what was billed is paid, taken off or owed; asked where E1 to E3 cannot be."""
    if amounts.known("allowed") or len(amounts.known("discount", "plan_paid", "patient_owes")) < 3:
        return ()
    parts = amounts.known("discount", "plan_paid", "other_paid", "reduction", "patient_owes")
    return _unique(parts, (*parts, *amounts.known("not_covered")))


def _unique(*ways: tuple[str, ...]) -> _Ways:
    return tuple(dict.fromkeys(ways))


def _of_columns(lines: Sequence[EobAmounts], totals: EobAmounts) -> Iterator[SumFinding]:
    """E5: a total is the sum of its column; a column with a blank in it is not asked about."""
    for name, said in totals.items():
        column = [getattr(line, name) for line in lines]
        known = [money for money in column if money is not None]
        if len(known) < len(column) or not known:
            continue
        parts = sum(known, Money())
        if parts != said:
            text = (
                f"The lines add up to {parts} for {_NAMES[name]}, "
                f"the paper's total says {said}.{_QUESTION}"
            )
            yield SumFinding("E5", None, said, parts, text)


def _finding(
    equation: Equation,
    row: int | None,
    whole: str,
    said: Money,
    way: tuple[str, ...],
    amounts: EobAmounts,
) -> SumFinding:
    parts = amounts.sum_of(way)
    listed = _listed([_NAMES[name] for name in way])
    if row is None:
        where, listed = "", listed[0].upper() + listed[1:]
    else:
        where = f"Line {row}: "
    text = _SENTENCE.format(where=where, parts=listed, sum=parts, said=said, whole=_NAMES[whole])
    if len(way) == 1:
        text = text.replace(" add up to ", " is ", 1)
    return SumFinding(equation, row, said, parts, text + _QUESTION)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
