"""Every page at every size of text, on a laptop's screen: no word is cut, nothing lies outside."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QScrollArea

from tests.e2e.person import in_front
from tests.ui.checks import cut_words, nameless, small_targets
from tests.ui.household import call_with_promise, deny, pay, rosas_household
from tests.ui.paper_makers import add, read
from ui.pages import PAGES


@pytest.fixture
def household(prepared, tmp_path):
    """A binder with something on every page."""
    home = rosas_household(prepared)
    deny(prepared, home.claim)
    call_with_promise(prepared, home.claim)
    pay(prepared, home.claim, "75.00", date(2026, 3, 5))
    for paper in add(
        prepared, tmp_path / "papers", "a letter with a rather long name.txt", "b.txt"
    ):
        read(prepared, paper)
    prepared.close()


def outside() -> list[str]:
    """Rooms of pages in front that would have to be scrolled sideways."""
    rooms = in_front().pages.findChildren(QScrollArea)
    return [
        f"{type(room.widget()).__name__}: {bar.maximum()} px"
        for room in rooms
        if room.isVisible() and (bar := room.horizontalScrollBar()).maximum() and bar.isVisible()
    ]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_page_fits_a_laptop(live, person, style, household, binder_root, percent):
    problems = []

    def journey():
        style.choose_percent(percent)
        for page in PAGES:
            yield person.choose(page.title)
            yield person.rest()
            yield person.look(f"{page.name}-{percent}")
            window = in_front()
            found = [*cut_words(window), *nameless(window), *small_targets(window), *outside()]
            problems.extend(f"{page.name}: {each}" for each in found)
        yield person.leave()

    assert live(journey(), "--binder", binder_root) == 0
    assert not problems, "\n".join(problems)
