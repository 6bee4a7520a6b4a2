"""The page on what the fight costs: each printed column adds up to its printed total."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

import pypdfium2

from app.domain.fighting_costs import CostRow, FightingCosts
from app.domain.money import Money
from app.exporting.costs_pdf import CostEntry, costs_pdf
from app.exporting.exhibit_pages import ExhibitHead

AMOUNT = re.compile(r"\$[\d,]+\.\d\d")


def columns(pdf: bytes) -> list[list[int]]:
    """The cents of each column of money, from the top; its total is the last."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        words = text.get_text_range()
        for match in AMOUNT.finditer(words):
            _, _, right, top = text.get_charbox(match.end() - 1)
            if number or top < 590:  # below the sentence that tells the sums
                found[round(right / 10)].append(Money.parse(match[0]).cents)
    document.close()
    return [found[place] for place in sorted(found)]


def a_row(number: int) -> CostRow:
    method = ("card", "hsa", "hra")[number % 3]
    return CostRow(
        expense_id=str(number), paid_on=date(2026, 1, 1) + timedelta(days=number), served_on=None,
        provider=f"Provider {number}", what="Infusion", method=method,
        paid=Money(10_000 + 37 * number), came_back=Money(1_003 if number % 4 == 0 else 0),
    )  # fmt: skip


def a_page(count: int) -> bytes:
    rows = tuple(a_row(number) for number in range(count))
    costs = FightingCosts(claim_id="c", from_on=date(2026, 1, 1), until_on=None, rows=rows)
    entries = [
        CostEntry(
            day=str(row.paid_on), who=row.provider, what=row.what, how=row.method,
            paid=str(row.paid), came_back="", out_of_pocket="",
        )
        for row in rows
    ]  # fmt: skip
    return costs_pdf(ExhibitHead(claim="Infusions", made_on=date(2026, 11, 21)), entries, costs)


def test_the_sums_do_not_stand_on_a_page_alone():
    lasts: list[str] = []
    for count in range(10, 15):  # the page is full somewhere in between
        document = pypdfium2.PdfDocument(a_page(count))
        lasts.append(document[len(document) - 1].get_textpage().get_text_range())
        document.close()
    assert any("Infusions" not in last for last in lasts)
    assert all("Provider" in last and "Total" in last for last in lasts)


def test_the_columns_add_up_to_their_totals_over_all_pages():
    rows = tuple(a_row(number) for number in range(90))
    costs = FightingCosts(claim_id="c", from_on=date(2026, 1, 1), until_on=None, rows=rows)
    entries = [
        CostEntry(
            day=str(row.paid_on), who=row.provider, what=row.what, how=row.method,
            paid=str(row.paid), came_back=str(row.came_back) if row.came_back.cents else "",
            out_of_pocket=str(row.out_of_pocket) if row.is_own else "",
        )
        for row in rows
    ]  # fmt: skip
    made = costs_pdf(ExhibitHead(claim="Infusions", made_on=date(2026, 11, 21)), entries, costs)
    found = columns(made)
    assert [len(column) for column in found] == [91, 24, 61]
    for *parts, total in found:
        assert sum(parts) == total
    assert found[2][-1] == costs.out_of_pocket.cents
