"""Treatments, diary and approvals of a claim, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain import authorization, diary_line, provider, treatment
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import authorizations, diary, facts, providers, treatments
from app.operations.intake import add_papers
from app.operations.trash import put_in_trash
from app.storage.queries.care import LACKS, approvals, diary_of, treatments_of
from app.storage.queries.clocks import claim_denials
from app.storage.queries.dates import due_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.household import rosas_household
from ui import care_names
from ui.pages.claim_approvals import ApprovalsPart
from ui.pages.claim_treatments import TreatmentsPart
from ui.widgets.partial_dates import PartialDateField, read_partial
from ui.widgets.text import Label

TODAY = date(2026, 8, 18)


@pytest.fixture
def claim(binder):
    return rosas_household(binder).claim


@pytest.fixture
def paper(binder, tmp_path):
    path = tmp_path / "Chart of March.txt"
    path.write_text("A chart.")
    (taken,) = add_papers(binder, [path], Silent())
    return taken.document_id


@pytest.fixture
def part(desk, shell, qtbot, claim):
    """Make a tab of the claim and show it; it is shown again after each change, as in a window."""

    def make(kind):
        made = kind(desk, shell)
        qtbot.addWidget(made)
        made.resize(900, 900)
        made.show_claim(claim.id)
        qtbot.addWidget(made)
        desk.binder.feed.listen(lambda _changes: made.show_claim(claim.id))
        show_active(made)
        return made

    return make


def look_at(dialog):
    """Hold a dialog to what every one must hold, once it stands in its place."""
    show_active(dialog)
    QApplication.processEvents()
    check_widget(dialog)


def words(widget):
    QApplication.processEvents()  # what was added to a page is shown when it is laid out
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisible())


def press(widget, name):
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible()
             and name in (each.text(), each.accessibleName())]  # fmt: skip
    found[0].click()


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (care_names.ROUTES, set(treatment.ROUTES) - {""}),
        (care_names.PRODUCTS, set(treatment.PRODUCTS) - {""}),
        (care_names.OUTCOMES, set(treatment.OUTCOMES) - {""}),
        (care_names.DIARY_KINDS, diary_line.KINDS),
        (care_names.STATUSES, authorization.STATUSES),
        (care_names.PROVIDER_KINDS, provider.KINDS),
        (care_names.SETTINGS, set(provider.SETTINGS) - {""}),
        (care_names.NETWORKS, set(provider.NETWORKS) - {""}),
        (care_names.COMPOUNDINGS, set(providers.COMPOUNDINGS) - {""}),
        (care_names.LACKS, LACKS),
    ],
)
def test_each_key_of_care_has_words_and_no_word_lacks_a_key(table, keys):
    assert set(table) == set(keys)
    assert len(set(table.values())) == len(table)


# ---------------------------------------------------------------------- days of long ago


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("2024", "2024"),
        ("3/2024", "2024-03"),
        ("March 2024", "2024-03"),
        ("mar. 2024", "2024-03"),
        ("marzo de 2024", "2024-03"),
        ("2024-3", "2024-03"),
        ("3/15/2024", "2024-03-15"),
        ("March 15, 2024", "2024-03-15"),
        (" 2024-03-15 ", "2024-03-15"),
    ],
)
def test_a_year_or_a_month_is_enough_for_a_day_of_long_ago(typed, kept):
    assert read_partial(typed, TODAY) == kept


@pytest.mark.parametrize("typed", ["13/2024", "spring 2024", "24", "2024-13", "1/2/3"])
def test_what_is_no_day_is_refused_in_words(typed):
    with pytest.raises(UserError):
        read_partial(typed, TODAY)


def test_a_partial_day_is_said_back_in_words(qtbot):
    field = PartialDateField(lambda: TODAY, "2024-03")
    qtbot.addWidget(field)
    assert (field.edit.text(), field.words.text()) == ("3/2024", "March 2024")
    field.edit.setText("soon")
    assert field.words.text() == ""
    field.set_value("2024-03-15")
    assert (field.edit.text(), field.value()) == ("3/15/2024", "2024-03-15")


# ---------------------------------------------------------------------- treatments


def test_a_treatment_is_added_with_its_paper_and_stands_out_as_failed(
    part, shell, binder, claim, paper
):
    made = part(TreatmentsPart)
    assert "Failed attempts" in words(made)

    def fill(dialog):
        dialog.what.set_value("Iron <b>tablets</b>")
        dialog.route.set_value("oral")
        dialog.began.edit.setText("2024")
        dialog.ended.edit.setText("June 2024")
        dialog.outcome.set_value("not_tolerated")
        dialog.reaction.set_value("vomiting")
        assert not dialog.page.isVisible()
        dialog.proof.set_value(paper)
        dialog.page.set_value(2)
        look_at(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    press(made, "Add a treatment …")
    (tried,) = binder.ask(treatments_of, claim.id)
    assert (tried.treatment.ended, tried.paper) == ("2024-06", "Chart of March.txt")
    said = words(made)
    assert "Iron <b>tablets</b>" in said
    assert "2024 – June 2024 · By mouth" in said
    assert "Could not be tolerated: vomiting" in said
    assert "Proof: Chart of March.txt, page 2" in said
    assert "1 failed attempt · 1 of them by mouth · each with its paper" in said
    check_widget(made)


def test_what_a_treatment_knows_survives_a_look_at_it(part, shell, binder, claim, paper):
    doctor = providers.add_provider(binder, "Dr. Lee")
    before = treatments.add_treatment(
        binder, claim.id, "Iron", began="2024", outcome="helped", document_id=paper, page=3,
        product="compounded", provider_id=doctor.id, dose="1", reaction="r", note="n",
    )  # fmt: skip
    put_in_trash(binder, [("document", paper), ("provider", doctor.id)])
    made = part(TreatmentsPart)
    assert "No paper proves it yet" in words(made)
    shell.scripts.append(lambda dialog: dialog.go.click())
    press(made, "Change “Iron”")
    assert binder.ask(treatments_of, claim.id)[0].treatment == before


def test_a_slip_in_the_fold_of_a_form_is_unfolded_and_shown(part, shell):
    made = part(ApprovalsPart)

    def fill(dialog):
        dialog.service.set_value("MRI")
        dialog.more.fold.click()
        dialog.asked_on.edit.setText("never")
        dialog.more.fold.click()
        dialog.go.click()
        assert dialog.asked_on.isVisible()
        assert "not a date" in dialog.more.form.problem_of(dialog.asked_on)
        dialog.cancel.click()

    shell.scripts.append(fill)
    press(made, "Add an approval …")


def test_a_treatment_without_a_name_is_refused_and_one_can_go_to_the_trash(
    part, shell, binder, claim
):
    treatments.add_treatment(binder, claim.id, "Iron")
    made = part(TreatmentsPart)

    def fill(dialog):
        dialog.go.click()
        assert "Write its name" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(fill)
    press(made, "Add a treatment …")
    press(made, "Move “Iron” to the trash")
    assert binder.ask(treatments_of, claim.id) == ()
    shell.actions[-1].run()
    assert len(binder.ask(treatments_of, claim.id)) == 1


# ---------------------------------------------------------------------- diary


def test_the_keys_stay_on_the_treatment_that_was_changed(part, binder, claim):
    first = treatments.add_treatment(binder, claim.id, "Iron tablets")
    tab = part(TreatmentsPart)
    line = tab._shown[first.id]
    treatments.add_treatment(binder, claim.id, "Midodrine")
    assert tab._shown[first.id] is not line
    change = next(each for each in tab._shown[first.id].findChildren(QPushButton))
    change.setFocus()
    shown = dict(tab._shown)
    diary.add_line(binder, claim.id, "Faint", on=date(2026, 8, 1))
    assert tab._shown == shown  # nothing of them changed: they are not built anew
    treatments.change_treatment(binder, replace(first, dose="325 mg"))
    assert tab._shown[first.id].isAncestorOf(tab.focusWidget())


def test_a_line_is_written_by_typing_and_enter_and_the_next_one_follows(part, qtbot, binder, claim):
    made = part(TreatmentsPart)
    press(made, "Write in the diary")
    entry = made.diary
    assert entry.text.hasFocus()
    qtbot.keyClicks(entry.text, "Slept till noon")
    qtbot.keyClick(entry.text, Qt.Key.Key_Tab)
    qtbot.keyClicks(entry.score, "10")
    qtbot.keyClick(entry.score, Qt.Key.Key_Return)
    assert entry.text.hasFocus()
    qtbot.keyClicks(entry.text, "A better evening")
    qtbot.keyClick(entry.text, Qt.Key.Key_Return)
    assert {(line.on, line.score, line.text) for line in binder.ask(diary_of, claim.id)} == {
        (TODAY, 10, "Slept till noon"), (TODAY, None, "A better evening"),
    }  # fmt: skip
    assert len(entry.model.rows) == 2
    check_widget(made)


def test_an_empty_line_is_not_written_and_a_line_is_corrected_and_removed(
    part, shell, qtbot, binder, claim
):
    old = diary.add_line(binder, claim.id, "Dizy", on=date(2026, 8, 1), score=3)
    entry = part(TreatmentsPart).diary
    qtbot.keyClick(entry.text, Qt.Key.Key_Return)
    assert "a few words" in entry.problem.text

    def fill(dialog):
        assert (dialog.score.value(), dialog.on.value()) == (3, date(2026, 8, 1))
        dialog.text.set_value("Dizzy")
        look_at(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    entry.table.row_opened.emit(old.id)
    assert [line.text for line in binder.ask(diary_of, claim.id)] == ["Dizzy"]
    entry.remove.click()
    assert binder.ask(diary_of, claim.id) == ()
    shell.actions[-1].run()
    assert len(binder.ask(diary_of, claim.id)) == 1


def test_another_claim_begins_with_an_empty_line(part, binder, claim, qtbot):
    made = part(TreatmentsPart)
    qtbot.keyClicks(made.diary.text, "half a wo")
    made.show_claim(claim.id)
    assert made.diary.text.value() == "half a wo"
    made.show_claim("another")
    assert made.diary.text.value() == ""


# ---------------------------------------------------------------------- approvals


def test_an_approval_shows_what_is_used_and_its_days_stand_in_the_calendar(
    part, shell, binder, claim
):
    made = part(ApprovalsPart)

    def fill(dialog):
        dialog.service.set_value("Iron infusions")
        dialog.status.set_value("approved")
        assert not dialog.last_session_on.isVisible()
        dialog.units.set_value(24)
        dialog.used.set_value(17)
        dialog.unit.set_value("infusions")
        dialog.until_on.set_value(date(2026, 10, 31))
        dialog.renew_by.set_value(date(2026, 9, 15))
        look_at(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    press(made, "Add an approval …")
    press(made, "One more used")
    said = words(made)
    assert "18 of 24 infusions used · 6 left" in said
    assert "until Oct 31, 2026 · 74 days left" in said
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2026, 9, 15), date(2026, 10, 31)]
    check_widget(made)
    press(made, "It has ended")
    assert binder.ask(due_rows) == ()
    shell.actions[-1].run()
    assert len(binder.ask(due_rows)) == 2
    press(made, "Move to trash")
    assert binder.ask(approvals) == ()


def test_the_number_that_was_confirmed_in_the_letter_need_not_be_typed(
    part, shell, binder, claim, paper
):
    said = facts.SaidValue(name="authorization_number", value="PA-77812")
    facts.say_facts(binder, paper, [said])
    made = part(ApprovalsPart)

    def fill(dialog):
        dialog.service.set_value("Iron")
        dialog.letter.set_value(paper)
        assert dialog.number.value() == "PA-77812"
        dialog.number.set_value("PA-1")
        dialog.letter.set_value(None)
        dialog.letter.set_value(paper)
        assert dialog.number.value() == "PA-1"
        dialog.go.click()

    shell.scripts.append(fill)
    press(made, "Add an approval …")
    press(made, "Open the paper")
    assert shell.went == [("papers", "document", paper)]


def test_a_cut_series_leads_to_a_denial_that_says_the_care_is_running(part, shell, binder, claim):
    authorizations.add_authorization(
        binder, "Iron infusions", claim_id=claim.id, status="approved", units=6, asked_units=24
    )
    made = part(ApprovalsPart)

    def cut(dialog):
        dialog.status.set_value("partly")
        dialog.last_session_on.set_value(date(2026, 9, 4))
        assert "runs before that day" in dialog.cut.text()
        dialog.go.click()

    shell.scripts.append(cut)
    press(made, "Change …")
    said = words(made)
    assert "the last approved session is on September 4, 2026" in said
    assert "29 CFR 2560.503-1(f)(2)(ii)(B)" in said
    assert "say that this care is running" in said
    check_widget(made)

    def deny(dialog):
        assert dialog.action_on.value() == date(2026, 9, 4)
        dialog.notice_on.set_value(date(2026, 8, 10))
        dialog.says.set_value("nothing")
        dialog.confirm.click()
        dialog.go.click()

    shell.scripts.append(deny)
    press(made, "Record the “no” …")
    (denial,) = binder.ask(claim_denials, claim.id)
    assert (denial.continuing, denial.action_on) == ("yes", date(2026, 9, 4))
    assert binder.ask(approvals, claim.id)[0].authorization.denial_id == denial.id
    assert "say that this care is running" not in words(made)
    shell.scripts.append(lambda dialog: dialog.cancel.click())
    press(made, "Open the “no” …")
    assert shell.scripts == []


@pytest.mark.parametrize(
    ("units", "used", "said"),
    [(24, 24, "none left"), (6, 8, "2 more than approved"), (None, 3, "3 sessions used")],
)
def test_the_limit_is_told_as_it_stands(part, binder, claim, units, used, said):
    authorizations.add_authorization(
        binder, "X", claim_id=claim.id, status="approved", units=units, used=used
    )
    assert said in words(part(ApprovalsPart))
