"""The log of what was sent: its proof in words, its exact files, and the packet that proves it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.jobs import Silent
from app.operations import calls, sendings
from app.operations.intake import Filing, add_papers
from app.operations.sending_changes import add_proofs
from app.operations.sent_files import freeze_files
from app.storage.queries.clocks import claim_denials, clock_rows
from app.storage.queries.records import claim_sendings
from app.storage.queries.sendings import sent_rows
from tests.e2e.letters import text_pdf
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import deny, rosas_household
from ui.pages.sent import SentPage
from ui.widgets.text import Label

SENT_ON = date(2026, 8, 5)


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def sent(binder, rosas, tmp_path):
    denial = deny(binder, rosas.claim, care="ahead").denial
    return sendings.record_sending(
        binder, rosas.claim.id, SENT_ON, denial_id=denial.id, way="certified_mail",
        to="Harbor Mutual, Appeals", tracking="9407 1000 0000 1234",
        files=[text_pdf(tmp_path / "appeal.pdf", ["Please look again."])],
    ).sending  # fmt: skip


@pytest.fixture
def page(desk, shell, sent, qtbot):
    made = SentPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.reload()
    made.show()
    QApplication.processEvents()
    return made


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def press(page, name):
    buttons = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    next(each for each in buttons if each.accessibleName() == name).click()
    show(page)


def show(page):
    """Let the page ask again and lay out what it shows."""
    page.reload()
    QApplication.processEvents()


def grab(widget, name):
    if folder := os.environ.get("CLAIMBINDER_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        widget.grab().save(f"{folder}/{name}.png")


def test_a_packet_says_what_proves_it_and_what_to_add(page, sent):
    (shown,) = page.rows
    assert shown.proof == "No proof yet: add the mail receipt."
    said = words(page.detail)
    for each in ("Harbor Mutual, Appeals", "9407 1000 0000 1234", "appeal.pdf", "Certified mail"):
        assert each in said
    check_widget(page)
    grab(page, "sent-unproved")


def test_a_paper_becomes_the_proof_or_comes_in_as_one(page, shell, qtbot, binder, rosas, tmp_path):
    old = text_pdf(tmp_path / "receipt.pdf", ["7020"])
    (taken,) = add_papers(binder, [old], Silent(), filing=Filing(rosas.claim.id))
    shell.files = [text_pdf(tmp_path / "green card.pdf", ["Signed"])]

    def fill(dialog):
        dialog.go.click()
        assert "Tick at least one" in dialog.problem.text
        dialog.tick(taken.document_id)
        dialog.new.click()
        qtbot.waitUntil(lambda: dialog.papers.count() == 2)
        show_active(dialog)
        check_widget(dialog)
        grab(dialog, "sent-add-proof")
        dialog.go.click()

    shell.scripts.append(fill)
    press(page, "Add a proof …")
    (row,) = binder.ask(sent_rows)
    assert {proof.name for proof in row.proofs} == {"receipt.pdf", "green card.pdf"}
    assert page.rows[0].proof == "Proved by 2 papers."
    press(page, "Take off")
    assert len(binder.ask(sent_rows)[0].proofs) == 1


def test_who_confirmed_it_comes_from_the_call(page, shell, binder, rosas):
    call, _ = calls.log_call(
        binder, claim_id=rosas.claim.id, with_whom="Dana", department="Appeals", reference="R-77"
    )

    def fill(dialog):
        assert dialog.by.value() == "Dana, Appeals"
        show_active(dialog)
        check_widget(dialog)
        grab(dialog, "sent-confirmed")
        dialog.go.click()

    shell.scripts.append(fill)
    press(page, "They confirmed it …")
    (row,) = binder.ask(sent_rows)
    assert (row.sending.call_id, row.reference) == (call.id, "R-77")
    assert "Reference R-77" in words(page.detail)
    grab(page, "sent-proved")


def test_the_day_they_got_it_moves_the_answer_after_a_yes(page, shell, binder):
    (before,) = binder.ask(clock_rows)

    def fill(dialog):
        dialog.on.set_value(date(2026, 8, 10))
        dialog.go.click()

    shell.scripts += [fill, lambda dialog: dialog.go.click()]
    press(page, "They got it on …")
    (after,) = binder.ask(clock_rows)
    assert after.clock.received_on == date(2026, 8, 10)
    assert after.about > before.about
    assert "They got it on" in words(page.detail)


def test_a_correction_is_shown_before_it_moves_a_date(page, shell, binder, sent):
    def fill(dialog):
        assert dialog.tracking.value() == "9407 1000 0000 1234"
        assert not dialog.fast.isVisibleTo(dialog)
        dialog.sent_on.set_value(date(2026, 8, 7))
        show_active(dialog)
        check_widget(dialog)
        grab(dialog, "sent-change")
        dialog.go.click()

    seen = []
    shell.scripts += [fill, lambda dialog: (seen.append(words(dialog)), dialog.go.click())]
    press(page, "Change …")
    assert "Was Sep 4, 2026, would be Sep 6, 2026" in seen[0]
    (changed,) = binder.ask(claim_sendings)
    assert changed.sent_on == date(2026, 8, 7)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # open menus
def test_a_slip_can_be_taken_out_of_the_log(page, shell, binder, rosas):
    shell.scripts.append(lambda dialog: dialog.go.click())
    press(page, "More …")
    (menu,) = page.window().findChildren(QMenu)
    assert [each.text() for each in menu.actions()] == ["Open the claim", "Remove"]
    menu.actions()[1].trigger()
    show(page)
    assert binder.ask(claim_sendings) == ()
    (denial,) = binder.ask(claim_denials, rosas.claim.id)
    assert denial.standing == "open"
    shell.actions[-1].run()
    assert len(binder.ask(claim_sendings)) == 1


def test_where_no_copy_is_kept_the_file_can_still_be_chosen(
    page, shell, qtbot, binder, desktop, tmp_path
):
    claim_id = page.rows[0].row.sending.claim_id
    sendings.record_sending(binder, claim_id, date(2026, 8, 17), way="portal", to="Portal")
    show(page)
    page.list.choose(page.rows[0].row.sending.id)
    QApplication.processEvents()
    assert "No exact copy" in words(page.detail)
    shell.files = [text_pdf(tmp_path / "upload.pdf", ["As uploaded."])]
    press(page, "Choose the file …")
    qtbot.waitUntil(lambda: bool(shell.said), timeout=20_000)
    show(page)
    assert "1 page" in words(page.detail)
    shell.folder = tmp_path / "copies"
    shell.folder.mkdir()
    press(page, "Open a copy …")
    qtbot.waitUntil(lambda: bool(desktop.opened))
    (opened,) = desktop.opened
    assert opened.read_bytes() == shell.files[0].read_bytes()


def test_the_proof_is_made_in_a_folder_of_its_own(page, shell, qtbot, desktop, tmp_path):
    shell.folder = tmp_path / "desk"
    shell.folder.mkdir()
    (shell.folder / "Proof 2026-08-05").mkdir()
    press(page, "They never got it: proof …")
    qtbot.waitUntil(lambda: bool(desktop.opened), timeout=30_000)
    folder = shell.folder / "Proof 2026-08-05 (2)"
    assert desktop.opened == [folder / "proof.pdf"]
    assert {each.name for each in folder.iterdir()} == {"proof.pdf", "appeal.pdf"}
    assert "lie beside it" in shell.said[-1]
    assert "add the mail receipt" in shell.said[-1]


def test_large_text_and_long_names_stay_whole(page, style, qtbot, binder, sent, tmp_path):
    long = tmp_path / ("appeal of the denial with all enclosures and the doctors letter.pdf")
    freeze_files(binder, sent.id, [text_pdf(long, ["x"])])
    receipt = text_pdf(
        tmp_path / ("certified mail receipt with the green card, both sides.pdf"), ["r"]
    )
    (taken,) = add_papers(binder, [receipt], Silent())
    add_proofs(binder, sent.id, [taken.document_id])
    style.choose_theme("dark")
    style.choose_percent(200)
    page.resize(900, 760)
    page.show_record("sending", sent.id)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not cut_words(page))
    assert page.panes.is_narrow
    assert long.name in words(page.detail)
    check_widget(page)
    grab(page, "sent-200")
    style.choose_percent(100)


def test_what_was_known_to_lack_is_kept_with_it(page, binder, sent):
    (row,) = binder.ask(sent_rows)
    with binder.operation("Decide") as work:
        kept = json.dumps([f"Paper {number} is not there." for number in range(1, 7)])
        work.saved_bundles.save(replace(row.bundle, warnings=kept))
    show(page)
    said = words(page.detail)
    assert "• Paper 4 is not there." in said
    assert "and 2 more" in said
