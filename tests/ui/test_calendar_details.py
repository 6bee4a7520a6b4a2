"""Any date opens to its reason: rule, law, how sure, the dates, the letter's words, the days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.due_item import DueItem
from app.domain.sifted_form import plain_value
from app.operations import calls, claims, clocks, denials, people, sendings, steps
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue, say_facts
from app.operations.rules import rule_book
from app.operations.steps import StepAnswer
from app.storage.queries.dates import due_rows
from tests.ui.calendar_makers import buttons, click, own, row_of, shown, urgent, words
from tests.ui.checks import check_widget, show_active
from tests.ui.confirming import APPEAL, DATE_BOX, fact, read_and_sift
from tests.ui.household import deny, rosas_household
from tests.ui.paper_makers import add
from ui.pages.calendar import CalendarPage
from ui.pages.due_counted import CountedDialog
from ui.pages.due_details import DueDetails
from ui.pages.due_grounds import grounds_of
from ui.pages.due_paper import LetterDialog, letter_words
from ui.pages.due_words import due_sentence, left_words, passed_sentence, still_words, urgency

TODAY = date(2026, 8, 18)


@pytest.fixture
def details(desk, shell, qtbot):
    made = DueDetails(desk, shell)
    qtbot.addWidget(made)
    made.resize(420, 1400)
    show_active(made)
    return made


def told(details, row):
    details.show_row(row)
    return words(details)


def test_a_date_of_a_letter_tells_both_days_the_law_and_how_well_it_was_checked(details, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, received_on=date(2026, 8, 6))
    said = told(details, row_of(binder, "Send the appeal"))
    assert "The letter's own day Friday, October 2, 2026" in said
    assert "The rule's day Tuesday, February 2, 2027" in said
    assert "29 CFR 2560.503-1" in said
    assert "Checked against the text of the law as of 2026." in said
    assert "The date on the letter Monday, August 3, 2026" in said
    assert "The day you received it Thursday, August 6, 2026" in said
    check_widget(details)


def test_the_arithmetic_stands_line_by_line_and_day_by_day_and_can_be_copied(
    qtbot, details, shell, binder
):
    home = rosas_household(binder)
    deny(binder, home.claim)
    row = row_of(binder, "Send the appeal")
    grounds = grounds_of(binder, row)
    assert [each.title for each in grounds.countings] == ["By the letter", "By the rule"]
    for each in grounds.countings:
        assert not each.differs
    dialog = CountedDialog(row, grounds)
    qtbot.addWidget(dialog)
    show_active(dialog)
    check_widget(dialog)
    days = dialog.counting.sums.days
    numbers = [each.number for each in days if each.number]
    assert numbers == list(range(1, 61))
    assert next(each.day for each in days if each.number == 60) == row.letter_on
    assert "not counted" in words(dialog)
    dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert "Friday, October 2, 2026\t60\tthe last day" in copied
    assert "29 CFR 2560.503-1" in copied
    dialog.which.set_value(1)
    days = dialog.counting.sums.days
    assert next(each.day for each in days if each.number == 180) == row.rule_on


def test_the_arithmetic_is_opened_from_the_details(details, shell, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, letter_says="nothing", letter_days=None)
    seen = []
    shell.scripts.append(lambda dialog: seen.append(words(dialog)))
    details.show_row(row_of(binder, "Send the appeal"))
    click(details, "How it was counted …")
    assert "Last day: Saturday, January 30, 2027" in seen[0]
    assert "The day to file by: Friday, January 29, 2027." in seen[0]


def test_a_count_that_gives_another_day_now_is_said_and_changes_nothing(details, binder):
    home = rosas_household(binder)
    deny(binder, home.claim, letter_says="nothing", letter_days=None)
    row = row_of(binder, "Send the appeal")
    with binder.operation("The rules of another version") as work:
        item = work.due_items.get(row.id)
        changed = {"last_day": date(2027, 1, 20), "rule_on": date(2027, 1, 20)}
        work.due_items.save(replaced(item, **changed))
    said = told(details, row_of(binder, "Send the appeal"))
    assert "The calendar keeps Jan 20, 2027, as it was confirmed." in said
    assert "Counted again today it is Jan 30, 2027" in said
    assert row_of(binder, "Send the appeal").last_day == date(2027, 1, 20)


def replaced(item: DueItem, **changed) -> DueItem:
    return DueItem(**{name: getattr(item, name) for name in DueItem.__slots__} | changed)


def test_the_words_of_the_letter_are_quoted_and_lit_up_on_their_page(
    qtbot, details, desk, shell, binder, tmp_path
):
    home = rosas_household(binder)
    (letter,) = add(binder, tmp_path / "in", "letter.txt")
    text = "within 180 days of the day you get this letter"
    read_and_sift(
        binder,
        letter,
        (
            fact("letter_date", "2026-08-03", text="August 3, 2026"),
            fact("appeal_window", APPEAL, text=text, page=2),
        ),
        pages=2,
    )
    deny(binder, home.claim, document_id=letter, letter_days=180, received_on=date(2026, 8, 6))
    row = row_of(binder, "Send the appeal")
    said = told(details, row)
    assert f"“{text}” (page 2)" in said
    assert "“August 3, 2026” (page 1)" in said
    found = letter_words(binder, grounds_of(binder, row))
    dialog = LetterDialog(desk, found[0])
    qtbot.addWidget(dialog)
    show_active(dialog)
    assert (dialog.view.document_id, dialog.view.page) == (letter, 2)
    assert list(dialog.view.sheet.boxes) == [DATE_BOX]
    qtbot.waitUntil(lambda: not desk.quick.busy)
    check_widget(dialog)
    shell.scripts.append(lambda shown: shown.go.click())
    click(details, "Show them in the letter")
    qtbot.waitUntil(lambda: not desk.quick.busy)


def test_words_that_a_person_confirmed_are_told_from_those_only_read(
    details, binder, tmp_path, qtbot
):
    home = rosas_household(binder)
    (letter,) = add(binder, tmp_path / "in", "letter.txt")
    read_and_sift(binder, letter, (fact("appeal_window", APPEAL, text="within 180 days"),))
    deny(binder, home.claim, document_id=letter, letter_days=180)
    row = row_of(binder, "Send the appeal")
    assert "Read by the program, not confirmed by you" in told(details, row)
    value = plain_value(APPEAL)
    said = SaidValue(name="appeal_window", value=value, read_as=value, words="within 180 days")
    say_facts(binder, letter, [said])
    assert "You confirmed these words." in told(details, row)


def test_a_window_of_the_plan_is_never_quoted_as_the_persons(binder, tmp_path):
    home = rosas_household(binder)
    (letter,) = add(binder, tmp_path / "in", "letter.txt")
    plans = APPEAL.__class__(60, "calendar_days", "receipt", "plan")
    read_and_sift(binder, letter, (fact("appeal_window", plans, text="we answer in 60 days"),))
    deny(binder, home.claim, document_id=letter)
    assert letter_words(binder, grounds_of(binder, row_of(binder, "Send the appeal"))) == ()


# ---------------------------------------------------------------------- what has passed


def medicare(binder):
    ann = people.add_person(binder, "Ann Reyes")
    plan = people.add_plan(binder, "Medicare", person_id=ann.id, program="original_medicare")
    claim = claims.open_claim(binder, "Scan in May", person_id=ann.id, plan_id=plan.id)
    answer = DenialAnswer(notice_on=date(2026, 4, 6), letter_says="nothing", kind="not_covered")
    denials.record_denial(binder, rule_book(), claim.id, answer, confirmed=True)
    return row_of(binder, "Send the appeal")


def test_a_date_that_passed_says_so_and_what_may_still_be_done_by_its_rule(details, binder):
    row = medicare(binder)
    assert row.last_day < TODAY
    said = told(details, row)
    assert passed_sentence(row, TODAY) in said
    assert "You may still ask: Medicare can accept a late appeal for good cause" in said
    assert "42 CFR 405.942(b)" in said


def test_a_careful_day_that_passed_is_not_given_up_while_the_law_gives_more(details, binder):
    row = medicare(binder)
    assert row.latest_on is not None
    inside, after = row.latest_on, row.latest_on + timedelta(days=1)
    assert "By law there may still be time until" in passed_sentence(row, inside)
    assert urgency(row, inside).word == "Do it today"
    assert still_words(row, inside) == ""
    assert passed_sentence(row, after).startswith("The date passed on")
    assert "You may still ask" in still_words(row, after)


def test_nothing_is_said_of_late_appeals_before_the_day_has_passed(desk, shell, qtbot, binder):
    row = medicare(binder)
    assert urgency(row, row.last_day).word == "Urgent"
    assert "may still" not in due_sentence(row, row.last_day)
    assert row.latest_on is not None
    assert urgency(row, row.latest_on + timedelta(days=1)).word == "The date passed"


def test_a_passed_date_without_a_rule_promises_nothing(details, binder):
    ann = people.add_person(binder, "Ann Reyes")
    claim = claims.open_claim(binder, "Scan in May", person_id=ann.id)
    answer = DenialAnswer(
        notice_on=date(2026, 4, 20), letter_says="date", letter_date=date(2026, 8, 1)
    )
    denials.record_denial(binder, rule_book(), claim.id, answer, confirmed=True)
    said = told(details, row_of(binder, "Send the appeal"))
    assert "The date passed on Saturday, August 1." in said
    assert "No rule known here says what may still be done." in said


# ---------------------------------------------------------------------- what others owe


def answers(binder, what):
    home = rosas_household(binder)
    clocks.ask_for(binder, home.claim.id, what, date(2026, 7, 1))
    return home


def test_an_answer_they_owe_is_asked_for_once_it_appears_late(details, shell, binder):
    answers(binder, "explanation")
    row = next(row for row in binder.ask(due_rows) if row.kind == "answer")
    about, latest = row.last_day, row.latest_on or row.last_day
    assert urgency(row, about).word == ""
    assert left_words(row, about) == "today"
    after = latest + timedelta(days=1)
    assert urgency(row, after).word == "Appears late: ask"
    assert left_words(row, after) == "appears late: ask"
    said = told(details, row)
    assert "An answer is due about" in said
    assert "late" in said
    assert buttons(details, "It came …")
    assert not buttons(details, "Move …")
    seen = []
    shell.scripts.append(lambda dialog: seen.append(words(dialog)))
    click(details, "Ask where it stands …")
    assert seen


def test_their_time_is_counted_day_by_day_like_ones_own(binder):
    answers(binder, "explanation")
    row = next(row for row in binder.ask(due_rows) if row.kind == "answer")
    grounds = grounds_of(binder, row)
    (count,) = grounds.countings
    assert max(each.day for each in count.sums.days if each.number) == row.last_day
    assert grounds.law
    assert grounds.facts == (("Sent, or begun", date(2026, 7, 1)),)


def test_their_time_in_hours_and_by_mail_is_told_in_a_sentence(binder):
    home = rosas_household(binder)
    for sent in ({"way": "fax", "at": "15:30", "zone": "America/Chicago", "expedited": True},
                 {"way": "mail"}):  # fmt: skip
        made = urgent(binder, home)
        sendings.record_sending(
            binder, home.claim.id, date(2026, 8, 5), denial_id=made.denial.id, **sent
        )
    for row in (row for row in binder.ask(due_rows) if row.kind == "answer"):
        (count,) = grounds_of(binder, row).countings
        assert not count.differs
        assert "From August 5, 2026" in count.sums.lines[0] or count.sums.days


def test_a_request_without_a_day_is_noted_as_answered_from_above_the_calendar(
    qtbot, desk, shell, binder
):
    answers(binder, "claim-file")
    page = CalendarPage(desk, shell)
    qtbot.addWidget(page)
    shown(page)
    assert "48 days since it was sent" in words(page.undated)
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(page.undated, "It came …")
    page.reload()
    assert not page.undated.isVisible()


# ---------------------------------------------------------------------- steps by a rule


def test_every_step_that_a_rule_dates_is_counted_again_to_the_same_day(binder):
    home = rosas_household(binder)
    book = rule_book()
    answer = StepAnswer(
        claim_id=home.claim.id,
        notice_on=date(2026, 8, 3),
        received_on=date(2026, 8, 6),
        service_on=date(2026, 7, 1),
        bill_on=date(2026, 8, 1),
        action_on=date(2026, 8, 14),
        at=time(15, 30),
        zone="America/Chicago",
    )
    counted = 0
    for rule in book.rules.values():
        item = steps.start_step(binder, book, rule.id, answer).item
        if item is None:
            continue
        row = next(row for row in binder.ask(due_rows) if row.id == item.id)
        (counting,) = grounds_of(binder, row).countings
        assert not counting.differs, rule.id
        assert row.last_day in {each.day for each in counting.sums.days}, rule.id
        counted += 1
    assert counted > 40


def test_a_step_in_hours_says_its_time_of_day(details, binder):
    home = rosas_household(binder)
    book = rule_book()
    rule = next(rule for rule in book.rules.values() if rule.window.hours and rule.gives_dates)
    answer = StepAnswer(
        claim_id=home.claim.id, notice_on=date(2026, 8, 17), received_on=date(2026, 8, 17),
        service_on=date(2026, 8, 17), action_on=date(2026, 8, 21), at=time(15, 30),
        zone="America/Chicago",
    )  # fmt: skip
    item = steps.start_step(binder, book, rule.id, answer).item
    row = next(row for row in binder.ask(due_rows) if row.id == item.id)
    said = told(details, row)
    assert "3:30 PM (Chicago time)" in said
    shown_deeds = [each.accessibleName() for each in details.findChildren(QPushButton)]
    assert "Change the step …" in shown_deeds


# ---------------------------------------------------------------------- dates of one's own


def test_an_own_date_and_a_promise_have_their_own_words_and_no_arithmetic(details, binder):
    home = rosas_household(binder)
    calls.log_call(
        binder, claim_id=home.claim.id, with_whom="Dana", note="", promise="mail the policy",
        promise_by=date(2026, 8, 14),
    )  # fmt: skip
    said = told(details, row_of(binder, "mail the policy"))
    assert "Promised for Friday, August 14: ask where it is." in said
    assert "Promised in a call" in said
    assert not buttons(details, "How it was counted …")
    assert buttons(details, "Open the call")
    row = own(binder, "Stop and decide", date(2026, 12, 1), kind="stop", claim_id=home.claim.id)
    said = told(details, row)
    assert "Stop and decide · Infusions in March" in said
    assert "Your own date" in said
    assert buttons(details, "Remove")


def test_nothing_chosen_says_what_to_do(details):
    assert told(details, None) == "Choose a date to see where it comes from."
