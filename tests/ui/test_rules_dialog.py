"""All deadline rules: to look through, to search, to save."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.deadline_rule import Verification
from app.operations.rules import rule_book
from tests.ui.checks import check_widget, show_active
from ui.dialogs.rule_words import PROGRAMMES, details, sure_short
from ui.dialogs.rules import RulesDialog
from ui.widgets.text import Label

RULES = tuple(rule_book().rules.values())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "rules.pdf"


@pytest.fixture
def dialog(qtbot, memory, target) -> RulesDialog:
    made = RulesDialog(RULES, memory, lambda *_: target)
    qtbot.addWidget(made)
    made.resize(1100, 720)
    show_active(made)
    return made


def words(dialog: RulesDialog) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in dialog.panes.findChildren(Label) if not each.isHidden())


def test_every_rule_has_plain_words_for_whom_it_is_and_how_sure_it_is():
    named = set(chain.from_iterable(rule.programs for rule in RULES))
    assert named <= PROGRAMMES.keys()
    assert all(sure_short(rule) for rule in RULES)
    assert {rule.verification for rule in RULES} <= set(Verification)


def test_no_number_is_shown_that_is_not_known_well_enough():
    for rule in RULES:
        said = dict(details(rule))
        assert said["Law"] == rule.source
        if not rule.verification.may_name_number:
            assert said["How long"] == "as the letter says"
        assert ("counts no date" in said["How well checked"]) is not rule.gives_dates


def test_all_rules_are_listed_and_the_first_is_told_in_full(dialog):
    assert [line.id for line in dialog.list.lines.lines] == [rule.id for rule in RULES]
    assert dialog.found.text() == f"{len(RULES)} rules"
    assert RULES[0].source in words(dialog)


def test_typing_narrows_the_list_and_the_arrow_shows_the_next(dialog):
    QTest.keyClicks(dialog.search, "texas REVIEW")
    shown = [line.id for line in dialog.list.lines.lines]
    assert "state.TX" in shown
    assert len(shown) < len(RULES)
    dialog.search.set_value("medicare")
    first, second, *_ = dialog.shown
    dialog.list.setFocus()
    dialog.list.choose(first.id)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.chosen_id == second.id
    assert second.source in words(dialog)


def test_a_search_without_a_hit_says_so(dialog):
    dialog.search.set_value("zzzz")
    assert dialog.shown == ()
    assert "No rule has all these words" in words(dialog)
    dialog.search.set_value("")
    assert len(dialog.shown) == len(RULES)


def test_what_was_found_is_saved_as_a_pdf_on_us_letter(dialog, target):
    dialog.search.set_value("medicare")
    dialog.save()
    assert "Saved" in dialog.found.text()
    pages = PdfReader(target).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    text = normalize("NFKC", text)  # “fi” is one sign on paper
    assert [round(float(edge)) for edge in pages[0].mediabox[2:]] == [612, 792]
    for rule in dialog.shown:
        assert " ".join(rule.title.split()) in text
    assert "state.TX" not in text


def test_a_place_that_cannot_be_written_to_is_told_in_the_dialog(dialog, target):
    target.mkdir()
    dialog.save()
    assert "could not be written" in dialog.problem.text
    assert dialog.isVisible()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_rules_hold_for_eye_ear_and_keyboard(dialog, style, percent):
    style.choose_percent(percent)
    dialog.resize(1100, 720)
    show_active(dialog)
    check_widget(dialog)
