"""The call card beside the program's own window: both are used, and nothing typed is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.binder import Binder
from app.operations.call_drafts import kept_call_draft
from app.storage.queries.calls import call_rows
from tests.e2e.person import Act
from tests.ui.household import rosas_household
from ui.main_window import MainWindow


def own_window():
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def close_the_window():
    """Close the program's own window while the card lies above it."""
    return Act("close the window", lambda: lambda: own_window().close())


def test_notes_are_found_again_after_the_window_was_closed_over_them(
    live, person, prepared, binder_root
):
    rosas_household(prepared)
    prepared.close()

    def on_hold():
        yield person.sees("Nothing is due today")
        yield person.key("Ctrl+Shift+C")
        yield person.sees("00:0")
        yield person.fill("Whom did you speak with?", "Dana at Harbor Mutual")
        yield person.fill("Until when?", "9/")
        yield Act("look at the papers meanwhile", lambda: lambda: own_window().go_to("papers"))
        yield close_the_window()

    assert live(on_hold(), "--binder", binder_root) == 0
    with Binder.open(binder_root) as binder:
        assert kept_call_draft(binder).promise_by == "9/"
        assert binder.ask(call_rows) == ()

    def next_day():
        yield person.sees("Your notes are kept")
        yield person.look("1-at-the-start")
        yield person.press("Open the notes")
        yield person.sees("You were in a call on")
        yield person.look("2-found")
        yield person.press("Go on with it")
        yield person.fill("Until when?", "")
        yield person.press("Save the call")
        yield person.sees("The call is saved.")
        yield person.leave()

    assert live(next_day(), "--binder", binder_root) == 0
    with Binder.open(binder_root) as binder:
        assert [row.with_whom for row in binder.ask(call_rows)] == ["Dana at Harbor Mutual"]
        assert kept_call_draft(binder) is None
