"""After the answer in the window: the next appeal, what to do after a yes, and the levels."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.money import Money
from app.operations import claims, sendings
from app.operations.answers import AppealAnswer, record_answer
from app.operations.authorizations import add_authorization
from app.operations.criteria import add_point
from app.operations.rules import rule_book
from app.operations.winning import AskedBack, ask_back
from app.storage.queries.clocks import claim_denials
from app.storage.queries.dates import due_rows
from app.storage.queries.records import all_records, denial_records
from tests.e2e.letters import text_pdf
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import deny, pay, rosas_household
from ui.pages.answer_steps import ask_answer
from ui.pages.claim_denials import DenialLine
from ui.pages.claims import ClaimsPage
from ui.pages.due_deeds import due_deeds
from ui.pages.next_appeal_steps import ask_next_appeal, ask_what_it_asks
from ui.pages.won_steps import ask_what_now
from ui.widgets.text import Label

SENT_ON, ANSWERED_ON = date(2026, 4, 10), date(2026, 8, 3)


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def appealed(binder, rosas, tmp_path):
    denial = deny(binder, rosas.claim, notice_on=date(2026, 3, 3), letter_days=180).denial
    add_point(binder, denial.id, "Two oral drugs have failed.", answer="They did, in 2025.")
    sendings.record_sending(
        binder, rosas.claim.id, SENT_ON, denial_id=denial.id, way="fax", to="Appeals",
        files=[text_pdf(tmp_path / "appeal.pdf", ["Please look again."])],
    )  # fmt: skip
    return denial


def answer(binder, denial, outcome):
    given = AppealAnswer(outcome=outcome, on=ANSWERED_ON, reason="Not needed.", is_final=False)
    return record_answer(binder, rule_book(), denial.id, given)


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def grab(widget, name):
    if folder := os.environ.get("CLAIMBINDER_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        widget.grab().save(f"{folder}/{name}.png")


def test_the_next_appeal_asks_only_for_what_is_new(desk, shell, binder, appealed):
    second = answer(binder, appealed, "upheld").follows.denial

    def fill(dialog):
        assert "1 criterion" in words(dialog)
        assert dialog.reasons.value() == "Not needed."
        dialog.news.set_value("A second doctor writes.")
        dialog.asks.set_value("24 infusions in a year")
        dialog.packet.set_value(True)
        assert not dialog.proof.isVisibleTo(dialog), "there is no proof to put in"
        show_active(dialog)
        check_widget(dialog)
        grab(dialog, "next-appeal")
        dialog.go.click()

    shell.scripts.append(fill)
    ask_next_appeal(desk, shell, second.id)
    quotes = [each.quote for each in binder.ask(denial_records, "criterion", second.id)]
    assert quotes == ["Not needed.", "Two oral drugs have failed."]
    (paper,) = binder.ask(all_records, "document")
    assert paper.kind == "appeal_letter"
    assert "2 points to answer" in shell.said[-1]
    assert shell.actions[-1].word == "Get the appeal out"


def test_a_no_again_leads_to_the_next_appeal(desk, shell, binder, appealed):
    def fill(dialog):
        dialog.outcome.set_value("upheld")
        dialog.on.set_value(ANSWERED_ON)
        dialog.go.click()

    shell.scripts += [fill, lambda dialog: dialog.go.click()]
    ask_answer(desk, shell, appealed.id)
    assert shell.actions[-1].word == "Build the next appeal …"
    shell.actions[-1].run()
    assert "is built" in shell.said[-1]


def test_a_yes_leads_to_what_to_do_now(desk, shell, binder, rosas, appealed):
    claims.change_claim(binder, replace(rosas.claim, asks_units=24, asks_unit="infusions"))
    pay(binder, rosas.claim, "75.00", date(2026, 3, 5))
    pay(binder, rosas.claim, "60.00", date(2026, 2, 5))
    won = answer(binder, appealed, "overturned").denial
    add_authorization(
        binder, "Infusions", claim_id=rosas.claim.id, denial_id=won.id, status="approved",
        units=12, unit="infusions", until_on=date(2027, 1, 31),
    )  # fmt: skip

    def fill(dialog):
        said = words(dialog)
        assert "12 infusions (less)" in said
        assert "$135.00 in all, $75.00 of it while you were fighting." in said
        assert not dialog.amount.isVisibleTo(dialog)
        dialog.reprocess.set_value(True)
        dialog.refund.set_value(True)
        dialog.renew_by.set_value(date(2026, 12, 15))
        show_active(dialog)
        grab(dialog, "won")
        check_widget(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_what_now(desk, shell, won.id)
    rows = binder.ask(due_rows)
    owed = [row for row in rows if row.kind == "settlement"]
    assert [row.last_day for row in owed] == [date(2026, 9, 17)] * 2
    assert any("$135.00" in row.title for row in owed)
    assert date(2026, 12, 15) in [row.last_day for row in rows]
    assert shell.actions[-1].word == "Write the letter …"

    def look_again(dialog):
        assert "What you asked for already" in words(dialog)
        dialog.go.click()

    shell.scripts.append(look_again)
    ask_what_now(desk, shell, won.id)


def test_what_they_owe_stays_due_until_it_came(desk, shell, binder, rosas, appealed, qtbot):
    won = answer(binder, appealed, "overturned").denial
    ask_back(binder, won.id, AskedBack(what="refund", on=date(2026, 8, 4), by=date(2026, 8, 10)))
    (row,) = binder.ask(due_rows)
    deeds = {deed.words: deed for deed in due_deeds(desk, shell, row)}
    assert "Done" not in deeds

    def later(dialog):
        dialog.to.set_value(date(2026, 9, 1))
        dialog.go.click()

    shell.scripts.append(later)
    deeds["Ask again on …"].run()
    assert binder.ask(due_rows)[0].last_day == date(2026, 9, 1)

    def came(dialog):
        assert "Money back" in words(dialog)
        dialog.amount.set_value(Money.parse("75.00"))
        show_active(dialog)
        check_widget(dialog)
        dialog.go.click()

    shell.scripts.append(came)
    deeds["It came …"].run()
    assert binder.ask(due_rows) == ()
    every = binder.ask(due_rows, include_done=True)
    (done,) = [each for each in every if each.kind == "settlement"]
    assert "$75.00 came on" in done.note


def test_days_must_be_said_where_something_was_asked_for(desk, shell, binder, appealed):
    won = answer(binder, appealed, "partly").denial

    def fill(dialog):
        assert "not written down yet" in words(dialog)
        dialog.refund.set_value(True)
        dialog.by.set_value(None)
        dialog.go.click()
        assert "the day to ask again" in dialog.problem.text
        dialog.by.set_value(date(2026, 8, 1))
        dialog.go.click()
        assert "before the day you asked" in dialog.problem.text
        dialog.cancel.click()

    shell.scripts.append(fill)
    ask_what_now(desk, shell, won.id)


def test_each_level_says_what_it_asks_and_what_is_new(desk, shell, binder, rosas, appealed, qtbot):
    second = answer(binder, appealed, "upheld").follows.denial
    with binder.operation("Say what is new") as work:
        work.denials.save(replace(second, asks="24 infusions", news="A second doctor writes."))
    sendings.record_sending(binder, rosas.claim.id, date(2026, 8, 17), denial_id=second.id)
    page = ClaimsPage(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.reload()
    page.show()
    QApplication.processEvents()
    lines = [each for each in page.view.next.findChildren(DenialLine) if each.isVisible()]
    said = words(lines[0])
    for each in ("Asks for: 24 infusions", "New: A second doctor writes.", "No proof yet"):
        assert each in said
    assert "They said no again on Aug 3, 2026." in words(lines[1])
    names = [each.accessibleName() for each in lines[0].findChildren(QPushButton)]
    assert "They never got it: proof …" in names
    check_widget(page)
    grab(page, "claim-levels")
    assert [each.level for each in binder.ask(claim_denials, rosas.claim.id)] == [1, 2]
    page.view.parts.show_part("sent")
    QApplication.processEvents()
    said = words(page.view.parts)
    for each in (
        "Their reason: Not needed.",
        "Sent Aug 17, 2026",
        "Sent Apr 10, 2026 · Fax · Appeals",
    ):
        assert each in said
    qtbot.waitUntil(lambda: not cut_words(page))
    grab(page, "claim-appeals")
    check_widget(page)


def test_what_a_first_appeal_asks_for_can_be_said(desk, shell, binder, appealed):
    def fill(dialog):
        assert not dialog.news.isVisibleTo(dialog), "nothing came before it"
        dialog.asks.set_value("Approve 24 infusions.")
        show_active(dialog)
        check_widget(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    ask_what_it_asks(desk, shell, appealed)
    (denial,) = binder.ask(claim_denials, appealed.claim_id)
    assert (denial.asks, denial.news) == ("Approve 24 infusions.", "")
