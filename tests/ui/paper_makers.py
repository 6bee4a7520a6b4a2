"""Papers in a binder for tests of pages: added, read, locked; and pages that hear of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from app.binder import Binder
from app.domain.page import PageText, pack_page
from app.jobs import Silent
from app.operations.intake import add_papers
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts
from ui.bridges import ChangeBridge
from ui.desk import Desk
from ui.pages.paper_feed import PaperFeed


def ticking(start: datetime) -> Callable[[], datetime]:
    """Return a clock that is a minute later each time it is asked: what comes later is newer."""
    minutes = count()
    return lambda: start + timedelta(minutes=next(minutes))


def add(binder: Binder, folder: Path, *names: str) -> list[str]:
    """Add a small file of each name, one after another; return the ids of the papers."""
    folder.mkdir(exist_ok=True)
    ids: list[str] = []
    for name in names:
        path = folder / name
        path.write_text(f"This is {name}.", encoding="utf-8")
        (row,) = add_papers(binder, [path], Silent())
        assert row.document_id
        ids.append(row.document_id)
    return ids


def many(binder: Binder, folder: Path, number: int) -> None:
    """Add many papers quickly: all show the same original, as copies of one letter would."""
    (first,) = add(binder, folder, "letter 0.txt")
    read(binder, first)
    (part,) = binder.ask(document_parts, first)
    with binder.operation("Add many") as work:
        paper = work.documents.get(first)
        for place in range(1, number):
            key = f"{place:012x}"
            added_at = paper.added_at - timedelta(minutes=place)
            name = f"letter {place}.txt"
            work.documents.add(replace(paper, id=key, name=name, added_at=added_at))
            work.parts.add(replace(part, id=key, document_id=key))


def read(binder: Binder, document_id: str, pages: int = 1) -> None:
    """Do what the background reading does for one paper."""
    with binder.deriving("Reading") as derived:
        for part in binder.ask(document_parts, document_id):
            derived.keep_pages(part.sha256, [page(number) for number in range(1, pages + 1)])
            derived.finish(part.sha256, pages)


def fail(binder: Binder, document_id: str, reason: str, *, needs_password: bool = False) -> None:
    """Do what the background reading does for a paper that cannot be read."""
    with binder.deriving("Reading") as derived:
        for part in binder.ask(document_parts, document_id):
            derived.fail(part.sha256, reason, page_count=None, needs_password=needs_password)


def page(number: int) -> PageRecord:
    text = PageText(number, f"Words of page {number}", "embedded")
    return PageRecord(number, 612, 792, 0, "embedded", pack_page(text), text.text)


def open_page(qtbot: Any, desk: Desk, made: Any, size: Sequence[int] = (1100, 700)) -> Any:
    """Show a page as the window does: asked for once, told of every change."""
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    bridge = ChangeBridge(desk.binder.feed, gap_ms=0, parent=made)
    bridge.changed.connect(made.refresh)
    made.reload()
    settled(qtbot, desk)
    return made


def settled(qtbot: Any, desk: Desk) -> None:
    """Hear what has happened, and wait until nothing is asked or done any more."""
    QApplication.processEvents()
    pages = (top.findChildren(PaperFeed) for top in QApplication.topLevelWidgets())
    feeds = [feed for found in pages for feed in found if feed._desk is desk]
    qtbot.waitUntil(
        lambda: (
            not desk.quick.busy
            and not desk.jobs.busy
            and all(feed.is_current for feed in feeds if shiboken6.isValid(feed))
        )
    )


def focus(qtbot: Any, widget: QWidget) -> None:
    """Give a widget the keys."""
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: widget.hasFocus() or bool(widget.focusProxy()))
