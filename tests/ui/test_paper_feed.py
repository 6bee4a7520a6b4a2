"""The list of papers follows the news by fetching only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from app.binder import Binder
from app.operations.claims import open_claim
from app.operations.papers import join_papers
from app.operations.sorting import Sorting, sort_papers
from app.operations.trash import put_in_trash
from app.storage.queries.papers import PaperRow, paper_rows
from tests.ui.conftest import NOW
from tests.ui.paper_makers import add, fail, read, settled, ticking
from ui.bridges import ChangeBridge
from ui.pages.paper_feed import PaperFeed, patched


@pytest.fixture
def binder(tmp_path):
    with Binder.create(tmp_path / "binder", now=ticking(NOW)) as made:
        yield made


@pytest.fixture
def feed(qtbot, desk):
    owner = QObject()
    made = PaperFeed(desk, owner, inbox=False)
    bridge = ChangeBridge(desk.binder.feed, gap_ms=0, parent=owner)
    bridge.changed.connect(made.hear)
    made.reload()
    settled(qtbot, desk)
    yield made
    settled(qtbot, desk)
    bridge.close()
    owner.deleteLater()


def test_after_each_kind_of_change_the_list_is_what_the_binder_holds(
    qtbot, desk, binder, feed, tmp_path
):
    def is_right() -> bool:
        return feed.is_current and feed.papers.rows == binder.ask(paper_rows)

    folder = tmp_path / "in"
    one, two, three = add(binder, folder, "1.txt", "2.txt", "3.txt")
    steps = (
        lambda: read(binder, one, pages=2),
        lambda: fail(binder, two, "It is damaged."),
        lambda: sort_papers(binder, [one], Sorting(kind="eob", new_claim="The scan")),
        lambda: join_papers(binder, [three, two]),
        binder.undo,
        lambda: put_in_trash(binder, [("document", one)]),
        binder.undo,
        lambda: (join_papers(binder, [three, two]), read(binder, one)),
        lambda: add(binder, folder, "4.txt"),
        binder.undo,
        binder.undo,
        lambda: open_claim(binder, "Another"),
    )  # fmt: skip
    qtbot.waitUntil(is_right)
    for step in steps:
        step()
        qtbot.waitUntil(is_right)


def test_news_of_one_paper_leaves_the_rows_of_all_others_the_same_objects(
    qtbot, desk, binder, feed, tmp_path
):
    one, two = add(binder, tmp_path / "in", "1.txt", "2.txt")
    qtbot.waitUntil(lambda: len(feed.papers.rows) == 2 and feed.is_current)
    before = {row.id: row for row in feed.papers.rows}
    read(binder, one)
    qtbot.waitUntil(lambda: {row.read for row in feed.papers.rows} == {"done", "waiting"})
    after = {row.id: row for row in feed.papers.rows}
    assert after[two] is before[two]
    feed.reload()
    settled(qtbot, desk)
    assert {row.id: row for row in feed.papers.rows}[two] is before[two]


def row(key: str, minutes: int) -> PaperRow:
    moment = datetime(2026, 8, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    return PaperRow(
        id=key, name=key, kind=None, claim_id=None, claim=None, dated_on=None, received_on=None,
        note="", added_at=moment, author=None, parts=1, size=1, sha256=key, pages=1, read="done",
        reason=None, needs_password=False,
    )  # fmt: skip


def test_a_patched_list_keeps_its_order_newest_first():
    a, b, c = row("a", 1), row("b", 2), row("c", 3)
    renamed = replace(b, name="B")
    assert patched((c, b, a), {"b"}, (renamed,)) == (c, renamed, a)
    assert patched((c, b, a), {"b", "x"}, ()) == (c, a)
    assert patched((c, a), {"b", "d"}, (b, row("d", 2))) == (c, b, row("d", 2), a)
    assert patched((), {"a"}, (a,)) == (a,)
