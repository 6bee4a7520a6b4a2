"""Opening what was found: each kind of record has its page."""

from __future__ import annotations

from typing import Final

from app.storage.queries.find import Hit
from app.storage.queries.records import record
from ui.desk import Desk
from ui.shell import Shell

_PAGES: Final = {
    "document": "papers", "claim": "claims", "call": "calls", "expense": "money",
    "person": "people", "plan": "people", "sending": "sent", "due_item": "calendar",
    "provider": "people", "representative": "people", "hsa_account": "money",
    "withdrawal": "money", "contribution": "money", "necessity_letter": "money", "eob": "money",
    "bill": "money", "aid": "money",
}  # fmt: skip
_OF_A_CLAIM: Final = ("denial", "treatment", "diary_line", "authorization", "letter")


def open_hit(desk: Desk, shell: Shell, hit: Hit) -> None:
    """Show the record; what belongs to a claim is shown in that claim, in the part it is in."""
    if hit.what in _OF_A_CLAIM:
        found = desk.binder.ask(record, hit.what, hit.id)
        if found is not None and found.claim_id:
            shell.go_to("claims", hit.what, hit.id)
        return
    page = f"#{hit.page}" if hit.what == "document" and hit.page else ""
    shell.go_to(_PAGES[hit.what], hit.what, f"{hit.id}{page}")
