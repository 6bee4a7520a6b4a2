"""The menus and the search box reach what is done with a claim."""

from __future__ import annotations

from importlib import import_module

import pytest
from PySide6.QtWidgets import QDialog

from app.domain.errors import UserError
from app.operations.claims import open_claim
from app.storage.queries.claims import claim_rows
from tests.ui.checks import check_widget, show_active
from ui.dialogs.bundle import BundleDialog
from ui.dialogs.call_log import CallLogDialog
from ui.dialogs.letter_kind import LetterKindDialog
from ui.dialogs.story_sheet import StorySheetDialog
from ui.dialogs.which_claim import WhichClaimDialog
from ui.pages import COMMANDS, LATER
from ui.pages.claim_parts import PARTS

DIALOGS = {
    "appeal-out": BundleDialog,
    "write-letter": LetterKindDialog,
    "print-story": StorySheetDialog,
    "print-calls": CallLogDialog,
}


def run(name, desk, shell):
    """Use the entry of this name; return the dialogs that came, in order; each is cancelled."""
    came: list[type[QDialog]] = []

    def leave(dialog):
        came.append(type(dialog))
        dialog.reject()

    shell.scripts.append(leave)
    next(each for each in COMMANDS if each.name == name).run(desk, shell)
    return came


@pytest.mark.parametrize(("name", "dialog"), DIALOGS.items())
def test_with_one_claim_nobody_is_asked_which(desk, shell, name, dialog):
    open_claim(desk.binder, "Knee scan")
    assert run(name, desk, shell) == [dialog]


def test_with_several_claims_one_is_chosen_first(desk, shell):
    for title in ("Knee scan", "Infusions"):
        open_claim(desk.binder, title)
    first, second = desk.binder.ask(claim_rows)
    asked = []

    def choose(dialog):
        show_active(dialog)
        check_widget(dialog)
        asked.append(dialog.claim.value())
        dialog.claim.set_value(second.id)
        dialog.go.click()

    shell.scripts.append(choose)
    assert run("write-letter", desk, shell) == [LetterKindDialog]
    assert asked == [first.id]


def test_who_does_not_choose_a_claim_gets_no_dialog(desk, shell):
    for title in ("Knee scan", "Infusions"):
        open_claim(desk.binder, title)
    assert run("print-story", desk, shell) == [WhichClaimDialog]


def test_without_a_claim_the_next_step_is_told(desk, shell):
    with pytest.raises(UserError, match="New claim"):
        run("write-letter", desk, shell)


def test_every_module_that_is_used_later_can_be_loaded_before(desk):
    assert all(hasattr(import_module(name), "__doc__") for name in LATER)
    assert {f"ui.pages.{part.place.partition(':')[0]}" for part in PARTS if part.place} <= {*LATER}
