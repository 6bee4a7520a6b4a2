"""Make the binder that stands for a released version: `python -m tests.data.binders.make`.

It is kept as a backup, the one form in which a whole binder is a single file. A file of a version
that was released is history: make one for the newest schema only, before its release.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.binder import Binder
from app.domain.bundle import BlackBox, BoundBundle, BoundFile
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    authorizations,
    black_outs,
    bundle_choices,
    calls,
    checklist,
    claims,
    criteria,
    denials,
    diary,
    expenses,
    facts,
    intake,
    letter_papers,
    papers,
    people,
    providers,
    representatives,
    saved_bundles,
    sendings,
    story,
    trash,
    treatments,
    upkeep,
)
from app.operations.bundle_plan import plan_bundle
from app.operations.rules import rule_book
from app.storage.migrations import NEWEST
from tests.storage.world_of_money import fill_purse

DAY = date(2026, 3, 3)
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
    plan = people.add_plan(binder, "Gold 2000", person_id=rosa.id, program="employer", state="OH")
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
    tell_appeal(binder, folder, Rosa(rosa.id, plan.id, claim.id, ids[0], ids[1]))
    expenses.enter_expense(
        binder, Money(12050), provider="Clinic", paid_on=date(2026, 3, 2), claim_id=claim.id,
        document_id=ids[1], person_id=rosa.id,
    )  # fmt: skip


@dataclass(frozen=True)
class Rosa:
    """The ids that an appeal hangs on."""

    person: str
    plan: str
    claim: str
    letter: str
    receipt: str


def tell_appeal(binder: Binder, folder: Path, of: Rosa) -> None:
    """Add the records of an appeal: at least one of each kind that schema 4 brought."""
    helper = people.add_person(binder, "Luis Alvarez", relation="helper")
    lee = providers.add_provider(binder, "Dr. Lee", npi="1234567893", phone="555-0134")
    said = denials.DenialAnswer(document_id=of.letter, notice_on=DAY, letter_says="unknown")
    denied = denials.record_denial(binder, rule_book(), of.claim, said, confirmed=False).denial
    authorizations.add_authorization(
        binder, "Iron infusions", claim_id=of.claim, provider_id=lee.id, status="approved",
        document_id=of.letter, until_on=date(2026, 9, 1), renew_by=date(2026, 8, 1),
    )  # fmt: skip
    tried = treatments.add_treatment(
        binder, of.claim, "Iron tablets", began="2024-05", outcome="no_effect",
        document_id=of.letter, provider_id=lee.id,
    )  # fmt: skip
    story.hide_line(binder, of.claim, "treatment", tried.id)
    diary.add_line(binder, of.claim, "Too tired to walk", on=DAY, score=8)
    representatives.add_representative(
        binder, of.person, helper_id=helper.id, plan_id=of.plan, document_id=of.letter
    )
    first, second = sorted(checklist.evidence_book().items)[:2]
    checklist.mark_asked(binder, denied.id, first, of="Dr. Lee", on=DAY, again_on=date(2026, 3, 17))
    checklist.mark_proved(binder, denied.id, second, of.letter)
    criteria.add_point(
        binder, denied.id, "Iron by mouth first", answer="It was tried.",
        proofs=[(of.letter, None)],
    )  # fmt: skip
    letter_papers.save_letter(
        binder, of.claim, "appeal", "Our appeal", "Dear reviewer, José asks again.", denied.id
    )
    box = BlackBox(page=1, x0=0.1, y0=0.1, x1=0.5, y1=0.2)
    black_outs.set_black_outs(binder, of.letter, [box])
    choice = bundle_choices.PaperChoice(document_id=of.letter, goes_in=True, pages="1")
    bundle_choices.choose(binder, of.claim, [choice], ["diary"])
    send(binder, folder, of, denied.id)
    fill_purse(
        binder, person_id=of.person, plan_id=of.plan, claim_id=of.claim, provider_id=lee.id,
        paper_id=of.receipt,
    )  # fmt: skip


def send(binder: Binder, folder: Path, of: Rosa, denial_id: str) -> None:
    """Freeze a bundle, and note that it was sent."""
    file = folder / "appeal.pdf"
    file.write_bytes(content := b"%PDF-1.7 the appeal as it was sent")
    digest = hashlib.sha256(content).hexdigest()
    made = BoundBundle(files=(BoundFile(path=file, pages=1, bytes=len(content), sha256=digest),))
    plan = plan_bundle(binder, of.claim, today=DAY)
    frozen = saved_bundles.freeze_bundle(binder, of.claim, plan, made, denial_id=denial_id)
    sendings.record_sending(
        binder, of.claim, date(2026, 3, 10), way="certified_mail", denial_id=denial_id,
        bundle_id=frozen.bundle.id, proofs=[of.receipt],
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
