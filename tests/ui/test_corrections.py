"""Changing one's mind: what a correction moves is shown before anything is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.binder import Binder
from app.operations import calendar_file, dates, people
from app.operations.reserve import buffer_days
from app.storage.queries.dates import due_rows
from app.storage.queries.records import all_plans, record
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import TODAY
from tests.ui.household import deny, rosas_household
from ui.dialogs.recount import RecountDialog
from ui.pages.claim_view import ClaimView
from ui.pages.denial_steps import ask_denial
from ui.pages.people import PeoplePage
from ui.pages.recount_steps import choose_reserve
from ui.pages.today_notices import clock_notice, phone_notice
from ui.widgets.text import Label


@pytest.fixture
def rosas(binder):
    """Rosa on Original Medicare, with a denial that is counted by its rule: 120 days."""
    made = rosas_household(binder)
    plan = replace(made.plan, program="original_medicare", funding=None)
    people.change_plan(binder, plan)
    deny(binder, made.claim, letter_says="nothing", letter_days=None)
    return replace(made, plan=plan)


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(Label))


def the_day(binder: Binder) -> date:
    (row,) = binder.ask(due_rows)
    return row.last_day


def test_a_plan_corrected_shows_what_it_moves_and_why_then_saves(desk, shell, binder, rosas, qtbot):
    page = PeoplePage(desk, shell)
    qtbot.addWidget(page)
    assert the_day(binder) == date(2026, 12, 1)
    seen = []

    def correct(dialog):
        dialog.program.set_value("employer")
        dialog.funding.set_value("self")
        dialog.go.click()

    def look(dialog):
        assert isinstance(dialog, RecountDialog)
        assert the_day(binder) == date(2026, 12, 1), "nothing is saved yet"
        seen.append(words(dialog))
        show_active(dialog)
        check_widget(dialog)
        dialog.go.click()

    shell.scripts += [correct, look]
    page.change_plan(rosas.plan.id)
    assert "Was Dec 1, 2026, would be Jan 30, 2027, because" in seen[0]
    assert the_day(binder) == date(2027, 1, 30)
    binder.undo()
    assert the_day(binder) == date(2026, 12, 1), "plan and dates go back in one step"


def test_going_back_saves_nothing_and_keeps_what_was_typed(desk, shell, binder, rosas, qtbot):
    page = PeoplePage(desk, shell)
    qtbot.addWidget(page)

    def correct(dialog):
        dialog.program.set_value("employer")
        dialog.go.click()
        assert "Nothing was changed" in dialog.problem.text
        assert dialog.program.value() == "employer"
        dialog.cancel.click()

    shell.scripts += [correct, lambda dialog: dialog.cancel.click()]
    page.change_plan(rosas.plan.id)
    assert binder.ask(all_plans)[0].program == "original_medicare"
    assert the_day(binder) == date(2026, 12, 1)


def test_a_correction_that_moves_nothing_asks_nothing(desk, shell, binder, rosas, qtbot):
    page = PeoplePage(desk, shell)
    qtbot.addWidget(page)

    def correct(dialog):
        dialog.phone.set_value("555-0177")
        dialog.go.click()

    shell.scripts.append(correct)
    page.change_plan(rosas.plan.id)
    assert binder.ask(all_plans)[0].phone == "555-0177"


def test_another_plan_for_the_claim_is_shown_first_too(desk, shell, binder, rosas, qtbot):
    other = people.add_plan(binder, "Job plan", program="employer", funding="self")
    view = ClaimView(desk, shell)
    qtbot.addWidget(view)
    view.show_claim(rosas.claim.id)
    seen = []

    def correct(dialog):
        dialog.plan.set_value(other.id)
        dialog.go.click()

    shell.scripts += [correct, lambda dialog: (seen.append(words(dialog)), dialog.go.click())]
    view.change()
    assert "because the plan is Job plan" in seen[0]
    assert the_day(binder) == date(2027, 1, 30)


def test_the_date_on_a_letter_corrected_shows_both_days(desk, shell, binder, rosas):
    (row,) = binder.ask(due_rows)
    seen = []

    def correct(dialog):
        assert dialog.confirm.value()
        dialog.notice_on.set_value(date(2026, 8, 8))
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts += [correct, lambda dialog: (seen.append(words(dialog)), dialog.go.click())]
    ask_denial(desk, shell, row.denial_id)
    assert "Was Dec 1, 2026, would be Dec 6, 2026" in seen[0]
    assert the_day(binder) == date(2026, 12, 6)


def test_a_date_that_would_be_lost_is_said_before(desk, shell, binder, rosas):
    (row,) = binder.ask(due_rows)

    def correct(dialog):
        dialog.notice_on.set_value(date(2026, 8, 8))
        assert not dialog.confirm.value()
        dialog.go.click()
        dialog.cancel.click()

    def look(dialog):
        assert "would have no date" in words(dialog)
        dialog.cancel.click()

    shell.scripts += [correct, look]
    ask_denial(desk, shell, row.denial_id)
    assert the_day(binder) == date(2026, 12, 1)
    assert binder.ask(record, "denial", row.denial_id).notice_on == date(2026, 8, 3)


def test_days_in_reserve_move_the_day_to_file_by_and_never_the_last_day(desk, shell, binder, rosas):
    seen = []

    def choose(dialog):
        assert dialog.days.value() == 0
        dialog.suggested.click()
        dialog.go.click()

    shell.scripts += [choose, lambda dialog: (seen.append(words(dialog)), dialog.go.click())]
    choose_reserve(desk, shell)
    assert buffer_days(binder) == 7
    (row,) = binder.ask(due_rows)
    assert (row.last_day, row.safe_on) == (date(2026, 12, 1), date(2026, 11, 24))
    assert "The last days stay" in seen[0]
    assert "7 days before the last day" in shell.said[-1]
    binder.undo()
    assert buffer_days(binder) == 0


def test_too_many_days_in_reserve_are_refused_in_the_form(desk, shell, binder):
    def choose(dialog):
        dialog.days.set_value(61)
        dialog.go.click()
        assert "0 to 60" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(choose)
    choose_reserve(desk, shell)
    assert buffer_days(binder) == 0


def test_today_says_that_the_calendar_on_the_phone_is_behind(desk, shell, binder, tmp_path):
    own = dates.add_own_date(binder, "Infusion", date(2026, 9, 1), kind="appointment")
    assert phone_notice(desk, shell) is None, "no file was ever made"
    calendar_file.write_calendar(binder, tmp_path / "dates.ics", details=False)
    assert phone_notice(desk, shell) is None
    dates.move_date(binder, own.id, date(2026, 9, 8))
    notice = phone_notice(desk, shell)
    assert notice
    assert "still has the old dates" in words(notice)
    calendar_file.write_calendar(binder, tmp_path / "dates.ics", details=False)
    assert phone_notice(desk, shell) is None


@pytest.mark.usefixtures("rosas")
def test_today_doubts_a_computer_that_is_a_year_behind(desk):
    assert clock_notice(desk) is None
    behind = replace(desk, today=lambda: TODAY - timedelta(days=365))
    notice = clock_notice(behind)
    assert notice
    assert "check the date of this computer" in words(notice)


def test_today_asks_after_a_long_pause(tmp_path, desk):
    long_ago = datetime(2025, 8, 1, 12, tzinfo=UTC)
    with Binder.create(tmp_path / "old", now=lambda: long_ago) as old:
        rosas_household(old)
        notice = clock_notice(replace(desk, binder=old))
        assert notice
    assert "Is today really August 18, 2026?" in words(notice)
