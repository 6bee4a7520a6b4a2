"""The printed summary lists what was paid, with its receipts behind it."""

from __future__ import annotations

from datetime import date

import pypdf
import pytest
from PIL import Image

from app.domain.errors import UserError
from app.domain.money import Money
from app.jobs import Silent
from app.operations import expenses, people
from app.operations.intake import add_papers
from app.operations.summaries import plan_summary, print_hsa, write_expenses, write_hsa_table
from app.operations.trash import put_in_trash
from app.workers import WorkerPool

TODAY = date(2026, 11, 21)
PAID = date(2026, 3, 3)


@pytest.fixture
def receipt(binder, tmp_path):
    path = tmp_path / "receipt.png"
    Image.new("RGB", (300, 500), "white").save(path)
    (row,) = add_papers(binder, [path], Silent())
    return row.document_id


@pytest.fixture
def ledger(binder, receipt):
    """Two expenses on one receipt, one without, one of another year, one unpaid."""
    person = people.add_person(binder, "Rosa Alvarez", relation="self")
    known = {"person_id": person.id, "category": "Infusion"}
    for cents, more in (
        (10000, {"paid_on": PAID, "document_id": receipt, "method": "hsa"}),
        (2050, {"paid_on": PAID, "document_id": receipt}),
        (300, {"paid_on": PAID}),
        (7700, {"paid_on": date(2025, 12, 31)}),
        (9900, {"served_on": PAID}),
    ):
        expenses.enter_expense(binder, Money(cents), **known, **more)


def test_what_was_paid_in_the_year_is_summed_and_each_receipt_is_bound_once(
    binder, ledger, receipt, tmp_path
):
    target = tmp_path / "hsa.pdf"
    with WorkerPool(2) as workers:
        made = print_hsa(binder, workers, 2026, target, Silent(), today=TODAY)
    assert {name: str(amount) for name, amount in made.answer.items()} == {
        "claimable": "$0.00", "needs_attention": "$123.50", "not_claimable": "$0.00",
        "reimbursed": "$100.00", "unreimbursed_carried": "$0.00",
    }  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    assert len(pages) == made.file.pages
    assert "Rosa Alvarez" in pages[0]
    assert sum("Exhibit HSA-2026-001" in page for page in pages) == 2  # its sheet and its page
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
    assert made.gaps == ()


def test_a_receipt_that_cannot_be_printed_is_named_on_a_page_of_its_own(binder, paper, tmp_path):
    (row,) = add_papers(binder, [paper("odd.docx")], Silent())
    expenses.enter_expense(binder, Money(500), paid_on=PAID, document_id=row.document_id)
    target = tmp_path / "hsa.pdf"
    with WorkerPool(1) as workers:
        made = print_hsa(binder, workers, 2026, target, Silent(), today=TODAY)
    assert [gap.document_id for gap in made.gaps] == [row.document_id]
    assert "odd.docx" in pypdf.PdfReader(target).pages[-1].extract_text()


def test_a_receipt_in_the_trash_supports_nothing(binder, ledger, receipt):
    assert len(plan_summary(binder, 2026).exhibits) == 1
    put_in_trash(binder, [("document", receipt)])
    plan = plan_summary(binder, 2026)
    assert plan.exhibits == ()
    assert sum(finding.id == "H07" for finding in plan.findings) == 3


def test_the_ledger_goes_into_tables(binder, ledger, tmp_path):
    everything = write_expenses(binder, tmp_path / "all.csv")
    assert len(everything.path.read_text(encoding="utf-8-sig").splitlines()) == 6
    write_expenses(binder, tmp_path / "year.csv", year=2025)
    assert "77.00" in (tmp_path / "year.csv").read_text(encoding="utf-8-sig")
    write_hsa_table(binder, 2026, tmp_path / "hsa.csv")
    text = (tmp_path / "hsa.csv").read_text(encoding="utf-8-sig")
    assert "HSA-2026-001" in text
    assert "77.00" not in text


def test_a_table_is_written_whole_or_not_at_all(binder, ledger, tmp_path):
    with pytest.raises(UserError, match="not there"):
        write_expenses(binder, tmp_path / "nowhere" / "all.csv")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_expenses(binder, folder)
    assert list(folder.iterdir()) == []
