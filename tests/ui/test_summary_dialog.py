"""Choosing a summary, looking at its pages, printing and saving the very same."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QImage, QPdfWriter

from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.summary_choice import of_year
from app.jobs import Silent
from app.operations import expenses, people
from app.operations.summary_preview import Beside, made_summary
from ui.dialogs.summary import SummaryDialog, SummaryOffer
from ui.dialogs.summary_preview import SummaryPreview
from ui.page_printing import draw_pages

TODAY = date(2026, 11, 21)


@pytest.fixture
def dialog(qtbot):
    offer = SummaryOffer(
        years=(2026, 2024), people=(), claims=(), withdrawals=(), first_paid=date(2021, 3, 4),
        has_account=True,
    )  # fmt: skip
    made = SummaryDialog(offer, 2026, lambda: TODAY)
    qtbot.addWidget(made)
    return made


def test_as_it_opens_it_asks_for_the_whole_hsa_summary_of_the_year(dialog):
    wish = dialog.answer()
    assert wish.is_hsa
    assert wish.choice == of_year(2026)
    assert wish.beside == Beside()


def test_the_accountants_copy_leaves_the_papers_out_unless_chosen(dialog):
    dialog.copy.set_value("accountant")
    assert (dialog.answer().choice.copy, dialog.answer().choice.has_papers) == ("accountant", False)
    dialog.papers.set_value(True)
    assert dialog.answer().choice.has_papers


def test_other_days_and_everything_up_to_today(dialog):
    dialog.days.set_value(-1)
    with pytest.raises(UserError, match="from which day"):
        dialog.answer()
    dialog.first.set_value(date(2026, 3, 1))
    dialog.last.set_value(date(2026, 1, 1))
    with pytest.raises(UserError, match="before it begins"):
        dialog.answer()
    dialog.days.set_value(0)
    choice = dialog.answer().choice
    assert (choice.first, choice.last) == (date(2021, 3, 4), TODAY)


def test_what_is_no_hsa_has_no_withdrawals_and_no_folder(dialog):
    dialog.show()
    dialog.folder.set_value(True)
    dialog.what.set_value(False)
    assert not dialog.folder.isVisible()
    assert dialog.answer().beside == Beside()


def test_the_pages_are_shown_and_saved_as_they_are(qtbot, desk, tmp_path):
    person = people.add_person(desk.binder, "Rosa Alvarez", relation="self")
    expenses.enter_expense(
        desk.binder, Money(7500), paid_on=date(2026, 3, 5), person_id=person.id, category="dental"
    )
    made = made_summary(desk.binder, of_year(2026), Silent(), is_hsa=False)
    try:
        shown = SummaryPreview(desk, made, "Medical expenses paid 2026")
        qtbot.addWidget(shown)
        shown.resize(900, 1000)
        shown.show()
        qtbot.waitUntil(lambda: shown.view.sheet.has_picture, timeout=20_000)
        assert made.pages == 2
        assert "$75.00" in made.words("", 2)
        target = tmp_path / "paid.pdf"
        names = {path.name for path in made.save(target, Beside(table=True))}
        assert names == {"paid.pdf", "paid.csv"}
        assert target.read_bytes() == made.path.read_bytes()
        printable = made.printable(Silent())
        first, second = (QImage(str(file)).size() for file in printable)
        assert first.width() < first.height(), "the totals stand upright"
        assert second.width() > second.height(), "the payments lie on their side"
        draw_pages([file.read_bytes() for file in printable], QPdfWriter(str(tmp_path / "out.pdf")))
        shown.close()
    finally:
        made.close()
    assert not made.path.exists()
