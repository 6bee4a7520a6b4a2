"""Papers drawn in every form are read by the program's own reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.draw import FORMS
from tests.reading.found_words import words_found
from tests.reading.measure import measured
from tests.reading.read import Desk
from tests.reading.vary import filled, templates

PAPERS = [
    filled(template, "9")
    for template in templates()
    if template["id"] in {"receipt-cash", "card-slip"}
]


@pytest.fixture
def desk(tmp_path: Path):
    folder = tmp_path / "desk"
    folder.mkdir()
    with Desk(folder, tmp_path / "kept") as desk:
        yield desk


@pytest.mark.parametrize("form", FORMS)
def test_nearly_every_word_of_a_drawn_paper_is_read(form: str, desk: Desk):
    counts = [words_found(paper, desk.read(paper, form, 1).pages) for paper in PAPERS]

    found, printed = map(sum, zip(*counts, strict=True))
    assert printed > 60
    assert found / printed > 0.9


def test_what_was_read_is_kept_for_the_next_time(desk: Desk):
    first = desk.read(PAPERS[0], "pdf", 1)
    second = desk.read(PAPERS[0], "pdf", 1)

    assert second.seconds == 0
    assert [page.text for page in second.pages] == [page.text for page in first.pages]


def test_a_measurement_counts_every_paper_and_page(desk: Desk):
    told: list[str] = []
    result = measured(PAPERS, form="pdf", seed=1, desk=desk, told=told.append)

    assert (result.papers, result.pages) == (2, 2)
    assert result.score.kinds.total() == 2
    assert len(told) == 2
