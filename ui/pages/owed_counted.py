"""What is owed and what stands out, worked out on a thread: twenty years take a second or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.money_finding import MoneyCase, Noted
from app.jobs import Progress
from app.operations.owed import findings_of_care, money_case
from app.storage.queries.records import all_people
from ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Counted:
    """The money at one moment, what stands out in it, and the people's names."""

    case: MoneyCase
    noted: tuple[Noted, ...]
    names: Mapping[str, str]


class CountedOwed(QObject):
    """Keeps the newest `Counted`; `changed` comes with a new one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.newest: Counted | None = None
        self.is_busy = False

    def count_again(self) -> None:
        """Work it out anew; until then the answer before is shown."""
        self._asked += 1
        self.is_busy = True
        number, binder, today = self._asked, self._desk.binder, self._desk.today()

        def work(_progress: Progress) -> Counted:
            case = money_case(binder, today)
            noted = findings_of_care(binder, today)
            for account in case.accounts:
                _ = account.state, account.records  # worked out here, kept with the account
            names = {person.id: person.name for person in binder.ask(all_people)}
            return Counted(case, noted, names)

        def done(found: Counted) -> None:
            if number == self._asked:
                self.newest, self.is_busy = found, False
                self.changed.emit()

        self._desk.quick.run("What is owed", work, done, owner=self)
