"""What was read in a paper as an explanation that a person looks at."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.eob_read import draft_of
from app.domain.fact_rows import FactRow
from app.domain.money import Money


def fact(
    name: str, value: str, *, row: int | None = None, top: float = 0.1, **more: Any
) -> FactRow:
    return FactRow(name=name, value=value, row=row, page=more.pop("page", 1),
                   boxes=((0.1, top, 0.2, top + 0.02),), **more)  # fmt: skip


PAPER = (
    fact("provider", "Lakeside Infusion Center"),
    fact("claim_number", "CLM-7"),
    fact("patient", "Rosa Delgado"),
    fact("processed_date", "2026-03-20"),
    fact("procedure", "96365", top=0.4),
    fact("procedure", "96366", top=0.5),
    fact("carc", "CO-45", top=0.5),
    fact("service_date", "2026-03-02", top=0.4),
    fact("billed", "600.00", row=1, top=0.4),
    fact("patient_owes", "75.00", row=1, top=0.4),
    fact("billed", "40.00", row=2, top=0.5),
    fact("billed", "640.00", top=0.6),
)


def test_amounts_make_lines_with_what_stands_beside_them() -> None:
    draft = draft_of(PAPER)
    assert (draft.provider, draft.number, draft.patient) == (
        "Lakeside Infusion Center", "CLM-7", "Rosa Delgado",
    )  # fmt: skip
    assert draft.processed_on == date(2026, 3, 20)
    first, second = draft.lines
    assert (first.code, first.billed, first.patient_owes) == (
        "96365", Money(600_00), Money(75_00),
    )  # fmt: skip
    assert (second.code, second.reasons) == ("96366", "CO-45")
    assert {line.served_on for line in draft.lines} == {date(2026, 3, 2)}
    assert draft.totals.billed == Money(640_00)
    assert draft.questions == ()


def test_what_does_not_add_up_is_asked() -> None:
    (question,) = draft_of((*PAPER[:-1], fact("billed", "700.00"))).questions
    assert question.equation == "E5"


def test_two_totals_of_one_name_are_left_blank() -> None:
    assert draft_of((*PAPER, fact("billed", "9.00", top=0.7))).totals.billed is None


def test_a_code_on_another_page_is_not_beside() -> None:
    rows = (fact("billed", "5.00", row=1), fact("procedure", "96365", page=2))
    assert draft_of(rows).lines[0].code == ""


def test_nothing_is_confirmed_before_a_person_said_so() -> None:
    assert not draft_of(PAPER).is_confirmed
    assert not draft_of(()).is_confirmed
    assert draft_of((fact("billed", "5.00", said_id="x"),)).is_confirmed
    assert draft_of((fact("billed", "lots", row=1),)).lines[0].billed is None
