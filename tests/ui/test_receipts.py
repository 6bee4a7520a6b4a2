"""Which papers are offered as the receipt of an expense."""

from __future__ import annotations

import pytest

from app.domain.money import Money
from app.operations import expenses, trash
from app.operations.sorting import Sorting, sort_papers
from app.storage.queries.money import expense_rows
from app.storage.queries.papers import newest_papers
from tests.ui.household import rosas_household
from tests.ui.paper_makers import add, many
from ui.dialogs.expense import RECEIPT_KINDS
from ui.pages.money_ledger import LedgerPart


@pytest.fixture
def page(desk, shell, qtbot):
    made = LedgerPart(desk, shell)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_newest_papers_are_offered_receipts_before_others(binder, tmp_path):
    home = rosas_household(binder)
    many(binder, tmp_path / "letters", 30)
    (receipt,) = add(binder, tmp_path / "receipts", "receipt.txt")
    sort_papers(binder, [receipt], Sorting(kind="receipt", claim_id=home.claim.id))
    add(binder, tmp_path / "later", *(f"later {number}.txt" for number in range(5)))
    offered = binder.ask(newest_papers, first=RECEIPT_KINDS, most=4)
    assert len(offered) == 4
    assert receipt in {paper.id for paper in offered}


@pytest.mark.parametrize("in_trash", [False, True])
def test_an_expense_keeps_its_receipt_whatever_is_offered(
    page, shell, binder, tmp_path, monkeypatch, in_trash
):
    monkeypatch.setattr("ui.pages.expense_choices._MOST_RECEIPTS", 1)
    rosas_household(binder)
    (old,) = add(binder, tmp_path / "old", "old.txt")
    paid = expenses.enter_expense(binder, Money(7500), document_id=old)
    add(binder, tmp_path / "new", "new.txt")
    if in_trash:
        trash.put_in_trash(binder, [("document", old)])
    page.reload()

    def only_save(dialog):
        assert dialog.receipt.value() == old
        dialog.note.set_value("looked at again")
        dialog.go.click()

    shell.scripts.append(only_save)
    page.table.row_opened.emit(paid.id)
    (row,) = binder.ask(expense_rows)
    assert row.document_id == old
