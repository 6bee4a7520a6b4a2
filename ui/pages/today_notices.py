"""What stands above the cards of Today: a doubtful computer date, a calendar that is behind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.domain.computer_clock import doubt
from app.operations.calendar_file import calendar_drift
from app.storage.queries.upkeep import clock_witness
from ui.desk import Desk
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import column
from ui.widgets.text import Label, button, icon_label
from ui.wording import tr


class TodayNotice(QFrame):
    """One sentence with an icon, and a button if something can be done."""

    def __init__(
        self, icon: str, sentence: str, do: QPushButton | None = None, *, is_problem: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("look", "problem" if is_problem else "banner")
        words = column(8)
        words.addWidget(Label(sentence))
        if do:
            words.addWidget(flow(do))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        tone = "danger" if is_problem else "accent"
        layout.addWidget(icon_label(icon, 24, tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)


def clock_notice(desk: Desk) -> TodayNotice | None:
    """Return that the date of the computer is doubtful, if it is."""
    witness = desk.binder.ask(clock_witness)
    words = doubt(desk.today(), witness.last_recorded, witness.newest_letter)
    return TodayNotice("warning", tr(words), is_problem=True) if words else None


def phone_notice(desk: Desk, shell: Shell) -> TodayNotice | None:
    """Return that the calendar on the phone has old dates, if it has."""
    if not calendar_drift(desk.binder):
        return None
    save = button(tr("Make a new file …"), lambda: _save_file(desk, shell), "calendar")
    words = tr("The calendar on your phone still has the old dates. Make a new file, and open "
               "it there.")  # fmt: skip
    return TodayNotice("phone", words, save)


def _save_file(desk: Desk, shell: Shell) -> None:
    from ui.pages.calendar_steps import save_file  # noqa: PLC0415 - loaded when it is asked for

    save_file(desk, shell)
