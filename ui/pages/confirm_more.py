"""Also read: everything else in a paper, folded, each value one key away from its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.fact import FACT_NAMES
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from ui.memory import Memory
from ui.pages.confirm_phrases import day_of, detail_words, is_doubtful, value_words
from ui.pages.confirm_read import PaperRead
from ui.style import Tone, px
from ui.widgets.icons import dress
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import muted, quiet_button, relabel
from ui.wording import count_of, short_date, tr

_LINE: Final = (
    "service_date", "procedure", "billed", "allowed", "discount", "plan_paid", "not_covered",
    "deductible", "copay", "coinsurance", "patient_paid", "patient_owes",
)  # fmt: skip
"""The values of one line of an explanation of benefits or a bill, in the order of the table."""

_SHORT: Final = (
    ("billed", "billed {amount}"),
    ("allowed", "allowed {amount}"),
    ("plan_paid", "paid {amount}"),
    ("not_covered", "not covered {amount}"),
    ("patient_owes", "you owe {amount}"),
    ("discount", "discount {amount}"),
    ("deductible", "deductible {amount}"),
    ("copay", "copay {amount}"),
    ("coinsurance", "coinsurance {amount}"),
    ("patient_paid", "you paid {amount}"),
)
_WHAT: Final = ("service_date", "procedure")
_TOLD: Final = ("denial_reason", "missing_from_notice")
_NAMES: Final = {name: place for place, name in enumerate(FACT_NAMES)}


class AlsoRead(QWidget):
    """A fold with the values of a paper. `chosen(row)` carries the one to light up."""

    chosen = Signal(object)

    def __init__(
        self,
        memory: Memory,
        name: str = "also-read",
        words: tuple[str, str] = ("Also read: {n} value", "Also read: {n} values"),
        most_px: int = 0,
    ) -> None:
        """Make the fold; `name` remembers whether it is open.

        The list grows with its lines, or up to `most_px` pixels at 100 % and scrolls then.
        """
        super().__init__()
        self._memory, self._key, self._said = memory, f"confirm/{name}", words
        self._news: object = None
        self._rows: dict[str, FactRow] = {}
        self._lines: dict[str, Line] = {}
        self.fold = quiet_button("", None, "right")
        self.fold.setCheckable(True)
        self.told = muted("")
        self.list = _LongList(tr("Values read in the paper"), most_px)
        self.list.chosen.connect(self._choose)
        self.whole = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.told)
        layout.addWidget(self.list)
        layout.addWidget(self.whole)
        self.fold.toggled.connect(self._unfold)
        self.fold.setChecked(memory.recall(self._key) == "open")
        self._unfold(self.fold.isChecked())
        self.hide()

    def show_values(
        self, read: PaperRead, shown: Sequence[FactRow], people: Mapping[str, str]
    ) -> None:
        """Show what was read besides the values that stand in the fields already."""
        rows = [row for row in read.facts.rows if row not in shown]
        questions = read.facts.questions
        news = rows, people, read.meanings, questions
        if news == self._news:
            return
        self._news = news
        self._lines = {line.id: line for line in self._made(rows, read.meanings, people)}
        self.told.setText("\n".join([*_told(rows), *questions]))
        self.list.set_lines(list(self._lines.values()))
        self._say_whole()
        self.list.fit()
        count = len(rows)
        relabel(self.fold, count_of(count, *self._said))
        self.setVisible(bool(rows))
        self._unfold(self.fold.isChecked())

    def _made(
        self, rows: Sequence[FactRow], meanings: Mapping[str, str], people: Mapping[str, str]
    ) -> Iterator[Line]:
        self._rows = {}
        tables = _tables(rows)
        inside = {id(row) for table in tables for row in table}
        for table in tables:
            key = f"line {table[0].row}"
            self._rows[key] = _whole_line(table)
            yield _table_line(key, table)
        others = [row for row in rows if id(row) not in inside and row.name not in _TOLD]
        for row in sorted(others, key=lambda row: _NAMES[row.name]):
            key = f"{row.name} {plain_value(row.value)} {row.row or ''}"
            self._rows[key] = row
            meaning = meanings.get(row.value, "") if isinstance(row.value, str) else ""
            detail = detail_words(row, people, meaning)
            yield Line(key, value_words(row), detail, *_look(row))

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._say_whole()
        if row := self._rows.get(key):
            self.chosen.emit(row)

    def _say_whole(self) -> None:
        """Say all of the chosen value: a line of the list may be cut."""
        line = self._lines.get(self.list.chosen_id)
        self.whole.setText(f"{line.title}\n{line.detail}" if line else "")
        self.whole.setVisible(bool(line) and self.fold.isChecked())

    @Slot(bool)
    def _unfold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        dress(self.fold, "down" if is_open else "right", "accent")
        self.told.setVisible(is_open and bool(self.told.text()))
        self.list.setVisible(is_open and bool(self._rows))
        self._say_whole()
        if self.isVisible():
            self._memory.remember(self._key, "open" if is_open else "")


class _LongList(ChooserList):
    """As high as its lines, so that what is around it scrolls; or up to a height."""

    def __init__(self, name: str, most_px: int) -> None:
        super().__init__(name)
        self._most_px = most_px
        self.setUniformItemSizes(True)
        if not most_px:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """Take the height of the lines."""
        high = self.sizeHintForRow(0) * self.lines.rowCount()  # all lines have a second row
        high += 2 * self.frameWidth() + 4
        self.setFixedHeight(min(high, px(self._most_px)) if self._most_px else high)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()


def _tables(rows: Sequence[FactRow]) -> list[list[FactRow]]:
    """Return the values of each line of a table, in the order of its columns.

    A date or a code that stands at the height of a line belongs to it.
    """
    lines: dict[int, list[FactRow]] = {}
    for row in rows:
        if row.row is not None and row.name in _LINE:
            lines.setdefault(row.row, []).append(row)
    tables = [lines[number] for number in sorted(lines) if len(lines[number]) > 1]
    for table in tables:
        named = {row.name for row in table}
        beside = (row for row in rows if row.row is None and row.name in _WHAT)
        table += [row for row in beside if row.name not in named and _is_level(row, table[0])]
        table.sort(key=lambda row: _LINE.index(row.name))
    return tables


def _is_level(one: FactRow, other: FactRow) -> bool:
    """Whether two values stand on the same line of a page."""
    if one.page != other.page or not one.boxes or not other.boxes:
        return False
    _, top, _, bottom = one.boxes[0]
    _, other_top, _, other_bottom = other.boxes[0]
    return top < (other_top + other_bottom) / 2 < bottom


def _whole_line(table: Sequence[FactRow]) -> FactRow:
    """Return the line as one value, so that all its words light up."""
    boxes = tuple(box for row in table for box in row.boxes if row.page == table[0].page)
    return replace(table[0], boxes=boxes)


def _table_line(key: str, table: Sequence[FactRow]) -> Line:
    """Return a line of the table: what was done and when, then the amounts with their names."""
    words = {row.name: value_words(row) for row in table}
    first = [short_date(day_of(row.value)) or str(row.value) for row in table if row.name in _WHAT]
    shown = [(name, word) for name, word in _SHORT if name in words]
    amounts = [tr(word, amount=words[name]) for name, word in shown]
    doubtful = next((row for row in table if is_doubtful(row)), table[0])
    icon, tone = _look(doubtful)
    return Line(
        key,
        " · ".join(first) or tr("Line {number}", number=table[0].row),
        " · ".join(amounts),
        icon,
        tone,
        words.get("patient_owes", ""),
        "ink",
        tr("you owe {amount}", amount=words.get("patient_owes", "")),
    )


def _look(row: FactRow) -> tuple[str, Tone]:
    if row.is_confirmed:
        return "check", "good"
    return ("warning", "warning") if is_doubtful(row) else ("text", "muted")


def _told(rows: Sequence[FactRow]) -> Iterator[str]:
    """Yield the sentences: why they said no, and what the letter should have said."""
    for row in rows:
        if row.name == "denial_reason":
            said = value_words(row)
            words = said if said.startswith(tr("They")) else tr("They wrote: {words}", words=said)
            yield f"{words} “{row.text}”" if row.text not in ("", said) else words
    for row in rows:
        if row.name == "missing_from_notice":
            yield row.note or tr(
                "We did not find this in the letter: {what}", what=value_words(row)
            )
