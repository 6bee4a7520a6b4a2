"""Printed summaries: the file, its papers behind it, the tables and the folder beside it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from PIL import Image

from app.domain.allocation import Allocation
from app.domain.errors import UserError
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.hsa_plan import columns
from app.domain.money import Money
from app.domain.summary_choice import of_year
from app.exporting import hsa_apart
from app.jobs import Silent
from app.operations import expenses, people
from app.operations.intake import add_papers
from app.operations.summaries import (
    plan_summary,
    print_hsa,
    print_paid,
    write_expenses,
    write_hsa_table,
)
from app.operations.summary_folder import save_folder
from app.operations.trash import put_in_trash
from app.workers import WorkerPool

TODAY = date(2026, 11, 21)
PAID = date(2026, 3, 3)
YEAR = of_year(2026)


@pytest.fixture
def receipt(binder, tmp_path):
    path = tmp_path / "receipt.png"
    Image.new("RGB", (300, 500), "white").save(path)
    (row,) = add_papers(binder, [path], Silent())
    return row.document_id


@pytest.fixture
def ledger(binder, receipt):
    """Two expenses on one receipt, one without, one of another year that was reimbursed in this."""
    person = people.add_person(binder, "Rosa Alvarez", relation="self")
    known = {"person_id": person.id, "category": "physician_visit", "served_on": PAID}
    made = [
        expenses.enter_expense(binder, Money(cents), **{**known, **more})
        for cents, more in (
            (10000, {"paid_on": PAID, "document_id": receipt, "method": "hsa"}),
            (2050, {"paid_on": PAID, "document_id": receipt, "what": "Zolgamine"}),
            (300, {"paid_on": PAID}),
            (7700, {"paid_on": date(2025, 12, 31), "served_on": date(2025, 12, 30)}),
            (9900, {}),
        )
    ]
    with binder.operation("Enter an account") as work:
        work.hsa_accounts.add(
            HsaAccount(
                id="hsa", holder_id=person.id, name="Harbor HSA", added_at=binder.now(),
                established_on=date(2025, 1, 1),
            )
        )  # fmt: skip
        work.withdrawals.add(
            Withdrawal(
                id="w", account_id="hsa", on=date(2026, 5, 5), amount=Money(8000),
                added_at=binder.now(),
            )
        )  # fmt: skip
        work.allocations.add(
            Allocation(
                id="a", expense_id=made[3].id, payer="hsa", amount=Money(7700), withdrawal_id="w",
                added_at=binder.now(),
            )
        )  # fmt: skip
    return made


def test_what_was_paid_is_summed_and_each_paper_is_bound_once(binder, ledger, receipt, tmp_path):
    target = tmp_path / "hsa.pdf"
    with WorkerPool(2) as workers:
        made = print_hsa(binder, workers, YEAR, target, Silent(), today=TODAY)
    assert {name: str(amount) for name, amount in made.answer.items()} == {
        "claimable": "$23.50", "needs_attention": "$0.00", "not_claimable": "$0.00",
        "reimbursed": "$100.00", "unreimbursed_carried": "$23.50",
    }  # fmt: skip
    (form,) = made.plan.forms
    assert (form.line_14a, form.line_15, form.line_16) == (Money(18000), Money(17700), Money(300))
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    assert len(pages) == made.file.pages
    assert "Rosa Alvarez" in pages[0]
    assert sum("Exhibit HSA-2026-001" in page for page in pages) == 2  # its cover and its page
    assert "Exhibit HSA-2026-001 p. 1/1" in pages[-1]
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
    assert made.gaps == ()


def test_an_accountants_copy_in_parts_set_apart_is_whole(binder, ledger, tmp_path, monkeypatch):
    for name in ("_MANY", "_AT_ONCE", "_MANY_COVERS", "_COVERS_AT_ONCE"):
        monkeypatch.setattr(hsa_apart, name, int(name.endswith("ONCE")))
    target = tmp_path / "hsa.pdf"
    choice = replace(YEAR, copy="accountant", has_papers=False)
    with WorkerPool(1) as workers:
        made = print_hsa(binder, workers, choice, target, Silent(), today=TODAY)
    reader = pypdf.PdfReader(target)
    pages = [page.extract_text() for page in reader.pages]
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
    words = " ".join(pages)
    assert "p. 1/1" not in words
    assert "Zolgamine" not in words
    assert "receipt.png" not in words
    marks = {mark.title: reader.get_destination_page_number(mark) for mark in reader.outline}
    assert "Ledger by date paid" in pages[marks["Ledger by date paid"]]
    assert "SHA-256 begins" in pages[marks["HSA-2026-001: Bill or receipt, proof of payment"]]
    lines = [text for text in pages if "HSA else" in text]
    assert len(lines) == len(made.plan.lines), "each line stands on a page of its own"
    assert str(columns(made.plan.lines).paid) in lines[-1]


def test_a_receipt_that_cannot_be_printed_is_named_on_a_page_of_its_own(binder, paper, tmp_path):
    (row,) = add_papers(binder, [paper("odd.docx")], Silent())
    expenses.enter_expense(binder, Money(500), paid_on=PAID, document_id=row.document_id)
    target = tmp_path / "hsa.pdf"
    with WorkerPool(1) as workers:
        made = print_hsa(binder, workers, YEAR, target, Silent(), today=TODAY)
    assert [gap.document_id for gap in made.gaps] == [row.document_id]
    assert "odd.docx" in pypdf.PdfReader(target).pages[-1].extract_text()


def test_a_receipt_in_the_trash_supports_nothing(binder, ledger, receipt):
    assert len(plan_summary(binder, YEAR).exhibits) == 1
    put_in_trash(binder, [("document", receipt)])
    plan = plan_summary(binder, YEAR)
    assert plan.exhibits == ()
    assert sum(finding.id == "H07" for finding in plan.findings) == len(plan.lines)


def test_medical_expenses_paid_need_no_hsa(binder, tmp_path):
    expenses.enter_expense(binder, Money(500), paid_on=PAID, category="dental")
    expenses.enter_expense(binder, Money(700), paid_on=PAID, category="dental", method="fsa")
    made, plan = print_paid(binder, YEAR, tmp_path / "paid.pdf", today=TODAY)
    assert (plan.sums.paid, plan.sums.own) == (Money(1200), Money(500))
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(made.path).pages)
    assert "Medical expenses paid in 2026" in words
    assert "No HSA is on record" not in words


def test_the_folder_beside_it_has_a_list_and_the_very_originals(binder, ledger, tmp_path):
    plan = plan_summary(binder, YEAR)
    folder = tmp_path / "kept"
    saved = save_folder(binder, plan, folder)
    assert {file.name for file in saved.files} == {
        "index.csv", "ledger.csv", "HSA-2026-001 receipt.png"
    }  # fmt: skip
    copy = folder / "HSA-2026-001 receipt.png"
    assert copy.read_bytes() == (tmp_path / "receipt.png").read_bytes()
    table = (folder / "index.csv").read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(table.splitlines())
    assert {row[header.index("I paid")] for row in rows} == {"100.00", "20.50"}
    assert {row[header.index("File")] for row in rows} == {copy.name}
    with pytest.raises(UserError, match="not an empty folder"):
        save_folder(binder, plan, folder)


def test_the_ledger_goes_into_tables(binder, ledger, tmp_path):
    everything = write_expenses(binder, tmp_path / "all.csv")
    assert len(everything.path.read_text(encoding="utf-8-sig").splitlines()) == 6
    write_expenses(binder, tmp_path / "year.csv", year=2025)
    assert "77.00" in (tmp_path / "year.csv").read_text(encoding="utf-8-sig")
    write_hsa_table(binder, of_year(2025), tmp_path / "hsa.csv")
    text = (tmp_path / "hsa.csv").read_text(encoding="utf-8-sig")
    assert "77.00" in text
    assert "100.00" not in text


def test_a_table_is_written_whole_or_not_at_all(binder, ledger, tmp_path):
    with pytest.raises(UserError, match="not there"):
        write_expenses(binder, tmp_path / "nowhere" / "all.csv")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_expenses(binder, folder)
    assert list(folder.iterdir()) == []
