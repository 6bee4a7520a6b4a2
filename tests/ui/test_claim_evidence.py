"""The tab “Evidence” of a claim: groups, deeds, points to answer, what stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton

from app.domain.fact import Fact, KindRead, Sifted
from app.domain.sifted_form import pack_sifted
from app.jobs import Silent
from app.operations import checklist as evidence
from app.operations import criteria
from app.operations.intake import Filing, add_papers
from app.storage.derived import Sifting
from app.storage.queries.dates import due_rows
from app.storage.queries.evidence import criteria_of
from app.storage.queries.papers import document_parts
from tests.ui.calendar_makers import buttons, click, words
from tests.ui.checks import check_widget, show_active
from tests.ui.household import deny, rosas_household
from ui.dialogs.criterion_page import sentence_at
from ui.pages.claim_evidence import EvidencePart
from ui.pages.claim_evidence_list import group_of
from ui.pages.claim_evidence_seen import seen_of


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def add(binder, home, tmp_path):
    def make(kind, name, claim_id=home.claim.id):
        path = tmp_path / name
        path.write_text(name, encoding="utf-8")
        filing = Filing(claim_id=claim_id, kind=kind)
        (row,) = add_papers(binder, [path], Silent(), filing=filing)
        return row.document_id

    return make


@pytest.fixture
def part(desk, shell, qtbot):
    made = EvidencePart(desk, shell)
    qtbot.addWidget(made)
    made.resize(760, 900)
    return made


@pytest.fixture
def look(part, qtbot, binder, home):
    """Show the tab as it is after a change, as the window does."""

    def shown():
        part.show_claim(home.claim.id)
        wanted = seen_of(binder, home.claim.id, part._denial_id)
        qtbot.waitUntil(lambda: part.seen == wanted)
        if not part.isVisible():
            show_active(part)
        QApplication.processEvents()
        return part

    return shown


@pytest.fixture
def denial(binder, home):
    return deny(binder, home.claim, kind="medical_necessity", reason="Not needed.").denial


def settled(dialog):
    """A dialog that has found its size holds what every dialog must hold."""
    QApplication.processEvents()
    check_widget(dialog)


def heading(part, name):
    """The items of a group, in the order in which they are shown."""
    return [key for key, each in part.list.lines.items() if group_of(each.shown) == name]


def test_items_stand_in_groups_each_with_its_why_and_progress_in_words(look, binder, denial, add):
    add("necessity_letter", "Letter of Dr. Lind.txt")
    evidence.mark_asked(
        binder, denial.id, "studies", of="Dr. Lind", on=date(2026, 8, 11),
        again_on=date(2026, 8, 25),
    )  # fmt: skip
    part = look()
    assert "necessity_letter" in heading(part, "have")
    assert heading(part, "asked") == ["studies"]
    assert part.list.progress.text() == "2 of 16 there"
    told = words(part)
    assert "They say the care was not medically necessary." in told
    assert "They show that other doctors treat this illness in the same way." in told
    assert "You asked Dr. Lind on Aug 11, 2026. Ask again on Aug 25, 2026." in told
    assert heading(part, "applies") == []
    part.list.folds["applies"].click()
    assert "genetic_tests" in heading(part, "applies")
    check_widget(part)


def test_without_a_denial_the_core_list_teaches_and_leads_to_the_denial(look):
    part = look()
    assert "Nobody said no yet" in part.list.reason.text()
    assert part.list.say_why.isVisible()
    assert not buttons(part, "This is it …")
    assert not part.points.add.isEnabled()


def test_a_paper_is_chosen_for_an_item_and_the_keys_go_on(look, shell, binder, denial, add):
    scan = add("other", "scan.txt")
    part = look()
    line = part.list.lines["denial_letter"]
    button = buttons(line, "This is it …")[0]
    button.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(dialog):
        assert dialog.list.choose(scan)
        settled(dialog)
        dialog.go.click()

    shell.scripts.append(choose)
    button.click()
    look()
    assert heading(part, "have")[0] == "denial_letter"
    assert buttons(part.list.lines["denial_letter"], "scan.txt")
    assert part.list.lines["appeal_letter"].isAncestorOf(part.focusWidget())
    click(part.list.lines["denial_letter"], "scan.txt")
    assert shell.went == [("papers", "document", scan)]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)  # open menus
def test_asking_and_not_needed_wait_in_the_menu_of_a_line(look, shell, binder, denial):
    part = look()
    line = part.list.lines["claim_file"]
    click(line, "More …")
    menu = part.findChild(QMenu)
    assert [each.text() for each in menu.actions()] == [
        "Add a file …", "I asked for it …", "Does not apply",
    ]  # fmt: skip

    def fill(dialog):
        dialog.of.set_value("Harbor Mutual")
        dialog.on.set_value(date(2026, 8, 10))
        assert dialog.again_on.value() == date(2026, 8, 24)
        settled(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    menu.actions()[1].trigger()
    (due,) = [row for row in binder.ask(due_rows) if row.kind == "evidence"]
    assert due.last_day == date(2026, 8, 24)
    look()
    assert heading(part, "asked") == ["claim_file"]
    part.list.lines["claim_file"].deeds[-1].run()
    look()
    assert "claim_file" not in part.list.lines
    part.list.folds["not_needed"].click()
    click(part.list.lines["claim_file"], "It does apply")
    look()
    assert "claim_file" in heading(part, "missing")


def test_lines_that_say_the_same_stay_as_they_are(look, binder, denial):
    part = look()
    before = dict(part.list.lines)
    evidence.mark_not_needed(binder, denial.id, "studies")
    look()
    assert part.list.lines == {key: each for key, each in before.items() if key != "studies"}


def test_a_file_dropped_on_an_item_is_kept_filed_and_is_it(
    look, qtbot, binder, denial, tmp_path, home
):
    path = tmp_path / "statement.txt"
    path.write_text("How it is for me.", encoding="utf-8")
    part = look()
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    dropped = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    part.list.lines["impact_statement"].dropEvent(dropped)
    qtbot.waitUntil(
        lambda: evidence.checklist(binder, home.claim.id).item("impact_statement").state == "have"
    )
    look()
    assert "impact_statement" in heading(part, "have")


@pytest.mark.usefixtures("denial")
def test_a_file_can_be_chosen_for_an_item(look, qtbot, shell, binder, tmp_path, home):
    path = tmp_path / "statement.txt"
    path.write_text("How it is for me.", encoding="utf-8")
    part = look()
    shell.files = [path]
    part.list.lines["impact_statement"].deeds[1].run()
    qtbot.waitUntil(
        lambda: evidence.checklist(binder, home.claim.id).item("impact_statement").state == "have"
    )


def test_another_denial_can_be_chosen(look, qtbot, binder, home, denial):
    with binder.operation("Answered") as work:
        work.denials.save(replace(denial, standing="answered"))
    deny(binder, home.claim, level=2, kind="step_therapy")
    part = look()
    assert part.denial.isVisible()
    assert "another treatment must be tried first" in part.list.reason.text()
    part.denial.set_value(denial.id)
    qtbot.waitUntil(lambda: "not medically necessary" in part.list.reason.text())
    look()
    assert part.denial.value() == denial.id


def test_a_point_is_added_from_the_words_of_the_policy(look, qtbot, shell, binder, denial, add):
    policy, note = add("medical_policy", "policy.txt"), add("medical_record", "visit.txt")
    part = look()
    part.switches["points"].click()

    def fill(dialog):
        dialog.page.paper.set_value(policy)
        text = dialog.page.text
        qtbot.waitUntil(lambda: "Words of page 1" in text.toPlainText())
        cursor = QTextCursor(text.document())
        cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 2)
        text.setTextCursor(cursor)
        dialog.page.take.click()
        assert dialog.quote.value() == "Words of"
        dialog.reply.set_value("It is so.")
        dialog.proofs.rows[0][0].set_value(note)
        assert len(dialog.proofs.rows) == 2
        settled(dialog)
        dialog.go.click()

    shell.scripts.append(fill)
    part.points.add.click()
    (point,) = binder.ask(criteria_of, denial.id)
    assert (point.quote, point.source, point.source_page) == ("Words of", "policy.txt", 1)
    assert (point.answer, point.proofs[0].document_id) == ("It is so.", note)
    look()
    assert part.points.count.text() == "1 of 1 answered"
    check_widget(part)


def test_their_own_reasons_are_offered_and_points_move_and_go(look, binder, denial):
    part = look()
    part.show_view("points")
    click(part.points, "Answer this reason")
    criteria.add_point(binder, denial.id, "Second")
    look()
    assert not buttons(part.points, "Answer this reason")
    click(part.points.lines[1], "Up")
    assert [each.quote for each in binder.ask(criteria_of, denial.id)] == ["Second", "Not needed."]
    look()
    click(part.points.lines[0], "Remove")
    assert [each.quote for each in binder.ask(criteria_of, denial.id)] == ["Not needed."]


def test_a_page_that_nobody_turned_to_is_not_named(look, shell, binder, denial, add):
    policy = add("medical_policy", "policy.txt")
    criteria.add_point(binder, denial.id, "A point", source_document_id=policy)
    part = look()
    part.show_view("points")
    shell.scripts.append(lambda dialog: dialog.go.click())
    click(part.points, "Answer …")
    (point,) = binder.ask(criteria_of, denial.id)
    assert (point.source_document_id, point.source_page) == (policy, None)


def test_codes_that_are_not_whole_are_counted_and_shown(look, binder, home, denial):
    with binder.operation("Codes") as work:
        work.claims.save(replace(home.claim, diagnosis_codes="G93.3 G90.A"))
    part = look()
    assert part.switches["found"].text() == "Letter and codes (1)"
    part.switches["found"].click()
    told = words(part)
    assert "G93.3 is not a complete diagnosis code" in told
    assert "Ask the doctor's office for the complete code" in told
    assert "The letter is not among the papers yet" in told
    check_widget(part)


@pytest.mark.parametrize(
    ("at", "sentence"),
    [(0, "It must be tried."), (20, "Three months;"), (34, "then\nagain."), (46, "New part")],
)
def test_the_sentence_at_the_cursor_is_quoted(qtbot, at, sentence):
    field = QPlainTextEdit("It must be tried. Three months; then\nagain.\n\nNew part")
    qtbot.addWidget(field)
    cursor = field.textCursor()
    cursor.setPosition(at)
    assert sentence_at(field.toPlainText(), cursor) == sentence


def test_what_the_letter_should_say_stands_with_its_law(look, binder, home, denial, add):
    letter = add("denial", "denial.txt")
    with binder.operation("The letter") as work:
        work.denials.save(replace(denial, document_id=letter))
    part = look()
    part.show_view("found")
    assert "The letter is not read yet." in words(part)
    made_of = " ".join(each.sha256 for each in binder.ask(document_parts, letter))
    lacks = Fact(
        name="missing_from_notice", value="n.procedures", text="Dear Rosa", page=1,
        boxes=((0.1, 0.1, 0.9, 0.2),), score=0.6,
    )  # fmt: skip
    packed = pack_sifted(Sifted(KindRead("denial", 0.9), (lacks,)))
    with binder.deriving("Reading") as derived:
        derived.keep_sifting(Sifting(letter, made_of, 1, packed, ()))
    look()
    told = words(part)
    assert "We did not find this in the letter. It may be in an enclosure." in told
    assert "How to appeal, and by when" in told
    assert "The law: 29 CFR 2560.503-1(g)(1)(iv)" in told
    assert part.switches["found"].text() == "Letter and codes (1)"


def test_a_very_long_name_makes_nothing_wider(qtbot, look, binder, denial, add):
    long = "scan of a letter " * 12 + ".txt"
    key = add("necessity_letter", long)
    criteria.add_point(binder, denial.id, "A point " * 40, answer="x" * 400, proofs=[(key, 1)])
    part = look()
    for name in part.switches:
        part.show_view(name)
        # A line finds out how narrow it is when it is first laid out.
        qtbot.waitUntil(lambda: part.minimumSizeHint().width() < 560)
        check_widget(part)
    part.show_view("checklist")
    (shown,) = part.list.lines["necessity_letter"].findChildren(QPushButton)[:1]
    assert shown.accessibleName() == long


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_fits_with_large_text(look, style, binder, denial, add, percent):
    add("necessity_letter", "A letter with a long name that somebody gave it long ago.txt")
    style.choose_percent(percent)
    part = look()
    check_widget(part)
