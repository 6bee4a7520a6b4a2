"""Keeping files as papers, and saying what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.domain.errors import UserError
from app.jobs import Cancelled, Progress
from app.operations.intake import TakenIn, add_bytes, add_papers, clean_name
from ui.desk import Desk
from ui.pages.paper_reading import start_reading
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr

_MOST_NAMED: Final = 3

Then = Callable[[Sequence[TakenIn] | None], object]


def store(
    desk: Desk,
    shell: Shell,
    paths: Sequence[Path],
    *,
    as_one: bool = False,
    go_there: bool = False,
    then: Then | None = None,
) -> None:
    """Keep files as papers, in a job; say what became of them, then read them.

    `as_one` makes one paper of them, `go_there` shows it in the Inbox afterwards, `then` is told
    what became of each file, or None after a Cancel. What was stored before a Cancel stays.
    """

    def work(progress: Progress) -> list[TakenIn] | None:
        try:
            return add_papers(desk.binder, paths, progress, as_one=as_one)
        except Cancelled:
            return None

    def done(rows: list[TakenIn] | None) -> None:
        if then:
            then(rows)
        if rows is None:
            _stopped(desk, shell)
            return
        _added(desk, shell, rows, as_one=as_one, go_there=go_there)

    shell.run(tr("Adding papers"), work, done)


def store_picture(desk: Desk, shell: Shell, content: bytes, name: str) -> None:
    """Keep a picture that has no file, given as the bytes of one."""
    shell.run(
        tr("Adding a picture"),
        lambda _progress: [add_bytes(desk.binder, name, content)],
        lambda rows: _added(desk, shell, rows, go_there=False),
    )


def _stopped(desk: Desk, shell: Shell) -> None:
    shell.say(
        tr("Adding was stopped. What was added before is in the Inbox; the rest was not touched."),
        BannerAction(tr("Show"), lambda: shell.go_to("inbox")),
    )
    start_reading(desk, shell)


def _added(
    desk: Desk, shell: Shell, rows: Sequence[TakenIn], *, as_one: bool = False, go_there: bool
) -> None:
    added = [row.document_id for row in rows if row.outcome == "added" and row.document_id]
    here = [row.document_id for row in rows if row.outcome == "duplicate" and row.document_id]
    action = None
    if added:
        action = BannerAction(tr("Show"), lambda: shell.go_to("inbox", "document", added[0]))
    elif here:
        action = BannerAction(tr("Show"), lambda: shell.go_to("papers", "document", here[0]))
    if added and go_there:
        shell.go_to("inbox", "document", added[0])
        action = None
    words = outcome_words(rows, as_one=as_one)
    if any(row.outcome == "refused" for row in rows):
        shell.fail(UserError(words), action)
    else:
        shell.say(words, action)
    if added:
        start_reading(desk, shell)


def outcome_words(rows: Sequence[TakenIn], *, as_one: bool = False) -> str:
    """Return what became of files: “3 papers added. 1 was here already.” and each refusal."""
    if not rows:
        return tr("There was no file to add.")
    added = sum(row.outcome == "added" for row in rows)
    here = sum(row.outcome == "duplicate" for row in rows)
    refused = [row for row in rows if row.outcome == "refused"]
    words: list[str] = []
    if added and as_one:
        words.append(tr("{n} pictures added as one letter.", n=added))
    elif added or not (here or refused):
        words.append(count_of(added, "{n} paper added.", "{n} papers added."))
    if here:
        words.append(count_of(here, "{n} was here already.", "{n} were here already."))
    if refused:
        words.append(_refused_words(refused))
    return " ".join(words)


def _refused_words(refused: Sequence[TakenIn]) -> str:
    named = [f"{clean_name(Path(row.path).name)}: {row.reason}" for row in refused[:_MOST_NAMED]]
    words = [count_of(len(refused), "{n} could not be added:", "{n} could not be added:"), *named]
    if len(refused) > _MOST_NAMED:
        words.append(tr("And {n} more.", n=len(refused) - _MOST_NAMED))
    return " ".join(words)
