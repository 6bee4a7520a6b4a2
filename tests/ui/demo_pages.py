"""Pages that show what the widgets can do, for tests and for looking at."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.page import Word
from app.domain.person import Person
from app.storage.queries.find import Hit
from ui.desk import Desk
from ui.models.rows import RIGHT, Column, RowsModel
from ui.shell import Command, Contents, FrontDoor, PageSpec, Questions, Shell, StatusWords
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DateField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from ui.widgets.form import Form
from ui.widgets.layout import Card, EmptyState, PageFrame, Scrolling
from ui.widgets.lines import ChooserList, Line
from ui.widgets.month_grid import DayEntry, MonthGrid
from ui.widgets.page_view import PageView
from ui.widgets.panes import Pane, Panes
from ui.widgets.table import RowsView
from ui.widgets.text import button, label, muted, primary_button
from ui.wording import due_words, short_date


@dataclass(frozen=True)
class Bill:
    """A row of the demo table."""

    id: str
    who: str
    on: date
    amount: Money
    is_open: bool = True


BILLS = tuple(
    Bill(
        str(number),
        ("Lakeside Infusion Center", "Northfield Radiology", "Dr. Amara Okafor", "Mercy Pharmacy")[
            number % 4
        ],
        date(2026, 1, 5) + timedelta(days=number * 9),
        Money(12_345 * (number + 1) % 500_000),
        number % 3 > 0,
    )
    for number in range(24)
)

COLUMNS: tuple[Column[Bill], ...] = (
    Column("Provider", lambda row: row.who),
    Column("Served", lambda row: short_date(row.on), lambda row: row.on, width=14),
    Column(
        "State",
        lambda row: "Open" if row.is_open else "Paid",
        icon=lambda row: "clock" if row.is_open else "check-circle",
        tone=lambda row: "warning" if row.is_open else "good",
        width=12,
    ),
    Column("Amount", lambda row: str(row.amount), lambda row: row.amount, RIGHT, width=12),
)


class _Told(QWidget):
    """Remembers what a page was told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Changes] = []
        self.reloads = 0
        self.shown_record: tuple[str, str] | None = None

    def refresh(self, changes: Changes) -> None:
        self.heard.append(changes)

    def reload(self) -> None:
        self.reloads += 1

    def show_record(self, kind: str, record_id: str) -> None:
        self.shown_record = (kind, record_id)


def _wrapped(page: QWidget) -> _Told:
    told = _Told()
    layout = QHBoxLayout(told)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    return told


def today_page(desk: Desk, shell: Shell) -> QWidget:
    frame = PageFrame("Today", scrolls=True)
    cards = Card("An appeal is due", "flag")
    cards.body.addWidget(label("First appeal to Meridian Health, infusion of March 3"))
    cards.body.addWidget(muted(due_words(date(2026, 12, 24), desk.today())))
    row = QHBoxLayout()
    row.addWidget(primary_button("Open the claim", lambda: shell.go_to("claims", "claim", "c1")))
    row.addWidget(button("Later"))
    row.addStretch(1)
    cards.body.addLayout(row)
    frame.body.addWidget(cards)
    second = Card("Someone promised to call back", "promise", "warning")
    second.body.addWidget(label("Dana at Meridian Health, reference 44-120"))
    second.body.addWidget(muted("They said by Thursday, August 20"))
    frame.body.addWidget(second)
    third = Card("A backup is due", "backup")
    third.body.addWidget(label("The last proven backup is from Aug 9, 2026."))
    frame.body.addWidget(third)
    frame.body.addStretch(1)
    return _wrapped(frame)


def inbox_page(desk: Desk, shell: Shell) -> QWidget:
    frame = PageFrame("Inbox")
    lines = ChooserList("Papers to sort")
    lines.set_lines(
        [
            Line("p1", "IMG_2041.jpg", "3 pages · a denial letter?", "letter", trailing="today"),
            Line("p2", "eob-march.pdf", "Explanation of benefits?", "paper", trailing="Aug 15"),
            Line(
                "p3", "receipt lakeside.heic", "$482.10 · a receipt?", "receipt", "muted", "Aug 2"
            ),
        ]
    )
    view = PageView(desk.quick, desk.reader.page_picture, desk.reader.page_text)
    view.show_paper("letter", 3, "IMG_2041.jpg")
    view.light_up(1, [(0.12, 0.2, 0.52, 0.23), (0.12, 0.34, 0.4, 0.37)])
    form = Form()
    form.add(
        "Kind of paper", ChoiceField([("denial", "Denial letter"), ("eob", "EOB")], "I don't know")
    )
    form.add("Claim", ChoiceField([("c1", "Infusion of March 3")], "A new claim"))
    form.add_beside(
        [
            ("Date on the letter", DateField(desk.today, "past", date(2026, 8, 3))),
            ("Date it came", DateField(desk.today, "past")),
        ]
    )
    form.add("Amount", MoneyField(Money(48_210)))
    form.add("Visits", NumberField(6))
    form.add("Note", NoteField(hint="What should be remembered", lines=3), "Only for you.")
    form.add("", CheckField("This letter says how long I have", value=True))
    form.add_widget(primary_button("File this paper", form.check, "check"))
    side = QWidget()
    box = QHBoxLayout(side)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(form)
    panes = Panes(
        "inbox",
        desk.memory,
        [
            Pane("Papers", lines, 2, 200),
            Pane("Page", view, 4, 280),
            Pane("Facts", Scrolling(side), 3, 280),
        ],
    )
    frame.body.addWidget(panes, 1)
    page = _wrapped(frame)
    page.form, page.view, page.lines = form, view, lines  # type: ignore[attr-defined]
    return page


def claims_page(desk: Desk, shell: Shell) -> QWidget:
    frame = PageFrame("Claims")
    frame.tools.addWidget(primary_button("New claim", icon="plus"))
    model = RowsModel(COLUMNS, lambda row: row.id)
    model.replace(BILLS)
    view = RowsView(model, "Bills")
    view.choose("2")
    frame.body.addWidget(view)
    page = _wrapped(frame)
    page.model, page.view = model, view  # type: ignore[attr-defined]
    return page


def calendar_page(desk: Desk, shell: Shell) -> QWidget:
    frame = PageFrame("Calendar")
    grid = MonthGrid(desk.today())
    grid.set_entries(
        {
            date(2026, 8, 6): [DayEntry("a", "Call back", "calls", "ink")],
            date(2026, 8, 18): [DayEntry("b", "Safe day: appeal", "flag", "accent")],
            date(2026, 8, 24): [
                DayEntry("c", "Last day: appeal", "flag", "warning"),
                DayEntry("d", "Claim file", "letter", "muted"),
                DayEntry("e", "Promise", "promise", "ink"),
            ],
        }
    )
    frame.body.addWidget(grid, 1)
    page = _wrapped(frame)
    page.grid = grid  # type: ignore[attr-defined]
    return page


def trash_page(desk: Desk, shell: Shell) -> QWidget:
    frame = PageFrame("Trash")
    frame.body.addWidget(
        EmptyState(
            "trash",
            "The trash is empty",
            "What you throw away waits here until you delete it forever.",
            "Add papers",
        )
    )
    return _wrapped(frame)


def _plain(title: str):
    def make(desk: Desk, shell: Shell) -> QWidget:
        return _wrapped(PageFrame(title))

    return make


PAGES = (
    PageSpec("today", "today", "Today", today_page),
    PageSpec("inbox", "inbox", "Inbox", inbox_page),
    PageSpec("claims", "claims", "Claims", claims_page),
    PageSpec("calendar", "calendar", "Calendar", calendar_page),
    PageSpec("calls", "calls", "Calls", _plain("Calls")),
    PageSpec("papers", "papers", "Papers", _plain("Papers")),
    PageSpec("money", "money", "Money", _plain("Money")),
    PageSpec("sent", "sent", "Sent", _plain("Sent")),
    PageSpec("people", "people", "People", _plain("People")),
    PageSpec("trash", "trash", "Trash", trash_page),
)


class NameDialog(AskDialog[str]):
    """Asks for a name; refuses an empty one."""

    def __init__(self) -> None:
        super().__init__("Open a claim", "Open claim")
        self.name = self.form.add("What is it about?", TextField(hint="Infusion of March 3"))
        self.day = self.form.add("Date of service", DateField(lambda: date(2026, 8, 18)))

    def answer(self) -> str:
        if not self.name.value():
            raise UserError("Give the claim a name, so that you find it again.")
        return self.name.value()


@dataclass
class Door:
    """Keeps what came in."""

    added: int = 0
    called: int = 0
    files: list[Path] = field(default_factory=list)
    pictures: list[tuple[bytes, str]] = field(default_factory=list)
    opened: list[Any] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    hits: tuple[Hit, ...] = (
        Hit("document", "p1", "Denial letter of Aug 3", "… not medically <b>necessary</b> …", 2),
        Hit("call", "k1", "Call with Dana at Meridian", "reference 44-120, will call back", None),
        Hit("person", "h1", "Ruth Alder", "", None),
    )

    def _add(self) -> None:
        self.added += 1

    def _call(self) -> None:
        self.called += 1


def contents(door: Door) -> Contents:
    return Contents(
        pages=PAGES,
        door=FrontDoor(
            add_papers=lambda desk, shell: door._add(),
            log_call=lambda desk, shell: door._call(),
            files_dropped=lambda desk, shell, paths: door.files.extend(paths),
            picture_pasted=lambda desk, shell, data, name: door.pictures.append((data, name)),
            open_hit=lambda desk, shell, hit: door.opened.append(hit),
        ),
        questions=Questions(
            search=lambda words: [
                hit
                for hit in door.hits
                if words.casefold() in f"{hit.title} {hit.snippet}".casefold()
            ],
            counts=lambda: {"inbox": 3},
            people=lambda: (Person(id="h1", name="Ruth Alder"), Person(id="h2", name="Tom Alder")),
            status=lambda: StatusWords("Everything is saved", "Last proven backup: today"),
        ),
        commands=(
            Command(
                name="backup",
                title="Back up now",
                run=lambda desk, shell: door.ran.append("backup"),
                icon="backup",
                words="copy safe disk",
            ),
        ),
    )


def page_png(document_id: str, page: int, width: int) -> bytes:
    """A letter-shaped picture made without Qt: grey words that differ from page to page."""
    height = width * 11 // 8
    rows = bytearray()
    for y in range(height):
        line = bytearray(b"\xff" * width)
        part = y * 44 // height
        if 4 <= part <= 38 and part % 2 == 0 and (y * 44 * 4 // height) % 4 < 2:
            long = width * (0.55 + 0.3 * ((part * 7919 + page * 31) % 10) / 10)
            for start in range(int(width * 0.12), int(long), max(8, width // 14)):
                stop = start + max(4, width // 18)
                line[start:stop] = b"\x55" * len(line[start:stop])
        rows += b"\x00" + line

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(rows), 1))
        + chunk(b"IEND", b"")
    )


def page_words(page: int) -> tuple[Word, ...]:
    """The words that a drawn page would have: two lines, the second with a date."""
    lines = (f"Words of page {page}", "Dated August 3, 2026.")
    return tuple(
        Word(text, 0.1 + 0.15 * place, 0.1 + 0.1 * row, 0.22 + 0.15 * place, 0.13 + 0.1 * row)
        for row, line in enumerate(lines)
        for place, text in enumerate(line.split())
    )
