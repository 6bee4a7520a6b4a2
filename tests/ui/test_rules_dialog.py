"""All rules of the program: to look through, to filter, to search, to save."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.rule_entry import RuleEntry
from app.domain.rule_group import RuleGroup
from app.domain.verification import Verification
from app.operations.rules import all_rules
from tests.ui.checks import check_widget, show_active
from ui.dialogs.rule_details import details
from ui.dialogs.rule_words import GROUPS, PROGRAMMES, how_sure, span_words, sure_short
from ui.dialogs.rules import RulesDialog
from ui.rule_sheets import rules_as_pdf
from ui.widgets.text import Label

RULES = all_rules()
DEADLINES = [rule for rule in RULES if rule.group is RuleGroup.DEADLINES]


def rule_of(name: str) -> RuleEntry:
    return next(rule for rule in RULES if rule.id == name)


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
    levels = {rule.verification for rule in RULES} - {None}
    assert levels == set(Verification)
    said = {rule.verification: how_sure(rule) for rule in DEADLINES}
    assert len({words.split(".")[0] for words in said.values()}) == len(Verification)
    for level in (Verification.M_MED, Verification.M_LOW):
        assert "no number is used" in said[level]
    assert "No law" in how_sure(rule_of("urgent.any"))


def test_every_rule_says_its_law_how_well_checked_it_is_and_for_which_letters():
    for rule in RULES:
        said = dict(details(rule))
        assert said.get("Law", "") == rule.source
        assert said["How well checked"] == how_sure(rule)
        assert said["Holds for"] == span_words(rule.span)
        assert all(words.strip() for words in said.values())


def test_no_number_is_shown_that_is_not_known_well_enough():
    for rule in DEADLINES:
        said = dict(details(rule))
        assert rule.verification
        if not rule.verification.may_name_number:
            assert said["How long"] == "as the letter says"
        assert ("counts no date" in said["How well checked"]) is not rule.counts_dates
    for rule in RULES:
        if rule.group is RuleGroup.CLOCKS and rule.verification in {"M-med", "M-low"}:
            assert not re.search(r"\d", dict(details(rule))["How long they have"])


def test_the_span_of_dates_is_told_in_words():
    held = dict(details(rule_of("ma.l1")))
    assert held["Holds for"] == "Letters of Wednesday, January 1, 2025 or later"
    assert (
        "counted from the date on the letter"
        in held["Letters of Tuesday, December 31, 2024 or earlier"]
    )
    year = dict(details(rule_of("amount.2026")))["Holds for"]
    assert year == "Letters from Thursday, January 1, 2026 to Thursday, December 31, 2026"
    assert dict(details(rule_of("om.l1")))["Holds for"] == "All letters, as far as is known"


def test_each_kind_of_rule_tells_what_is_its_own():
    assert "$1,960" in dict(details(rule_of("om.l5")))["Amount that must be in dispute"]
    assert "good cause" in dict(details(rule_of("om.l1")))["Once the day has passed"]
    assert "already receiving" in dict(details(rule_of("urgent.texas")))["How to ask"]
    assert dict(details(rule_of("notice.texas.once")))["In"] == "Texas"
    assert dict(details(rule_of("n.reason")))["In which letter"] == "Denial: they said no"
    assert "72 hours" in dict(details(rule_of("c.com.app.urgent")))["How long they have"]
    assert dict(details(rule_of("om.l5")))["How long"].startswith(
        "commonly 60 calendar days: check"
    )
    assert dict(details(rule_of("c.om.l1")))["How long they have"].startswith("commonly 60")
    assert "$200" in dict(details(rule_of("amount.2027")))["How much"]


def test_all_rules_are_listed_and_the_first_is_told_in_full(dialog):
    assert [line.id for line in dialog.list.lines.lines] == [rule.id for rule in RULES]
    assert dialog.found.text() == f"{len(RULES)} rules"
    assert RULES[0].source in words(dialog)


@pytest.mark.parametrize("group", GROUPS)
def test_one_kind_of_rules_can_be_looked_at_alone(dialog, group):
    dialog.group.set_value(group.value)
    assert {rule.group for rule in dialog.shown} == {group}
    assert GROUPS[group] in words(dialog)


def test_kind_of_plan_and_state_leave_only_what_holds_there(dialog):
    dialog.kind.set_value("employer")
    dialog.state.set_value("TX")
    shown = {rule.id for rule in dialog.shown}
    assert {"com.internal.group", "state.TX", "urgent.texas", "notice.texas.once"} <= shown
    assert not {"om.l1", "state.OH", "amount.2026"} & shown
    dialog.group.set_value("urgent")
    assert {rule.id for rule in dialog.shown} < shown


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
    assert "No rule fits all of this" in words(dialog)
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
    assert {rule.group for rule in dialog.shown} > {RuleGroup.AMOUNTS, RuleGroup.URGENT}
    for group in {rule.group for rule in dialog.shown}:
        assert GROUPS[group] in text
    for rule in dialog.shown:
        assert " ".join(rule.title.split()) in text
    assert "state.TX" not in text


def test_on_paper_no_rule_is_torn_in_two_and_every_page_has_its_number(target):
    some = RULES[::6]
    rules_as_pdf(some, "The rules", target)
    pages = [solid(page.extract_text()) for page in PdfReader(target).pages]
    for number, page in enumerate(pages, start=1):
        assert solid(f"The rules: page {number} of {len(pages)}") in page
    for rule in some:
        name = re.compile(rf"{solid('Name of the rule: ' + re.escape(rule.id))}(?![.a-z])")
        (page,) = (page for page in pages if name.search(page))
        assert solid(rule.title) in page


def solid(text: str) -> str:
    """The text without any space, as lines may end anywhere; “fi” is one sign on paper."""
    return "".join(normalize("NFKC", text).split())


def test_a_rule_longer_than_a_page_goes_on_over_the_next(target):
    endless = replace(rule_of("om.l1"), note="Word after word. " * 1500)
    rules_as_pdf([endless, rule_of("om.l2")], "The rules", target)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]
    assert len(pages) > 2
    assert sum(page.count("Word after word.") for page in pages) > 1450  # some are parted
    assert "Name of the rule: om.l2" in pages[-1]


def test_paper_is_black_on_white_in_the_dark_too(style, target):
    style.choose_theme("dark")
    rules_as_pdf(RULES[:2], "The rules", target)
    with pypdfium2.PdfDocument(target) as document:
        grey = document[0].render(scale=1).to_pil().convert("L")
    assert grey.getpixel((2, 2)) == 255
    assert grey.getextrema()[0] < 60


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
