"""The denial form: harm is asked first, every day that follows stands there, one yes for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.plan import PROGRAMS
from app.operations import people
from app.operations.denials import DenialAnswer, answer_of
from app.operations.rules import rule_book
from app.storage.queries.dates import due_rows
from app.storage.queries.records import record
from tests.ui.checks import check_widget, show_active
from tests.ui.household import deny, rosas_household
from ui.dialogs.denial import DenialDialog
from ui.dialogs.denial_words import HARM, harm_meant, harm_of, levels_of
from ui.pages.denial_steps import ask_denial, ask_new_denial
from ui.style import Style
from ui.widgets.text import Label


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def on_medicaid(binder, rosas):
    plan = replace(rosas.plan, program="medicaid_managed_care", funding=None, state="TX")
    people.change_plan(binder, plan)
    return rosas


@pytest.fixture
def form(desk, rosas, qtbot):
    """Makes the form for an answer, shown."""

    def make(confirmed=None, **answer):
        made = DenialDialog(
            desk, rule_book(), rosas.claim.id, (), DenialAnswer(**answer), confirmed=confirmed
        )
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def words(widget: QWidget) -> str:
    shown = [label for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return " ".join(label.text() for label in shown)


def label_with(widget: QWidget, begin: str) -> Label:
    return next(each for each in widget.findChildren(Label) if each.text().startswith(begin))


def height_of(label: Label, widget: QWidget) -> int:
    return label.mapTo(widget, QPoint()).y()


def test_the_first_question_is_whether_waiting_could_harm(form):
    made = form()
    assert made.form._rows[0].field is made.harm
    assert made.harm.value() is None, "nobody answers it for the person"


def test_the_keys_go_from_the_first_question_down_to_the_button_that_files(form, qtbot):
    made = form(notice_on=date(2026, 8, 3), letter_says="days", letter_days=60)
    show_active(made)
    reached = []
    while not reached or reached[-1] is not made.go:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    at = [reached.index(each) for each in (made.harm, made.level, made.confirm, made.cancel)]
    assert at == sorted(at)
    assert at[0] == 0, "Enter at once would file an empty denial"


def test_what_was_said_about_harm_comes_back_as_it_was_said():
    for answer in (None, *HARM):
        urgent, continuing = harm_meant(answer)
        assert harm_of(DenialAnswer(urgent=urgent, continuing=continuing)) == answer


def test_yes_and_unsure_show_how_to_ask_for_a_fast_appeal(form, qtbot):
    made = form(notice_on=date(2026, 8, 3))
    for answer in ("unsure", "harm", "running", "both"):
        made.harm.set_value("no")
        assert "fast appeal" not in words(made._result)
        made.harm.set_value(answer)
        qtbot.waitUntil(lambda: "Ask for a fast appeal today" in words(made._result))


def test_where_treatment_runs_the_day_it_stops_is_asked_for(form):
    made = form()
    assert not made.action_on.isVisibleTo(made)
    made.harm.set_value("running")
    assert made.action_on.isVisibleTo(made)
    assert made.keep_by.isVisibleTo(made)


@pytest.mark.usefixtures("on_medicaid")
def test_the_day_to_keep_the_care_stands_above_the_appeals(form, qtbot):
    made = form(notice_on=date(2026, 8, 12), letter_says="days", letter_days=60)
    made.harm.set_value("running")
    made.action_on.set_value(date(2026, 8, 25))
    qtbot.waitUntil(lambda: "To keep your care going" in words(made._result))
    said = label_with(made, "To keep your care going, ask by Saturday, August 22")
    appeal = label_with(made, "Last day to appeal")
    qtbot.waitUntil(lambda: 0 < height_of(said, made) < height_of(appeal, made))
    assert "These are the last days" in made.confirm.text()


def test_a_letter_that_names_the_day_to_keep_the_care_is_never_dropped(form):
    made = form(keep_by=date(2026, 8, 28), letter_says="nothing")
    assert made.keep_by.isVisibleTo(made), "although nobody said that treatment is running"
    assert "ask by Friday, August 28" in words(made._result)


@pytest.mark.parametrize(
    ("choice", "number", "unit", "kept", "day"),
    [
        ("days", 30, "calendar_days", (30, "calendar_days"), "September 2"),
        ("days", 10, "business_days", (10, "business_days"), "August 17"),
        ("longer", 2, "weeks", (14, "calendar_days"), "August 17"),
        ("longer", 3, "months", (3, "months"), "November 3"),
    ],
)
def test_the_letters_own_time_is_counted(form, choice, number, unit, kept, day):
    made = form(notice_on=date(2026, 8, 3))
    made.says.set_value(choice)
    amount, units = (
        (made.days, made.time.day_unit)
        if choice == "days"
        else (made.time.amount, made.time.long_unit)
    )
    assert amount.isVisibleTo(made)
    amount.set_value(number)
    units.set_value(unit)
    answer = made.answer().answer
    assert (answer.letter_says, answer.letter_days, answer.letter_unit) == ("days", *kept)
    assert day in made._result.day.text()


def test_a_time_in_months_is_shown_again_as_it_was_entered(form):
    made = form(letter_says="days", letter_days=4, letter_unit="months", notice_on=date(2026, 8, 3))
    assert (made.time.amount.value(), made.time.long_unit.value()) == (4, "months")
    assert made.answer().answer.letter_unit == "months"


@pytest.mark.parametrize(
    ("choice", "asked"), [("days", "how many days"), ("longer", "weeks or months")]
)
def test_a_number_that_is_missing_is_asked_for(form, choice, asked):
    made = form()
    made.says.set_value(choice)
    made.go.click()
    assert asked in made.problem.text


def test_any_change_takes_the_yes_back_and_the_same_days_bring_it_again(form, binder, rosas):
    known = answer_of(deny(binder, rosas.claim).denial)
    made = form(
        confirmed=True, notice_on=known.notice_on, letter_says="days", letter_days=known.letter_days
    )
    assert made.confirm.value(), "the day stands in the calendar: nobody is asked twice"
    made.days.set_value(61)
    assert not made.confirm.value()
    made.days.set_value(60)
    assert made.confirm.value()
    made.reason.set_value("not needed")
    assert made.confirm.value(), "no day hangs on the reason"


def test_what_is_rarely_asked_is_folded_and_opens_where_something_is_wrong(form):
    made = form()
    assert not made.more.form.isVisibleTo(made)
    made.more.peer_by.edit.setText("soon")
    made.go.click()
    assert made.more.form.isVisibleTo(made)
    assert "not a date" in made.more.form.problem_of(made.more.peer_by)


def test_the_call_between_doctors_gets_a_date_of_its_own(desk, shell, binder, rosas):
    def fill(dialog):
        dialog.says.set_value("nothing")
        dialog.notice_on.set_value(date(2026, 8, 3))
        dialog.more.fold.click()
        assert "does not stop the appeal date" in words(dialog.more)
        dialog.more.peer_by.set_value(date(2026, 8, 20))
        dialog.more.care.set_value("infused_drug")
        dialog.more.kind.set_value("medical_necessity")
        dialog.confirm.set_value(True)
        dialog.go.click()

    shell.scripts.append(fill)
    assert ask_new_denial(desk, shell, rosas.claim.id)
    rows = {row.kind: row for row in binder.ask(due_rows)}
    assert rows["peer_to_peer"].last_day == date(2026, 8, 20)
    assert "does not stop the time to appeal" in rows["peer_to_peer"].note
    kept = binder.ask(record, "denial", rows["appeal"].denial_id)
    assert (kept.care, kept.kind) == ("infused_drug", "medical_necessity")


def test_only_the_reason_corrected_moves_no_date_and_asks_nothing(desk, shell, binder, rosas):
    made = deny(binder, rosas.claim)
    (before,) = binder.ask(due_rows)

    def fill(dialog):
        dialog.reason.set_value("They changed their mind")
        dialog.go.click()

    shell.scripts.append(fill)
    ask_denial(desk, shell, made.denial.id)
    assert binder.ask(due_rows) == (before,)
    assert binder.ask(record, "denial", made.denial.id).reason == "They changed their mind"


def test_every_level_of_every_plan_has_words():
    for program, level in product((None, *PROGRAMS), range(1, 8)):
        offered = levels_of(program, level)
        assert [number for number, _ in offered] == sorted({number for number, _ in offered})
        assert all(said for _, said in offered)
        assert level in dict(offered)


def test_every_level_that_has_a_rule_is_offered():
    for program, kind in rule_book().programmes.kinds.items():
        assert set(kind.levels) <= set(dict(levels_of(program))), program


@pytest.mark.parametrize("size", [100, 200])
def test_the_form_fits_and_every_field_is_reached(desk, qapp, on_medicaid, qtbot, size):
    style = Style(qapp, "light", size)
    made = DenialDialog(
        desk, rule_book(), on_medicaid.claim.id, (),
        DenialAnswer(
            notice_on=date(2026, 8, 12), letter_says="days", letter_days=60, urgent="yes",
            continuing="yes", action_on=date(2026, 8, 25), peer_by=date(2026, 8, 20),
        ),
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(1024 * 9 // 10, 640 * 9 // 10)
    show_active(made)
    check_widget(made)
    style.deleteLater()
