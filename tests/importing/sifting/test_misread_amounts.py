"""Amounts that OCR misread: what alone breaks its line and its column is not given."""

from __future__ import annotations

from dataclasses import replace

from app.importing.sifting.amount_facts import amount_facts
from app.importing.sifting.paper import Paper

EOB = """
Service       Billed     Allowed    Deductible   Coinsurance   Plan paid   You owe
Visit         $310.00    $200.00    $0.00        $40.00        $160.00     $40.00
Lab           $88.00     $50.00     $0.00        $10.00        $40.00      $10.00
Total         $398.00    $250.00    $0.00        $50.00        $200.00     $50.00
"""


def read(text: str, *, by_ocr: bool = True) -> set[tuple[str, object]]:
    paper = Paper.of_text(text)
    if by_ocr:
        words = tuple(replace(item, word=replace(item.word, score=0.96)) for item in paper.written)
        paper = replace(paper, written=words)
    return {(item.name, item.value) for item in amount_facts(paper, "eob") if item.score >= 0.5}


def test_what_adds_up_is_given():
    assert read(EOB) == read(EOB, by_ocr=False)


def test_an_amount_that_breaks_its_line_and_its_column_is_not_given():
    misread = EOB.replace("$160.00", "$180.00")
    assert ("plan_paid", "180.00") not in read(misread)
    assert read(misread) == read(EOB) - {("plan_paid", "160.00")}


def test_a_total_that_breaks_its_own_sums_is_not_given():
    misread = EOB.replace("$250.00", "$260.00")
    assert ("allowed", "260.00") not in read(misread)
    assert ("allowed", "200.00") in read(misread)


def test_what_is_printed_on_a_digital_paper_is_what_it_says():
    assert ("plan_paid", "180.00") in read(EOB.replace("$160.00", "$180.00"), by_ocr=False)


def test_a_column_that_only_its_total_contradicts_stays_for_nobody_knows_which_is_wrong():
    misread = EOB.replace("$398.00", "$393.00")
    assert {("billed", "393.00"), ("billed", "310.00")} <= read(misread)
