"""Lines of the search box: records that were found, pages and actions by their words."""

from __future__ import annotations

from collections.abc import Sequence

from app.storage.queries.find import Hit
from ui.shell import Contents
from ui.widgets.lines import Line
from ui.widgets.search_box import Found
from ui.wording import tr

_ICONS = {
    "document": "letter",
    "claim": "claims",
    "call": "calls",
    "person": "person",
    "plan": "card",
    "expense": "receipt",
    "denial": "letter",
    "due_item": "clock",
    "sending": "sent",
    "note": "note",
}
_MOST_ACTIONS = 4


def found_records(hits: Sequence[Hit]) -> list[Found]:
    """Return a line for each record; its page is named where one is known."""
    return [Found(_line(hit), hit) for hit in hits]


def _line(hit: Hit) -> Line:
    where = tr("page {page}", page=hit.page) if hit.page else ""
    icon = _ICONS.get(hit.what, "paper")
    return Line(f"{hit.what}/{hit.id}", hit.title, hit.snippet, icon, "muted", where)


def found_commands(words: str, contents: Contents) -> list[Found]:
    """Return the pages and actions whose words all begin with what was typed."""
    typed = words.casefold().split()
    pages = [
        Found(Line(f"page/{page.name}", page.title, icon=page.icon, trailing=tr("page")), page.name)
        for page in contents.pages
        if _fits(typed, page.title)
    ]
    commands = [
        Found(Line(f"command/{each.name}", each.title, icon=each.icon, trailing=tr("action")), each)
        for each in contents.commands
        if _fits(typed, f"{each.title} {each.words}")
    ]
    return [*pages, *commands][:_MOST_ACTIONS]


def _fits(typed: Sequence[str], offered: str) -> bool:
    known = offered.casefold().split()
    return bool(typed) and all(any(word.startswith(part) for word in known) for part in typed)
