"""The password of a protected paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit

from app.domain.errors import UserError
from ui.bridges import JobBridge
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, TextField
from ui.widgets.text import muted
from ui.wording import tr


class PasswordDialog(AskDialog[bool]):
    """Asks for the password and tries it on a thread; stays open while it is the wrong one."""

    def __init__(self, jobs: JobBridge, name: str, try_it: Callable[[str], object]) -> None:
        """Make the form; `try_it` opens the paper or raises a `UserError`, and may be slow."""
        super().__init__(tr("Enter the password"), tr("Open the paper"))
        self._jobs, self._try_it = jobs, try_it
        self.form.add_widget(muted(name))
        self.password = self.form.add(
            tr("Password"),
            TextField(),
            tr("It often stands in the email that the paper came with. It is kept in this "
               "binder, so that you are asked only once."),
        )  # fmt: skip
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.shown = self.form.add("", CheckField(tr("Show what I type")))
        self.shown.changed.connect(self._show_typed)

    @Slot()
    def _show_typed(self) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if self.shown.value() else mode.Password)

    @Slot()
    def accept(self) -> None:
        """Try what was typed; close only when it opened the paper."""
        typed = self.password.text()
        if not typed:
            self.form.problem(self.password, tr("Type the password of this paper."))
        elif self.go.isEnabled():
            self.go.setEnabled(False)
            self.problem.say("")
            self._jobs.run(
                "", lambda _progress: self._try_it(typed), self._opened, self._refused, owner=self
            )

    def _opened(self, _nothing: object) -> None:
        self.given = True
        QDialog.accept(self)

    def _refused(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, UserError):
            self.form.problem(self.password, str(error))
            self.password.selectAll()
        else:
            self._jobs.failed.emit(error)
