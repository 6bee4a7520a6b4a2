"""The tabs of what is owed and of its papers; the forms of bills, explanations and plan years."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.eob import EobLine
from app.domain.errors import UserError
from app.domain.money import Money
from app.operations import bills, eob_entry, expenses, people
from app.storage.queries.records import all_records
from ui.dialogs.bill import BillDialog, MoneyOffers
from ui.dialogs.eob import EobDialog
from ui.dialogs.plan_year import PlanYearDialog
from ui.pages.money_owed import OwedPart
from ui.pages.money_papers import PapersPart

CARE = date(2026, 3, 2)
PLACE = "Lakeside Infusion Center"
LINE = EobLine(id="1", eob_id="", position=1, served_on=CARE, code="96365", billed=Money(600_00),
               patient_owes=Money(75_00))  # fmt: skip


def a_household(binder) -> str:
    eob_entry.enter_eob(binder, [LINE], provider=PLACE, number="CLM-1", network="in",
                        processed_on=date(2026, 3, 20))  # fmt: skip
    bill = bills.enter_bill(binder, Money(600_00), provider=PLACE, served_on=CARE)
    expenses.enter_expense(binder, Money(20_00), provider=PLACE, served_on=CARE,
                           paid_on=date(2026, 4, 1))  # fmt: skip
    return bill.id


def texts(widget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


@pytest.fixture
def owed(qtbot, binder, desk, shell):
    made = OwedPart(desk, shell)
    qtbot.addWidget(made)
    return made


def shown(qtbot, part) -> None:
    with qtbot.waitSignal(part.counted.changed):
        part.reload()


def test_explanation_bill_and_payment_stand_side_by_side(qtbot, owed, binder) -> None:
    bill_id = a_household(binder)
    shown(qtbot, owed)
    assert owed.total.text() == "Owed in all: $55.00"
    qtbot.waitUntil(lambda: "Mar 2, 2026 · CLM-1" in texts(owed.detail))
    said = texts(owed.detail)
    for words in ("The plan says", "The bill asks", "You paid", "You owe $55.00.",
                  "asks for $525.00 more than the plan leaves you"):  # fmt: skip
        assert words in said
    assert "M01" in said
    bills.move_bill(binder, bill_id, "disputed")
    shown(qtbot, owed)
    assert owed.total.text() == "Owed in all: $0.00"
    assert owed.held.text() == "on hold: $55.00"


def test_an_empty_tab_teaches_and_a_record_is_brought_into_view(qtbot, owed, binder) -> None:
    shown(qtbot, owed)
    assert "Nothing to compare yet" in texts(owed)
    bill_id = a_household(binder)
    owed.reload()
    with qtbot.waitSignal(owed.counted.changed):
        owed.show_record("bill", bill_id)
    assert owed.table.chosen_id.startswith("lakeside")


def test_the_papers_tell_their_versions(qtbot, binder, desk, shell) -> None:
    a_household(binder)
    eob_entry.enter_eob(binder, [LINE], provider=PLACE, number="CLM-1", patient_owes=Money(5_00),
                        processed_on=date(2026, 5, 1))  # fmt: skip
    part = PapersPart(desk, shell)
    qtbot.addWidget(part)
    shown(qtbot, part)
    assert [row.stands for row in part.model.rows] == ["In force", "Older version", "To be paid"]
    part.table.choose(part.model.rows[0].id)
    assert "What you owe changed from $75.00 to $5.00." in part.story.text()


def test_a_bill_needs_its_amount_and_nothing_else(qtbot, desk) -> None:
    dialog = BillDialog(desk, MoneyOffers())
    qtbot.addWidget(dialog)
    with pytest.raises(UserError, match="How much"):
        dialog.answer()
    dialog.amount.set_value(Money(80_00))
    assert (dialog.answer().amount, dialog.answer().state) == (Money(80_00), "open")


def test_what_does_not_add_up_is_said_and_does_not_stop_the_form(qtbot, desk) -> None:
    dialog = EobDialog(desk, MoneyOffers(), None, [LINE])
    qtbot.addWidget(dialog)
    assert "add up, as far" in dialog.said.text()
    dialog.money["billed"].set_value(Money(700_00))
    dialog.lines.changed.emit()
    assert "The lines add up to $600.00" in dialog.said.text()
    given = dialog.answer()
    assert (given.known["billed"], given.lines, given.to_ledger) == (Money(700_00), (LINE,), True)


def test_lines_are_typed_added_and_taken_out(qtbot, desk) -> None:
    dialog = EobDialog(desk, MoneyOffers(), None, [LINE])
    qtbot.addWidget(dialog)
    dialog.lines.add_line()
    grid = dialog.lines.grid
    grid.item(1, 3).setText("$1,250.00")
    grid.item(1, 0).setText("3/5/26")
    first, second = dialog.lines.value()
    assert first == LINE
    assert (second.billed, second.served_on) == (Money(1250_00), date(2026, 3, 5))
    grid.item(1, 3).setText("lots")
    with pytest.raises(UserError, match="Line 2, Billed"):
        dialog.lines.value()
    grid.setCurrentCell(1, 0)
    dialog.lines.take_out()
    assert dialog.lines.value() == (LINE,)


def test_a_plan_year_is_asked_with_its_days(qtbot, binder, desk) -> None:
    empty = PlanYearDialog(desk, [])
    qtbot.addWidget(empty)
    with pytest.raises(UserError, match="no plan"):
        empty.answer()
    plan = people.add_plan(binder, "Acme")
    dialog = PlanYearDialog(desk, [(plan.id, plan.name)])
    qtbot.addWidget(dialog)
    dialog.oop_person.set_value(Money(5000_00))
    given = dialog.answer()
    assert (given.plan_id, given.from_on, given.until_on) == (
        plan.id, date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert (given.oop_person, given.scope, binder.ask(all_records, "plan_year")) == (
        Money(5000_00), "in", (),
    )  # fmt: skip
