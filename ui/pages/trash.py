"""The trash: what lies in it, back to its place, or deleted forever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.operations import trash
from app.storage.queries.trash import TrashRow, trash_rows
from ui.desk import Desk
from ui.models.rows import Column, RowsModel
from ui.pages.paper_stack import PaperStack
from ui.shell import Shell
from ui.widgets.layout import EmptyState, PageFrame
from ui.widgets.table import RowsView
from ui.widgets.text import button, muted, primary_button
from ui.wording import count_of, short_date, tr

_WORDS: Final = {
    "document": ("Paper", "paper"),
    "claim": ("Claim", "claims"),
    "call": ("Call", "calls"),
    "expense": ("Money", "money"),
    "treatment": ("Treatment", "treatment"),
    "authorization": ("Approval", "approved"),
    "provider": ("Doctor or place", "stethoscope"),
    "representative": ("Helper who may speak", "people"),
    "letter": ("Letter", "letter"),
    "hsa_account": ("HSA", "purse"),
    "withdrawal": ("Withdrawal", "purse"),
    "contribution": ("Contribution", "purse"),
    "necessity_letter": ("Letter of medical necessity", "letter"),
    "eob": ("Explanation of benefits", "paper"),
    "bill": ("Bill", "receipt"),
    "aid": ("Program or quote", "lifebuoy"),
}
"""The word and the icon for each kind of record."""

COLUMNS: Final[tuple[Column[TrashRow], ...]] = (
    Column("What", lambda row: tr(_WORDS[row.kind][0]), icon=lambda row: _WORDS[row.kind][1],
           width=14),
    Column("Name", lambda row: row.title, tip=lambda row: row.title),
    Column("Thrown away", lambda row: short_date(row.trashed_at.astimezone().date()),
           lambda row: row.trashed_at, width=14),
)  # fmt: skip


class TrashPage(PageFrame):
    """Lists what was thrown away; only from here, and only after a question, it is deleted."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(tr("Trash"))
        self._desk, self._shell = desk, shell
        self.restore = primary_button(tr("Restore"), self.restore_selected, "undo")
        self.delete = button(tr("Delete forever …"), self.delete_selected, "trash")
        self.tools.addWidget(self.delete)
        self.tools.addWidget(self.restore)
        self.model: RowsModel[TrashRow] = RowsModel(COLUMNS, lambda row: f"{row.kind}/{row.id}")
        self.table = RowsView(self.model, tr("In the trash"), many=True)
        self.table.row_opened.connect(self._opened)
        self.table.selectionModel().selectionChanged.connect(self._show_buttons)
        self.empty = EmptyState(
            "trash",
            tr("The trash is empty"),
            tr("What you throw away waits here. It can be restored at any time, "
               "until you delete it forever."),
        )  # fmt: skip
        self.stack = PaperStack(self.table, self.empty)
        self.count = muted("")
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.count)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.delete_selected)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._show_buttons()

    def reload(self) -> None:
        """Ask again for everything."""
        binder = self._desk.binder
        self._desk.quick.run(
            "", lambda _progress: binder.ask(trash_rows), self._show_rows, owner=self
        )

    def refresh(self, changes: Changes) -> None:
        """Show what changed, if any of it is shown here."""
        if changes.of(*_WORDS):
            self.reload()

    def show_record(self, kind: str, record_id: str) -> None:
        """Choose a record by its kind and id, if it is listed."""
        self.table.choose(f"{kind}/{record_id}")

    def _show_rows(self, rows: Sequence[TrashRow]) -> None:
        self.model.replace(rows)
        self.stack.show_state(has_papers=bool(rows))
        self.count.setText(count_of(len(rows), "{n} thing", "{n} things") if rows else "")
        self.restore.setVisible(bool(rows))
        self.delete.setVisible(bool(rows))
        self.table.choose_first()
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        has_some = bool(self.table.selected_ids)
        self.restore.setEnabled(has_some)
        self.delete.setEnabled(has_some)

    @Slot(str)
    def _opened(self, _key: str) -> None:
        self.restore_selected()

    def _selected(self) -> list[trash.Named]:
        named = (key.partition("/") for key in self.table.selected_ids)
        return [(kind, key) for kind, _, key in named]

    def restore_selected(self) -> None:
        """Put the selected records back where they were."""
        records, binder = self._selected(), self._desk.binder
        if records:
            self._desk.quick.run(
                "",
                lambda _progress: trash.restore(binder, records),
                lambda _nothing: self._shell.say(
                    count_of(
                        len(records), "It is back in its place.", "{n} are back in their places."
                    )
                ),
                owner=self,
            )

    def delete_selected(self) -> None:
        """Ask, then delete the selected records with their originals for good."""
        records, binder = self._selected(), self._desk.binder
        if not records:
            return
        if not self._shell.confirm(self._question(), tr("Delete forever")):
            return
        self._shell.run(
            tr("Deleting"),
            lambda _progress: trash.delete_forever(binder, records),
            lambda _nothing: self._shell.say(
                count_of(len(records), "It is deleted.", "{n} are deleted.")
            ),
            owner=self,
        )

    def _question(self) -> str:
        keys = set(self.table.selected_ids)
        names = [row.title for row in self.model.rows if f"{row.kind}/{row.id}" in keys]
        what = (
            tr("Delete “{name}” forever?", name=names[0])
            if len(names) == 1
            else tr("Delete these {n} forever?", n=len(names))
        )
        rest = tr("Nothing can bring it back. What you did before can no longer be undone either.")
        return f"{what} {rest}"


def trash_page(desk: Desk, shell: Shell) -> QWidget:
    """Make the page."""
    return TrashPage(desk, shell)
