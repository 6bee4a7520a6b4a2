"""What forms on care offer to choose from: papers and providers, as ids and names."""

from __future__ import annotations

from app.binder import Binder
from app.storage.queries.care import all_providers
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from ui.wording import tr

Named = tuple[str, str]
"""The id and the name of a record."""


def offered_papers(binder: Binder, claim_id: str | None, known: str | None = None) -> list[Named]:
    """Return all papers, those of a claim first; `known` stays offered if it is in the trash."""
    rows = sorted(binder.ask(paper_rows), key=lambda row: row.claim_id != claim_id)
    return _with_known(binder, [(row.id, row.name) for row in rows], "document", known)


def offered_providers(binder: Binder, *known: str | None) -> list[Named]:
    """Return all doctors and places; those that are `known` stay offered if in the trash."""
    found = [(each.id, each.name) for each in binder.ask(all_providers)]
    for key in known:
        found = _with_known(binder, found, "provider", key)
    return found


def _with_known(binder: Binder, offered: list[Named], kind: str, known: str | None) -> list[Named]:
    if known is None or any(key == known for key, _ in offered):
        return offered
    found = binder.ask(record, kind, known)
    if found is None:
        return offered
    return [*offered, (known, tr("{name} (in the trash)", name=found.name))]
