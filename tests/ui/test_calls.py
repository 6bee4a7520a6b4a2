"""The call log, and promises that were not kept."""

from __future__ import annotations

from datetime import date

import pytest

from app.operations import calls, claims, trash
from app.operations.call_drafts import kept_call_draft
from app.storage.queries.calls import call_rows
from tests.ui.calendar_makers import words
from tests.ui.calling import buttons, click, late_promise
from tests.ui.checks import check_widget, show_active
from tests.ui.household import call_with_promise, rosas_household
from ui.pages import call_steps
from ui.pages.calls import CallsPage


@pytest.fixture
def home(binder):
    return rosas_household(binder)


@pytest.fixture
def page(desk, shell, qtbot):
    made = CallsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 900)
    return made


def test_a_broken_promise_is_listed_with_the_days_and_can_be_settled(page, binder, home):
    late_promise(binder, home.claim)
    call_with_promise(binder, home.claim)  # this one has time until September
    page.reload()
    page.show()
    assert "1 promise not kept" in words(page)
    assert "They promised “mail the policy” by Monday, August 10: not done." in words(page)
    assert "8 days late · Maurice, Jul 3, 2026 · reference R-9" in words(page)
    check_widget(page)
    click(page, "They did it")
    page.reload()
    assert page.promises.isHidden()
    assert "Aug 10, 2026, done: mail the policy" in [
        page.model.index(row, 3).data() for row in range(page.model.rowCount())
    ]
    binder.undo()
    page.reload()
    assert not page.promises.isHidden()


def test_asking_again_opens_the_card_with_what_is_known(page, desk, binder, home):
    late_promise(binder, home.claim)
    page.reload()
    page.show()
    click(page, "Ask again")
    card = call_steps.open_card(desk)
    assert card.fields.claim.value() == home.claim.id
    assert (card.fields.department.value(), card.fields.phone.value()) == ("Appeals", "555-0188")
    assert "mail the policy" in card.fields.note.value()
    assert "R-9" in card.fields.note.value()
    assert card.is_untouched
    card.close()
    assert kept_call_draft(binder) is None


def test_many_broken_promises_stand_folded(page, binder, home):
    for number in range(4):
        late_promise(binder, home.claim, f"paper {number}", date(2026, 8, 10 - number))
    page.reload()
    page.show()
    assert len(buttons(page, "They did it")) == 2
    assert "paper 3" in words(page)
    click(page, "Show all 4")
    assert len(buttons(page, "They did it")) == 4


def test_the_calls_of_one_claim_can_be_shown(page, binder, home):
    late_promise(binder, home.claim)
    other = claims.open_claim(binder, "Knee scan")
    calls.log_call(binder, claim_id=other.id, with_whom="Bea")
    page.reload()
    page.show_record("claim", other.id)
    assert [row.with_whom for row in page.model.rows] == ["Bea"]
    assert page.promises.isHidden()


def test_a_call_can_be_changed_and_its_time_typed(page, shell, binder, home):
    call, _ = call_with_promise(binder, home.claim)
    page.reload()
    page.show()

    def fill(dialog):
        dialog.fields.at.set_value("2:05 pm")
        dialog.fields.on.set_value(date(2026, 8, 17))
        dialog.fields.minutes.set_value(12)
        dialog.go.click()

    shell.scripts.append(fill)
    page.table.row_opened.emit(call.id)
    (row,) = binder.ask(call_rows)
    assert row.called_at.astimezone().strftime("%Y-%m-%d %H:%M") == "2026-08-17 14:05"
    assert row.minutes == 12
    check_widget(page)


def test_a_call_in_the_trash_breaks_no_promise(page, binder, home):
    call, _ = late_promise(binder, home.claim)
    trash.put_in_trash(binder, [("call", call.id)])
    page.reload()
    assert page._stack.currentWidget() is page._empty


def test_the_call_log_is_saved_and_opened(  # noqa: PLR0917 - fixtures
    page, shell, binder, home, tmp_path, desktop, qtbot
):
    late_promise(binder, home.claim)
    page.reload()
    shell.new_file = tmp_path / "log.pdf"
    shell.scripts.append(
        lambda dialog: (show_active(dialog), check_widget(dialog), dialog.go.click())
    )
    page._print()
    qtbot.waitUntil(lambda: bool(shell.said))
    assert shell.new_file.read_bytes().startswith(b"%PDF")
    assert desktop.opened == [shell.new_file]
