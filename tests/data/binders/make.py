"""Make the binder that stands for a released version: `python -m tests.data.binders.make`.

It is kept as a backup, the one form in which a whole binder is a single file. A file of a version
that was released is history: make one for the newest schema only, before its release.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.binder import Binder
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    calls,
    claims,
    expenses,
    facts,
    intake,
    papers,
    people,
    trash,
    upkeep,
)
from app.storage.migrations import NEWEST

RELEASED = Path(__file__).parent
STORY: dict[str, Any] = {
    "papers": {"letter of March 3.txt", "receipt.txt"},
    "claim": "Infusions in March",
    "story": {"letter of March 3.txt", "Member services: They look into it", "Clinic: $120.50"},
    "undo": "Enter an expense",
}


def tell(binder: Binder, folder: Path) -> None:
    """Fill a binder with a little of everything."""
    rosa = people.add_person(binder, "Rosa Alvarez", relation="self", born_on=date(1961, 5, 4))
    people.add_plan(binder, "Gold 2000", person_id=rosa.id, program="employer", state="OH")
    claim = claims.open_claim(binder, STORY["claim"], person_id=rosa.id)
    ids: list[str] = []
    for name in (*sorted(STORY["papers"]), "thrown away.txt"):
        path = folder / name
        path.write_text(f"{name}: claim 20260214-773190-00, 拒绝通知, José", encoding="utf-8")
        (row,) = intake.add_papers(binder, [path], Silent())
        ids.append(row.document_id or "")
    papers.file_paper(binder, ids[0], claim_id=claim.id, kind="denial", dated_on=date(2026, 3, 3))
    facts.say_facts(binder, ids[0], [facts.SaidValue(name="letter_date", value="2026-03-03")])
    trash.put_in_trash(binder, [("document", ids[2])])
    calls.log_call(
        binder, claim_id=claim.id, with_whom="Member services", note="They look into it",
        called_at=datetime(2026, 3, 9, 15, 30, tzinfo=UTC), promise="A call back",
        promise_by=date(2026, 3, 16),
    )  # fmt: skip
    expenses.enter_expense(
        binder, Money(12050), provider="Clinic", paid_on=date(2026, 3, 2), claim_id=claim.id,
        document_id=ids[1], person_id=rosa.id,
    )  # fmt: skip


def main() -> None:
    """Write the file of the newest version."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        (base / "papers").mkdir()
        with Binder.create(base / "binder") as binder:
            tell(binder, base / "papers")
            made = upkeep.back_up(binder, base / "backups", Silent())
        (RELEASED / f"v{NEWEST}.zip").write_bytes(made.path.read_bytes())


if __name__ == "__main__":
    main()
