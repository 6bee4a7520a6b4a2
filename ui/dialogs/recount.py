"""Before a correction is accepted: which dates it moves, from when to when, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.recount import Recounted
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.dialog import AskDialog
from ui.widgets.layout import column
from ui.widgets.text import Label, icon_label, label, muted, relabel, section
from ui.wording import short_date, tr


class RecountDialog(AskDialog[bool]):
    """Lists every date that would change, then those that stay; nothing is saved before a yes."""

    def __init__(self, rows: Sequence[Recounted], *, aims: bool = False) -> None:
        """Show `rows`; with `aims` they are days to file by, and the last days stay."""
        super().__init__(tr("These dates change"), tr("Accept the changes"))
        relabel(self.cancel, tr("Go back"))
        moved = [row for row in rows if is_moved(row)]
        kept = [row for row in rows if not is_moved(row)]
        begin = (
            tr("The day to file by moves. The last days stay as they are.")
            if aims
            else tr("Nothing is saved yet. With this correction, these dates are counted again:")
        )
        self.form.add_widget(label(begin))
        for row in moved:
            self.form.add_widget(_line(row))
        if kept:
            self.form.add_widget(section(tr("These stay")))
            for row in kept:
                self.form.add_widget(_line(row))

    def answer(self) -> bool:
        """Return that the changes are accepted."""
        return True


def is_moved(row: Recounted) -> bool:
    """Return whether an entry would get another day, its first one, or lose its own."""
    return row.was != row.would_be


def accept_changes(shell: Shell, rows: Sequence[Recounted], *, aims: bool = False) -> None:
    """Show what a correction would move, if anything, and go on only after a yes.

    Raises:
        UserError: the person went back; the form they came from stays open.
    """
    if any(is_moved(row) for row in rows) and not shell.ask_dialog(RecountDialog(rows, aims=aims)):
        raise UserError(tr("Nothing was changed. Correct what you like, or cancel."))


def change_words(row: Recounted) -> str:
    """Return what would happen to one entry, as a whole sentence."""
    was, then, why = short_date(row.was), short_date(row.would_be), row.because
    if row.was and row.would_be and is_moved(row):
        return tr("Was {was}, would be {then}, because {why}.", was=was, then=then, why=why)
    if row.was and row.would_be:
        return tr("Stays {day}: {why}.", day=was, why=why)
    if row.would_be:
        return tr("New: {day}, because {why}.", day=then, why=why)
    ask = why[:1].upper() + (why[1:] if why.endswith(("?", ".")) else f"{why[1:]}.")
    if row.was:
        return tr("Was {day}, would have no date. {ask}", day=was, ask=ask)
    return tr("Still has no date. {ask}", ask=ask)


def _line(row: Recounted) -> QWidget:
    words = column(2)
    words.addWidget(Label(" · ".join(filter(None, (row.title, row.claim))), "strong"))
    words.addWidget(label(change_words(row)))
    if row.source and is_moved(row):
        words.addWidget(muted(tr("Source: {source}", source=row.source)))
    icon, tone = _look(row)
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    layout.addWidget(icon_label(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    return made


def _look(row: Recounted) -> tuple[str, Tone]:
    if row.would_be is None:
        return "warning", "warning"
    return ("calendar", "accent") if is_moved(row) else ("check", "muted")
