"""Today: what can save a treatment first, no open denial dropped, never more than five cards."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar

from app.domain.money import Money
from app.domain.undated import UNDATED_KINDS, Undated
from app.operations import clocks, dates, denials, intake, people, sendings
from app.operations.agenda import Agenda, agenda
from app.operations.bills import enter_bill, move_bill
from app.operations.rules import rule_book
from app.storage.queries.dates import due_rows, undated_rows
from app.storage.queries.records import record
from tests.ui.calendar_makers import click, words
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import TODAY
from tests.ui.household import call_with_promise, deny, rosas_household
from ui.page_stack import PageStack
from ui.pages.today import MOST_CARDS, TodayPage
from ui.pages.today_lines import UndatedList
from ui.pages.today_parts import today_parts
from ui.shell import PageSpec
from ui.widgets.layout import Card


@pytest.fixture
def today(desk, shell, qtbot):
    made = TodayPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    return made


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def on_medicaid(binder, rosas):
    """The same household insured by Medicaid through a health plan."""
    plan = replace(rosas.plan, program="medicaid_managed_care", funding=None, state="TX")
    people.change_plan(binder, plan)
    return rosas


def cards(page):
    """The headings of the cards that are shown, from the top."""
    found = [card for card in page.findChildren(Card) if not card.isHidden()]
    return [card.heading.text() for card in sorted(found, key=lambda card: card.y())]


def shown(page):
    page.reload()
    page.show()
    return page


def test_an_open_denial_without_a_date_stands_there_until_it_has_one(
    today, shell, binder, rosas, qtbot
):
    call_with_promise(binder, rosas.claim)
    deny(binder, rosas.claim, confirmed=False)
    shown(today)
    assert cards(today)[0] == "They said no, and the date is missing"
    assert "15 days since the letter" in words(today)
    assert "555-0142" in words(today)

    def fill(dialog):
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(fill)
    click(today, "Enter the date …")
    assert binder.ask(undated_rows) == ()
    today.reload()
    qtbot.waitUntil(lambda: cards(today) == ["Coming up"])


def test_not_appealing_takes_a_denial_off_and_undo_brings_it_back(today, binder, rosas):
    deny(binder, rosas.claim, confirmed=False)
    shown(today)
    click(today, "Not appealing")
    assert binder.ask(undated_rows) == ()
    binder.undo()
    assert len(binder.ask(undated_rows)) == 1


def test_no_open_denial_is_dropped_however_many_there_are(today, binder, rosas):
    reasons = [deny(binder, rosas.claim, confirmed=False).denial.id for _ in range(12)]
    shown(today)
    in_full = words(today).count("Date not known")
    (rest,) = today.findChildren(UndatedList)
    assert in_full + len(rest.lines.lines) == len(reasons) == 12
    check_widget(today)


def test_a_line_of_the_long_list_opens_its_denial(today, shell, binder, rosas):
    for _ in range(5):
        deny(binder, rosas.claim, confirmed=False)
    shown(today)
    (rest,) = today.findChildren(UndatedList)
    shell.scripts.append(lambda dialog: dialog.confirm.set_value(True) or dialog.go.click())
    rest.opened.emit(rest.lines.lines[0].id)
    assert len(binder.ask(undated_rows)) == 4


ENTRIES = st.lists(
    st.builds(
        Undated,
        kind=st.sampled_from(UNDATED_KINDS),
        title=st.just("title"),
        sentence=st.just("sentence"),
        denial_id=st.sampled_from(["a", "b", "c"]),
    )
)


@given(ENTRIES)
def test_every_entry_without_a_date_is_in_just_one_part_of_today(entries):
    parts = today_parts(Agenda(tuple(entries), ()), TODAY)
    groups = (*parts.fast, *parts.keep_today, parts.undated, parts.owed)
    assert Counter(entry for group in groups for entry in group) == Counter(entries)


def test_of_many_things_that_press_only_the_first_is_told_in_full(today, binder, on_medicaid):
    running = {"urgent": "yes", "continuing": "yes"}
    for day in range(1, 5):
        deny(binder, on_medicaid.claim, notice_on=date(2026, 8, day), **running)
    dated = {"notice_on": date(2026, 8, 12), "action_on": date(2026, 8, 25)}
    made = deny(binder, on_medicaid.claim, **running, **dated)
    denials.note_fast_appeal(binder, made.denial.id, asked_on=TODAY)
    shown(today)
    assert words(today).count("Ask for a fast appeal today") == 3
    assert words(today).count("Ask the treating doctor") == 1
    assert words(today).count("Whom to call: Harbor Mutual Health Plan · 555-0142") == 1
    assert "August 21" in words(today), "a day that is near is never folded away"
    click(today, "See all 9")
    assert words(today).count("Ask for a fast appeal today") == 4
    click(today, "See fewer")
    assert words(today).count("Ask for a fast appeal today") == 3


def test_whether_waiting_could_harm_is_asked_of_one_denial_at_a_time_until_it_is_said(
    today, binder, rosas
):
    ids = [deny(binder, rosas.claim, notice_on=date(2026, 8, day)).denial.id for day in (3, 4)]
    shown(today)
    assert words(today).count("Could waiting harm your health") == 1
    check_widget(today)
    click(today, "No")
    assert [binder.ask(record, "denial", each).urgent for each in ids] == ["no", ""]
    today.reload()
    click(today, "I am not sure")
    today.reload()
    assert "Could waiting harm your health" not in words(today)
    assert cards(today)[0] == "Do this first"
    assert [row.kind for row in binder.ask(due_rows)] == ["appeal", "appeal"]
    binder.undo()
    assert binder.ask(record, "denial", ids[1]).urgent == ""


def test_yes_to_harm_opens_the_denial_where_its_first_question_is_the_same(
    today, shell, binder, rosas
):
    made = deny(binder, rosas.claim, confirmed=False)
    shown(today)
    shell.scripts.append(lambda dialog: dialog.harm.set_value("running") or dialog.go.click())
    click(today, "Yes …")
    denial = binder.ask(record, "denial", made.denial.id)
    assert (denial.urgent, denial.continuing) == ("", "yes")


def test_where_waiting_could_harm_a_fast_appeal_comes_first(today, shell, binder, rosas):
    made = deny(binder, rosas.claim, urgent="unsure", continuing="no")
    shown(today)
    assert cards(today)[0] == "Do this first"
    told = words(today)
    assert "Ask for a fast appeal today" in told
    assert "2560.503-1(h)(3)(vi)" in told, "the law that it comes from"
    assert "treating doctor" in told
    check_widget(today)
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(today, "I asked for it …")
    denial = binder.ask(record, "denial", made.denial.id)
    assert (denial.fast, denial.fast_on) == ("asked", TODAY)
    today.reload()
    assert "Do this first" not in cards(today)
    binder.undo()
    assert binder.ask(record, "denial", made.denial.id).fast == ""


def test_a_fast_appeal_that_is_not_needed_leaves_with_one_click(today, binder, rosas):
    made = deny(binder, rosas.claim, urgent="yes", continuing="no")
    shown(today)
    click(today, "Not needed")
    assert binder.ask(record, "denial", made.denial.id).fast == "not_needed"


def test_the_day_to_keep_the_care_stands_above_the_other_dates(
    today, shell, binder, on_medicaid, qtbot
):
    made = deny(
        binder, on_medicaid.claim, notice_on=date(2026, 8, 12), urgent="no", continuing="yes",
        action_on=date(2026, 8, 25),
    )  # fmt: skip
    denials.note_fast_appeal(binder, made.denial.id, asked_on=TODAY)
    shown(today)
    assert cards(today)[0] == "Do this first"
    assert "August 21" in words(today), "the working day before Saturday, August 22"
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(today, "I asked for it …")
    assert {row.kind for row in binder.ask(due_rows)} == {"appeal"}
    today.reload()
    qtbot.waitUntil(lambda: cards(today) == ["Coming up"])


def test_a_date_that_passed_says_what_may_still_be_done(today, binder, rosas):
    deny(binder, rosas.claim, notice_on=date(2026, 1, 5), letter_days=60)
    shown(today)
    assert cards(today) == ["Dates that have passed"]
    assert "The date passed on Friday, March 6" in words(today)


def test_a_letter_shorter_than_the_law_is_not_given_up_when_its_day_has_passed(
    today, binder, rosas
):
    deny(binder, rosas.claim, notice_on=date(2026, 3, 1), letter_days=60)
    shown(today)
    assert "By law there may still be time until Friday, August 28" in words(today)


def test_what_is_to_come_stands_above_what_has_passed(today, binder, rosas):
    deny(binder, rosas.claim, notice_on=date(2026, 3, 1), letter_days=60)
    for day in range(8):
        dates.add_own_date(binder, f"Thing {day}", TODAY + timedelta(days=day))
    shown(today)
    told = words(today)
    assert told.index("Thing 4") < told.index("These dates have passed") < told.index("April 30")
    assert "3 more dates in the calendar" in [
        each.accessibleName() for each in today.findChildren(QPushButton)
    ]


def test_done_is_one_click(today, binder, rosas):
    for day in range(3):
        dates.add_own_date(binder, f"Thing {day}", TODAY + timedelta(days=day))
    shown(today)
    click(today, "Done")
    assert {row.title for row in binder.ask(due_rows)} == {"Thing 1", "Thing 2"}


def test_today_has_at_most_five_cards_and_loses_nothing(today, binder, on_medicaid):
    deny(binder, on_medicaid.claim, urgent="yes", continuing="yes", confirmed=False)
    call_with_promise(binder, on_medicaid.claim)
    for day in range(9):
        dates.add_own_date(binder, f"Thing {day}", TODAY + timedelta(days=day))
    intake.add_bytes(binder, "letter.txt", b"a letter")
    shown(today)
    assert len(cards(today)) <= MOST_CARDS
    found = agenda(binder, rule_book(), TODAY)
    told = words(today)
    assert all(entry.title in told or entry.sentence in told for entry in found.undated)
    check_widget(today)


def test_an_empty_binder_says_how_to_begin(today):
    shown(today)
    assert "Drop a letter" in words(today)


def test_an_answer_that_appears_late_is_asked_for_with_one_click(today, shell, binder, rosas):
    made = deny(binder, rosas.claim, notice_on=date(2026, 3, 3), letter_days=180)
    sendings.record_sending(
        binder, rosas.claim.id, date(2026, 3, 20), denial_id=made.denial.id, way="fax"
    )
    shown(today)
    assert cards(today) == ["An answer appears late: ask"]
    seen = []
    shell.scripts.append(lambda dialog: (seen.append(words(dialog)), dialog.cancel.click()))
    click(today, "Ask where it stands …")
    assert "On March 20, 2026 the appeal was sent to you by fax" in seen[0]


def test_an_answer_is_not_called_late_before_its_last_extension(today, binder, rosas):
    made = deny(binder, rosas.claim, notice_on=date(2026, 3, 3), letter_days=180)
    sent = sendings.record_sending(
        binder, rosas.claim.id, date(2026, 6, 15), denial_id=made.denial.id, way="mail"
    )
    assert sent.item is not None
    assert sent.item.last_day < TODAY <= (sent.item.latest_on or TODAY), "mail is given its time"
    shown(today)
    assert cards(today) == ["You wait for an answer"]


def test_papers_asked_for_without_a_day_for_the_answer_stand_on_today(today, shell, binder, rosas):
    clocks.ask_for(binder, rosas.claim.id, "claim-file", date(2026, 8, 1))
    shown(today)
    assert cards(today) == ["You wait for an answer"]
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(today, "It came …")
    assert agenda(binder, rule_book(), TODAY).undated == ()


def test_a_long_day_scrolls_once_not_in_a_page_that_scrolls_again(
    desk, shell, qtbot, binder, rosas, style
):
    for _ in range(4):
        deny(binder, rosas.claim, urgent="yes", confirmed=False)
    style.choose_percent(150)
    stack = PageStack(desk, shell, (PageSpec("today", "today", "Today", TodayPage),))
    qtbot.addWidget(stack)
    stack.resize(900, 660)
    stack.show_page("today")
    show_active(stack)
    QApplication.processEvents()
    bars = [bar for bar in stack.findChildren(QScrollBar) if bar.isVisible() and bar.maximum()]
    assert len(bars) == 1


def test_money_that_presses_stands_on_today_within_the_five_cards(
    today, shell, binder, on_medicaid, qtbot
):
    said = "A bill is due: $310.00 to City Hospital"
    bill = enter_bill(binder, Money(310_00), provider="City Hospital", due_on=TODAY)
    shown(today)
    qtbot.waitUntil(lambda: said in words(today))
    click(today, "See it")
    assert shell.went == [("money", "bill", bill.id)]
    deny(binder, on_medicaid.claim, urgent="yes", continuing="yes", confirmed=False)
    call_with_promise(binder, on_medicaid.claim)
    dates.add_own_date(binder, "Thing", TODAY)
    intake.add_bytes(binder, "letter.txt", b"a letter")
    shown(today)
    qtbot.waitUntil(lambda: said in words(today))
    assert len(cards(today)) <= MOST_CARDS
    check_widget(today)
    move_bill(binder, bill.id, "settled")
    shown(today)
    qtbot.waitUntil(lambda: said not in words(today))
