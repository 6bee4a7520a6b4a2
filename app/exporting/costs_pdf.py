"""What was paid while a claim was fought over, on a page that stands alone or in a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.fighting_costs import FightingCosts
from app.domain.money import Money
from app.exporting.exhibit_pages import ExhibitHead, head_data
from app.exporting.plain_text import shortened
from app.exporting.typeset import typeset

_TITLE: Final = "Out of pocket while fighting"
_LONGEST: Final = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class CostEntry:
    """One payment in words; empty where there is nothing to say."""

    day: str
    who: str
    what: str
    how: str
    paid: str
    came_back: str
    out_of_pocket: str


def costs_pdf(head: ExhibitHead, rows: Sequence[CostEntry], costs: FightingCosts) -> bytes:
    """Return the payments as a PDF on upright US Letter pages, the oldest first, with their sums.

    A sum is printed only below a column that it is the sum of.
    """
    by_others = f"Others paid {costs.by_others} meanwhile." if costs.by_others > Money() else ""
    data = {
        **head_data(head),
        "summary": " ".join(filter(None, (costs.sentence, by_others))),
        "rows": list(map(row_data, rows)),
        "sums": sum_data(costs),
    }
    return typeset("costs.typ", data, title=_TITLE, made_on=head.made_on)


def row_data(row: CostEntry) -> dict[str, str]:
    """Return a payment as the templates print it."""
    return {
        "day": row.day,
        "who": shortened(row.who, _LONGEST),
        "what": shortened(row.what, _LONGEST),
        "how": row.how,
        "paid": row.paid,
        "came_back": row.came_back,
        "out_of_pocket": row.out_of_pocket,
    }


def sum_data(costs: FightingCosts) -> dict[str, str]:
    """Return the sums of the three columns of money, each of all that is printed in it."""
    paid = sum((row.paid for row in costs.rows), Money())
    came_back = sum((row.came_back for row in costs.rows), Money())
    return {
        "paid": str(paid),
        "came_back": str(came_back) if came_back > Money() else "",
        "out_of_pocket": str(costs.out_of_pocket),
    }
