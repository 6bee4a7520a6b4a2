"""Opening what was found: each kind of record has its page."""

from __future__ import annotations

from typing import Final

from app.domain.denial import Denial
from app.storage.queries.find import Hit
from app.storage.queries.records import record
from ui.desk import Desk
from ui.shell import Shell

_PAGES: Final = {
    "document": "papers", "claim": "claims", "call": "calls", "expense": "money",
    "person": "people", "plan": "people", "sending": "sent", "due_item": "calendar",
}  # fmt: skip


def open_hit(desk: Desk, shell: Shell, hit: Hit) -> None:
    """Show the record; a denial is shown with its claim."""
    if hit.what == "denial":
        denial = desk.binder.ask(record, "denial", hit.id)
        if isinstance(denial, Denial):
            shell.go_to("claims", "claim", denial.claim_id)
        return
    page = f"#{hit.page}" if hit.what == "document" and hit.page else ""
    shell.go_to(_PAGES[hit.what], hit.what, f"{hit.id}{page}")
