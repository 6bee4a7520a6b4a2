"""A claim: what is next, its story, its denial, and what was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from app.operations import claims as operations
from app.operations import people
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.records import claim_sendings
from tests.ui.calendar_makers import buttons, click, words
from tests.ui.checks import check_widget
from tests.ui.household import call_with_promise, deny, pay, rosas_household
from ui.pages.claims import ClaimsPage


@pytest.fixture
def page(desk, shell, qtbot):
    made = ClaimsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


def shown(page):
    page.reload()
    page.show()
    return page


def story(page):
    """The lines of the story, once they are read: that happens on a thread."""
    page.view.parts.show_part("story")
    part = page.view.story
    until = QElapsedTimer()
    until.start()
    while part._desk.quick.busy and until.elapsed() < 5000:
        QApplication.processEvents()
    return part.model.rows


def test_an_empty_page_teaches_and_opens_the_first_claim(page, shell, binder):
    shown(page)

    def fill(dialog):
        dialog.title.set_value("Knee scan")
        dialog.go.click()

    shell.scripts.append(fill)
    page._empty.go.click()
    assert [row.title for row in binder.ask(claim_rows)] == ["Knee scan"]
    assert shell.went == [("claims", "claim", binder.ask(claim_rows)[0].id)]


def test_the_most_urgent_claim_comes_first_and_its_story_is_in_time_order(page, binder):
    home = rosas_household(binder)
    operations.open_claim(binder, "A later claim")
    deny(binder, home.claim)
    call_with_promise(binder, home.claim)
    pay(binder, home.claim, "75.00", date(2026, 8, 5))
    shown(page)
    assert page.list.lines.lines[0].title == "Infusions in March"
    days = [row.on for row in story(page)]
    assert days == sorted(days)
    assert {row.what for row in story(page)} == {"denial", "call", "deadline", "expense"}
    check_widget(page)


def test_the_story_can_be_narrowed_to_one_kind(page, binder):
    home = rosas_household(binder)
    deny(binder, home.claim)
    pay(binder, home.claim, "75.00", date(2026, 8, 5))
    shown(page)
    story(page)
    page.view.story.filter.set_value("expense")
    assert [row.what for row in story(page)] == ["expense"]
    assert "<b>" in story(page)[0].text


def test_recording_a_denial_asks_first_about_harm_then_what_the_letter_says(
    page, shell, binder, book_day
):
    rosas_household(binder)
    shown(page)
    seen = []

    def fill(dialog):
        asked = [row.field for row in dialog.form._rows if row.isVisibleTo(dialog)]
        assert asked[:2] == [dialog.harm, dialog.says]
        dialog.says.set_value("days")
        dialog.days.set_value(60)
        dialog.notice_on.set_value(date(2026, 8, 3))
        seen.append(dialog._result.day.text())
        assert dialog.confirm.isVisibleTo(dialog)
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(fill)
    page.view.record_denial()
    assert "October 2" in seen[0]
    (row,) = binder.ask(due_rows)
    assert (row.last_day, row.basis) == (date(2026, 10, 2), "letter")


@pytest.fixture
def book_day():
    return date(2026, 8, 18)


def test_without_the_persons_yes_the_denial_stays_without_a_date(page, shell, binder):
    rosas_household(binder)
    shown(page)

    def fill(dialog):
        dialog.says.set_value("date")
        dialog.last_day.set_value(date(2026, 12, 1))
        dialog.go.click()

    shell.scripts.append(fill)
    page.view.record_denial()
    assert binder.ask(due_rows) == ()
    assert len(binder.ask(undated_rows)) == 1


def test_changing_a_date_takes_an_earlier_yes_back(page, shell, binder):
    rosas_household(binder)
    shown(page)

    def fill(dialog):
        dialog.says.set_value("date")
        dialog.last_day.set_value(date(2026, 12, 1))
        dialog.confirm.set_value(True)
        dialog.last_day.set_value(date(2026, 11, 1))
        assert not dialog.confirm.value()
        dialog.cancel.click()

    shell.scripts.append(fill)
    page.view.record_denial()
    assert binder.ask(claim_rows)[0].status == "open"


def test_a_letter_that_names_a_day_needs_the_day(page, shell, binder):
    rosas_household(binder)
    shown(page)

    def fill(dialog):
        dialog.says.set_value("date")
        dialog.go.click()
        assert "last day" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(fill)
    page.view.record_denial()


def test_sending_finishes_the_date_and_undo_brings_it_back(page, shell, binder):
    home = rosas_household(binder)
    deny(binder, home.claim)
    shown(page)

    def fill(dialog):
        dialog.tracking.set_value("9407 1000")
        dialog.go.click()

    shell.scripts.append(fill)
    page.view._record_sending()
    (answer,) = binder.ask(due_rows)
    assert answer.kind == "answer"
    assert "An answer is due about" in shell.said[-1]
    assert binder.ask(claim_sendings)[0].tracking == "9407 1000"
    binder.undo()
    assert [row.kind for row in binder.ask(due_rows)] == ["appeal"]


def test_the_days_left_are_those_of_the_day_that_stands_beside_them(page, shell, binder):
    home = rosas_household(binder)
    plan = replace(home.plan, program="medicaid_managed_care", funding=None, state="TX")
    people.change_plan(binder, plan)
    deny(binder, home.claim, notice_on=date(2026, 8, 12), urgent="no", continuing="yes",
         action_on=date(2026, 8, 24))  # fmt: skip
    shown(page)
    said = words(page.view)
    assert "Aug 21, 2026 · 3 days left" in said
    assert not buttons(page.view, "Done"), "to ask for it has a day of its own"
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(page.view, "I asked for it …")
    assert not [row for row in binder.ask(due_rows) if row.kind == "keep_benefits"]


def test_an_urgent_denial_is_the_first_of_its_claim(page, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, urgent="yes")
    for _ in range(3):
        deny(binder, home.claim, confirmed=False)
    shown(page)
    assert words(page.view).count("Ask for a fast appeal today") == 1


def test_a_case_that_the_plan_sends_on_asks_for_no_letter_of_ones_own(page, binder):
    home = rosas_household(binder)
    people.change_plan(binder, replace(home.plan, program="medicare_advantage", funding=None))
    deny(binder, home.claim, level=2, confirmed=False)
    shown(page)
    assert "They send the case on themselves. Does a letter" in words(page.view)
    assert "It needs a date" not in words(page.view)


def test_the_trash_takes_the_claim_and_offers_undo(page, shell, binder):
    rosas_household(binder)
    shown(page)
    page.view.move_to_trash()
    page.reload()
    assert page.list.lines.lines == ()
    shell.actions[-1].run()
    page.reload()
    assert len(page.list.lines.lines) == 1


def test_opening_a_line_goes_to_its_page(page, shell, binder):
    home = rosas_household(binder)
    call, _ = call_with_promise(binder, home.claim)
    shown(page)
    page.view.story.table.row_opened.emit(f"call/{call.id}")
    assert shell.went[-1] == ("calls", "call", call.id)


def test_in_large_text_a_claim_that_one_was_sent_to_stands_before_the_list(page, style, binder):
    home = rosas_household(binder)
    style.choose_percent(200)
    page.resize(760, 700)
    shown(page)
    page.show_record("claim", home.claim.id)
    QApplication.processEvents()
    assert page.view.isVisible()
    assert not page.list.isVisible()
