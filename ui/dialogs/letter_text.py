"""A field to write a letter in: blanks are lit up, and one key goes from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.domain.letter_template import LetterBlank, blanks_in
from ui.style import colours
from ui.widgets.fields import NoteField


class _BlankLight(QSyntaxHighlighter):
    """Lights up each blank; it is underscores too, so that colour does not stand alone."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        look = colours()
        light = QTextCharFormat()
        light.setBackground(QColor(look.highlight))
        light.setForeground(QColor(look.ink))
        for blank in blanks_in(text):
            start = _units(text, blank.start)
            self.setFormat(start, _units(text, blank.end) - start, light)


def _units(text: str, place: int) -> int:
    """Return a place in a text as Qt counts it: some letters (emoji) are two units there."""
    return len(text[:place].encode("utf-16-le")) // 2


class LetterText(NoteField):
    """The text of a letter. F4 goes to the next blank, Shift+F4 to the one before.

    With `tab_stops` Tab goes to the next blank as well while there is one behind the cursor, then
    on to the next field. `blanks_changed` comes when a blank was filled in or a new one made.
    """

    blanks_changed = Signal()

    def __init__(
        self,
        text: str = "",
        lines: int = 18,
        parent: QWidget | None = None,
        *,
        tab_stops: bool = False,
    ) -> None:
        super().__init__(text, lines=lines, parent=parent)
        self._tab_stops = tab_stops
        self._light = _BlankLight(self.document())
        self._known = self.blanks()
        self.textChanged.connect(self._look)

    def blanks(self) -> tuple[LetterBlank, ...]:
        """Return what is still to be filled in, in the order of the letter, as Qt counts places."""
        text = self.toPlainText()
        return tuple(
            LetterBlank(_units(text, each.start), _units(text, each.end), each.what)
            for each in blanks_in(text)
        )

    def go_to_blank(self, number: int) -> None:
        """Choose a blank, from 0: what is typed then takes its place."""
        found = self.blanks()
        if 0 <= number < len(found):
            self._choose(found[number])

    def go_on(self, *, back: bool = False) -> bool:
        """Choose the next blank, or the one before; from the last one begin anew.

        Returns whether there is any.
        """
        found = self.blanks()
        if not found:
            return False
        cursor = self.textCursor()
        if back:
            before = [each for each in found if each.start < cursor.selectionStart()]
            self._choose((before or list(found))[-1])
        else:
            self._choose(self._next() or found[0])
        return True

    def _next(self) -> LetterBlank | None:
        cursor = self.textCursor()
        at = cursor.selectionEnd() if cursor.hasSelection() else cursor.position()
        return next((each for each in self.blanks() if each.start >= at), None)

    def _choose(self, blank: LetterBlank) -> None:
        cursor = self.textCursor()
        cursor.setPosition(blank.start)
        cursor.setPosition(blank.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F4 and self.go_on(back=is_back):
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Have Tab stop at the blanks that follow before it leaves the field."""
        blank = self._next() if next and self._tab_stops and self.hasFocus() else None
        if blank:
            self._choose(blank)
            return True
        return super().focusNextPrevChild(next)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_light"):
            self._light.rehighlight()

    @Slot()
    def _look(self) -> None:
        found = self.blanks()
        if [each.what for each in found] != [each.what for each in self._known]:
            self._known = found
            self.blanks_changed.emit()
