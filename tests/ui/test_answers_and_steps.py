"""What others owe and what is counted by a rule: sendings, answers, requests, steps, reminders."""

from __future__ import annotations

from datetime import date, timedelta

import pypdf
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.domain.due_facts import Fact
from app.operations import clocks, sendings
from app.operations.rules import rule_book
from app.storage.queries.clocks import claim_denials, clock_rows
from app.storage.queries.dates import due_rows
from app.storage.queries.records import claim_sendings
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.conftest import TODAY
from tests.ui.household import deny, rosas_household
from ui.dialogs.own_date import OwnDateDialog
from ui.dialogs.sending import SendingDialog
from ui.pages.answer_steps import ask_answer, ask_for_papers, ask_status, note_it_came
from ui.pages.claim_denials import DenialLine
from ui.pages.claims import ClaimsPage
from ui.pages.sent import SentPage
from ui.pages.sent_steps import record_what_was_sent
from ui.pages.step_steps import ask_new_step, ask_step
from ui.widgets.text import Label

LETTER_OF = date(2026, 3, 3)
SENT_ON = date(2026, 3, 20)


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def appealed(binder, rosas):
    """A denial whose appeal was sent in March: its answer is late by now."""
    denial = deny(binder, rosas.claim, notice_on=LETTER_OF, letter_days=180).denial
    sendings.record_sending(binder, rosas.claim.id, SENT_ON, denial_id=denial.id, way="fax")
    return denial


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(Label))


def test_a_sending_says_when_an_answer_is_due(desk, shell, binder, rosas):
    deny(binder, rosas.claim, care="ahead")

    def fill(dialog):
        dialog.sent_on.set_value(date(2026, 8, 10))
        dialog.got_on.set_value(date(2026, 8, 12))
        dialog.go.click()

    shell.scripts.append(fill)
    record_what_was_sent(desk, shell, rosas.claim.id)
    (row,) = binder.ask(clock_rows)
    assert row.clock.received_on == date(2026, 8, 12)
    assert row.about == date(2026, 9, 11), "30 days for care that is still to come"
    assert "An answer is due about" in shell.said[-1]


def test_a_fast_appeal_asks_for_the_time_of_day(desk, binder, qtbot):
    dialog = SendingDialog(desk, [("d", "The first “no”")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.time.at.isVisibleTo(dialog)
    dialog.fast.set_value(True)
    dialog.time.at.set_value("2:30 pm")
    dialog.go.click()
    assert "time zone" in dialog.problem.text
    dialog.time.zone.set_value("America/Chicago")
    given = dialog.answer()
    assert (given.expedited, given.at, given.zone) == (True, "14:30", "America/Chicago")
    dialog.denial.set_value(None)
    assert dialog.answer().expedited is False, "nothing is appealed with it"


def test_a_no_again_opens_the_next_step_with_its_date_shown_before(desk, shell, binder, appealed):
    seen = []

    def fill(dialog):
        dialog.outcome.set_value("upheld")
        dialog.on.set_value(date(2026, 8, 3))
        dialog.is_final.set_value(True)
        dialog.time.says.set_value("nothing")
        seen.extend([dialog.next.text(), dialog.card.day.text()])
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_answer(desk, shell, appealed.id)
    assert "review" in seen[0]
    assert "December 3" in seen[1]
    first, second = binder.ask(claim_denials, appealed.claim_id)
    assert (first.standing, first.outcome, second.level) == ("answered", "upheld", 3)
    assert second.follows_id == first.id
    (row,) = binder.ask(due_rows)
    assert row.last_day == date(2026, 12, 3)
    assert "December 3" in shell.said[-1]
    binder.undo()
    assert len(binder.ask(claim_denials, appealed.claim_id)) == 1


def test_without_a_yes_the_next_step_waits_for_its_date_on_today(desk, shell, binder, appealed):
    def fill(dialog):
        dialog.outcome.set_value("partly")
        dialog.on.set_value(date(2026, 8, 3))
        dialog.go.click()

    shell.scripts.append(fill)
    ask_answer(desk, shell, appealed.id)
    assert binder.ask(due_rows) == ()
    assert "stands on Today" in shell.said[-1]


def test_a_yes_asks_nothing_more(desk, shell, binder, appealed):
    def fill(dialog):
        dialog.outcome.set_value("overturned")
        dialog.on.set_value(date(2026, 8, 3))
        assert not dialog.card.isVisibleTo(dialog)
        assert not dialog.time.says.isVisibleTo(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_answer(desk, shell, appealed.id)
    assert "They said yes" in shell.said[-1]
    assert len(binder.ask(claim_denials, appealed.claim_id)) == 1


def test_an_answer_without_its_date_is_asked_for_again(desk, shell, appealed):
    def fill(dialog):
        dialog.go.click()
        assert "what they answered" in dialog.problem.text
        dialog.outcome.set_value("upheld")
        dialog.go.click()
        assert "date on the letter" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(fill)
    ask_answer(desk, shell, appealed.id)


def test_papers_that_were_asked_for_get_a_day_for_the_answer(desk, shell, binder, rosas):
    def fill(dialog):
        dialog.what.set_value("claim-file")
        dialog.on.set_value(date(2026, 8, 10))
        assert dialog.of.value() == "Harbor Mutual Health Plan"
        show_active(dialog)
        check_widget(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_for_papers(desk, shell, rosas.claim.id)
    (row,) = binder.ask(clock_rows)
    assert (row.clock.kind, row.clock.started_on) == ("request", date(2026, 8, 10))
    shell.scripts.append(lambda dialog: dialog.go.click())
    note_it_came(desk, shell, row.clock.id)
    assert binder.ask(clock_rows) == ()


def test_where_does_it_stand_is_a_call_and_a_letter(desk, shell, binder, appealed, tmp_path, qtbot):
    (row,) = binder.ask(clock_rows)
    shell.new_file = tmp_path / "status.pdf"

    def fill(dialog):
        assert "Rosa Alvarez" in words(dialog)
        assert "20260214-77" in dialog.letter.value()
        show_active(dialog)
        check_widget(dialog)
        dialog.letter.set_value(dialog.letter.value() + "\nWith kind regards, Rosa")
        dialog._copy()
        dialog.save()
        qtbot.waitUntil(lambda: "Saved" in dialog.told.text())
        dialog.go.click()

    def log(dialog):
        assert dialog.claim.value() == appealed.claim_id
        dialog.with_whom.set_value("Dana")
        dialog.go.click()

    shell.scripts += [fill, log]
    ask_status(desk, shell, row.clock.id)
    assert "With kind regards" in QGuiApplication.clipboard().text()
    written = " ".join(pypdf.PdfReader(shell.new_file).pages[0].extract_text().split())
    assert "20260214-77" in written
    assert "With kind regards, Rosa" in written


def test_a_step_asks_only_for_what_its_rule_needs(desk, shell, binder, rosas):
    def fill(dialog):
        dialog.rule.set_value("nsa.ppdr")
        shown = {fact for fact, field in dialog.fields.items() if field.isVisibleTo(dialog)}
        assert shown == {Fact.BILL}
        assert not dialog.time.at.isVisibleTo(dialog)
        dialog.fields[Fact.BILL].set_value(date(2026, 8, 3))
        assert "December 1" in dialog.card.day.text()
        show_active(dialog)
        check_widget(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_step(desk, shell, rosas.claim.id)
    (row,) = binder.ask(due_rows)
    assert (row.kind, row.last_day) == ("step", date(2026, 12, 1))

    def correct(dialog):
        assert not dialog.rule.isEnabled()
        dialog.fields[Fact.BILL].set_value(date(2026, 8, 4))
        dialog.go.click()

    shell.scripts.append(correct)
    ask_step(desk, shell, row.clock_id)
    assert binder.ask(due_rows)[0].last_day == date(2026, 12, 2)


def test_a_step_in_hours_ends_at_its_own_clock_time(desk, shell, binder, rosas):
    def fill(dialog):
        dialog.rule.set_value("com.info.request.urgent")
        dialog.fields[Fact.RECEIVED].set_value(TODAY - timedelta(days=1))
        dialog.time.at.set_value("2:30 PM")
        dialog.time.zone.set_value("America/Chicago")
        assert "2:30 PM" in dialog.card.because.text()
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_step(desk, shell, rosas.claim.id)
    (row,) = binder.ask(due_rows)
    assert row.due_at is not None
    assert row.zone == "America/Chicago"


def test_a_step_whose_number_is_not_known_well_enough_gets_no_date(desk, shell, binder, rosas):
    assert not rule_book().get("bill.501r").gives_dates

    def fill(dialog):
        dialog.rule.set_value("bill.501r")
        dialog.fields[Fact.BILL].set_value(date(2026, 8, 3))
        assert "above the calendar" in dialog.card.day.text()
        dialog.go.click()

    shell.scripts.append(fill)
    ask_new_step(desk, shell, rosas.claim.id)
    assert binder.ask(due_rows) == ()
    assert "above the calendar" in shell.said[-1]


def test_a_claim_shows_its_denials_and_what_comes_next(desk, shell, binder, rosas, appealed, qtbot):
    deny(binder, rosas.claim, confirmed=False)
    clocks.ask_for(binder, rosas.claim.id, "claim-file", date(2026, 8, 10))
    page = ClaimsPage(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.reload()
    page.show()
    lines = [words(line) for line in page.view.next.findChildren(DenialLine)]
    assert "It needs a date" in lines[0]
    assert "It appears late: ask" in lines[1]
    check_widget(page)
    shell.scripts.append(lambda dialog: dialog.cancel.click())
    buttons = page.view.next.findChildren(DenialLine)[1].findChildren(QPushButton)
    next(each for each in buttons if each.accessibleName() == "They answered …").click()
    assert not shell.scripts


def test_a_denial_let_stand_can_be_taken_up_again(desk, shell, binder, rosas, qtbot):
    deny(binder, rosas.claim)
    page = ClaimsPage(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.reload()
    page.show()

    def press(name):
        (line,) = (each for each in page.view.next.findChildren(DenialLine) if not each.isHidden())
        buttons = line.findChildren(QPushButton)
        next(each for each in buttons if each.accessibleName() == name).click()
        page.reload()
        qtbot.waitUntil(lambda: any(
            each.isVisible() for each in page.view.next.findChildren(DenialLine)
        ))  # fmt: skip

    press("Not appealing")
    press("Appeal after all")
    (denial,) = binder.ask(claim_denials, rosas.claim.id)
    assert denial.standing == "open"
    assert binder.ask(claim_sendings) == ()


def test_own_dates_have_kinds_and_a_title_is_suggested_until_one_is_typed(desk, qtbot):
    dialog = OwnDateDialog(desk, (), (), date(2026, 10, 1))
    qtbot.addWidget(dialog)
    show_active(dialog)
    dialog.kind.set_value("authorization")
    assert "renewal" in dialog.title.value()
    dialog.kind.set_value("stop")
    assert dialog.title.value() == "Stop and decide"
    assert "either answer is right" in dialog.about.text()
    dialog.title.set_value("Think it over with Sam")
    dialog.kind.set_value("fsa")
    given = dialog.answer()
    assert (given.title, given.kind) == ("Think it over with Sam", "fsa")
    qtbot.waitUntil(lambda: not cut_words(dialog))
    check_widget(dialog)


def test_what_was_sent_tells_where_its_answer_stands(desk, shell, binder, rosas, appealed, qtbot):
    newer = deny(binder, rosas.claim, care="ahead").denial
    sendings.record_sending(binder, rosas.claim.id, date(2026, 8, 10), denial_id=newer.id)
    page = SentPage(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.reload()
    page.show()
    assert [row.answer for row in page.rows] == [
        "Their answer is due about Sep 9, 2026", "Their answer appears late: ask",
    ]  # fmt: skip
    check_widget(page)
