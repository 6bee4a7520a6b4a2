"""Between the fields and the page: a field lights up its words, clicked words go into a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot

from app.domain.fact_rows import FactRow
from app.domain.page import Word
from ui.desk import Desk
from ui.pages.confirm_answer import Clicked
from ui.pages.confirm_read import date_names, sender_names
from ui.pages.confirm_words import WordPicking, box_of, date_in, text_of
from ui.pages.paper_form import PaperFields
from ui.widgets.fields import DateField, NoteField, TextField
from ui.widgets.form import Form
from ui.widgets.page_view import PageView
from ui.wording import tr


class PageTouch(QObject):
    """Knows which field has the keys; `clicked` holds the words that were put into fields."""

    def __init__(
        self,
        desk: Desk,
        view: PageView,
        form: Form,
        fields: PaperFields,
        row_of: Callable[[object], FactRow | None],
    ) -> None:
        super().__init__(form)
        self._desk, self._view, self._form, self._fields = desk, view, form, fields
        self._row_of = row_of
        self._target: TextField | NoteField | DateField | None = None
        self.clicked: dict[str, Clicked] = {}
        form.entered.connect(self._entered)
        self._picking = WordPicking(desk, view)
        self._picking.picked.connect(self._put)

    def forget(self) -> None:
        """Begin anew with another paper."""
        self._target = None
        self.clicked = {}

    @Slot(object)
    def light(self, row: object) -> None:
        """Light up the words of a value; None lights none."""
        if isinstance(row, FactRow) and row.page and row.boxes:
            self._view.light_up(row.page, row.boxes)
        else:
            self._view.light_up(self._view.page, ())

    @Slot(object)
    def _entered(self, field: object) -> None:
        takes = isinstance(field, TextField | NoteField | DateField)
        self._target = field if takes else None
        self.light(self._row_of(field))

    @Slot(object, object)
    def _put(self, words: Sequence[Word], numbers: Sequence[int]) -> None:
        """Put words of the page into the field that was entered last."""
        field, page = self._target, self._view.page
        if field is None or not numbers:
            return
        some: Sequence[Word] = [words[number] for number in numbers]
        kind = self._fields.kind.value()
        if isinstance(field, DateField):
            found = date_in(words, numbers, self._desk.today)
            if found is None:
                self._form.problem(field, tr("“{text}” is not a date.", text=text_of(some)))
                return
            day, some = found
            field.set_value(day)
            if field is self._fields.dated:
                self._note(date_names(kind)[0], day.isoformat(), some, page)
        else:
            field.set_value(text_of(some))
            if field is self._fields.sent_by:
                self._note(sender_names(kind)[0], text_of(some), some, page)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.light_up(page, [box_of([word]) for word in some])

    def _note(self, name: str, value: str, words: Sequence[Word], page: int) -> None:
        text = " ".join(word.text for word in words)
        self.clicked[name] = Clicked(value, text, page, box_of(words))
