"""From a letter to confirmed values: read, suggested, said, corrected, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.binder import Binder
from app.domain.errors import UnreadableError, UserError
from app.domain.fact import Sifted
from app.importing.reader import DocumentReader, KeptPage
from app.importing.sifting.version import VERSION
from app.jobs import Silent
from app.operations.claims import open_claim
from app.operations.confirming import confirm_paper
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue, say_facts, sift_papers
from app.operations.intake import add_papers
from app.operations.papers import join_papers
from app.operations.people import add_person
from app.operations.reading import read_again, read_waiting
from app.operations.sorting import Sorting
from app.operations.trash import delete_forever, put_in_trash
from app.storage.queries.dates import due_rows
from app.storage.queries.facts import paper_facts, unsifted
from app.storage.queries.matching import claim_suggestions, near_duplicates
from app.storage.queries.papers import paper_row

LETTER = """Harbor Mutual Health Plan
P.O. Box 5500, Port Lorain, OH 43000

March 2, 2026

Claim number: HM-2026-118204
Member ID: HMX447199
Patient: Maya Alvarez

Dear Maya Alvarez,

We have denied your request for twelve infusion visits. The records do not show
that the treatment is medically necessary under our policy for such visits.

If you disagree, you may appeal this decision. You must file your appeal within
180 days of receiving this letter.

Sincerely,
The review team
"""
BILL = """Cedar Hollow Infusion Center

Claim number: HM-2026-118204
Patient: Maya Alvarez
Balance due: $412.00
"""


@pytest.fixture
def add(binder: Binder, reader: DocumentReader, paper):
    def added(name: str, content: str) -> str:
        (row,) = add_papers(binder, [paper(name, content)], Silent())
        read_waiting(binder, reader, Silent())
        assert row.document_id
        return row.document_id

    return added


def values(binder: Binder, document_id: str, name: str) -> list[object]:
    return [row.value for row in binder.ask(paper_facts, document_id).rows if row.name == name]


def test_a_letter_is_sifted_as_soon_as_it_is_read(binder: Binder, add):
    key = add("letter.txt", LETTER)
    known = binder.ask(paper_facts, key)
    assert known.is_sifted
    assert values(binder, key, "claim_number") == ["HM-2026-118204"]
    assert values(binder, key, "letter_date") == ["2026-03-02"]
    (row,) = [row for row in known.rows if row.name == "letter_date"]
    assert (row.text, row.page, row.is_confirmed) == ("March 2, 2026", 1, False)
    assert binder.ask(unsifted, VERSION) == ()


def test_what_a_person_says_stands_when_the_paper_is_read_again(
    binder: Binder, reader: DocumentReader, add
):
    key = add("letter.txt", LETTER)
    say_facts(
        binder, key, [SaidValue(name="letter_date", value="2026-03-03", read_as="2026-03-02")]
    )
    read_again(binder, key)
    read_waiting(binder, reader, Silent())
    assert values(binder, key, "letter_date") == ["2026-03-03"]
    assert binder.undo() == "Confirm values"
    assert values(binder, key, "letter_date") == ["2026-03-02"]


def test_the_last_word_on_a_value_counts(binder: Binder, add):
    key = add("letter.txt", LETTER)
    for day in ("2026-03-03", "2026-03-04"):
        said = SaidValue(name="letter_date", value=day, read_as="2026-03-02")
        say_facts(binder, key, [said])
    assert values(binder, key, "letter_date") == ["2026-03-04"]


@pytest.mark.parametrize(("name", "value"), [("shoe_size", "42"), ("appeal_window", "soon")])
def test_a_value_without_form_is_refused(binder: Binder, add, name: str, value: str):
    key = add("letter.txt", LETTER)
    with pytest.raises(UserError, match="type it anew"):
        say_facts(binder, key, [SaidValue(name=name, value=value)])


def test_one_yes_files_the_letter_confirms_its_values_and_sets_the_date(binder: Binder, book, add):
    key = add("letter.txt", LETTER)
    claim = open_claim(binder, "Infusions")
    sorting = Sorting(kind="denial", claim_id=claim.id, dated_on=date(2026, 3, 2))
    answer = DenialAnswer(
        document_id=key, notice_on=date(2026, 3, 2), letter_says="days", letter_days=180,
        letter_counts_from="receipt",
    )  # fmt: skip
    said = [SaidValue(name="letter_date", value="2026-03-02", read_as="2026-03-02")]
    done = confirm_paper(binder, book, key, sorting, said, denial=answer)
    assert done.denial is not None
    assert [item.last_day for item in done.denial.items] == [date(2026, 8, 29)]
    assert (done.paper.kind, done.paper.claim_id) == ("denial", claim.id)
    assert binder.undo() == "File a paper"
    row = binder.ask(paper_row, key)
    assert row is not None
    assert (row.kind, row.claim_id) == (None, None)
    assert binder.ask(due_rows) == ()
    assert not any(row.is_confirmed for row in binder.ask(paper_facts, key).rows)


def test_a_denial_without_a_claim_is_refused_and_nothing_is_filed(binder: Binder, book, add):
    key = add("letter.txt", LETTER)
    with pytest.raises(UserError, match="Choose the claim"):
        confirm_paper(binder, book, key, Sorting(kind="denial"), [], denial=DenialAnswer())
    row = binder.ask(paper_row, key)
    assert row is not None
    assert row.kind is None


def test_a_bill_with_the_number_of_a_filed_letter_is_suggested_for_its_claim(
    binder: Binder, book, add
):
    letter = add("letter.txt", LETTER)
    claim = open_claim(binder, "Infusions")
    open_claim(binder, "Something else")
    confirm_paper(binder, book, letter, Sorting(kind="other", claim_id=claim.id), [])
    (best, *_) = binder.ask(claim_suggestions, add("bill.txt", BILL))
    assert best.claim_id == claim.id
    assert "“letter.txt”" in best.reason


def test_the_number_typed_in_a_claim_and_its_person_suggest_it(binder: Binder, add):
    maya = add_person(binder, "Maya Alvarez")
    claim = open_claim(binder, "Infusions", person_id=maya.id, number="HM 2026 118204")
    (best,) = binder.ask(claim_suggestions, add("letter.txt", LETTER))
    assert best.claim_id == claim.id
    assert "of this claim" in best.reason


def test_a_second_scan_is_pointed_out_and_both_are_kept(binder: Binder, add):
    first = add("letter.txt", LETTER)
    second = add("letter again.txt", LETTER.replace("infusion", "infusi0n") + "\nPage 1 of 1\n")
    other = LETTER.replace("118204", "555001").replace("March 2", "May 9").replace("180", "60")
    third = add("another letter.txt", other.replace("HMX447199", "HMX333000"))
    assert [like.document_id for like in binder.ask(near_duplicates, second)] == [first]
    assert binder.ask(near_duplicates, third) == ()


def test_joined_papers_are_sifted_as_one(binder: Binder, reader: DocumentReader, add):
    first, second = add("one.txt", LETTER), add("two.txt", BILL)
    join_papers(binder, [first, second])
    sift_papers(binder, reader, Silent())
    assert values(binder, first, "patient_owes") == ["412.00"]
    (owed,) = [row for row in binder.ask(paper_facts, first).rows if row.name == "patient_owes"]
    assert owed.page == 2


def test_deleting_a_paper_forever_takes_what_was_read_and_said_along(
    binder: Binder, add, tmp_path: Path
):
    key = add("letter.txt", LETTER)
    say_facts(binder, key, [SaidValue(name="claim_number", value="SECRET-7741")])
    put_in_trash(binder, [("document", key)])
    delete_forever(binder, [("document", key)])
    assert not binder.ask(paper_facts, key).is_sifted
    binder.close()
    kept = (tmp_path / "binder").rglob("*")
    assert all(b"SECRET-7741" not in file.read_bytes() for file in kept if file.is_file())


class SlowOnLongPapers(DocumentReader):
    """A reader on a machine so slow that it sifts no more than three pages in time."""

    def sift(self, pages: Sequence[KeptPage]) -> Sifted:
        if len(pages) > 3:
            raise UnreadableError("That took too long.")
        return super().sift(pages)


def test_a_paper_that_is_too_much_is_read_on_its_first_pages(binder: Binder, paper):
    more = "\n".join(f"{number}. This is a page of the policy." for number in range(300))
    with SlowOnLongPapers() as slow:
        (row,) = add_papers(binder, [paper("long.txt", LETTER + more)], Silent())
        read_waiting(binder, slow, Silent())
    assert row.document_id
    assert values(binder, row.document_id, "claim_number") == ["HM-2026-118204"]
