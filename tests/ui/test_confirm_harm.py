"""The Inbox asks about harm beside the button that files, and files the answer with the denial."""

from __future__ import annotations

import pytest

from app.storage.queries.clocks import claim_denials
from app.storage.queries.dates import due_rows
from tests.ui.checks import check_widget
from tests.ui.confirming import read_and_sift
from tests.ui.household import rosas_household
from tests.ui.paper_makers import add, open_page, settled
from ui.pages.inbox import InboxPage


@pytest.fixture
def rosas(binder):
    return rosas_household(binder)


@pytest.fixture
def page(qtbot, desk, shell, binder, rosas, tmp_path) -> InboxPage:
    (key,) = add(binder, tmp_path / "in", "letter.txt")
    read_and_sift(binder, key)
    made = open_page(qtbot, desk, InboxPage(desk, shell))
    yield made
    settled(qtbot, desk)


def test_the_question_stands_where_the_button_is_that_files(page):
    harm = page.confirm.deadline.harm
    assert harm.isVisible()
    assert harm.visibleRegion().boundingRect().height() == harm.height(), "not scrolled away"
    check_widget(page)


def test_filing_keeps_the_answer_and_the_advice_stood_there_before(
    qtbot, desk, page, binder, rosas
):
    page.confirm.deadline.harm.set_value("unsure")
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: page.confirm.deadline.card.first.count() > 0)
    page.file.click()
    qtbot.waitUntil(lambda: bool(binder.ask(claim_denials, rosas.claim.id)))
    (denial,) = binder.ask(claim_denials, rosas.claim.id)
    assert (denial.urgent, denial.continuing) == ("unsure", "unsure")
    assert denial.needs_fast_appeal
    assert [row.kind for row in binder.ask(due_rows)] == ["appeal"]


def test_a_paper_that_is_no_denial_is_not_asked_about_harm(qtbot, desk, page):
    page.fields.kind.set_value("receipt")
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: not page.confirm.deadline.harm.isVisible())
