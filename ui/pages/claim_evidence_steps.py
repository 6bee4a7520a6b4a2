"""What can be done with an item of the checklist, from wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QPushButton

from app.domain.errors import UserError
from app.domain.evidence import Checklist, ChecklistItem
from app.operations import checklist
from app.operations.intake import TakenIn
from app.storage.queries.papers import paper_rows
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.evidence import AskedDialog, AskedInput, WhichPaperDialog
from ui.pages.due_deed import Deed
from ui.pages.paper_store import store
from ui.shell import Shell
from ui.widgets.text import quiet_button, tip
from ui.wording import tr

_LONGEST_NAME: Final = 24  # letters; a file may have a name that is wider than a window


def show_button(shell: Shell, document_id: str, name: str, page: int | None = None) -> QPushButton:
    """Return a button that shows a paper, or a page of it (from 1); a long name is cut."""
    whole = tr("{name}, page {page}", name=name, page=page) if page else name
    shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    words = tr("{name}, page {page}", name=shown, page=page) if page else shown
    target = f"{document_id}#{page}" if page else document_id
    made = quiet_button(words, partial(shell.go_to, "papers", "document", target), "paper")
    made.setAccessibleName(whole)
    tip(made, whole)
    return made


def deeds_for(desk: Desk, shell: Shell, of: Checklist, shown: ChecklistItem) -> tuple[Deed, ...]:
    """Return what can be done with an item, the likeliest first; nothing without a denial."""
    if of.denial_id is None:
        return ()
    add = Deed(tr("Add a file …"), "plus", partial(_add_files, desk, shell, of, shown))
    found = _deeds(desk, shell, of.denial_id, of.claim_id, shown)
    first, *rest = found
    return (first, *rest) if shown.state == "not_needed" else (first, add, *rest)


def _deeds(
    desk: Desk, shell: Shell, denial_id: str, claim_id: str, shown: ChecklistItem
) -> Iterator[Deed]:
    binder, key = desk.binder, shown.item.id
    choose = Deed(
        tr("This is it …"), "paper",
        partial(choose_paper, desk, shell, denial_id, claim_id, shown),
    )  # fmt: skip
    asked = Deed(
        tr("Change what you asked …") if shown.asked else tr("I asked for it …"), "hourglass",
        partial(ask_asked, desk, shell, denial_id, shown),
    )  # fmt: skip
    clear = partial(_do, shell, partial(checklist.clear_marks, binder, denial_id, key))
    leave = partial(_do, shell, partial(checklist.mark_not_needed, binder, denial_id, key))
    not_needed = Deed(tr("Does not apply"), "close", leave)
    match shown.state:
        case "not_needed":
            yield Deed(tr("It does apply"), "undo", clear)
        case "have":
            yield Deed(tr("Another paper …"), "paper", choose.run)
            for paper in shown.papers:
                if paper.id in shown.marked:
                    off = partial(checklist.take_paper_off, binder, denial_id, key, paper.id)
                    words = tr("“{name}” is not it", name=paper.name)
                    yield Deed(words, "close", partial(_do, shell, off))
            if shown.asked and shown.asked.again_on:
                here = partial(checklist.settle_arrived, binder, claim_id)
                yield Deed(tr("It came: no need to ask again"), "check", partial(_do, shell, here))
            yield not_needed
        case "asked":
            yield choose
            yield asked
            if shown.asked and not shown.asked.is_request:
                yield Deed(tr("I did not ask"), "undo", clear)
            yield not_needed
        case _:
            yield choose
            yield asked
            yield not_needed


def _do(shell: Shell, work: Callable[[], object]) -> None:
    """Do it; say why not, where it is refused."""
    try:
        work()
    except UserError as error:
        shell.fail(error)


def ask_asked(desk: Desk, shell: Shell, denial_id: str, shown: ChecklistItem) -> None:
    """Ask who was asked for an item."""

    def do(given: AskedInput) -> None:
        checklist.mark_asked(desk.binder, denial_id, shown.item.id, **values_of(given))

    shell.ask_dialog(AskedDialog(desk, shown), do)


def choose_paper(
    desk: Desk, shell: Shell, denial_id: str, claim_id: str, shown: ChecklistItem
) -> None:
    """Ask which paper is an item."""
    named = {paper.id for paper in shown.papers}
    filed = [row for row in desk.binder.ask(paper_rows, claim_id=claim_id) if row.id not in named]
    unfiled = [row for row in desk.binder.ask(paper_rows) if row.claim_id is None]

    def do(document_id: str) -> None:
        checklist.mark_proved(desk.binder, denial_id, shown.item.id, document_id)

    shell.ask_dialog(WhichPaperDialog(shown, filed, unfiled), do)


def _add_files(desk: Desk, shell: Shell, of: Checklist, shown: ChecklistItem) -> None:
    """Let the person choose files that are the item."""
    if paths := shell.choose_files(tr("Choose letters, photos or scans")):
        papers_dropped(desk, shell, of, shown, paths)


def papers_dropped(
    desk: Desk, shell: Shell, of: Checklist, shown: ChecklistItem, paths: Sequence[Path]
) -> None:
    """Keep files that were dropped on an item, filed under the claim, as the papers that are it."""
    denial_id, key = of.denial_id, shown.item.id
    if denial_id is None:
        return

    def prove(rows: Sequence[TakenIn] | None) -> None:
        for row in rows or ():
            if row.document_id:
                mark = partial(checklist.mark_proved, desk.binder, denial_id, key)
                _do(shell, partial(mark, row.document_id))

    store(desk, shell, paths, then=prove)
