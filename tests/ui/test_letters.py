"""Letters in the window: choosing one, its blanks, saving, printing, the day it goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPdfWriter
from PySide6.QtTest import QTest

from app.changes import Changes
from app.jobs import Silent
from app.operations import providers
from app.operations.intake import Filing, add_papers
from app.operations.letter_papers import change_letter, save_letter
from app.storage.queries.clocks import clock_rows
from app.storage.queries.letters import letter_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from tests.ui.checks import check_widget, cut_words, show_active
from tests.ui.household import deny, rosas_household
from ui.dialogs.letter import LetterDialog
from ui.dialogs.letter_paper import LetterPaper
from ui.dialogs.letter_text import LetterText
from ui.page_printing import draw_pages
from ui.pages.claim_letters import LettersPart
from ui.pages.claims import ClaimsPage
from ui.pages.letter_steps import new_letter, note_sent, note_signed, open_letter

BODY = "Rosa\n\nNovember 21, 2026\n\nHarbor Mutual\n\nPlease pay ________ [how much] to ________.\n"


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def denied(binder, rosas):
    return deny(binder, rosas.claim).denial


@pytest.fixture
def letter(binder, rosas):
    return save_letter(binder, rosas.claim.id, "claim_file", "My letter", BODY)


@pytest.fixture
def part(desk, shell, rosas, qtbot):
    made = LettersPart(desk, shell)
    qtbot.addWidget(made)
    made.resize(900, 500)
    return made


def lines(chooser):
    return chooser.lines.lines


# --------------------------------------------------------------------- from the choice to a draft


def test_a_letter_is_chosen_filled_changed_and_kept(desk, shell, binder, denied, qtbot):
    providers.add_provider(binder, "Dr. Ann Osei")

    def choose(dialog):
        show_active(dialog)
        check_widget(dialog)
        first = lines(dialog.list)[0]
        assert (first.id, first.trailing) == ("claim_file", "useful now")
        assert "refund" in {line.id for line in lines(dialog.list) if not line.trailing}
        assert "To the health plan." in dialog.about.text()
        assert not dialog.to.isVisibleTo(dialog)
        dialog.list.choose("doctor_letter")
        assert dialog.to.isVisibleTo(dialog)
        dialog.list.choose("claim_file")
        dialog.go.click()

    def write(dialog):
        assert "20260214-77" in dialog.text.value()
        dialog.name.set_value("Ask for the file")
        dialog.text.insertPlainText("12 Quarry Road")
        dialog.go.click()

    shell.scripts += [choose, write]
    new_letter(desk, shell, denied.claim_id)
    (row,) = binder.ask(letter_rows)
    assert (row.title, row.kind, row.denial_id) == ("Ask for the file", "claim_file", denied.id)
    assert "12 Quarry Road\n\nAugust 18, 2026" in binder.ask(record, "letter", row.id).body
    assert binder.undo() == "Write a letter"


def test_the_doctor_that_was_chosen_is_written_to(desk, shell, binder, denied):
    doctor = providers.add_provider(binder, "Dr. Ann Osei")

    def choose(dialog):
        assert dialog.list.chosen_id == "doctor_letter"
        dialog.to.set_value(doctor.id)
        dialog.go.click()

    seen = []
    shell.scripts += [choose, lambda dialog: seen.append(dialog.text.value())]
    new_letter(desk, shell, denied.claim_id, "doctor_letter")
    assert "Dear Dr. Ann Osei," in seen[0]


def test_a_claim_without_a_no_has_letters_too(desk, shell, binder, rosas):
    def choose(dialog):
        assert not dialog.denial.isVisibleTo(dialog)
        assert not any(line.trailing for line in lines(dialog.list))
        dialog.cancel.click()

    shell.scripts.append(choose)
    new_letter(desk, shell, rosas.claim.id)
    assert binder.ask(letter_rows) == ()


def test_what_is_refused_loses_nothing(desk, shell, binder, letter):
    def write(dialog):
        dialog.text.set_value(" ")
        dialog.go.click()
        assert "empty" in dialog.problem.text
        dialog.text.set_value("x" * 60_001)
        dialog.keep()
        assert "60,000" in dialog.problem.text
        dialog.text.set_value("Better.")
        dialog.name.set_value("")
        dialog.go.click()
        assert "name" in dialog.problem.text
        dialog.name.set_value("Named")
        dialog.go.click()

    shell.scripts.append(write)
    open_letter(desk, shell, letter.id)
    kept = binder.ask(record, "letter", letter.id)
    assert (kept.title, kept.body) == ("Named", "Better.\n")
    assert binder.ask(paper_rows) == (), "only the last way out counts"


def test_after_cancel_one_can_go_back_to_what_was_typed(desk, shell, binder, letter):
    def leave(dialog):
        dialog.text.set_value("Half a letter")
        dialog.cancel.click()

    def look(dialog):
        assert dialog.text.value() == "Half a letter"
        dialog.go.click()

    shell.scripts += [leave, look, lambda dialog: dialog.cancel.click()]
    open_letter(desk, shell, letter.id)
    assert binder.ask(record, "letter", letter.id).body == BODY
    assert "not saved" in shell.said[-1]
    shell.actions[-1].run()
    assert binder.ask(record, "letter", letter.id).body == "Half a letter\n"
    count = len(shell.said)
    open_letter(desk, shell, letter.id)
    assert len(shell.said) == count, "nothing was changed, nothing is said"


# --------------------------------------------------------------------- blanks


def test_keys_go_from_blank_to_blank_and_out_of_the_text(desk, shell, qtbot):
    paper = LetterPaper(desk, shell, None)
    dialog = LetterDialog(desk.memory, paper, "A letter", BODY)
    qtbot.addWidget(dialog)
    show_active(dialog)
    text = dialog.text
    assert text.textCursor().selectedText() == "________ [how much]", "it begins at the first"
    assert [line.title for line in lines(dialog.blanks)] == ["how much", "to fill in"]
    assert dialog.count.text() == "2 blanks left"
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert text.textCursor().selectedText() == "________"
    QTest.keyClick(text, Qt.Key.Key_F4)
    assert text.textCursor().selectedText() == "________ [how much]", "and round again"
    QTest.keyClick(text, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert text.textCursor().selectedText() == "________"
    QTest.keyClicks(text, "Bayside")
    assert [line.title for line in lines(dialog.blanks)] == ["how much"]
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert not text.hasFocus(), "behind the last blank Tab leaves the text"
    dialog.blanks.setFocus()
    dialog.blanks.opened.emit("0")
    assert text.textCursor().selectedText() == "________ [how much]"
    QTest.keyClicks(text, "$20")
    assert dialog.count.text() == "Nothing is blank"
    check_widget(dialog)


def test_blanks_behind_letters_of_two_units_are_found(qtbot):
    text = LetterText("🙂🙂 Please ________ [what] now")
    qtbot.addWidget(text)
    assert text.go_on()
    assert text.textCursor().selectedText() == "________ [what]"
    text.setPlainText("Nothing")
    assert not text.go_on()


def test_the_letter_can_be_read_at_every_size(desk, shell, style, qtbot):
    for theme, size in (("light", 100), ("dark", 150), ("light", 200)):
        style.choose_theme(theme)
        style.choose_percent(size)
        dialog = LetterDialog(desk.memory, LetterPaper(desk, shell, None), "A letter", BODY)
        qtbot.addWidget(dialog)
        show_active(dialog)
        assert cut_words(dialog) == []
        dialog.close()


# --------------------------------------------------------------------- paper


def test_a_letter_is_saved_as_a_pdf_while_it_is_written(desk, shell, letter, tmp_path, qtbot):
    shell.new_file = tmp_path / "letter.pdf"

    def write(dialog):
        dialog.text.appendPlainText("And soon.")
        dialog.save_pdf()
        qtbot.waitUntil(lambda: "Saved" in dialog.told.text())
        shell.new_file = desk.binder.root / "inside.pdf"
        dialog.save_pdf()
        assert "outside" in dialog.problem.text
        shell.new_file = tmp_path / "folder.pdf"
        shell.new_file.mkdir()
        dialog.save_pdf()
        qtbot.waitUntil(lambda: "folder" in dialog.problem.text)
        shell.new_file = None
        dialog.save_pdf()
        dialog.go.click()

    shell.scripts.append(write)
    open_letter(desk, shell, letter.id)
    assert "And soon." in pypdf.PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    assert "note the day" in shell.said[-1], "it went out of the program: the time may begin"


def test_printed_pages_fill_their_sheets(tmp_path, qtbot):
    page = QImage(850, 1100, QImage.Format.Format_Grayscale8)
    page.fill(200)
    path = tmp_path / "page.png"
    page.save(str(path))
    writer = QPdfWriter(str(tmp_path / "out.pdf"))
    draw_pages([path.read_bytes(), path.read_bytes()], writer)
    del writer
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 2


def test_a_kept_letter_is_a_paper_and_can_be_shown(desk, shell, binder, letter, qtbot):
    shell.scripts.append(lambda dialog: dialog.keep())
    open_letter(desk, shell, letter.id)
    qtbot.waitUntil(lambda: bool(shell.said))
    (paper,) = binder.ask(paper_rows)
    assert paper.claim_id == letter.claim_id
    shell.actions[-1].run()
    assert shell.went[-1] == ("papers", "document", paper.id)


# --------------------------------------------------------------------- the tab of the claim


def test_the_tab_teaches_then_lists(part, binder, rosas, qtbot):
    part.show_claim(rosas.claim.id)
    show_active(part)
    check_widget(part)
    assert part._stack.currentWidget() is part._empty
    appeal = save_letter(binder, rosas.claim.id, "doctor_letter", "To the doctor", BODY)
    save_letter(binder, rosas.claim.id, "claim_file", "The file", "Complete.")
    part.show_claim(rosas.claim.id)
    check_widget(part)
    states = {row.title: part.model.columns[1].text(row) for row in part.model.rows}
    assert states == {"To the doctor": "Draft, 2 blanks", "The file": "Draft"}
    part.table.choose(appeal.id)
    assert not part.sent.isVisibleTo(part), "no time begins with a letter to a doctor"
    part._to_trash()
    assert "trash" in part._shell.said[-1]
    part.show_claim(rosas.claim.id)
    assert [row.title for row in part.model.rows] == ["The file"]
    assert part.sent.isVisibleTo(part)


def test_the_tab_is_one_of_the_claim_and_follows_changes(desk, shell, binder, rosas, letter, qtbot):
    page = ClaimsPage(desk, shell)
    qtbot.addWidget(page)
    page.show_record("claim", rosas.claim.id)
    page.view.parts.show_part("letters")
    shown = page.view.parts.stack.currentWidget()
    assert [row.title for row in shown.model.rows] == ["My letter"]
    change_letter(binder, replace(letter, title="Renamed"))
    page.refresh(Changes("Change a letter", {"letter": frozenset({letter.id})}))
    assert [row.title for row in shown.model.rows] == ["Renamed"]


def test_the_day_a_request_went_out_starts_its_time(desk, shell, binder, denied, letter):
    def fill(dialog):
        assert dialog.what.value() == "claim-file"
        assert dialog.of.value() == "Harbor Mutual Health Plan"
        dialog.on.set_value(date(2026, 8, 17))
        dialog.go.click()

    shell.scripts.append(fill)
    note_sent(desk, shell, letter.id)
    (row,) = binder.ask(clock_rows)
    assert (row.clock.kind, row.clock.rule_id) == ("request", "r.claimfile")
    assert "It is noted." in shell.said[-1]


def test_the_day_records_were_asked_for_names_who_was_asked(desk, shell, binder, rosas):
    letter = save_letter(binder, rosas.claim.id, "records", "Records", BODY)
    shell.scripts.append(lambda dialog: dialog.go.click())
    note_sent(desk, shell, letter.id)
    (row,) = binder.ask(clock_rows)
    assert row.clock.asked_of == "Harbor Mutual", "the first line of the address"


def test_the_day_an_appeal_went_out_is_the_day_it_was_sent(desk, shell, binder, denied):
    letter = save_letter(binder, denied.claim_id, "appeal", "Appeal", BODY)
    shell.scripts.append(lambda dialog: dialog.go.click())
    note_sent(desk, shell, letter.id)
    (row,) = binder.ask(clock_rows)
    assert row.clock.kind == "decision"


def test_a_signature_is_noted_with_its_photo(desk, shell, binder, letter, tmp_path, part):
    photo = Path(tmp_path / "signed.txt")
    photo.write_text("signed")
    (row,) = add_papers(binder, [photo], Silent(), filing=Filing(letter.claim_id))

    def fill(dialog):
        show_active(dialog)
        check_widget(dialog)
        dialog.on.set_value(date(2026, 8, 17))
        dialog.paper.set_value(row.document_id)
        dialog.go.click()

    shell.scripts.append(fill)
    note_signed(desk, shell, letter.id)
    kept = binder.ask(record, "letter", letter.id)
    assert (kept.signed_on, kept.document_id) == (date(2026, 8, 17), row.document_id)
    part.show_claim(letter.claim_id)
    (shown,) = part.model.rows
    assert part.model.columns[1].text(shown) == "Signed on Aug 17, 2026, kept"
