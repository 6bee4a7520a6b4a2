"""The limits of a plan: nothing is asked beyond them, and papers print what was used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.money import Money
from app.domain.plan import Plan
from app.domain.plan_year import PlanYear
from tests.domain.money_makers import a_line, an_eob, ids, noted

YEAR = PlanYear(
    id="y", plan_id="acme", from_on=date(2026, 1, 1), until_on=date(2026, 12, 31),
    deductible_person=Money(500_00), oop_person=Money(1000_00),
)  # fmt: skip
ACME = Plan(id="acme", name="Acme", person_id="rosa")


def year_of_care(*amounts: tuple[int, int], **last: Any) -> dict[str, Any]:
    eobs = [
        an_eob(plan_id="acme", processed_on=date(2026, 4 + at, 1),
               **(last if at == len(amounts) - 1 else {}))
        for at in range(len(amounts))
    ]  # fmt: skip
    lines = [
        a_line(eob, code=f"9{at}000", served_on=date(2026, 3, 28 - at), deductible=deductible,
               coinsurance=coinsurance)
        for at, (eob, (deductible, coinsurance)) in enumerate(zip(eobs, amounts, strict=True))
    ]  # fmt: skip
    return {"eobs": eobs, "eob_lines": lines, "plans": [ACME], "plan_years": [YEAR]}


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (((300, 0), (200, 0)), []),
        (((300, 0), (201, 0)), ["M05"]),
        (((500, 400), (0, 100)), []),
        (((500, 400), (0, 101)), ["M06"]),
        (((500, 500), (20, 0)), ["M05", "M06"]),
    ],
)
def test_nothing_is_asked_beyond_a_limit(amounts, expected) -> None:
    assert ids(**year_of_care(*amounts)) == expected


def test_a_limit_is_used_in_the_order_of_processing_and_not_of_care() -> None:
    (found,) = noted(**year_of_care((450, 0), (100, 0)))
    assert "$450.00 of this person's deductible" in found.finding.text
    assert "$50.00 too much" in found.finding.text


@pytest.mark.parametrize(("printed", "expected"), [(400, []), (350, ["M05"]), (600, ["M05"])])
def test_what_the_paper_prints_as_used_is_compared(printed, expected) -> None:
    assert ids(**year_of_care((300, 0), (100, 0), deductible_met=printed)) == expected


def test_what_was_printed_is_compared_with_what_held_on_that_day() -> None:
    first = an_eob(plan_id="acme", processed_on=date(2026, 4, 1))
    printed = an_eob(plan_id="acme", processed_on=date(2026, 5, 1), deductible_met=400)
    newer = an_eob(plan_id="acme", processed_on=date(2026, 9, 1), follows_id=first.id)
    amounts = ((first, 300), (printed, 100), (newer, 200))
    lines = [a_line(eob, code=f"9{cents}", deductible=cents) for eob, cents in amounts]
    known = {"plans": [ACME], "plan_years": [YEAR], "eob_lines": lines}
    assert ids(eobs=[first, printed, newer], **known) == []
    other = replace(printed, deductible_met=Money(300_00))
    assert ids(eobs=[first, other, newer], **known) == ["M05"]


@pytest.mark.parametrize("status", ["reversed", "pending"])
def test_what_holds_no_more_was_counted_while_it_held(status) -> None:
    first = an_eob(plan_id="acme", processed_on=date(2026, 4, 1))
    printed = an_eob(plan_id="acme", processed_on=date(2026, 5, 1), deductible_met=400)
    after = an_eob(
        plan_id="acme", processed_on=date(2026, 9, 1), follows_id=first.id, status=status
    )
    lines = [a_line(first, code="91", deductible=300), a_line(printed, code="92", deductible=100)]
    known = {"plans": [ACME], "plan_years": [YEAR], "eob_lines": lines}
    assert ids(eobs=[first, printed, after], **known) == []


def test_two_papers_of_one_day_may_be_counted_in_either_order() -> None:
    same = [an_eob(plan_id="acme", processed_on=date(2026, 5, 1), deductible_met=met)
            for met in (100, None)]  # fmt: skip
    lines = [a_line(eob, code=f"9{at}", deductible=100) for at, eob in enumerate(same)]
    assert ids(eobs=same, eob_lines=lines, plans=[ACME], plan_years=[YEAR]) == []
