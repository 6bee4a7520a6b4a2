"""Papers that nobody could read again in ten years are found while they can still be replaced."""

from datetime import date

import pytest

from app.domain.money import Money
from app.domain.page import PageText, Word, pack_page
from app.domain.summary_choice import of_year
from app.jobs import Silent
from app.operations.expenses import enter_expense
from app.operations.intake import add_papers
from app.operations.legibility import hard_to_read
from app.operations.line_findings import hsa_findings_of_line
from app.operations.money_book import money_book
from app.operations.papers import file_paper
from app.operations.summary_source import hsa_source
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts

DAY = date(2026, 3, 3)


def scanned(number, score=None):
    """Return a page read from its picture; without a score no word was found in it."""
    words = () if score is None else (Word("Total", 0.1, 0.1, 0.2, 0.2, score),)
    return record(number, PageText(number, "Total" if words else "", "ocr", words))


def record(number, text, failed=None):
    packed = None if failed else pack_page(text)
    return PageRecord(number, 612, 792, 0, text.how, packed, text.text, failed=failed)


def embedded(number):
    return record(number, PageText(number, "", "embedded"))


def broken(number):
    return record(number, PageText(number, "", "ocr"), "The page is damaged.")


PAPERS = {
    "sharp.png": ([scanned(1, 0.9), scanned(2, 0.55)], False),
    "blurred.png": ([scanned(1, 0.9), scanned(2, 0.54)], True),
    "too small.png": ([scanned(1)], True),
    "blank behind.png": ([scanned(1, 0.9), scanned(2)], False),
    "printed.pdf": ([embedded(1), scanned(2)], False),
    "damaged page.pdf": ([embedded(1), broken(2)], True),
    "unknown format.xyz": ("It cannot be shown.", True),
    "locked.pdf": (None, False),
    "not read yet.pdf": ([], False),
    "picture of a rash.png": ([scanned(1)], False),
}


@pytest.fixture
def papers(binder, paper):
    """Return the ids of all the papers by their names, each with what its reading gave."""
    added = add_papers(binder, [paper(name) for name in PAPERS], Silent())
    ids = dict(zip(PAPERS, (row.document_id for row in added), strict=True))
    with binder.deriving("Reading") as derived:
        for name, (read, _) in PAPERS.items():
            (part,) = binder.ask(document_parts, ids[name])
            if isinstance(read, list):
                derived.keep_pages(part.sha256, read)
                if read:
                    derived.finish(part.sha256, len(read))
            else:
                reason = read or "It needs its password."
                derived.fail(part.sha256, reason, page_count=None, needs_password=read is None)
    file_paper(binder, ids["picture of a rash.png"], kind="photo")
    return ids


def test_what_failed_or_was_read_with_little_certainty_is_hard_to_read(binder, papers):
    hard = hard_to_read(binder, papers.values())
    assert {name for name, key in papers.items() if key in hard} == {
        name for name, (_, is_hard) in PAPERS.items() if is_hard
    }
    assert hard_to_read(binder, [papers["sharp.png"]]) == hard_to_read(binder, []) == frozenset()


def test_the_summary_and_the_line_itself_name_the_paper(binder, papers):
    lines = {
        name: enter_expense(binder, Money(10_00), paid_on=DAY, served_on=DAY, document_id=key)
        for name, key in papers.items()
    }
    of_line = {line.id: name for name, line in lines.items()}
    source = hsa_source(binder, of_year(2026))
    told = {of_line[each.expense]: each.text for each in source.findings if each.id == "H09"}
    assert told.keys() == {name for name, (_, is_hard) in PAPERS.items() if is_hard}
    assert all(f"“{name.rpartition('.')[0]}" in text for name, text in told.items())
    book = money_book(binder)
    for name, line in lines.items():
        alone = hsa_findings_of_line(binder, book, line.id, "BP")
        assert [each.text for each in alone if each.id == "H09"] == [
            *filter(None, [told.get(name)])
        ]
