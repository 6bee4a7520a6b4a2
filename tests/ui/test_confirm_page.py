"""The confirming page: what was read is seen, lit up, corrected and filed, on a real binder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.binder import Binder
from app.domain.fact import KindRead, WindowSaid
from app.operations.claims import open_claim
from app.operations.people import add_person, change_plan
from app.storage.queries.claims import claim_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import paper_row, paper_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.confirming import (
    APPEAL,
    DATE_BOX,
    DENIAL,
    DENIED,
    WORDS_BOX,
    fact,
    read_and_sift,
    sift,
)
from tests.ui.conftest import NOW
from tests.ui.household import rosas_household
from tests.ui.paper_makers import add, focus, open_page, read, settled, ticking
from ui.pages.inbox import InboxPage
from ui.pages.paper_form import NEW_CLAIM
from ui.style import Style

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder", now=ticking(NOW)) as made:
        yield made


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def letter(binder, tmp_path, home) -> str:
    """A denial letter in the Inbox, of which everything was read."""
    (key,) = add(binder, tmp_path / "in", "letter.txt")
    read_and_sift(binder, key)
    return key


@pytest.fixture
def page(qtbot, desk, shell, letter) -> InboxPage:
    made = open_page(qtbot, desk, InboxPage(desk, shell))
    yield made
    settled(qtbot, desk)


def confirmed(binder: Binder, key: str) -> dict[str, object]:
    return {row.name: row.value for row in binder.ask(paper_facts, key).rows if row.is_confirmed}


def press(page: InboxPage, mark: str) -> None:
    button = getattr(page.fields, f"{mark}_mark").button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# ---------------------------------------------------------------------- what stands in the fields


def test_what_was_read_stands_in_the_four_fields_and_is_marked_as_not_confirmed(page, home):
    fields = page.fields
    assert fields.kind.value() == "denial"
    assert fields.kind_mark.text == DENIED.reason
    assert fields.sent_by.value() == "Harbor Mutual"
    assert fields.claim.value() == home.claim.id
    assert fields.claim_mark.text == "It has the claim number of this claim."
    assert fields.dated.value() == date(2026, 8, 3)
    assert fields.window.currentText() == "180 days to appeal to the plan"
    assert "Counted from the day you got the letter" in fields.window_mark.text
    for mark in (fields.sender_mark, fields.dated_mark, fields.window_mark):
        assert "not confirmed" in mark.text
    assert not fields.quick_row.isVisible(), "the kind is known: no buttons to ask for it"


def test_the_last_day_stands_beside_the_button_and_the_plans_own_clock_is_not_mine(page):
    assert page.confirm.last_day.text.startswith("Last day: Jan 30, 2027 · 165 days left")
    assert "Filing puts it into your calendar" in page.confirm.last_day.text
    assert "Not yours, the plan's own clock: 30 days" in page.confirm.deadline.others.text()


def test_a_doubtful_value_says_so_with_its_note(qtbot, desk, binder, page, letter):
    slip = fact("letter_date", "2026-08-03", 0.6, note="The first digit is hard to read.")
    sift(binder, letter, [slip, *DENIAL[2:]])
    qtbot.waitUntil(lambda: "Please check" in page.fields.dated_mark.text)
    assert "The first digit is hard to read." in page.fields.dated_mark.text
    settled(qtbot, desk)
    assert "asked about it when you file" in page.confirm.last_day.text


def test_a_paper_of_which_nothing_can_be_told_says_so_and_offers_the_usual_kinds(
    qtbot, desk, binder, page, letter
):
    sift(binder, letter, [], KindRead(None, 0.0, "Nothing on it tells what it is."))
    qtbot.waitUntil(lambda: "cannot tell" in page.fields.kind_mark.text)
    assert page.fields.kind.value() is None
    assert page.fields.quick_row.isVisible()
    assert (page.fields.sent_by.value(), page.fields.dated.value()) == ("", None)
    assert not page.confirm.also.isVisible()


def test_a_receipt_asks_for_the_shop_and_the_day_of_purchase(qtbot, binder, page, letter):
    facts = [
        fact("insurer", "Harbor Mutual"), fact("merchant", "Corner Pharmacy"),
        fact("letter_date", "2026-08-03"), fact("purchase_date", "2026-08-02"),
    ]  # fmt: skip
    sift(binder, letter, facts, KindRead("receipt", 0.9, "It has a total."))
    qtbot.waitUntil(lambda: page.fields.kind.value() == "receipt")
    assert page.fields.sent_by.value() == "Corner Pharmacy"
    assert page.fields.dated.value() == date(2026, 8, 2)
    page.fields.kind.set_value("eob")
    assert page.fields.sent_by.value() == "Harbor Mutual", "the sender follows the kind"
    assert page.fields.dated.value() == date(2026, 8, 3)
    assert not page.fields.window.isVisible()


# ---------------------------------------------------------------------- filing


def test_one_key_files_the_letter_confirms_what_was_seen_and_records_the_last_day(
    qtbot, binder, shell, page, letter, home
):
    focus(qtbot, page.list)
    QTest.keyClick(page.list, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: binder.ask(paper_row, letter).claim_id == home.claim.id)
    qtbot.waitUntil(lambda: bool(shell.said))
    row = binder.ask(paper_row, letter)
    assert (row.kind, row.dated_on) == ("denial", date(2026, 8, 3))
    (due,) = binder.ask(due_rows)
    assert (due.claim_id, due.last_day) == (home.claim.id, date(2027, 1, 30))
    assert confirmed(binder, letter) == {
        "insurer": "Harbor Mutual", "letter_date": "2026-08-03", "appeal_window": APPEAL,
    }  # fmt: skip
    assert "January 30, 2027" in shell.said[-1]
    assert binder.undo() == "File a paper", "all of it is one step"
    assert binder.ask(due_rows) == ()
    assert confirmed(binder, letter) == {}


def test_what_was_corrected_is_kept_with_what_had_been_read(qtbot, binder, page, letter):
    page.fields.sent_by.set_value("Harbor Mutual Health Plan")
    page.fields.dated.edit.setText("8/4/2026")
    assert "seems to say: Harbor Mutual" in page.fields.sender_mark.text
    qtbot.waitUntil(lambda: "Jan 31, 2027" in page.confirm.last_day.text)
    page.file.click()
    qtbot.waitUntil(lambda: binder.ask(paper_row, letter).dated_on == date(2026, 8, 4))
    values = confirmed(binder, letter)
    assert values["insurer"] == "Harbor Mutual Health Plan"
    assert values["letter_date"] == "2026-08-04"
    (due,) = binder.ask(due_rows)
    assert due.last_day == date(2027, 1, 31), "counted from the corrected date"


def test_put_back_takes_a_correction_back(page):
    page.fields.sent_by.set_value("Someone else")
    press(page, "sender")
    assert page.fields.sent_by.value() == "Harbor Mutual"
    page.fields.dated.edit.setText("8/9/2026")
    press(page, "dated")
    assert page.fields.dated.value() == date(2026, 8, 3)


def test_the_denial_is_asked_for_where_the_day_could_not_be_settled(
    qtbot, binder, shell, page, letter
):
    hours = WindowSaid(72, "hours", "receipt", "patient", "internal")
    sift(binder, letter, [*DENIAL[:4], fact("appeal_window", hours)])
    qtbot.waitUntil(lambda: page.fields.window.currentText().startswith("72 hours"))
    asked = []
    shell.scripts.append(
        lambda dialog: asked.append((dialog.letter.value(), dialog.notice_on.value()))
    )
    page.file.click()
    qtbot.waitUntil(lambda: asked == [(letter, date(2026, 8, 3))])
    assert "appeal_window" not in confirmed(binder, letter), "nobody has seen a day for it"
    assert binder.ask(due_rows) == ()


def test_a_doubtful_window_needs_its_own_looks_right(qtbot, desk, binder, shell, page, letter):
    sift(binder, letter, [*DENIAL[:4], fact("appeal_window", APPEAL, 0.6)])
    qtbot.waitUntil(lambda: "asked about it" in page.confirm.last_day.text)
    press(page, "window")
    qtbot.waitUntil(lambda: "Filing puts it into your calendar" in page.confirm.last_day.text)
    assert confirmed(binder, letter) == {"appeal_window": APPEAL}
    page.file.click()
    qtbot.waitUntil(lambda: len(binder.ask(due_rows)) == 1)
    assert not shell.scripts


def test_an_explanation_of_benefits_with_appeal_rights_is_no_denial(
    qtbot, binder, shell, page, letter
):
    sift(binder, letter, DENIAL, KindRead("eob", 0.9, "It says so."))
    qtbot.waitUntil(lambda: page.fields.kind.value() == "eob")
    assert page.fields.window.isVisible(), "what the letter says about time is shown all the same"
    assert page.confirm.last_day.text == ""
    page.file.click()
    qtbot.waitUntil(lambda: binder.ask(paper_row, letter).kind == "eob")
    assert binder.ask(due_rows) == ()


def test_the_day_that_a_request_names_is_offered_for_the_calendar(
    qtbot, binder, shell, page, letter, home
):
    window = WindowSaid(45, "calendar_days", "date_of_notice", "patient")
    asks = KindRead("information_request", 0.9, "It asks for records.")
    sift(binder, letter, [*DENIAL[:4], fact("appeal_window", window)], asks)
    qtbot.waitUntil(lambda: page.fields.kind.value() == "information_request")
    page.file.click()
    qtbot.waitUntil(lambda: bool(shell.actions))
    assert "until Thursday, September 17, 2026" in shell.said[-1]
    assert binder.ask(due_rows) == (), "a date is no deadline by itself"
    shell.actions[-1].run()
    qtbot.waitUntil(lambda: len(binder.ask(due_rows)) == 1)
    (due,) = binder.ask(due_rows)
    assert (due.claim_id, due.last_day) == (home.claim.id, date(2026, 9, 17))


def test_a_letter_that_does_not_say_how_long_is_filed_with_the_day_of_the_rule(
    qtbot, desk, binder, page, letter
):
    page.fields.window.set_value("nothing")
    settled(qtbot, desk)
    page.file.click()
    qtbot.waitUntil(lambda: len(binder.ask(due_rows)) == 1)
    assert binder.ask(due_rows)[0].basis == "rule"
    assert "appeal_window" not in confirmed(binder, letter)


def test_several_letters_are_filed_one_after_another_without_the_mouse(
    qtbot, desk, binder, page, letter, tmp_path
):
    more = add(binder, tmp_path / "in", "second.txt", "third.txt")
    for number, key in enumerate(more, start=4):
        read_and_sift(binder, key, [fact("letter_date", f"2026-08-0{number}"), *DENIAL[2:]])
    qtbot.waitUntil(lambda: len(page.list.papers.rows) == 3)
    settled(qtbot, desk)
    page.list.choose(page.list.papers.rows[0].id)
    focus(qtbot, page.list)
    for left in (2, 1, 0):
        settled(qtbot, desk)
        QTest.keyClick(QApplication.focusWidget() or page.list, Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda left=left: len(binder.ask(paper_rows, inbox=True)) == left)
    settled(qtbot, desk)
    assert len(binder.ask(due_rows)) == 3


# ---------------------------------------------------------------------- looks right, new readings


def test_looks_right_confirms_a_date_at_once_and_says_who_and_when(qtbot, binder, page, letter):
    press(page, "dated")
    qtbot.waitUntil(lambda: "Confirmed" in page.fields.dated_mark.text)
    assert "Aug 18, 2026" in page.fields.dated_mark.text
    assert confirmed(binder, letter) == {"letter_date": "2026-08-03"}
    assert binder.undo() == "Confirm values"
    qtbot.waitUntil(lambda: "not confirmed" in page.fields.dated_mark.text)


def test_a_better_reader_that_disagrees_is_named_and_its_value_taken_with_one_button(
    qtbot, desk, binder, page, letter
):
    press(page, "dated")
    qtbot.waitUntil(lambda: "Confirmed" in page.fields.dated_mark.text)
    sift(binder, letter, [fact("letter_date", "2026-08-08"), *DENIAL[2:]], version=2)
    qtbot.waitUntil(lambda: "August 8, 2026" in page.fields.dated_mark.text)
    assert page.fields.dated.value() == date(2026, 8, 3), "what was confirmed stands"
    press(page, "dated")
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: confirmed(binder, letter).get("letter_date") == "2026-08-08")
    assert page.fields.dated.value() == date(2026, 8, 8)


def test_values_that_arrive_leave_alone_what_was_typed_meanwhile(
    qtbot, desk, binder, page, letter, tmp_path
):
    (key,) = add(binder, tmp_path / "in", "new.txt")
    settled(qtbot, desk)
    page.list.choose(key)
    qtbot.waitUntil(lambda: "Still being read" in page.confirm.notices.reading.text)
    QTest.keyClicks(page.fields.sent_by, "My own words")
    read_and_sift(binder, key)
    qtbot.waitUntil(lambda: page.fields.dated.value() == date(2026, 8, 3))
    assert page.fields.sent_by.value() == "My own words"
    qtbot.waitUntil(lambda: page.confirm.notices.reading.text == "")


def test_the_last_day_follows_the_plan_that_is_entered_meanwhile(qtbot, binder, page, home):
    assert "Jan 30, 2027" in page.confirm.last_day.text
    change_plan(binder, replace(home.plan, program="tricare"))
    qtbot.waitUntil(lambda: "Nov 1, 2026" in page.confirm.last_day.text)


def test_a_field_that_was_cleared_stays_empty_while_another_paper_is_looked_at(
    qtbot, desk, binder, page, letter, tmp_path
):
    (other,) = add(binder, tmp_path / "in", "other.txt")
    read_and_sift(binder, other, [fact("insurer", "Alder")])
    settled(qtbot, desk)
    page.list.choose(letter)
    qtbot.waitUntil(lambda: page.fields.sent_by.value() == "Harbor Mutual")
    page.fields.sent_by.set_value("")
    page.list.choose(other)
    qtbot.waitUntil(lambda: page.fields.sent_by.value() == "Alder")
    page.list.choose(letter)
    settled(qtbot, desk)
    assert page.fields.sent_by.value() == ""
    assert page.fields.dated.value() == date(2026, 8, 3)
    assert page.fields.window.currentText() == "180 days to appeal to the plan"


# ---------------------------------------------------------------------- which claim


def test_a_suggested_claim_is_refused_with_one_press_and_does_not_come_back(
    qtbot, desk, binder, page, letter, home
):
    press(page, "claim")
    assert page.fields.claim.value() is None
    assert page.fields.claim.hasFocus()
    sift(binder, letter, [*DENIAL, fact("member_id", "HM-1")])
    settled(qtbot, desk)
    assert page.fields.claim.value() is None
    page.file.click()
    assert "Choose the claim" in page.form.problem_of(page.fields.claim)


def test_the_likely_claim_is_offered_beside_one_that_was_chosen(qtbot, desk, binder, page, home):
    other = open_claim(binder, "A scan")
    settled(qtbot, desk)
    page.fields.claim.set_value(other.id)
    assert "Or “Infusions in March”?" in page.fields.claim_mark.text
    press(page, "claim")
    assert page.fields.claim.value() == home.claim.id


def test_a_new_claim_is_named_after_the_care_and_the_patient_on_the_paper(
    qtbot, desk, binder, page, letter, home
):
    add_person(binder, "Tom Alvarez")
    facts = [
        fact("provider", "Bayside Infusion"), fact("service_date", "2026-07-14"),
        fact("patient", "ROSA ALVAREZ"),
    ]  # fmt: skip
    sift(binder, letter, facts)
    qtbot.waitUntil(lambda: page.fields.new_claim.text() == "Bayside Infusion, Jul 14, 2026")
    settled(qtbot, desk)
    page.fields.claim.set_value(NEW_CLAIM)
    assert page.fields.patient.value() == home.rosa.id


def test_a_denial_of_a_new_claim_is_asked_for_with_everything_that_was_read(
    qtbot, desk, binder, shell, page, letter
):
    page.fields.claim.set_value(NEW_CLAIM)
    page.fields.new_claim.set_value("The scan")
    assert page.confirm.last_day.text == "You are asked about the last day when you file."
    seen = []

    def script(dialog):
        seen.append((dialog.says.value(), dialog.days.value(), dialog.counts_from.value()))
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(script)
    page.file.click()
    qtbot.waitUntil(lambda: len(binder.ask(due_rows)) == 1)
    assert seen == [("days", 180, "receipt")]
    assert "The scan" in {row.title for row in binder.ask(claim_rows)}


# ---------------------------------------------------------------------- the page and its words


def test_a_field_that_is_entered_lights_up_its_words(qtbot, desk, page):
    page.fields.dated.edit.setFocus()
    qtbot.waitUntil(lambda: page.pane.view.sheet.boxes == (DATE_BOX,))
    page.fields.name.setFocus()
    assert page.pane.view.sheet.boxes == ()


def word_at(page: InboxPage, number: int) -> QPointF:
    sheet = page.pane.view.sheet
    return sheet.area_of(sheet._words[number]).center()


def click_word(page: InboxPage, number: int) -> None:
    at = word_at(page, number).toPoint()
    QTest.mouseClick(page.pane.view.sheet, Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_one_word_puts_the_whole_date_into_the_field(qtbot, desk, binder, page, letter):
    """The drawn page says “Words of page 1” and “Dated August 3, 2026.”"""
    qtbot.waitUntil(lambda: page.pane.view.sheet.has_picture)
    page.fields.dated.edit.setFocus()
    page.fields.dated.edit.setText("")
    click_word(page, 5)
    assert page.fields.dated.value() == date(2026, 8, 3)
    assert page.fields.dated.edit.hasFocus(), "the keys stay where the person works"


def test_a_click_on_what_is_no_date_says_so_at_the_field(qtbot, page):
    qtbot.waitUntil(lambda: page.pane.view.sheet.has_picture)
    page.fields.dated.edit.setFocus()
    click_word(page, 0)
    assert "is not a date" in page.form.problem_of(page.fields.dated)
    assert page.fields.dated.value() == date(2026, 8, 3)


def test_words_that_are_swept_over_go_into_the_field_and_are_kept_with_their_place(
    qtbot, binder, page, letter
):
    qtbot.waitUntil(lambda: page.pane.view.sheet.has_picture)
    page.fields.sent_by.setFocus()
    sheet = page.pane.view.sheet
    first, last = word_at(page, 0).toPoint(), word_at(page, 2).toPoint()
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(sheet, last)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=last)
    assert page.fields.sent_by.value() == "Words of page"
    page.file.click()
    qtbot.waitUntil(lambda: binder.ask(paper_row, letter).claim_id is not None)
    (row,) = [
        row
        for row in binder.ask(paper_facts, letter).rows
        if row.name == "insurer" and row.is_confirmed
    ]
    assert (row.value, row.text, row.page) == ("Words of page", "Words of page", 1)
    assert row.box == pytest.approx((0.1, 0.1, 0.52, 0.13))


def test_without_a_field_words_are_only_looked_at(qtbot, page):
    qtbot.waitUntil(lambda: page.pane.view.sheet.has_picture)
    before = page.fields.draft()
    page.fields.kind.setFocus()
    click_word(page, 0)
    assert page.fields.draft() == before


# ---------------------------------------------------------------------- also read, notices


def test_the_rest_is_folded_and_each_value_lights_up(qtbot, page):
    also = page.confirm.also
    assert also.fold.text() == "Also read: 3 values"
    assert not also.list.isVisible()
    also.fold.click()
    titles = [line.title for line in also.list.lines.lines]
    assert titles[:2] == ["20260214-77", "CO-50"]
    also.list.choose(also.list.lines.lines[1].id)
    assert "not medically necessary" in also.whole.text()
    assert page.pane.view.sheet.boxes == (DATE_BOX,)


def test_lines_of_a_bill_stand_together_and_what_is_missing_is_said(qtbot, binder, page, letter):
    facts = [
        fact("billed", "1200.00", row=1), fact("plan_paid", "720.00", row=1),
        fact("patient_owes", "180.00", row=1), fact("procedure", "J1459"),
        fact("service_date", "2026-07-14"), fact("procedure", "96365", boxes=(WORDS_BOX,)),
        fact("denial_reason", "medical_necessity", text="not medically necessary"),
        fact("missing_from_notice", "How to appeal"),
    ]  # fmt: skip
    asked = "The parts add up to $900.00, the paper says $1,200.00. Which is right?"
    sift(binder, letter, [*DENIAL, *facts], questions=(asked,))
    qtbot.waitUntil(lambda: "11 values" in page.confirm.also.fold.text())
    page.confirm.also.fold.click()
    line = page.confirm.also.list.lines.lines[0]
    assert (line.title, line.trailing) == ("Jul 14, 2026 · J1459", "$180.00")
    assert line.detail == "billed $1,200.00 · paid $720.00 · you owe $180.00"
    told = page.confirm.also.told.text()
    assert "We did not find this in the letter: How to appeal" in told
    assert "They say the care was not medically necessary." in told
    assert asked in told


def test_a_second_copy_is_pointed_out_and_can_be_shown(qtbot, desk, binder, page, letter, tmp_path):
    (key,) = add(binder, tmp_path / "in", "again.txt")
    read_and_sift(binder, key, prints=("same",))
    sift(binder, letter, prints=("same",))
    settled(qtbot, desk)
    page.list.choose(key)
    qtbot.waitUntil(lambda: "second copy of “letter.txt”" in page.confirm.notices.copy.text)
    page.confirm.notices.copy.button.click()
    qtbot.waitUntil(lambda: page.list.chosen_id == letter)


def test_two_letters_in_one_file_are_pointed_out(qtbot, binder, page, letter):
    wanted = []
    page.confirm.split_wanted.disconnect()
    page.confirm.split_wanted.connect(wanted.append)
    read(binder, letter, 3)
    sift(binder, letter, letters=(1, 3))
    qtbot.waitUntil(lambda: "Two letters seem" in page.confirm.notices.letters.text)
    assert "(page 1, page 3)" in page.confirm.notices.letters.text
    page.confirm.notices.letters.button.click()
    assert wanted == [[1, 3]]


# ---------------------------------------------------------------------- eye, ear, keyboard


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_page_holds_to_eye_ear_and_keyboard(qtbot, desk, shell, letter, style: Style, percent):
    style.choose_percent(percent)
    page = open_page(qtbot, desk, InboxPage(desk, shell), (1040, 740))
    page.confirm.also.fold.setChecked(True)
    show_active(page)
    settled(qtbot, desk)
    if page.panes.is_narrow:
        page.panes.show_pane(2)
        QApplication.processEvents()
    check_widget(page)
