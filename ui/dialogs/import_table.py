"""Importing a table: what is in it, what each column is, and what will happen, on one sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.operations.table_imports import ImportedTable, TableChoice
from app.operations.table_imports_look import SeenColumn, SeenTable
from ui.dialogs.import_columns import ColumnsForm
from ui.dialogs.import_outcome import Outcome, not_entered
from ui.models.rows import Column, RowsModel
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, ChoiceField, TextField
from ui.widgets.table import RowsView
from ui.widgets.text import elided, muted, quiet_button, relabel, section
from ui.wording import count_of, tr

Named = tuple[str, str]
"""The id and the name of a record."""
Told = Callable[[ImportedTable | UserError], object]
Look = Callable[[TableChoice, Told], object]
"""Looks all lines over without entering any, and tells what would happen."""

_SOON_MS: Final = 200
_ROWS_SHOWN: Final = 4
_Row = tuple[int, tuple[str, ...]]


class ImportTableDialog(AskDialog[TableChoice]):
    """Shows a table and what would become of it, anew with each thing that is changed."""

    def __init__(
        self,
        name: str,
        seen: SeenTable,
        look: Look,
        accounts: Sequence[Named],
        claims: Sequence[Named],
    ) -> None:
        super().__init__(tr("Import a table"), tr("Import"))
        self._seen, self._look, self._asked = seen, look, 0
        self._would: ImportedTable | None = None
        self.form.add_widget(muted(self._about(name)))
        self.gives = self.form.add(
            tr("What is in it?"),
            ChoiceField(
                [
                    ("ledger", tr("Expenses: what was paid or is owed")),
                    ("account", tr("An HSA: withdrawals and contributions")),
                ],
                value="account" if seen.gives != "ledger" else "ledger",
            ),
        )
        self.account = self.form.add(
            tr("Which HSA?"), ChoiceField(accounts, unknown=tr("Not said"))
        )
        if len(accounts) == 1:
            self.account.set_value(accounts[0][0])
        self.claim = self.form.add(
            tr("Do all lines belong to one claim?"), ChoiceField(claims, unknown=tr("No"))
        )
        self.order = self.form.add(
            tr("How are its dates written?"),
            ChoiceField(
                [("mdy", tr("Month first: 03/31/2026")), ("dmy", tr("Day first: 31/03/2026"))],
                unknown=tr("As the dates themselves tell"),
            ),
        )
        self.columns = ColumnsForm(seen.columns, self.gives.value() or "ledger")
        self.open_columns = quiet_button(tr("Say what each column is …"), self._open_columns)
        self.save = CheckField(tr("Remember the columns for tables with the same head"))
        self.called = TextField(name.rpartition(".")[0] or name, hint=tr("Under which name?"))
        self.called.setAccessibleName(tr("Name to remember the columns by"))
        self.outcome = Outcome()
        self.summary = elided()
        self.buttons.insertWidget(0, self.summary, 1)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        for field in (self.gives, self.account, self.claim, self.order, self.columns):
            field.changed.connect(self._changed)
        self.save.changed.connect(self._show_rows)
        self._show_rows()
        self._soon.start()

    def _lay_out(self) -> None:
        is_known = self._seen.is_known
        self._columns_head = section(tr("What each column is"))
        parts: list[QWidget] = [
            section(tr("The first lines")),
            _preview(self._seen),
            self._columns_head,
            self.columns,
            self.open_columns,
            self.save,
            self.called,
            section(tr("What will happen")),
            self.outcome,
        ]
        for at, part in enumerate(parts, start=1):
            self.body.insertWidget(at, part)
        self.form.set_row_visible(self.order, not is_known)
        self.open_columns.setVisible(is_known)
        for part in (self._columns_head, self.columns, self.save):
            part.setVisible(not is_known)
        self.save.set_value(not is_known)

    def sizeHint(self) -> QSize:
        """Wide enough for a table, within the screen."""
        room = self.screen().availableSize()
        hint = super().sizeHint()
        return QSize(min(max(hint.width(), px(860)), room.width() * 9 // 10), hint.height())

    def answer(self) -> TableChoice:
        """Return how the table is to be taken.

        Raises:
            UserError: it is not known yet what would happen, or nothing would.
        """
        if self._soon.isActive() or self._would is None:
            raise UserError(tr("Wait until all lines were looked at, or look at what is said."))
        if not (self._would.added or self._would.paid_since or self.save.value()):
            raise UserError(tr("Nothing would be entered. Close this sheet with Cancel."))
        return self._choice()

    def _choice(self) -> TableChoice:
        gives = self.gives.value() or "ledger"
        is_own = not self.columns.isHidden()
        return TableChoice(
            columns=self.columns.roles() if is_own else {},
            gives="" if self._seen.gives == "investments" else gives,
            order=self.order.value() or "",
            account_id=self.account.value() if gives == "account" else None,
            claim_id=self.claim.value() if gives == "ledger" else None,
            save_as=self.called.value() if is_own and self.save.value() else "",
        )

    @Slot()
    def _changed(self) -> None:
        self.columns.set_table(self.gives.value() or "ledger")
        self._show_rows()
        self._soon.start()

    @Slot()
    def _show_rows(self) -> None:
        gives = self.gives.value()
        self.form.set_row_visible(self.account, gives == "account")
        self.form.set_row_visible(self.claim, gives == "ledger")
        self.called.setVisible(bool(self.save.value()) and not self.save.isHidden())

    def _open_columns(self) -> None:
        self.open_columns.hide()
        self.form.set_row_visible(self.order, True)
        for part in (self._columns_head, self.columns, self.save):
            part.show()

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        ticket = self._asked
        self._would = None
        self.outcome.wait()
        self.summary.setText("")
        relabel(self.go, tr("Import"))

        def told(would: ImportedTable | UserError) -> None:
            if ticket != self._asked:
                return
            if isinstance(would, UserError):
                self.outcome.say(str(would))
                return
            self._would = would
            self.outcome.show_outcome(would)
            self.summary.setText(not_entered(would))
            words = count_of(would.added, "Enter {n} line", "Enter {n} lines")
            relabel(self.go, words if would.added else tr("Import"))

        self._look(self._choice(), told)

    def _about(self, name: str) -> str:
        lines = count_of(len(self._seen.columns), "{n} column", "{n} columns")
        known = tr("recognized as {profile}", profile=self._seen.profile)
        return f"{name} · {known if self._seen.is_known else lines}"


def _preview(seen: SeenTable) -> RowsView:
    """Return the first lines as they stand in the file."""
    columns = [_column(at, each) for at, each in enumerate(seen.columns)]
    model: RowsModel[_Row] = RowsModel(columns, lambda row: str(row[0]))
    view = RowsView(model, tr("The first lines of the file"))
    model.setParent(view)
    model.replace(list(enumerate(seen.rows[:_ROWS_SHOWN])))
    view.setMinimumHeight(px(40) * (_ROWS_SHOWN + 2))
    return view


def _column(at: int, seen: SeenColumn) -> Column[_Row]:
    width = min(max(map(len, (seen.head, *seen.examples)), default=8), 28)
    return Column(seen.head or " ", lambda row: row[1][at] if at < len(row[1]) else "", width=width)
