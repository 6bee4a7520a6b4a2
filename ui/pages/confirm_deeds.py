"""What the buttons below the fields do: looks right, put back, take the new one, not this one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot

from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.operations.facts import SaidValue, say_facts
from ui.desk import Desk
from ui.pages.confirm_answer import said_value
from ui.pages.confirm_deadline import window_row
from ui.pages.confirm_phrases import day_of
from ui.pages.confirm_read import PaperRead
from ui.pages.paper_form import PaperFields


class MarkDeeds(QObject):
    """Acts on the marks; `refused` are the papers with the claims that were refused for them."""

    def __init__(self, desk: Desk, fields: PaperFields, read: Callable[[], PaperRead]) -> None:
        super().__init__(fields)
        self._desk, self._fields, self._read = desk, fields, read
        self.refused: set[tuple[str, str]] = set()
        fields.sender_mark.pressed.connect(self._sender)
        fields.dated_mark.pressed.connect(self._dated)
        fields.window_mark.pressed.connect(self._window)
        fields.claim_mark.pressed.connect(self._claim)

    @Slot(str)
    def _sender(self, deed: str) -> None:
        row = self._read().sender(self._fields.kind.value())
        if row and deed in ("back", "take"):
            self._fields.sent_by.set_value(row.now_read if deed == "take" else str(row.value))
            self._take_new(row, deed)

    @Slot(str)
    def _dated(self, deed: str) -> None:
        field, row = self._fields.dated, self._read().dated(self._fields.kind.value())
        if row is None:
            return
        if deed == "right":
            try:
                day = field.value()
            except UserError:
                return  # half typed: the mark changes as soon as it is a date
            self._say(said_value(row.name, day.isoformat() if day else "", row))
            return
        field.set_value(day_of(row.now_read if deed == "take" else row.value))
        self._take_new(row, deed)

    @Slot(str)
    def _window(self, deed: str) -> None:
        row = window_row(self._read(), self._fields.kind.value(), self._fields.window.value())
        if row and deed == "right":
            self._say(said_value(row.name, plain_value(row.value), row))

    @Slot(str)
    def _claim(self, deed: str) -> None:
        """Refuse the claim that is suggested, or take the one that is named."""
        word, _, claim_id = deed.partition(" ")
        field = self._fields.claim
        if word == "take":
            field.set_value(claim_id)
            return
        self.refused.add((self._read().document_id, claim_id))
        field.set_value(None)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_new(self, row: FactRow, deed: str) -> None:
        if deed == "take":
            self._say(SaidValue(name=row.name, value=row.now_read, read_as=row.now_read))

    def _say(self, value: SaidValue | None) -> None:
        binder, document_id = self._desk.binder, self._read().document_id
        if value and document_id:
            self._desk.quick.run(
                "", lambda _progress: say_facts(binder, document_id, [value]), owner=self
            )
