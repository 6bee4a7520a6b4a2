"""Printing the story of a claim, its call log, and what the fight has cost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.jobs import Progress
from app.operations.call_log import write_call_log
from app.operations.fighting_costs import write_fighting_costs
from app.operations.outputs import Written
from app.operations.story import write_story
from app.storage.queries.claims import claim_rows
from ui.desk import Desk
from ui.dialogs.call_log import CallLogDialog
from ui.dialogs.story_sheet import StorySheetDialog
from ui.pages.opening_files import open_file, refuse_inside
from ui.shell import BannerAction, Shell
from ui.wording import tr


def print_story(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask for whom, and where the story should lie; make it and open it to print."""
    whole = shell.ask_dialog(StorySheetDialog())
    if whole is None:
        return
    binder, today = desk.binder, desk.today()
    _save_and_open(
        desk, shell, tr("Save the story"), tr("Story.pdf"),
        lambda target: write_story(binder, claim_id, target, today=today, everything=whole),
    )  # fmt: skip


def print_call_log(desk: Desk, shell: Shell, claim_id: str | None = None) -> None:
    """Ask which calls, and where the log should lie; make it and open it to print."""
    given = shell.ask_dialog(CallLogDialog(desk.binder.ask(claim_rows), claim_id))
    if given is None:
        return
    binder, today = desk.binder, desk.today()
    _save_and_open(
        desk, shell, tr("Save the call log"), tr("Call log.pdf"),
        lambda target: write_call_log(
            binder, given.claim_id, target, today=today, remarks=given.remarks
        ),
    )  # fmt: skip


def print_fighting_costs(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask where the page should lie that says what was paid while fighting; make and open it."""
    binder, today = desk.binder, desk.today()
    _save_and_open(
        desk, shell, tr("Save what it cost"), tr("Out of pocket.pdf"),
        lambda target: write_fighting_costs(binder, claim_id, target, today=today),
    )  # fmt: skip


def _save_and_open(
    desk: Desk, shell: Shell, title: str, name: str, write: Callable[[Path], Written]
) -> None:
    target = shell.choose_new_file(title, name, tr("PDF files (*.pdf)"))
    if target is None:
        return
    refuse_inside(desk, target)

    def work(_progress: Progress) -> Written:
        return write(target)

    def done(made: Written) -> None:
        shell.say(
            tr("The pages are ready: {name}.", name=made.path.name),
            BannerAction(tr("Open and print …"), partial(open_file, made.path)),
        )
        open_file(made.path)

    shell.run(tr("Making the pages"), work, done)
