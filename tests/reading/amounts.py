"""Amounts of invented EOBs, bills and receipts, in cents; their arithmetic closes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One service of a claim; billed = discount + allowed + not covered."""

    what: str
    code: str
    billed: int
    discount: int
    allowed: int
    not_covered: int
    plan_paid: int
    deductible: int
    copay: int
    coinsurance: int
    patient_owes: int

    def amounts(self) -> dict[str, int]:
        """Return the amounts by the name of their role."""
        return {field.name: getattr(self, field.name) for field in fields(self)[2:]}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was bought, in cents; subtotal + tax = total = tendered - change."""

    items: tuple[tuple[str, int], ...]
    tax: int
    tendered: int

    @property
    def subtotal(self) -> int:
        return sum(price for _, price in self.items)

    @property
    def total(self) -> int:
        return self.subtotal + self.tax

    def slots(self) -> Iterator[tuple[str, str | int]]:
        """Yield the slots of a template: `i1.name`, `i1.price`, …, `subtotal`, `tax`, `total`."""
        for number, (name, price) in enumerate(self.items, start=1):
            yield f"i{number}.name", name
            yield f"i{number}.price", price
        yield from (("subtotal", self.subtotal), ("tax", self.tax), ("total", self.total))
        yield from (("tendered", self.tendered), ("change", self.tendered - self.total))


def lines_of(
    chance: random.Random, money: str, services: Sequence[tuple[str, str]]
) -> tuple[Line, ...]:
    """Return a line for each service: all `paid`, all `denied`, or the last one (`partly`)."""
    last = len(services) - 1
    return tuple(
        _denied(chance, what, code)
        if money == "denied" or (money == "partly" and place == last)
        else _paid(chance, what, code)
        for place, (what, code) in enumerate(services)
    )


def total_of(lines: Sequence[Line]) -> dict[str, int]:
    """Return the sum of each amount."""
    every = [line.amounts() for line in lines]
    return {name: sum(amounts[name] for amounts in every) for name in every[0]}


def receipt_of(chance: random.Random, pool: Sequence[tuple[str, int]]) -> Receipt:
    """Return three things bought, paid with a round note or exactly."""
    items = tuple((name, price) for name, price in chance.sample(list(pool), 3))
    subtotal = sum(price for _, price in items)
    tax = round(subtotal * chance.choice((0, 0.06, 0.0725, 0.0825)))
    total = subtotal + tax
    return Receipt(items, tax, -(-total // 2000) * 2000 if chance.random() < 0.5 else total)


def _price(chance: random.Random) -> int:
    price = chance.choice((chance.randint(4_000, 90_000), chance.randint(90_000, 1_250_000)))
    return price if chance.random() < 0.6 else round(price, -3)  # many prices are round


def _denied(chance: random.Random, what: str, code: str) -> Line:
    billed = _price(chance)
    return Line(
        what=what, code=code, billed=billed, discount=0, allowed=0, not_covered=billed,
        plan_paid=0, deductible=0, copay=0, coinsurance=0, patient_owes=billed,
    )  # fmt: skip


def _paid(chance: random.Random, what: str, code: str) -> Line:
    billed = _price(chance)
    allowed = round(billed * chance.uniform(0.35, 0.85))
    deductible = min(chance.choice((0, 0, 5_000, 12_550)), allowed)
    copay = min(chance.choice((0, 0, 2_000, 4_500)), allowed - deductible)
    coinsurance = round((allowed - deductible - copay) * chance.choice((0, 0.1, 0.2)))
    owes = deductible + copay + coinsurance
    return Line(
        what=what, code=code, billed=billed, discount=billed - allowed, allowed=allowed,
        not_covered=0, plan_paid=allowed - owes, deductible=deductible, copay=copay,
        coinsurance=coinsurance, patient_owes=owes,
    )  # fmt: skip
