"""Doctors, places of care and who may speak, on the People page; the forms of claim and plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.jobs import Silent
from app.operations import (
    authorizations,
    facts,
    papers,
    people,
    providers,
    representatives,
    treatments,
)
from app.operations.diary import add_line
from app.operations.intake import add_papers
from app.operations.trash import put_in_trash
from app.storage.queries.care import all_providers, speakers, treatments_of
from app.storage.queries.records import all_people, all_plans, record
from tests.ui.checks import check_widget, cut_words, nameless, show_active, small_targets
from tests.ui.household import rosas_household
from ui.care_choices import offered_papers, offered_providers
from ui.dialogs import values_of
from ui.dialogs.authorization import AuthorizationDialog
from ui.dialogs.claim import ClaimDialog
from ui.dialogs.diary import DiaryDialog
from ui.dialogs.person import PersonDialog
from ui.dialogs.plan import PlanDialog
from ui.dialogs.provider import ProviderDialog
from ui.dialogs.representative import RepresentativeDialog
from ui.dialogs.treatment import TreatmentDialog
from ui.pages.claim_approvals import ApprovalsPart
from ui.pages.claim_treatments import TreatmentsPart
from ui.pages.people import PeoplePage
from ui.widgets.text import Label


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def form(binder, tmp_path):
    path = tmp_path / "Helper form.txt"
    path.write_text("A form.")
    (taken,) = add_papers(binder, [path], Silent())
    return taken.document_id


@pytest.fixture
def page(desk, shell, qtbot, home):
    made = PeoplePage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.reload()
    desk.binder.feed.listen(made.refresh)
    show_active(made)
    return made


def words(widget):
    QApplication.processEvents()
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisible())


def press(widget, name):
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible()
             and name in (each.text(), each.accessibleName())]  # fmt: skip
    found[0].click()


def test_a_doctor_is_added_changed_and_put_in_the_trash(page, shell, binder):
    assert "Who gives the care, and where" in words(page)

    def add(dialog):
        dialog.name.set_value("Dr. <b>Lee</b>")
        dialog.npi.set_value("1234567890")
        dialog.go.click()
        assert "cannot be an NPI" in dialog.problem.text
        dialog.npi.set_value("1234567893")
        dialog.network.set_value("in")
        dialog.go.click()

    shell.scripts.append(add)
    press(page, "Add a doctor or place …")
    (lee,) = binder.ask(all_providers)
    assert "Dr. <b>Lee</b> Doctor · In the plan's network NPI 1234567893" in words(page)
    check_widget(page)

    def change(dialog):
        assert not dialog.compounding.isVisible()
        dialog.kind.set_value("pharmacy")
        dialog.compounding.set_value("503B")
        dialog.more.fold.click()
        dialog.accreditation.set_value("ACHC")
        dialog.accredited_until.edit.setText("7/30/2026")
        dialog.go.click()

    shell.scripts.append(change)
    page.show_record("provider", lee.id)
    said = words(page)
    assert "Pharmacy · In the plan's network · 503B" in said
    assert "The accreditation (ACHC) ended on Jul 30, 2026." in said
    press(page, "Move “Dr. <b>Lee</b>” to the trash")
    assert binder.ask(all_providers) == ()
    shell.actions[-1].run()
    assert binder.ask(all_providers)[0].id == lee.id


def test_who_may_speak_is_told_with_what_is_missing(page, shell, binder, home, form):
    sam = people.add_person(binder, "Sam Reed", relation="helper")

    def add(dialog):
        assert dialog.person.value() == home.rosa.id
        dialog.helper.set_value(sam.id)
        assert not dialog.name.isVisible()
        dialog.signed_on.set_value(date(2026, 8, 1))
        dialog.go.click()

    shell.scripts.append(add)
    press(page, "Who may speak …")
    assert "The form is not here. The helper's signature is missing." in words(page)

    def change(dialog):
        dialog.paper.set_value(form)
        dialog.accepted_on.set_value(date(2026, 8, 2))
        dialog.sent_on.set_value(date(2026, 8, 3))
        dialog.more.fold.click()
        dialog.plan.set_value(home.plan.id)
        dialog.level.set_value(1)
        dialog.go.click()

    shell.scripts.append(change)
    press(page, "Change “Sam Reed”")
    said = words(page)
    assert "May speak: form sent on Aug 3, 2026." in said
    assert "only for Harbor Mutual · only for level 1 · Helper form.txt" in said
    check_widget(page)
    (kept,) = binder.ask(speakers)
    representatives.change_representative(
        binder, replace(kept.representative, valid_until=date(2026, 8, 17))
    )
    assert "The form has run out." in words(page)
    press(page, "Move “Sam Reed” to the trash")
    assert binder.ask(speakers) == ()


def test_nobody_needs_a_form_to_speak_for_themselves(page, shell, home):
    def add(dialog):
        dialog.helper.set_value(home.rosa.id)
        dialog.go.click()
        assert "speak for themselves" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(add)
    press(page, "Who may speak …")


def test_who_may_speak_is_found_from_the_search(page, shell, binder, home):
    made = representatives.add_representative(binder, home.rosa.id, "Nora Field")

    def look(dialog):
        assert dialog.name.value() == "Nora Field"
        dialog.cancel.click()

    shell.scripts.append(look)
    page.show_record("representative", made.id)
    assert shell.scripts == []


def claim_form(desk, claim):
    binder = desk.binder
    return ClaimDialog(desk, binder.ask(all_people), binder.ask(all_plans), claim)


def test_a_provider_is_chosen_in_the_form_of_a_claim(desk, shell, binder, home):
    before = binder.ask(record, "claim", home.claim.id)

    def alone(dialog):
        assert not dialog.chosen.isVisible()
        dialog.provider.set_value("Dr. Who")
        dialog.go.click()

    shell.scripts.append(alone)
    assert shell.ask_dialog(claim_form(desk, before)).provider == "Dr. Who"
    lee = providers.add_provider(binder, "Dr. Lee")
    bay = providers.add_provider(binder, "Bayside", kind="facility")

    def choose(dialog):
        dialog.chosen.set_value(lee.id)
        assert not dialog.provider.isVisible()
        dialog.more.fold.click()
        dialog.more.facility.set_value(bay.id)
        dialog.more.asks_units.set_value(24)
        dialog.more.asks_unit.set_value("infusions")
        dialog.more.diagnosis_codes.set_value("d50.9")
        dialog.go.click()

    shell.scripts.append(choose)
    given = shell.ask_dialog(claim_form(desk, before))
    assert (given.provider_id, given.facility_id, given.asks_units) == (lee.id, bay.id, 24)
    known = replace(before, **values_of(given))
    put_in_trash(binder, [("provider", lee.id)])
    shell.scripts.append(lambda dialog: dialog.go.click())
    again = shell.ask_dialog(claim_form(desk, known))
    assert (again.provider_id, again.facility_id) == (lee.id, bay.id)


def test_codes_that_were_confirmed_in_the_papers_need_not_be_typed_again(
    desk, shell, binder, home, form
):
    papers.file_paper(binder, form, claim_id=home.claim.id)
    codes = (("icd10", "D50.9"), ("icd10", "K90.0"), ("procedure", "96365"))
    facts.say_facts(
        binder, form, [facts.SaidValue(name=name, value=value) for name, value in codes]
    )

    def take(dialog):
        dialog.more.fill.click()
        assert not dialog.more.fill.isVisible()
        dialog.go.click()

    shell.scripts.append(take)
    given = shell.ask_dialog(claim_form(desk, home.claim))
    assert (given.diagnosis_codes, given.service_codes) == ("D50.9 K90.0", "96365")


def test_the_forms_of_a_person_and_a_plan_keep_their_new_fields(desk, shell, binder, home):
    rosa = people.change_person(binder, replace(home.rosa, address="1 Elm St\nToledo", phone="5"))
    shell.scripts.append(lambda dialog: dialog.go.click())
    given = shell.ask_dialog(PersonDialog(desk, rosa))
    assert (given.address, given.phone) == ("1 Elm St\nToledo", "5")
    plan = replace(home.plan, subscriber="Bo", portal="p.example", regulator="The office")
    shell.scripts.append(lambda dialog: dialog.go.click())
    card = shell.ask_dialog(PlanDialog(desk, binder.ask(all_people), plan))
    assert replace(plan, **values_of(card)) == plan


@pytest.mark.parametrize("percent", [100, 200])
def test_every_form_and_tab_of_care_fits_at_every_size(desk, shell, home, form, style, percent):
    style.choose_percent(percent)
    binder, claim, signed = desk.binder, home.claim, date(2026, 8, 1)
    lee = providers.add_provider(
        binder, "Dr. Lee", npi="1234567893", kind="pharmacy", compounding="503A", fax="555-0101"
    )
    treatments.add_treatment(
        binder, claim.id, "Iron", outcome="reaction", reaction="hives", document_id=form, page=1,
        provider_id=lee.id,
    )  # fmt: skip
    line = add_line(binder, claim.id, "Tired", score=4)
    cut = authorizations.add_authorization(
        binder, "Iron", claim_id=claim.id, status="partly", last_session_on=date(2026, 9, 4)
    ).authorization
    speaker = representatives.add_representative(
        binder, home.rosa.id, "Nora", document_id=form, signed_on=signed, level=2
    )
    proofs, offered = offered_papers(binder, claim.id), offered_providers(binder)
    everyone, plans = binder.ask(all_people), binder.ask(all_plans)
    shown = [
        TreatmentDialog(desk, offered, proofs, binder.ask(treatments_of, claim.id)[0].treatment),
        DiaryDialog(desk, line),
        AuthorizationDialog(desk, offered, proofs, [], cut),
        ProviderDialog(desk, lee),
        RepresentativeDialog(desk, everyone, plans, proofs, speaker),
        claim_form(desk, claim),
        PersonDialog(desk, home.rosa),
        PeoplePage(desk, shell),
        TreatmentsPart(desk, shell),
        ApprovalsPart(desk, shell),
    ]
    for each in shown:
        if isinstance(each, PeoplePage):
            each.reload()
        elif isinstance(each, TreatmentsPart | ApprovalsPart):
            each.show_claim(claim.id)
        show_active(each)
        QApplication.processEvents()
        found = [*cut_words(each), *nameless(each), *small_targets(each)]
        assert not found, (type(each).__name__, found)
        each.close()
