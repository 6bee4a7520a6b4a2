"""A bundle for a portal or a fax in parts: none too large, nothing lost, each clear by itself."""

from __future__ import annotations

import random
import re
from datetime import date

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.bundle import Cover, CriterionRow, PlaceOfProof, StoryRow
from app.domain.errors import UserError
from app.exporting.bundle_pdf import bind
from app.exporting.parts import Limits, Reserves, Unit, divide, runs
from app.jobs import Silent
from tests.exporting.bundle_papers import exhibit, letter, plan

COVER = Cover(
    sender=("Maria López",), recipient=("Acme Health Plan", "Fax 860-555-0199"),
    patient="Maria López", claim_numbers=("20260214-773190-00",), level="First appeal",
)  # fmt: skip


def scan(path, seed):
    """A photo of about 400 KB that no packing makes smaller."""
    dots = random.Random(seed).randbytes(600 * 700)
    Image.frombytes("L", (600, 700), dots).save(path, quality=90, dpi=(100, 100))
    return path


def bound(made, target, pool):
    return bind(made, target, pool, Silent(), allow_gaps=False)


def page_words(path):
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture
def scans(tmp_path):
    return [exhibit(scan(tmp_path / f"scan{n}.jpg", n), f"Scan {n}") for n in range(5)]


@pytest.fixture
def records(tmp_path):
    return exhibit(letter(tmp_path / "records.pdf", [f"Record {n}." for n in range(25)]), "Records")


def test_no_part_for_a_portal_is_larger_than_asked_and_nothing_is_lost(scans, pool, tmp_path):
    result = bound(
        plan(*scans, profile="portal", max_bytes=1_200_000), tmp_path / "Appeal.pdf", pool
    )
    assert len(result.files) > 1
    for number, file in enumerate(result.files, start=1):
        assert file.path == tmp_path / f"Appeal-{number}.pdf"
        assert file.path.stat().st_size == file.bytes <= 1_200_000
    assert not (tmp_path / "Appeal.pdf").exists()
    assert sum(place.pages for place in result.exhibits) == 10
    for place in result.exhibits:
        texts = page_words(result.files[place.part - 1].path)
        assert f"Exhibit {place.letter}" in texts[place.first_page - 1]
        assert f"Scan {ord(place.letter) - 65}" in texts[0]
    assert not list(tmp_path.glob(".claimbinder*"))


def test_a_part_left_from_before_is_told(scans, pool, tmp_path):
    (tmp_path / "b-3.pdf").write_bytes(b"older")
    result = bound(plan(*scans[:2], profile="portal", max_bytes=600_000), tmp_path / "b.pdf", pool)
    assert len(result.files) == 2
    (warning,) = result.warnings
    assert warning.startswith("“b-3.pdf” is there from before")


def test_what_fits_into_one_part_is_one_file_without_a_slip(scans, pool, tmp_path):
    result = bound(plan(*scans[:1], profile="portal"), tmp_path / "b.pdf", pool)
    assert [file.path.name for file in result.files] == ["b.pdf"]
    assert result.exhibits[0].first_page == 3


def test_a_single_page_larger_than_a_part_is_told_and_not_cut(scans, pool, tmp_path):
    result = bound(plan(*scans[:2], profile="portal", max_bytes=250_000), tmp_path / "b.pdf", pool)
    assert any("more than the 0.2 MB" in warning for warning in result.warnings)
    assert sum(place.pages for place in result.exhibits) == 4


def test_every_part_of_a_fax_has_its_sheet_its_numbers_and_the_claim(pool, tmp_path):
    pages = [f"Record {n}." for n in range(7)]
    records = exhibit(letter(tmp_path / "records.pdf", pages), "Records")
    result = bound(
        plan(records, profile="fax", max_pages=5, cover=COVER), tmp_path / "fax.pdf", pool
    )
    count = len(result.files)
    found = []
    for number, file in enumerate(result.files, start=1):
        texts = page_words(file.path)
        assert len(texts) == file.pages <= 5
        assert f"Pages {len(texts)}, this sheet included" in texts[0]
        assert "Fax number 860-555-0199" in texts[0]
        for page, text in enumerate(texts, start=1):
            assert f"Part {number} of {count}, page {page} of {len(texts)}" in text
            assert "20260214-773190-00" in text
        found += re.findall(r"Record (\d+)\.", " ".join(texts[1:]))
    assert [int(number) for number in found] == list(range(7))


def test_an_exhibit_that_goes_on_in_the_next_part_says_so(records, pool, tmp_path):
    result = bound(plan(records, profile="portal", max_pages=10), tmp_path / "b.pdf", pool)
    first, second = (page_words(file.path) for file in result.files[:2])
    assert "goes on in part 2" in first[0]
    assert "Exhibit A, goes on in part 2" in first[-1]
    assert "continued from part 1" in second[0]
    assert "Exhibit A, continued" in second[1]
    marks = pypdf.PdfReader(result.files[1].path).outline
    titles = [mark.title for mark in marks if not isinstance(mark, list)]
    assert titles == ["Cover slip: part 2 of 4", "Exhibit A: Records (continued)"]


def test_what_stands_in_another_part_is_named_by_part_and_page(tmp_path, pool, records):
    why = CriterionRow(
        kind="reason", quote="Not necessary", answer="It is",
        proofs=(PlaceOfProof(document_id="records", page=20),),
    )  # fmt: skip
    result = bound(
        plan(records, criteria=(why,), profile="portal", max_pages=12), tmp_path / "b.pdf", pool
    )
    said = re.search(
        r"Exhibit A, part (\d), page (\d+)", " ".join(page_words(result.files[0].path))
    )
    assert said
    page = page_words(result.files[int(said[1]) - 1].path)[int(said[2]) - 1]
    assert "Record 19." in page


def test_a_long_story_is_divided_between_its_lines(records, pool, tmp_path):
    story = tuple(
        StoryRow(on=date(2026, 3, 1), what=f"Event {n}.", text="It took long. " * 30)
        for n in range(40)
    )
    result = bound(
        plan(records, story=story, profile="portal", max_pages=5), tmp_path / "b.pdf", pool
    )
    texts = [page_words(file.path) for file in result.files]
    assert max(map(len, texts)) <= 5
    everything = " ".join(text for part in texts for text in part)
    assert [int(n) for n in re.findall(r"Event (\d+)\.", everything)] == list(range(40))
    assert "What happened, in order (continued)" in everything


def test_the_smallest_parts_hold_a_sheet_and_one_page(pool, tmp_path):
    paper = exhibit(letter(tmp_path / "a.pdf", ["One.", "Two."]), "Letter")
    result = bound(plan(paper, profile="portal", max_pages=2), tmp_path / "b.pdf", pool)
    texts = [page_words(file.path)[1] for file in result.files]
    assert ["Exhibit A" in text for text in texts] == [False, False, True, True, True]
    assert "continued from part 3" in page_words(result.files[3].path)[0]
    assert "One." in texts[3]
    assert "Two." in texts[4]


def test_too_few_pages_for_a_part_are_refused_in_words(records, pool, tmp_path):
    with pytest.raises(UserError, match="at least 2 pages"):
        bound(plan(records, profile="fax", max_pages=1), tmp_path / "fax.pdf", pool)


SIZES = st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=8), max_size=12)


@settings(max_examples=60)
@given(SIZES, st.integers(2, 12), st.integers(40, 200))
def test_whatever_is_divided_is_all_there_in_order_and_no_larger_than_it_must(sizes, pages, most):
    groups = [
        [
            Unit(is_exhibit=True, of=number, first=side, last=side + 1, pages=1, sheet=side == 0,
                 weights={(number, side): weight})
            for side, weight in enumerate(weights)
        ]
        for number, weights in enumerate(sizes)
    ]  # fmt: skip
    reserves = Reserves()
    reserves.bytes = dict.fromkeys(range(200), 0)
    parts = divide(groups, Limits(pages=pages, bytes=most), reserves)
    assert [unit for part in parts for unit in part] == [unit for group in groups for unit in group]
    for part in parts:
        assert len(part) <= max(pages - 1, 1)
        weight = sum(size for unit in part for size in unit.weights.values())
        assert weight <= most or len(part) == 1
        assert sum(run.last - run.first for run in runs(part)) == len(part)
    for group in groups:
        weight = sum(size for unit in group for size in unit.weights.values())
        if len(group) <= pages - 1 and weight <= most:
            assert sum(any(unit in part for unit in group) for part in parts) == 1
