"""Labels and what is printed for them."""

from __future__ import annotations

import pytest

from app.importing.sifting.paper import Paper


def pairs(text):
    paper = Paper.of_text(text)
    return {(pair.label, paper.text[pair.start : pair.end]) for pair in paper.pairs}


def test_two_labels_in_one_cell_part_their_values():
    found = pairs("Claim No.: 7788 Date of Birth: 3/2/1960")
    assert {("claim no", "7788"), ("date of birth", "3/2/1960")} <= found


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "tail", ["A" * 400 + "é", "Ab" * 200 + "é", "A b " * 100 + "9", "# " * 200 + "9"]
)
def test_capitals_without_end_take_no_time(tail):
    assert pairs(f"Date: {tail}: 7")
